// ra_model.hpp - the RA as plugin-api/ra/openapi.json describes it, in memory: it loses nothing, and lies about
// nothing. What goes wrong between it and a client is the world's doing (world.hpp). models_test.cpp holds it against
// the real dev-ra.
#pragma once

#include "dev-ra/order_states.hpp"
#include "tests/sim/paper.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace keycare::sim {

using dev_ra::order_event;
using dev_ra::order_state;
using nlohmann::json;

struct payment_model {
  std::string uuid, method, request;
  json invoice;
  std::string state = "open";  ///< open, closing, closed, succeeded, refunding, refunded
  std::string refund_reason;
  std::int64_t created = 0;
  std::string provider = "open";  ///< What the provider knows: open, paid, closed, refunded.
  std::string asked;              ///< What the RA asked of the provider: close, refund, or nothing.
  bool was_closing = false;       ///< It was shown as closing, whatever became of it.
};

struct order_model {
  std::string uuid, number, secret, payload;
  order_state state = order_state::awaiting_payment;
  std::int64_t generation = 1, applied_at = 0, months = 0, fee_fen = 0, new_not_after = 0, pay_before = 0;
  std::vector<payment_model> payments;  ///< Newest first.
  json correction, rejection;
  std::set<std::string> corrected;  ///< Corrections that were taken, to tell a repetition.
  std::map<std::int64_t, std::pair<std::string, std::string>> keys;  ///< Generation: key, certificate's DER.
  std::string new_certificate;                                       ///< DER; empty before it is issued.
  std::string confirmed_certificate;
  std::set<std::string> revoked;  ///< DER
};

struct redemption_model {
  std::string nonce, authorisation;
  std::string next;  ///< The admin PIN that it released for the token.
};

struct unlock_model {
  std::string uuid, secret, payload, serial, certificate_sha256;
  std::string state = "awaiting-code";
  std::map<std::string, redemption_model> redemptions;
  std::int64_t due = 0;  ///< When an unproved or unused one ends; 0: never.
};

/// A word of the payment provider's to the RA.
struct notice {
  std::string payment, event;
  std::int64_t fee_fen = 0;
};

inline constexpr const char* right_code = "123456";

class ra_model {
public:
  ra_model(paper& documents, certificate old, token_ref token);

  std::int64_t now = 0;
  std::int64_t sms_codes = 0;

  /// Answers one request; a repetition changes nothing.
  [[nodiscard]] http_response answer(const http_request& request);

  /// @name What people and machines outside do
  /// @{
  /// The browser pays: what the provider says then, or nothing when it does not take the money.
  [[nodiscard]] std::optional<notice> pay(const std::string& payment);
  /// What the provider has been asked and answers now.
  [[nodiscard]] std::vector<notice> provider_answers();
  void accept(const notice& said);
  void review(order_model& order, order_event decision);
  /// What goes on by itself: review opens, refunds start, the portal binds again, unpaid orders end.
  void go_on();
  void approve_unlocks();
  /// @}

  [[nodiscard]] const std::map<std::string, order_model>& orders() const { return orders_; }
  [[nodiscard]] std::map<std::string, order_model>& orders() { return orders_; }
  [[nodiscard]] const std::map<std::string, unlock_model>& unlocks() const { return unlocks_; }
  [[nodiscard]] const std::string& admin_current() const { return admin_current_; }
  [[nodiscard]] const std::string& admin_next() const { return admin_next_; }
  [[nodiscard]] const certificate& old() const { return old_; }

private:
  struct spoken {
    order_model* order = nullptr;
    json statement;
    std::string text;
  };
  [[nodiscard]] static http_response problem(int status, std::string_view code, json more = json::object());
  [[nodiscard]] http_response ok(const json& body) const;
  [[nodiscard]] json view(const order_model& o) const;
  [[nodiscard]] std::string receipt(const order_model& o, std::string_view type, std::string_view text);
  [[nodiscard]] http_response receipted(const order_model& o, std::string_view type, std::string_view text);
  [[nodiscard]] std::optional<spoken> speak(octets_view cms, std::string_view type, const std::string& uuid,
                                            std::string_view key) const;
  [[nodiscard]] order_model* open_order();
  [[nodiscard]] std::string_view ineligible() const;
  [[nodiscard]] std::string key_of(const std::string& certificate_sha256) const;
  bool move(order_model& o, order_event event);
  bool close_payment(order_model& o);
  [[nodiscard]] static json shown(const payment_model& p);
  [[nodiscard]] order_model* order_of(const std::string& payment);
  [[nodiscard]] static json summary(const order_model& o);

  http_response eligibility();
  http_response quote(const json& asked);
  http_response apply(const std::string& uuid, octets_view body);
  http_response withdraw(const std::string& uuid, octets_view body);
  http_response correct(const std::string& uuid, octets_view body);
  http_response generation(const std::string& uuid, octets_view body);
  http_response request(const std::string& uuid, const json& body);
  http_response bundle(const order_model& o);
  http_response confirm(const std::string& uuid, octets_view body);
  http_response payment(order_model& o, const std::string& id, std::string_view body);
  http_response list(octets_view body);
  http_response unlock(const http_request& request);
  [[nodiscard]] json view(const unlock_model& u) const;
  http_response redeem(unlock_model& u, const std::string& id, const json& body);

  paper& paper_;
  certificate old_;
  token_ref token_;
  std::string old_der_, old_sha256_, agreement_, personal_data_;
  json agreements_;
  std::map<std::string, order_model> orders_;
  std::map<std::string, json> quotes_;
  std::set<std::string> closed_;
  std::map<std::string, unlock_model> unlocks_;
  std::string admin_current_ = "admin-0", admin_next_;
  int certificates_ = 0, admins_ = 0;
};

}  // namespace keycare::sim
