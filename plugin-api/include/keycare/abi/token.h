/* token.h - keycare.token/1: which tokens and certificates are there, and the files on them, without a PIN.
 *
 * Rationale: everything here is a snapshot. A token is named by its manufacturer and serial number, never by a slot or
 * a position, because slots move. A change event is a hint to look again, not a fact. */
#ifndef KEYCARE_ABI_TOKEN_H
#define KEYCARE_ABI_TOKEN_H

#include "keycare/abi/base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_TOKEN_SERVICE "keycare.token/1" /**< Permission: token.read */
#define KC_TOKEN_MINOR 0                   /**< The minor version that this header describes. */

/** Names one token for good. Both texts are compared octet by octet. */
typedef struct kc_token_ref {
  kc_str manufacturer; /**< As the token says it. */
  kc_str serial;       /**< As the token says it. */
} kc_token_ref;

/** What a PIN of an application is like now. Nothing is ever counted by the host: -1 means that the token does not say.
 */
typedef struct kc_pin_state {
  uint32_t size;     /**< Octets of this structure, as its maker compiled it. */
  uint32_t flags;    /**< kc_pin_flags */
  int32_t max;       /**< Tries after a success, or -1. */
  int32_t remaining; /**< Tries left, or -1. */
  kc_str source;     /**< Where the figures come from: "SKF_GetPINInfo", "token flags", "none". */
} kc_pin_state;

/** What a token says about a PIN besides figures. */
enum kc_pin_flags {
  KC_PIN_LOCKED = 1u << 0,     /**< Only an unlock helps. */
  KC_PIN_FINAL_TRY = 1u << 1,  /**< The next miss locks. */
  KC_PIN_COUNT_LOW = 1u << 2,  /**< At least one miss since the last success. */
  KC_PIN_DEFAULT = 1u << 3,    /**< The maker's PIN was never changed. */
  KC_PIN_STATE_KNOWN = 1u << 4 /**< Absent flags mean "no" only with this one. */
};

/** What a token is and can do. */
enum kc_token_flags {
  KC_TOKEN_SOFTWARE = 1u << 0,   /**< A file, not a device: for tests. */
  KC_TOKEN_BUSY = 1u << 1,       /**< It is there but does not answer. */
  KC_TOKEN_CAN_UNLOCK = 1u << 2, /**< keycare.pin/1's unlock works on it. */
  KC_TOKEN_CAN_EVENTS = 1u << 3  /**< Its library tells when it comes and goes; without, the host looks by itself. */
};

/** A token, lent to a sink for its call. */
typedef struct kc_token_info {
  uint32_t size;      /**< Octets of this structure, as its maker compiled it. */
  uint32_t flags;     /**< kc_token_flags */
  kc_token_ref token; /**< Its name for good. */
  kc_str label;       /**< For people, as it was given to the token. */
  kc_str model;       /**< The maker's name for this kind of token. */
  kc_str backend;     /**< "skf" or "pkcs11". */
  kc_str module;      /**< The maker's library, as the host's configuration names it. */
  kc_pin_state pin;   /**< Of the first application; certificates carry their own. */
} kc_token_info;

/** What a certificate's key is for (GM/T 0016: each container holds at most one of each). */
enum kc_usage {
  KC_USAGE_SIGN = 1,    /**< Signatures. */
  KC_USAGE_EXCHANGE = 2 /**< Key agreement and decryption. */
};

/** Whether the token holds the key to a certificate: it did not say, it does, it does not. */
enum kc_private_key { KC_KEY_UNKNOWN = 0, KC_KEY_PRESENT = 1, KC_KEY_ABSENT = 2 };

/** A certificate and the place where it lives. A certificate that came from elsewhere has no place: its texts are
 * absent. */
typedef struct kc_certificate_info {
  uint32_t size;        /**< Octets of this structure, as its maker compiled it. */
  uint32_t usage;       /**< kc_usage; 0 when it has no place. */
  uint32_t private_key; /**< kc_private_key: whether the key to it is beside it. */
  uint32_t reserved;    /**< 0 */
  kc_token_ref token;   /**< Where it is. */
  kc_str application;   /**< GM/T 0016's application, or absent where there are none (PKCS#11). */
  kc_str container;     /**< GM/T 0016's container, or what stands for it. */
  kc_bytes der;         /**< The certificate itself (RFC 5280). */
  kc_bytes public_key;  /**< SubjectPublicKeyInfo, DER. */
  kc_bytes subject_der; /**< The subject's Name, DER: two certificates of one holder have the same. */
  kc_str subject;       /**< RFC 4514, for people. */
  kc_str common_name;   /**< The subject's commonName, for people; absent without one. */
  kc_str issuer;        /**< RFC 4514 */
  kc_str serial;        /**< Hexadecimal, capitals, without leading zeros. */
  kc_str algorithm;     /**< An open set: "rsa-2048", "ec-p256", "sm2" ... */
  int64_t not_before;   /**< Unix time, seconds. */
  int64_t not_after;    /**< Unix time, seconds; the last one that belongs to the validity. */
  uint8_t sha256[32];   /**< Of der. */
  kc_pin_state pin;     /**< Of the application; size 0 when it has no place. */
} kc_certificate_info;

/** A file on a token, lent to a sink for its call. */
typedef struct kc_file_info {
  uint32_t size;      /**< Octets of this structure, as its maker compiled it. */
  uint32_t octets;    /**< Its length. */
  kc_str application; /**< Where it is. */
  kc_str name;        /**< Its name there (GM/T 0016: at most 32 octets). */
} kc_file_info;

/** Takes one token. @p context is what the caller gave beside the sink. */
typedef void (*kc_token_sink)(void* context, const kc_token_info* token);
/** Takes one certificate; @p context as above. */
typedef void (*kc_certificate_sink)(void* context, const kc_certificate_info* certificate);
/** Takes one file; @p context as above. */
typedef void (*kc_file_sink)(void* context, const kc_file_info* file);

typedef struct kc_token_service kc_token_service;
/** The table of keycare.token/1. */
struct kc_token_service {
  kc_table table; /**< Size and version; see kc_table. */
  void* host;     /**< The host's own. */
  /** Every token of every configured library. A library that fails is left out and logged. [worker-thread] */
  kc_status (*tokens)(const kc_token_service* self, const kc_call* call, kc_token_sink sink, void* context,
                      kc_error* error);
  /** Every certificate on @p token, or on all tokens when it is NULL. Damaged objects are left out and logged.
   *  KC_E_NOT_FOUND when the token is not there. [worker-thread] */
  kc_status (*certificates)(const kc_token_service* self, const kc_call* call, const kc_token_ref* token,
                            kc_certificate_sink sink, void* context, kc_error* error);
  /** The files on @p token (the electronic seal is one). KC_E_UNSUPPORTED where the token has none. [worker-thread] */
  kc_status (*files)(const kc_token_service* self, const kc_call* call, const kc_token_ref* token, kc_file_sink sink,
                     void* context, kc_error* error);
  /** Reads one file, at most 1 MiB, in one piece. [worker-thread] */
  kc_status (*read_file)(const kc_token_service* self, const kc_call* call, const kc_token_ref* token,
                         kc_str application, kc_str name, kc_bytes_sink sink, void* context, kc_error* error);
};
/* Changes arrive as the event "token-changed" through kc_command_extension::deliver. */

KC_STATIC_ASSERT(sizeof(kc_token_ref) == 32, "kc_token_ref");
KC_STATIC_ASSERT(sizeof(kc_pin_state) == 32 && offsetof(kc_pin_state, source) == 16, "kc_pin_state");
KC_STATIC_ASSERT(sizeof(kc_token_info) == 136 && offsetof(kc_token_info, pin) == 104, "kc_token_info");
KC_STATIC_ASSERT(sizeof(kc_certificate_info) == 288 && offsetof(kc_certificate_info, not_before) == 208 &&
                     offsetof(kc_certificate_info, pin) == 256,
                 "kc_certificate_info");
KC_STATIC_ASSERT(sizeof(kc_file_info) == 40, "kc_file_info");
KC_STATIC_ASSERT(sizeof(kc_token_service) == 48, "kc_token_service");

#ifdef __cplusplus
}
#endif
#endif
