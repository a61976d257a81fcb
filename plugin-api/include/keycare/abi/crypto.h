/* crypto.h - keycare.crypto/1: cryptography without a private key, so that plugins need no library for it. */
#ifndef KEYCARE_ABI_CRYPTO_H
#define KEYCARE_ABI_CRYPTO_H

#include "keycare/abi/token.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_CRYPTO_SERVICE "keycare.crypto/1" /**< No permission needed. */
#define KC_CRYPTO_MINOR 0                    /**< The minor version that this header describes. */

typedef struct kc_crypto_service kc_crypto_service;
/** The table of keycare.crypto/1. */
struct kc_crypto_service {
  kc_table table; /**< Size and version; see kc_table. */
  void* host;     /**< The host's own. */
  /** @param out 32 octets. [any-thread] */
  kc_status (*sha256)(const kc_crypto_service* self, kc_bytes data, uint8_t* out, kc_error* error);
  /** Fills @p size octets, at most 1024, from the operating system's generator. [any-thread] */
  kc_status (*random)(const kc_crypto_service* self, uint8_t* out, size_t size, kc_error* error);
  /** Parses one DER certificate of at most 64 KiB; the place is absent. KC_E_DAMAGED. [any-thread] */
  kc_status (*parse_certificate)(const kc_crypto_service* self, kc_bytes der, kc_certificate_sink sink, void* context,
                                 kc_error* error);
  /** Verifies that @p der chains to a root which the host pinned for @p endpoint ("ra").
   *  @param intermediates DER certificates, one after another, at most 8;  @param at Unix time. KC_E_UNTRUSTED.
   * [any-thread] */
  kc_status (*verify_certificate)(const kc_crypto_service* self, kc_str endpoint, kc_bytes der, kc_bytes intermediates,
                                  int64_t at, kc_error* error);
  /** Verifies CMS SignedData by the signer that the host pinned for @p endpoint and @p role ("receipt", "time",
   * "unlock") and gives its content. KC_E_UNTRUSTED, KC_E_DAMAGED. [any-thread] */
  kc_status (*verify_signed)(const kc_crypto_service* self, kc_str endpoint, kc_str role, kc_bytes cms,
                             kc_bytes_sink sink, void* context, kc_error* error);
  /** Seals @p data (at most 256 KiB) to the encryption certificate that the host pinned for @p endpoint: CMS
   *  AuthEnvelopedData (RFC 5083) with AES-256-GCM. Only that endpoint can open it. [any-thread] */
  kc_status (*seal)(const kc_crypto_service* self, kc_str endpoint, kc_bytes data, kc_bytes_sink sink, void* context,
                    kc_error* error);
};

KC_STATIC_ASSERT(sizeof(kc_crypto_service) == 64, "kc_crypto_service");

#ifdef __cplusplus
}
#endif
#endif
