/* pin.h - keycare.pin/1: the state of a PIN, its change, and the unlock of a locked one. No PIN crosses this table.
 *
 * An unlock: begin makes an ephemeral key and a nonce, which the plugin sends to the RA; the RA answers with an
 * authorisation that is signed by its unlock key and carries the admin PIN encrypted to the ephemeral key; finish
 * checks every field of it, changes the admin PIN, asks for the new PIN in the host's own dialog, and gives the proof.
 */
#ifndef KEYCARE_ABI_PIN_H
#define KEYCARE_ABI_PIN_H

#include "keycare/abi/token.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_PIN_SERVICE "keycare.pin/1" /**< Permission: token.unlock */
#define KC_PIN_MINOR 0                 /**< The minor version that this header describes. */

/** An unlock under way; 0 is none. */
typedef uint64_t kc_unlock;

/** Takes a state. @p context is what the caller gave beside the sink. */
typedef void (*kc_pin_sink)(void* context, const kc_pin_state* state);

typedef struct kc_pin_service kc_pin_service;
/** The table of keycare.pin/1. */
struct kc_pin_service {
  kc_table table; /**< Size and version; see kc_table. */
  void* host;     /**< The host's own. */
  /** The user PIN's state now, in @p application (absent: the token's first). [worker-thread] */
  kc_status (*state)(const kc_pin_service* self, const kc_call* call, const kc_token_ref* token, kc_str application,
                     kc_pin_sink sink, void* context, kc_error* error);
  /** Asks for the old PIN and the new one twice, and changes it. KC_E_CANCELLED, KC_E_PIN_LOCKED. [worker-thread] */
  kc_status (*change)(const kc_pin_service* self, const kc_call* call, const kc_token_ref* token, kc_str application,
                      kc_error* error);
  /** Begins an unlock of the application that holds the certificate @p certificate_sha256 (32 octets), within the
   * unlock
   *  @p unlock_id (a uuid). Gives a JSON object for the RA, as plugin-api/ra/openapi.json's RedemptionRequest has it:
   *  {redemption (a uuid), nonce (hexadecimal), ephemeral_key (base64), token, application, certificate_sha256}; the
   *  redemption is the path's last part, and the plugin adds the code. Five minutes run from here on the monotonic
   * clock. KC_E_UNSUPPORTED when this token cannot. [worker-thread] */
  kc_status (*unlock_begin)(const kc_pin_service* self, const kc_call* call, const kc_token_ref* token,
                            const uint8_t* certificate_sha256, kc_str unlock_id, kc_unlock* out, kc_bytes_sink sink,
                            void* context, kc_error* error);
  /** Finishes it with the RA's authorisation (CMS, at most 64 KiB) and gives the proof for the RA: an "unlock-proof"
   *  statement as CMS SignedData. KC_E_UNTRUSTED: signed by somebody else, or for another token, nonce, key or time;
   * then no try is spent. KC_E_OUTCOME_UNKNOWN: the admin PIN may have changed; begin again. [worker-thread] */
  kc_status (*unlock_finish)(const kc_pin_service* self, const kc_call* call, kc_unlock unlock, kc_bytes authorisation,
                             kc_bytes_sink sink, void* context, kc_error* error);
  /** Ends an unlock and wipes its key. Ending twice is fine. [worker-thread] */
  void (*unlock_end)(const kc_pin_service* self, kc_unlock unlock);
};

KC_STATIC_ASSERT(sizeof(kc_pin_service) == 56, "kc_pin_service");

#ifdef __cplusplus
}
#endif
#endif
