// services.hpp - what a core asks its host for, as one C++ interface, and the host's tables over it.
//
// The tables are synchronous and speak results. `world.hpp` is the implementation that a schedule runs on;
// `habits.hpp` stands between it and the core and turns a right core into a wrong one.
#pragma once

#include "keycare/sdk/plugin_side.hpp"

#include <memory>
#include <string>
#include <vector>

namespace keycare::sim {

/// What a grant was asked for.
struct grant_ask {
  token_ref token;
  digest certificate{};
  std::string order;
};

struct container_state {
  std::uint32_t state = KC_CONTAINER_ABSENT;
  octets public_key;
  digest certificate{};
};

/// Everything that a core can do to the world. Each function is one call of one table.
class services {
public:
  services() = default;
  services(const services&) = delete;
  services& operator=(const services&) = delete;
  virtual ~services() = default;

  virtual std::int64_t now() = 0;
  virtual std::int64_t monotonic() = 0;

  virtual result<std::vector<token_info>> tokens() = 0;
  virtual result<std::vector<certificate_info>> certificates(const token_ref* token) = 0;

  virtual result<record> get(const std::string& key) = 0;
  virtual result<std::uint64_t> put_if(const std::string& key, std::uint64_t version, octets data) = 0;
  virtual result<void> remove_if(const std::string& key, std::uint64_t version) = 0;
  virtual result<std::vector<std::pair<std::string, std::uint64_t>>> list(const std::string& prefix) = 0;
  virtual result<kc_lock> lock(const std::string& name) = 0;
  virtual void unlock(kc_lock lock) = 0;

  virtual result<http_response> send(const http_request& request) = 0;
  virtual result<std::int64_t> signed_time() = 0;

  virtual digest sha256(octets_view data) = 0;
  virtual std::uint8_t random() = 0;
  virtual result<certificate_info> parse_certificate(octets_view der) = 0;
  virtual result<void> verify_certificate(octets_view der) = 0;
  virtual result<octets> verify_signed(const std::string& role, octets_view cms) = 0;
  virtual octets seal(octets_view data) = 0;

  virtual result<kc_grant> prepare(const grant_ask& ask) = 0;
  virtual result<void> add(kc_grant grant, const std::string& kind, const std::string& object) = 0;
  virtual result<void> open(kc_grant grant) = 0;
  virtual result<octets> sign(kc_grant grant, const std::string& container, octets_view statement) = 0;
  virtual void close(kc_grant grant) = 0;

  virtual result<container_state> inspect(const token_ref& token, const std::string& container) = 0;
  virtual result<void> create(kc_grant grant, const std::string& container) = 0;
  virtual result<octets> generate(kc_grant grant, const std::string& container) = 0;
  virtual result<octets> request(kc_grant grant, const std::string& container) = 0;
  virtual result<void> install(kc_grant grant, const std::string& container, const octets& certificate) = 0;
  virtual result<void> prove(kc_grant grant, const std::string& container, const octets& certificate) = 0;
  virtual result<void> reap(kc_grant grant, const std::string& container) = 0;

  virtual result<pin_state> pin(const token_ref& token) = 0;
  virtual result<std::pair<kc_unlock, std::string>> unlock_begin(const token_ref& token, const digest& certificate) = 0;
  virtual result<octets> unlock_finish(kc_unlock handle, octets_view authorisation) = 0;
  virtual void unlock_end(kc_unlock handle) = 0;

  virtual void open_url(const std::string& url) = 0;
};

/// The host's tables over @p by, which lives longer.
class host_tables {
public:
  explicit host_tables(services& by);
  ~host_tables();
  host_tables(const host_tables&) = delete;
  host_tables& operator=(const host_tables&) = delete;
  [[nodiscard]] const kc_host* abi() const;

private:
  struct all;
  std::unique_ptr<all> all_;
};

}  // namespace keycare::sim
