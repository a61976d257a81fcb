// rules.hpp - the ten invariants of a renewal order, and those of an unlock, held against every effect.
#pragma once

#include "keycare/sdk/values.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace keycare::sim {

class world;
class process;
struct grant_ask;

/// The numbers of the invariants; 11 to 14 are the unlock's and the end's.
enum class rule : int {
  old_untouched = 1,     ///< Old key and certificate stay; no container with a certificate is deleted.
  one_order = 2,         ///< One open order, one payment kept, the rest refunded.
  right_token = 3,       ///< Only the order's token is written.
  same_bytes = 4,        ///< A request keeps its bytes; a used uuid never revives.
  one_verification = 5,  ///< The program never tries a PIN again by itself.
  key_kept = 6,          ///< A key that the RA knows is not replaced without need; a new one goes on the same order.
  frozen = 7,            ///< An accepted order completes although the certificate has ended.
  stored_first = 8,      ///< Intent on disk before effect, and no stage without its effect.
  truth = 9,             ///< Nothing is shown that the RA never said; what is installed is what it issued.
  elsewhere = 10,        ///< Another computer goes on; only an ended order's container is reaped.
  not_bricked = 11,      ///< The RA can always open the token: it holds the admin PIN that the token has.
  nothing_spent = 12,    ///< No redemption is spent twice for one authorisation.
  ends = 13,             ///< Without further faults everything reaches its end in bounded steps.
  no_lost_update = 14    ///< A record is replaced only by one who has read it.
};

struct violation {
  rule broken;
  std::string what;
};

class rulebook {
public:
  explicit rulebook(world& of) : w_(of) {}

  std::vector<violation> broken;

  void sent(process& who, const std::string& method, const std::string& path, octets_view body);
  void answered(int computer, const std::string& path);
  void signs(process& who, const grant_ask& ask, const nlohmann::json& statement, const std::string& container);
  void creates(process& who, const grant_ask& ask, const std::string& container);
  void generates(process& who, const grant_ask& ask, const std::string& container);
  void installs(process& who, const grant_ask& ask, const std::string& container, const std::string& certificate);
  void reaps(process& who, const grant_ask& ask, const std::string& container);
  void dialog(process& who);
  void wrote(process& who, const std::string& key, std::uint64_t expected, std::uint64_t found);
  void read(process& who, const std::string& key, std::uint64_t version);
  void replied(process& who, bool unlocking, const nlohmann::json& reply);
  void after_step();
  void at_end();

private:
  void breaks(rule which, std::string what);
  void on_right_token(const char* what, process& who, const grant_ask& ask);

  world& w_;
  std::map<std::string, std::string> bodies_;  ///< Path: hash of the bytes first sent.
  std::map<std::string, std::map<std::string, std::string>>
      payments_;                                    ///< Order: body: uuid that it was first sent under.
  std::map<std::string, std::string> redemptions_;  ///< Nonce: the path that it was first sent to.
  std::map<std::pair<int, std::string>, std::set<std::string>> said_;  ///< Computer, order: states that it heard.
  std::map<std::pair<int, std::string>, std::uint64_t> seen_;  ///< Process, key: version that it last read or wrote.
};

}  // namespace keycare::sim
