// exit_codes.hpp - what keycare-host's exit status means; docs/command-line.md says the same to people.
#pragma once

#include "keycare/abi/base.h"

namespace keycare::cli {

enum exit_code : int {
  exit_done = 0,         ///< Done, or waiting for somebody: the reply says for whom.
  exit_failed = 1,       ///< Failed for the reason that was printed, with its support code.
  exit_usage = 2,        ///< The arguments, the input or the configuration are wrong: nothing was done.
  exit_cancelled = 3,    ///< The user cancelled.
  exit_again = 4,        ///< Not reached, outcome unknown, or another process is at it: run it again.
  exit_no_plugin = 5,    ///< The plugin was not loaded; the reason was printed.
  exit_needs_token = 6,  ///< The token is not there, is busy, or its PIN is locked.
};

/// The exit status for how a call ended.
[[nodiscard]] constexpr exit_code exit_code_of(kc_status status) noexcept {
  switch (status) {
    case KC_OK:
      return exit_done;
    case KC_E_ARGUMENT:
      return exit_usage;
    case KC_E_CANCELLED:
      return exit_cancelled;
    case KC_E_NETWORK:
    case KC_E_TLS:
    case KC_E_TLS_DATE:
    case KC_E_TIMEOUT:
    case KC_E_OUTCOME_UNKNOWN:
    case KC_E_BUSY:
      return exit_again;
    case KC_E_TOKEN_REMOVED:
    case KC_E_TOKEN_BUSY:
    case KC_E_PIN_LOCKED:
      return exit_needs_token;
    default:
      return exit_failed;
  }
}

}  // namespace keycare::cli
