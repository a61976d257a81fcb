// sar.hpp - what an SKF status code (GM/T 0016 annex A) means to the rest of the host. Pure.
#pragma once

#include "gmt0016/skf_constants.h"
#include "keycare/sdk/result.hpp"

#include <cstdint>

namespace keycare::services::skf {

/// The error for @p code, which is kept as the native code. Not for SAR_OK.
[[nodiscard]] inline error sar_error(std::uint64_t code) {
  const auto native = static_cast<std::int64_t>(code);
  const auto make = [&](kc_status status, const char* text) { return fail(status, text, native); };
  switch (code) {
    case SAR_DEVICE_REMOVED:
      return make(KC_E_TOKEN_REMOVED, "KC-TOKEN-REMOVED");
    case SAR_TIMEOUTERR:
      return make(KC_E_TOKEN_BUSY, "KC-TOKEN-BUSY");
    case SAR_NO_ROOM:
    case SAR_REACH_MAX_CONTAINER_COUNT:
      return make(KC_E_TOKEN_FULL, "KC-TOKEN-FULL");
    case SAR_PIN_INCORRECT:
      return make(KC_E_PIN_WRONG, "KC-PIN-WRONG");
    case SAR_PIN_LOCKED:
      return make(KC_E_PIN_LOCKED, "KC-PIN-LOCKED");
    case SAR_PIN_INVALID:
    case SAR_PIN_LEN_RANGE:
      return make(KC_E_PIN_POLICY, "KC-PIN-REFUSED");
    case SAR_NOTSUPPORTYETERR:
      return make(KC_E_UNSUPPORTED, "KC-TOKEN-UNSUPPORTED");
    case SAR_USER_NOT_LOGGED_IN:
      return make(KC_E_GRANT_ENDED, "KC-TOKEN-LOGGED-OUT");
    case SAR_APPLICATION_NOT_EXISTS:
    case SAR_KEYNOTFOUNTERR:
    case SAR_CERTNOTFOUNTERR:
    case SAR_FILE_NOT_EXIST:
      return make(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
    default:
      return make(KC_E_FAILED, "KC-TOKEN-REFUSED");
  }
}

}  // namespace keycare::services::skf
