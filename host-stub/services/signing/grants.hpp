// grants.hpp - grants: what a user allowed by entering the PIN once, and the only way to a private key.
#pragma once

#include "host-stub/services/identity.hpp"
#include "host-stub/services/signing/pin_dialog.hpp"
#include "host-stub/services/token/registry.hpp"
#include "keycare/abi/signing.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace keycare::services {

struct grant_request {
  token_ref token;
  digest certificate{};
  std::string purpose;
  std::string order;
};

struct grant_operation {
  std::string kind;
  std::string object;
  octets statement;
  bool spent = false;
};

/// What an operation under an open grant may rely on; a copy.
struct grant_facts {
  grant_request request;
  certificate_info certificate;     ///< With its place on the token.
  std::set<std::string> installed;  ///< Containers that were installed under this grant.
};

/// Every grant of every plugin. A plugin sees its own only. Thread-safe; no lock is held while a device or a person is
/// waited for.
class grant_table {
public:
  grant_table(token_registry& registry, pin_dialog& dialog, const time_source& time, log_sink& log);
  /// Ends every grant.
  ~grant_table();
  grant_table(const grant_table&) = delete;
  grant_table& operator=(const grant_table&) = delete;

  [[nodiscard]] result<kc_grant> prepare(const plugin_identity& plugin, grant_request request);
  [[nodiscard]] result<void> add(const plugin_identity& plugin, kc_grant grant, grant_operation operation);
  [[nodiscard]] result<void> open(const plugin_identity& plugin, const kc_call* call, kc_grant grant);
  void close(const plugin_identity& plugin, kc_grant grant) noexcept;

  /// Closes every grant of a plugin that goes away.
  void close_all(const plugin_identity& plugin) noexcept;

  /// What a grant that has not ended was prepared for.
  [[nodiscard]] result<grant_request> request_of(const plugin_identity& plugin, kc_grant grant);
  /// The facts for an unspent operation of an open grant. A statement that the user was shown is the only one that the
  /// operation is good for.
  [[nodiscard]] result<grant_facts> facts(const plugin_identity& plugin, kc_grant grant, std::string_view kind,
                                          std::string_view object, octets_view statement);

  /// Runs @p act once under the grant, if it has an unspent operation (@p kind, @p object): under the token's lock,
  /// after serial and certificate were read anew on the very handle that acts. A success spends the operation.
  template <class T>
  [[nodiscard]] result<T> act(const plugin_identity& plugin, const kc_call* call, kc_grant grant, std::string_view kind,
                              std::string_view object, std::chrono::nanoseconds most,
                              std::function<result<T>(token_session&, const grant_facts&)> act) {
    auto begun = begin(plugin, call, grant, kind, object);
    if (!begun) return begun.error();
    auto outcome = registry_.act<T>(call, begun->device, most, device_effect::writes,
                                    [facts = begun->facts, act = std::move(act)](token_session& session) -> result<T> {
                                      if (auto same = same_certificate(session, facts.certificate); !same)
                                        return same.error();
                                      return act(session, facts);
                                    });
    finish(plugin, call, grant, begun->operation, outcome ? nullptr : &outcome.error());
    return outcome;
  }

  /// Ends the grants whose token is gone. A hint from the event threads: it only wakes the keeper. [any-thread]
  void tokens_changed() noexcept;

  static constexpr std::int64_t lifetime_ns = 600LL * 1'000'000'000;

private:
  enum class stage { prepared, opening, open, ended };
  struct record {
    std::string plugin;
    grant_request request;
    std::vector<grant_operation> operations;
    stage at = stage::prepared;
    bool busy = false;
    token_device device;
    certificate_info certificate;
    std::int64_t ends_at = 0;
    std::set<std::string> installed;
  };
  struct begun_operation {
    token_device device;
    grant_facts facts;
    std::size_t operation = 0;
  };

  static result<void> same_certificate(token_session& session, const certificate_info& certificate);
  result<begun_operation> begin(const plugin_identity& plugin, const kc_call* call, kc_grant grant,
                                std::string_view kind, std::string_view object);
  void finish(const plugin_identity& plugin, const kc_call* call, kc_grant grant, std::size_t operation,
              const error* why);
  result<void> open_device(const plugin_identity& plugin, const kc_call* call, record& copy);
  result<void> ask_and_verify(const plugin_identity& plugin, const kc_call* call, record& copy);
  prompt_view view_of(const plugin_identity& plugin, const kc_call* call, const record& copy,
                      const token_info& token) const;
  record* find(const plugin_identity& plugin, kc_grant grant);
  void end(record& one, std::string_view why);
  void keep();
  void end_removed();

  token_registry& registry_;
  pin_dialog& dialog_;
  const time_source& time_;
  log_sink& log_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::map<kc_grant, record> grants_;
  kc_grant next_ = 1;
  bool look_again_ = false;
  bool stopping_ = false;
  std::thread keeper_;
};

}  // namespace keycare::services
