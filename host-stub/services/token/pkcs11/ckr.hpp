// ckr.hpp - what a PKCS#11 return value (2.40, 5.1) means to the rest of the host. Pure.
#pragma once

#include "host-stub/services/token/pkcs11/cryptoki.hpp"
#include "keycare/sdk/result.hpp"

#include <cstdint>

namespace keycare::services::pkcs11 {

/// The error for @p code, which is kept as the native code. Not for CKR_OK.
[[nodiscard]] inline error ckr_error(ck_rv_t code) {
  const auto native = static_cast<std::int64_t>(code);
  const auto make = [&](kc_status status, const char* text) { return fail(status, text, native); };
  switch (code) {
    // A token that went takes its sessions with it; one that came back has others.
    case CKR_DEVICE_REMOVED:
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_TOKEN_NOT_RECOGNIZED:
    case CKR_SLOT_ID_INVALID:
    case CKR_SESSION_HANDLE_INVALID:
    case CKR_SESSION_CLOSED:
      return make(KC_E_TOKEN_REMOVED, "KC-TOKEN-REMOVED");
    case CKR_SESSION_COUNT:
    case CKR_SESSION_EXISTS:
    case CKR_SESSION_READ_ONLY_EXISTS:
    case CKR_SESSION_READ_WRITE_SO_EXISTS:
    case CKR_USER_ANOTHER_ALREADY_LOGGED_IN:
    case CKR_OPERATION_ACTIVE:
      return make(KC_E_TOKEN_BUSY, "KC-TOKEN-BUSY");
    case CKR_DEVICE_MEMORY:
      return make(KC_E_TOKEN_FULL, "KC-TOKEN-FULL");
    case CKR_PIN_INCORRECT:
      return make(KC_E_PIN_WRONG, "KC-PIN-WRONG");
    case CKR_PIN_LOCKED:
      return make(KC_E_PIN_LOCKED, "KC-PIN-LOCKED");
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE:
    case CKR_PIN_TOO_WEAK:
      return make(KC_E_PIN_POLICY, "KC-PIN-REFUSED");
    case CKR_FUNCTION_NOT_SUPPORTED:
    case CKR_USER_TYPE_INVALID:  // NSS has no security officer.
      return make(KC_E_UNSUPPORTED, "KC-TOKEN-UNSUPPORTED");
    case CKR_MECHANISM_INVALID:
    case CKR_MECHANISM_PARAM_INVALID:
    case CKR_KEY_SIZE_RANGE:
    case CKR_CURVE_NOT_SUPPORTED:
    case CKR_DOMAIN_PARAMS_INVALID:
      return make(KC_E_UNSUPPORTED, "KC-TOKEN-ALGORITHM");
    case CKR_USER_NOT_LOGGED_IN:
      return make(KC_E_GRANT_ENDED, "KC-TOKEN-LOGGED-OUT");
    case CKR_OBJECT_HANDLE_INVALID:
    case CKR_KEY_HANDLE_INVALID:
      return make(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
    default:
      return make(KC_E_FAILED, "KC-TOKEN-REFUSED");
  }
}

/// What a module says when its answer cannot be true.
[[nodiscard]] inline error damaged(std::int64_t native = 0) {
  return fail(KC_E_DAMAGED, "KC-TOKEN-DAMAGED", native);
}

}  // namespace keycare::services::pkcs11
