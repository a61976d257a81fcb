/* signing.h - keycare.signing/1: a grant, and typed statements that are signed under it.
 *
 * Rationale: a plugin never holds a key or a PIN, and never signs bytes of its own choosing without the user. It
 * prepares a grant that names the token, the certificate and every operation; the host shows that in its own words,
 * asks for the PIN once and verifies it once. Outside an open grant nothing uses a private key.
 *
 * A grant ends with its last operation, when it is closed, when the token is removed, ten minutes after it was opened,
 * or when the call that opened it is cancelled; then the host logs out. Every operation is good for one success. */
#ifndef KEYCARE_ABI_SIGNING_H
#define KEYCARE_ABI_SIGNING_H

#include "keycare/abi/token.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_SIGNING_SERVICE "keycare.signing/1" /**< Permission: token.sign */
#define KC_SIGNING_MINOR 0                     /**< The minor version that this header describes. */

/** A grant's number; 0 is none. Numbers are not used again in one run of the host. */
typedef uint64_t kc_grant;

/** What a grant is asked for; borrowed for the call. */
typedef struct kc_grant_request {
  uint32_t size;                  /**< Octets of this structure, as its maker compiled it. */
  uint32_t reserved;              /**< 0 */
  kc_token_ref token;             /**< The token that acts. */
  uint8_t certificate_sha256[32]; /**< The certificate whose key acts, and whose application the grant opens. */
  kc_str purpose;                 /**< An open set: "renewal.apply", "renewal.install" ... */
  kc_str order; /**< The order's uuid: a statement that names another one is refused. May be absent. */
} kc_grant_request;

/** One thing that may be done once under the grant. Kinds are an open set; a host refuses what it does not know. */
typedef struct kc_operation {
  uint32_t size;      /**< Octets of this structure, as its maker compiled it. */
  uint32_t reserved;  /**< 0 */
  kc_str kind;        /**< KC_OP_SIGN ... */
  kc_str object;      /**< "sign" and "sign-new": the statement's type. All others: the container's name. */
  kc_bytes statement; /**< "sign": the statement itself where it is known already, so that the user sees it. */
} kc_operation;

#define KC_OP_SIGN "sign" /**< Sign a statement with the granted certificate's key. */
#define KC_OP_SIGN_NEW \
  "sign-new"                  /**< Sign a statement with the key whose certificate was installed under this grant. */
#define KC_OP_CREATE "create" /**< keycare.keys/1 create */
#define KC_OP_GENERATE "generate" /**< keycare.keys/1 generate */
#define KC_OP_REQUEST "request"   /**< keycare.keys/1 request */
#define KC_OP_INSTALL "install"   /**< keycare.keys/1 install */
#define KC_OP_PROVE "prove"       /**< keycare.keys/1 prove */
#define KC_OP_REAP "reap"         /**< keycare.keys/1 reap */

typedef struct kc_signing_service kc_signing_service;
/** The table of keycare.signing/1. */
struct kc_signing_service {
  kc_table table; /**< Size and version; see kc_table. */
  void* host;     /**< The host's own. */
  /** Begins a grant; nothing is shown and no device is touched. [worker-thread] */
  kc_status (*prepare)(const kc_signing_service* self, const kc_grant_request* request, kc_grant* out, kc_error* error);
  /** Adds an operation to a grant that is not open yet; at most 32. The statement is parsed here, strictly.
   *  KC_E_NO_PERMISSION when the kind needs a permission that the manifest does not ask for. [worker-thread] */
  kc_status (*add)(const kc_signing_service* self, kc_grant grant, const kc_operation* operation, kc_error* error);
  /** Shows the grant, asks for the PIN and verifies it: at most one verification for each press of 确定. After a wrong
   *  one the dialog asks again; it ends with KC_OK, KC_E_CANCELLED, KC_E_PIN_LOCKED or KC_E_TOKEN_REMOVED.
   *  KC_E_NOT_FOUND when the token or the certificate is not there. [worker-thread] */
  kc_status (*open)(const kc_signing_service* self, const kc_call* call, kc_grant grant, kc_error* error);
  /** Signs @p statement (at most 64 KiB of canonical JSON) and gives CMS SignedData (RFC 5652) with the statement
   * inside, the signer's certificate and SHA-256 (SM3 for SM2); the signature was verified before it is handed out.
   *  @param container absent: the granted certificate's key ("sign"); otherwise the container of "sign-new".
   *  KC_E_GRANT_ENDED, KC_E_NO_PERMISSION (not in the grant), KC_E_TOKEN_REMOVED, KC_E_OUTCOME_UNKNOWN (the device did
   *  not come back: the module is set aside). [worker-thread] */
  kc_status (*sign)(const kc_signing_service* self, const kc_call* call, kc_grant grant, kc_str container,
                    kc_bytes statement, kc_bytes_sink sink, void* context, kc_error* error);
  /** Ends a grant and logs out. Closing twice, or a grant that ended by itself, is fine. [worker-thread] */
  void (*close)(const kc_signing_service* self, kc_grant grant);
};

KC_STATIC_ASSERT(sizeof(kc_grant_request) == 104 && offsetof(kc_grant_request, purpose) == 72, "kc_grant_request");
KC_STATIC_ASSERT(sizeof(kc_operation) == 56, "kc_operation");
KC_STATIC_ASSERT(sizeof(kc_signing_service) == 56, "kc_signing_service");

#ifdef __cplusplus
}
#endif
#endif
