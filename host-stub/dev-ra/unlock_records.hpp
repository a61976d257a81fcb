// unlock_records.hpp - unlocks, codes and escrowed admin PINs as values: read from and written to the database.
#pragma once

#include "call.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace keycare::dev_ra {

inline constexpr std::int64_t redemptions_an_approval = 3;
inline constexpr std::int64_t redemptions_a_day = 3;
inline constexpr std::int64_t redemptions_in_30_days = 5;

struct unlock {
  std::string uuid;
  std::string state;  // UnlockState of openapi.json
  std::string manufacturer;
  std::string serial;
  std::string application;
  std::string certificate;
  std::string payload_sha256;
  std::string phone;     // on record
  bool matches = false;  // the applicant's data are those of the last business
  std::int64_t applied_at = 0;
  std::string remark;
  std::string rejection;
  std::optional<std::int64_t> due_at;
};

struct escrow {
  std::string current;
  std::string next;  // empty when none waits for its report
  bool can_rotate = true;
  bool exposed = false;
  std::string method;  // how the host unblocks this kind of token: "skf-unblock-pin", "pkcs11-init-pin"
};

[[nodiscard]] std::optional<unlock> find_unlock(const room& at, std::string_view uuid);
/// The unlock of the path's first uuid, when the request carries its secret: `unknown-unlock` or `unauthorised`
/// otherwise.
[[nodiscard]] result<unlock> authorised_unlock(const room& at, const call& request);
/// Stores state, remark, rejection and due_at.
void store(const room& at, const unlock& what);
[[nodiscard]] std::optional<std::int64_t> next_poll(const room& at, const unlock& what);
[[nodiscard]] nlohmann::json shown(const room& at, const unlock& what);

[[nodiscard]] std::optional<escrow> find_escrow(const room& at, const unlock& of);
void store(const room& at, const unlock& of, const escrow& what);
/// Redemptions of this approval so far.
[[nodiscard]] std::int64_t redemptions_of(const room& at, std::string_view uuid);

/// Checks the code of @p purpose ("apply", "redeem") and uses it up: `code-wrong` or `code-expired` otherwise.
result<void> use_code(const room& at, std::string_view uuid, std::string_view purpose, std::string_view code);

}  // namespace keycare::dev_ra
