// unlock_work.hpp - the two steps of an unlock on the token, in the order that cannot brick it.
#pragma once

#include "host-stub/services/pin/unlock_seal.hpp"
#include "host-stub/services/token/backend.hpp"

namespace keycare::services {

/// Before this many tries are left, the admin PIN is not touched.
inline constexpr int least_admin_tries = 3;

/// KC-UNLOCK-ADMIN-TRIES (KC_E_UNSUPPORTED) unless the token says that enough admin tries are left, or (PKCS#11) has no
/// counter and no flag that speaks of a miss. Module's worker.
[[nodiscard]] result<void> enough_admin_tries(token_session& session, const std::string& application);

/// Which admin PIN is set after the first step.
enum class admin_pin_set {
  next,
  current  ///< The token cannot change it: exposed.
};

/// Step 1: the admin PIN becomes `next`. @p next_first: an earlier unlock may have set it already, so `next` is tried
/// before `current`; otherwise `current` alone is. So at most one try is wrong as long as the RA's pair is true.
/// @p rotate false: leave it as it is. KC-UNLOCK-ADMIN-PIN (KC_E_OUTCOME_UNKNOWN: begin again, then `next` is tried);
/// KC-UNLOCK-ADMIN-PIN-UNKNOWN: neither is right, a matter for people; KC-UNLOCK-ADMIN-TRIES. Module's worker.
[[nodiscard]] result<admin_pin_set> rotate_admin_pin(token_session& session, const std::string& application,
                                                     const admin_pins& pins, bool next_first, bool rotate);

}  // namespace keycare::services
