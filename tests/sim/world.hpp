// world.hpp - the simulated world of one schedule: computers, processes, tokens, the RA, time, and what goes wrong.
//
// One thread. A core calls the tables of its process (services.hpp); each call is a point, at which the plan may let a
// fault strike; the rules (rules.hpp) watch every effect.
#pragma once

#include "tests/sim/coverage.hpp"
#include "tests/sim/faults.hpp"
#include "tests/sim/ra_model.hpp"
#include "tests/sim/random.hpp"
#include "tests/sim/rules.hpp"
#include "tests/sim/services.hpp"
#include "tests/sim/token_model.hpp"

#include <deque>
#include <map>
#include <set>

namespace keycare::sim {

class world;

/// A computer: what survives its processes.
struct computer {
  std::map<std::string, record> records;
  std::set<std::string> damaged;
  std::map<std::string, int> locks;  ///< Name: the process that holds it.
  bool full = false;
  std::int64_t clock_error = 0;  ///< Seconds.
  /// @name What the records say, for the rules; a damaged one is gone from here.
  /// @{
  std::map<std::string, renewal::stage> orders;
  std::map<std::string, unlock::stage> unlocks;
  /// The whole record, read when it is asked for; null when there is none.
  [[nodiscard]] const renewal::order_record* order(const std::string& uuid) const;
  /// After a change of the record under @p key.
  void keep_facts(const std::string& key);
  [[nodiscard]] std::string stage_word(const std::string& key) const;
  /// @}

private:
  mutable std::map<std::string, std::pair<std::uint64_t, renewal::order_record>> read_;  ///< Under its version.
};

/// A running client with both plugins.
class process final : public services {
public:
  process(world& in, int on_computer, int id);
  ~process() override;

  int at;  ///< Its computer.
  int id;
  bool dead = false;
  std::string command;     ///< Under way.
  bool unlocking = false;  ///< It is the unlock plugin's.
  bool sent_away = false;  ///< A dialog of this command ended without a right PIN.

  /// Runs one command of a plugin. KC-SIM-STOPPED when the process died in it.
  result<json> run(bool unlocking, std::string_view name, const json& input);

  std::int64_t now() override;
  std::int64_t monotonic() override;
  result<std::vector<token_info>> tokens() override;
  result<std::vector<certificate_info>> certificates(const token_ref* token) override;
  result<record> get(const std::string& key) override;
  result<std::uint64_t> put_if(const std::string& key, std::uint64_t version, octets data) override;
  result<void> remove_if(const std::string& key, std::uint64_t version) override;
  result<std::vector<std::pair<std::string, std::uint64_t>>> list(const std::string& prefix) override;
  result<kc_lock> lock(const std::string& name) override;
  void unlock(kc_lock lock) override;
  result<http_response> send(const http_request& request) override;
  result<std::int64_t> signed_time() override;
  digest sha256(octets_view data) override;
  std::uint8_t random() override;
  result<certificate_info> parse_certificate(octets_view der) override;
  result<void> verify_certificate(octets_view der) override;
  result<octets> verify_signed(const std::string& role, octets_view cms) override;
  octets seal(octets_view data) override;
  result<kc_grant> prepare(const grant_ask& ask) override;
  result<void> add(kc_grant grant, const std::string& kind, const std::string& object) override;
  result<void> open(kc_grant grant) override;
  result<octets> sign(kc_grant grant, const std::string& container, octets_view statement) override;
  void close(kc_grant grant) override;
  result<container_state> inspect(const token_ref& token, const std::string& container) override;
  result<void> create(kc_grant grant, const std::string& container) override;
  result<octets> generate(kc_grant grant, const std::string& container) override;
  result<octets> request(kc_grant grant, const std::string& container) override;
  result<void> install(kc_grant grant, const std::string& container, const octets& certificate) override;
  result<void> prove(kc_grant grant, const std::string& container, const octets& certificate) override;
  result<void> reap(kc_grant grant, const std::string& container) override;
  result<pin_state> pin(const token_ref& token) override;
  result<std::pair<kc_unlock, std::string>> unlock_begin(const token_ref& token, const digest& certificate) override;
  result<octets> unlock_finish(kc_unlock handle, octets_view authorisation) override;
  void unlock_end(kc_unlock handle) override;
  void open_url(const std::string& url) override;

private:
  struct grant {
    grant_ask ask;
    std::vector<std::pair<std::string, std::string>> left;
    bool open = false;
    int plugging = 0;  ///< Of the token, when it was opened.
  };
  struct pending_unlock {
    std::string redemption, nonce;
    digest certificate{};
    std::int64_t began = 0;
  };
  template <class Effect>
  auto act(site where, Effect&& effect) -> decltype(effect(std::declval<const planned_fault*>()));
  [[nodiscard]] token_model* token_here(const token_ref& ref);
  [[nodiscard]] const container* box_of(const token_model& token, const digest& certificate) const;
  [[nodiscard]] result<token_model*> spend(kc_grant grant, std::string_view kind, const std::string& object);
  [[nodiscard]] result<http_response> answered(const http_request& request, const planned_fault* hit);
  void spoil(http_response& answer, const http_request& request, const planned_fault& hit);

  world& w_;
  std::map<kc_lock, std::string> held_;
  std::map<kc_grant, grant> grants_;
  std::map<kc_unlock, pending_unlock> unlocks_;
  std::uint64_t last_ = 0;
  std::unique_ptr<services> habit_;
  std::unique_ptr<host_tables> tables_;
  std::unique_ptr<plugin_core> renewal_, unlock_;
};

/// A wrong core: makes what stands between a right core and its services.
using make_habit = std::unique_ptr<services> (*)(process& of, world& in);

class world {
public:
  world(std::uint64_t seed, std::vector<planned_fault> faults, bool whole, make_habit habit);
  ~world();
  world(const world&) = delete;
  world& operator=(const world&) = delete;

  dice luck;
  paper documents;
  token_ref ours{"Maker", "A1"}, foreign{"Maker", "B2"};
  token_model token, other;
  int plugging = 0;  ///< Counts how often a token was plugged in or pulled.
  ra_model ra;
  std::vector<computer> computers;
  std::vector<std::unique_ptr<process>> running;  ///< Null: not started, or dead.
  std::vector<int> homes;                         ///< Computer of each client.
  rulebook rules;
  make_habit habit;

  std::int64_t mono = 1;  ///< ns
  std::vector<planned_fault> faults;
  std::vector<bool> struck;
  std::uint32_t points = 0;
  bool calm = false;
  bool nested = false;
  int ra_down = 0;                 ///< So many requests find no RA.
  int busy_looks = 0;              ///< So many looks find the token busy.
  int wrong_pins = 0;              ///< So often the user mistypes next.
  std::vector<std::string> pages;  ///< Payments whose page was opened.
  std::deque<notice> notices;
  struct late {
    std::uint32_t due;
    http_request request;
  };
  std::vector<late> delayed;
  /// A list of orders is on its way. One that the new key signed confirms its certificate (statements.md), so that
  /// the key is the user's own to keep from there on.
  bool says_key_works = false;
  coverage covered;
  bool tracing = false;
  std::string trace;
  std::function<void(int client)> let_act;  ///< Lets a client take a step, for a fault that needs one.

  void note(const std::string& what);
  /// The point before an effect of @p who (null: of the world). What strikes, or null.
  const planned_fault* strike(process* who, site where);
  [[nodiscard]] process& start(int client);
  void bury(int client);
  void plug(int computer);
  void pull();
  void deliver_late(bool all);
  void queue(std::vector<notice> said);
  void speak_notice();
  void outside();  ///< Review, provider and portal act.
  [[nodiscard]] std::size_t stage_at(const process* who) const;
  /// The faults that can strike now at @p where, bit by bit.
  [[nodiscard]] std::uint64_t possible(site where) const;
  [[nodiscard]] bool may_lose_key() const;
  void lose_key();
};

}  // namespace keycare::sim
