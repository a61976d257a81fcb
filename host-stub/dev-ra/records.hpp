// records.hpp - orders and certificates as values: read from and written to the database.
#pragma once

#include "order_states.hpp"
#include "room.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::dev_ra {

struct certificate_record {
  std::string sha256;
  std::string der;
  std::string account;
  std::string subject;
  std::string manufacturer;
  std::string serial;
  std::int64_t not_before = 0;
  std::int64_t not_after = 0;
  std::string status;  // good, unconfirmed, superseded, revoked
  std::int64_t changed_at = 0;
  std::string superseded_by;
  std::string seal;  // none, valid, awaiting-reissue
};

struct order {
  std::string uuid;
  std::string number;
  order_state state = order_state::awaiting_payment;
  std::int64_t generation = 1;
  std::string account;
  std::string certificate;
  std::string manufacturer;
  std::string serial;
  std::string subject;
  std::int64_t months = 0;
  std::int64_t fee_fen = 0;
  std::int64_t old_not_after = 0;
  std::int64_t new_not_after = 0;
  nlohmann::json form;
  std::string payload_sha256;
  std::int64_t applied_at = 0;
  std::int64_t pay_before = 0;
  std::string remark;
  nlohmann::json correction;  // null, or {reason, fields}
  std::string rejection;
  std::string new_certificate;  // empty before it was issued
  std::optional<std::int64_t> due_at;
};

[[nodiscard]] std::optional<certificate_record> find_certificate(const room& at, std::string_view sha256);
/// @p public_key is its fingerprint. Throws when another certificate has this key.
void insert_certificate(const room& at, const certificate_record& record, std::string_view public_key);
void set_certificate_status(const room& at, std::string_view sha256, std::string_view status);

[[nodiscard]] std::optional<order> find_order(const room& at, std::string_view uuid);
/// The open order of this account or certificate.
[[nodiscard]] std::optional<order> find_open_order(const room& at, std::string_view account,
                                                   std::string_view certificate);
/// Orders whose old or new certificate this is, newest first, at most @p limit.
[[nodiscard]] std::vector<order> orders_of(const room& at, std::string_view certificate, std::int64_t limit);
/// Inserts @p made and gives it its number.
void insert_order(const room& at, order& made);
/// Moves @p what by the table, sets when the RA has to look at it again, and stores it with all other changes.
/// False, and nothing is stored, when the event is refused in this state.
bool move(const room& at, order& what, order_event event);

/// Bearer secret of an order or unlock: derived, so that a repeated application gets the same one.
[[nodiscard]] std::string secret_of(const room& at, std::string_view uuid);
/// Seconds until it is worth asking again, or nothing when the RA waits for the user or the order is at its end.
[[nodiscard]] std::optional<std::int64_t> next_poll(const room& at, const order& what);
/// The Order of openapi.json.
[[nodiscard]] nlohmann::json shown(const room& at, const order& what);
/// The OrderSummary of openapi.json: what anybody may see who knows the certificate.
[[nodiscard]] nlohmann::json summary(const order& what);

}  // namespace keycare::dev_ra
