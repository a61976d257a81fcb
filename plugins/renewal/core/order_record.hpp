// order_record.hpp - what stands in the store for one order, and its strict reader.
#pragma once

#include "keycare/sdk/values.hpp"
#include "plugins/renewal/core/order_words.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace keycare::renewal {

using nlohmann::json;

/// A request that the RA has not answered yet. It is repeated octet for octet.
struct outbox {
  pending kind = pending::none;
  octets body;
  std::string id;                ///< A payment's uuid.
  std::string statement_sha256;  ///< Of the signed statement inside, for the RA's receipt.
  friend bool operator==(const outbox&, const outbox&) = default;
};

/// When the RA is to be asked again; see plugins/common/polling.hpp.
struct poll_state {
  std::int64_t looks = 0;  ///< Looks in vain since something changed.
  std::int64_t extra = 0;  ///< Seconds that "slow down" has added, for good.
  friend bool operator==(const poll_state&, const poll_state&) = default;
};

struct order_record {
  std::string uuid;
  stage at = stage::sign_intent;
  std::int64_t generation = 1;  ///< Of the new key.
  std::int64_t created = 0;     ///< Unix time, as all times here.
  std::string account;          ///< As typed, or empty.
  std::string ra;               ///< The RA's id, which statements name.

  token_ref token;
  std::string application;             ///< The token's application that holds the old certificate.
  octets old_certificate;              ///< DER
  std::string certificate_sha256;      ///< Of old_certificate.
  std::string container;               ///< For the new key: KC1-<base32 uuid>-<generation>.
  std::vector<std::string> leftovers;  ///< Containers of ours that are to be reaped once the order is terminal.

  json quote = nullptr;        ///< The RA's quote, unchanged; null on a computer that did not apply.
  json consent = nullptr;      ///< id, version and hash of what was accepted.
  std::string payload_sha256;  ///< Of what was signed, to tell a repetition.

  std::string number;  ///< 业务单号
  std::string secret;  ///< The order's: whoever has it may read.
  outbox to_send;
  std::string public_key_sha256;  ///< Of the new key's SubjectPublicKeyInfo.
  bundle certificates;            ///< The new ones.

  json order = nullptr;      ///< What the RA said last (ra_order.hpp), for people and without a network.
  std::int64_t seen_at = 0;  ///< When it said so.
  std::string problem;       ///< The support code of what stopped the order last, or empty.
  poll_state poll;

  friend bool operator==(const order_record& a, const order_record& b);
};

inline constexpr std::int64_t record_schema = 1;

/// The container's name for a key: at most 64 octets (GM/T 0016 5.2). @p uuid in lower case.
[[nodiscard]] std::string container_name(std::string_view uuid, std::int64_t generation);

/// The record as octets for the store. [any-thread]
[[nodiscard]] std::string write_record(const order_record& record);

/// Reads a record; nothing is guessed or repaired. KC-RENEWAL-RECORD-NEWER (written by a later version; status
/// KC_E_UNSUPPORTED, the others KC_E_DAMAGED), KC-RENEWAL-RECORD-OLDER (by one whose records nobody reads any more),
/// KC-RENEWAL-RECORD-DAMAGED (empty, cut short, not a record, or not what its stage promises); args has "order".
/// [any-thread]
[[nodiscard]] result<order_record> read_record(std::string_view uuid, octets_view stored);

/// The record as it counts after a restart: at its last stable stage. [any-thread]
[[nodiscard]] order_record fallen_back(order_record record);

}  // namespace keycare::renewal
