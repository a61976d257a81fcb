/* keys.h - keycare.keys/1: a new key pair in a new container, its certification request, and its certificates.
 *
 * Rationale: renewal never writes where a certificate is. A plugin works in a container of its own making, whose name
 * starts with "KC1-", and may remove only such a container, and only while it holds no certificate. */
#ifndef KEYCARE_ABI_KEYS_H
#define KEYCARE_ABI_KEYS_H

#include "keycare/abi/signing.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_KEYS_SERVICE "keycare.keys/1" /**< Permission: token.write */
#define KC_KEYS_MINOR 0                  /**< The minor version that this header describes. */
#define KC_CONTAINER_PREFIX "KC1-"       /**< How the name of a plugin's own container starts. */
#define KC_CONTAINER_MAX 64              /**< Octets of a container's name (GM/T 0016 5.2). */

/** What a container holds; each state is one step further than the one before. */
enum kc_container_state {
  KC_CONTAINER_ABSENT = 0,   /**< No container of that name. */
  KC_CONTAINER_EMPTY = 1,    /**< A container without a key. */
  KC_CONTAINER_HALF = 2,     /**< A public or a private key without the other (PKCS#11 only). */
  KC_CONTAINER_PAIR = 3,     /**< A signing pair without a certificate. */
  KC_CONTAINER_CERTIFIED = 4 /**< Holds a certificate. */
};

/** A container, lent to a sink for its call. */
typedef struct kc_container_info {
  uint32_t size;                  /**< Octets of this structure, as its maker compiled it. */
  uint32_t state;                 /**< kc_container_state */
  kc_str algorithm;               /**< Absent without a pair. */
  kc_bytes public_key;            /**< SubjectPublicKeyInfo, DER; absent without a pair. */
  uint8_t certificate_sha256[32]; /**< Of the signing certificate; zeros without one. */
  uint8_t exchange_sha256[32];    /**< Of the exchange certificate; zeros without one. */
} kc_container_info;

/** Takes one container. @p context is what the caller gave beside the sink. */
typedef void (*kc_container_sink)(void* context, const kc_container_info* container);

/** What the RA issued. The envelope is opaque to everybody but the token's back end. */
typedef struct kc_bundle {
  uint32_t size;                   /**< Octets of this structure, as its maker compiled it. */
  uint32_t reserved;               /**< 0 */
  kc_bytes signing_certificate;    /**< DER */
  kc_bytes encryption_certificate; /**< DER; absent for a single certificate. */
  kc_bytes key_envelope;           /**< The exchange key, enveloped to the new signing key; absent likewise. */
  kc_str envelope_format;          /**< An open set: "gmt0016-rsa", "gmt0016-ecc" ... */
} kc_bundle;

typedef struct kc_keys_service kc_keys_service;
/** The table of keycare.keys/1. */
struct kc_keys_service {
  kc_table table; /**< Size and version; see kc_table. */
  void* host;     /**< The host's own. */
  /** What is in @p container, in the application of the certificate @p certificate_sha256 (32 octets). Needs no grant.
   *  [worker-thread] */
  kc_status (*inspect)(const kc_keys_service* self, const kc_call* call, const kc_token_ref* token,
                       const uint8_t* certificate_sha256, kc_str container, kc_container_sink sink, void* context,
                       kc_error* error);
  /** Makes an empty container. One of that name that is empty already is a success. KC_E_CONFLICT when it
   *  holds something, KC_E_TOKEN_FULL. [worker-thread] */
  kc_status (*create)(const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                      kc_error* error);
  /** Generates a pair on the token and gives its SubjectPublicKeyInfo. A pair that is there already is reused and
   * given; half a pair is removed first. KC_E_NOT_FOUND without the container. @param algorithm "rsa-2048" ...;
   *  KC_E_UNSUPPORTED. [worker-thread] */
  kc_status (*generate)(const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                        kc_str algorithm, kc_bytes_sink sink, void* context, kc_error* error);
  /** A certification request (RFC 2986, DER) for the pair, with the granted certificate's subject. [worker-thread] */
  kc_status (*request)(const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                       kc_bytes_sink sink, void* context, kc_error* error);
  /** Writes the bundle. What is there already with the same octets is skipped. KC_E_UNTRUSTED when a certificate's
   *  public key is not the container's. [worker-thread] */
  kc_status (*install)(const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                       const kc_bundle* bundle, kc_error* error);
  /** Reads everything back on a fresh handle, compares it with the bundle, and verifies a signature (and decrypts a
   * test where there is an exchange pair). [worker-thread] */
  kc_status (*prove)(const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                     const kc_bundle* bundle, kc_error* error);
  /** Deletes an unfinished container of one's own: the name starts with KC_CONTAINER_PREFIX and it holds no certificate
   *  and no exchange pair. An absent one is a success. KC_E_CONFLICT otherwise. [worker-thread] */
  kc_status (*reap)(const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                    kc_error* error);
};

KC_STATIC_ASSERT(sizeof(kc_container_info) == 104, "kc_container_info");
KC_STATIC_ASSERT(sizeof(kc_bundle) == 72, "kc_bundle");
KC_STATIC_ASSERT(sizeof(kc_keys_service) == 72, "kc_keys_service");

#ifdef __cplusplus
}
#endif
#endif
