// record.hpp - one unlock as it is stored, and the RA's view of it: strict readers, nothing personal in clear.
#pragma once

#include "keycare/sdk/values.hpp"
#include "plugins/unlock/core/next_step.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace keycare::unlock {

/// What the RA says about an unlock (openapi.json, Unlock).
struct ra_view {
  ra_state state = ra_state::unasked;
  std::string phone;  ///< On record, masked by the RA.
  std::int64_t redemptions_left = 3;
  bool exposed = false;
  std::string remark;
  std::string rejection;
};

/// What this plugin knows and means to do. The store encrypts it; the application's data is in it only as it was sealed
/// to the RA, and a code from a text message never is.
struct record {
  std::string uuid;
  unlock::stage stage = stage::applying;
  token_ref token;
  std::string application;
  digest certificate{};
  std::string subject;  ///< Common name, for people.
  std::int64_t created = 0;
  std::string sealed;      ///< base64 of the application's CMS; empty once the RA has it.
  std::string secret;      ///< Bearer of this unlock at the RA; empty before the RA has answered.
  std::string redemption;  ///< The uuid of the last redemption.
  std::string proof;       ///< base64 of the proof's CMS.
  std::string outcome;     ///< "done", "rejected", "expired" or a support code, when closed.
  std::int64_t looks = 0;  ///< Looks in vain at an unchanged state, for polling.
  ra_view ra;

  std::uint64_t version = 0;  ///< The store's; not in the text.

  [[nodiscard]] bool is_open() const { return stage != stage::closed; }
  /// Its redemptions are used up and none came to its end: it leads nowhere, and the RA takes another application.
  [[nodiscard]] bool is_spent() const {
    return stage == stage::open && ra.state == ra_state::redeemed && ra.redemptions_left == 0;
  }
};

/// The version of the stored text.
inline constexpr std::int64_t record_schema = 1;
inline constexpr std::string_view record_prefix = "unlock/";

[[nodiscard]] std::string record_key(std::string_view uuid);
/// The record as text. [any-thread]
[[nodiscard]] std::string write_record(const record& what);
/// KC-UNLOCK-RECORD-DAMAGED (truncated, empty, changed), KC-UNLOCK-RECORD-NEWER (a newer program wrote it). The caller
/// leaves such a record as it is. [any-thread]
[[nodiscard]] result<record> read_record(std::string_view text);

/// The RA's Unlock object, which must be the one of @p mine. KC-RA-ANSWER for anything else. [any-thread]
[[nodiscard]] result<ra_view> read_ra_view(const nlohmann::json& body, const record& mine);
/// True for a secret as the contract describes it. [any-thread]
[[nodiscard]] bool is_secret(std::string_view text);

}  // namespace keycare::unlock
