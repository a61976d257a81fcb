/* store.h - keycare.store/1: small records, private to the plugin, that survive the death of the process.
 *
 * put_if is one durable commit: when it has returned KC_OK, the record is on the disk. Values are encrypted at rest. */
#ifndef KEYCARE_ABI_STORE_H
#define KEYCARE_ABI_STORE_H

#include "keycare/abi/base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_STORE_SERVICE "keycare.store/1" /**< No permission needed. */
#define KC_STORE_MINOR 0                   /**< The minor version that this header describes. */
#define KC_STORE_MAX_KEY 200u              /**< Octets; printable ASCII. */
#define KC_STORE_MAX_VALUE (1024u * 1024u) /**< Octets. */

/** A lock that is held; 0 is none. */
typedef uint64_t kc_lock;

/** Takes a record: its version and its octets, borrowed for the call. */
typedef void (*kc_record_sink)(void* context, uint64_t version, const uint8_t* data, size_t size);
/** Takes a record's key and version. */
typedef void (*kc_key_sink)(void* context, kc_str key, uint64_t version);

typedef struct kc_store_service kc_store_service;
/** The table of keycare.store/1. */
struct kc_store_service {
  kc_table table; /**< Size and version; see kc_table. */
  void* host;     /**< The host's own. */
  /** Gives the record and its version (never 0). KC_E_NOT_FOUND; KC_E_DAMAGED, and nothing is overwritten. [any-thread]
   */
  kc_status (*get)(const kc_store_service* self, kc_str key, kc_record_sink sink, void* context, kc_error* error);
  /** Writes the record if its version is still @p version (0: it must not exist). KC_E_CONFLICT otherwise.
   *  @param out the new version. [worker-thread] */
  kc_status (*put_if)(const kc_store_service* self, kc_str key, uint64_t version, kc_bytes data, uint64_t* out,
                      kc_error* error);
  /** Removes the record if its version is still @p version. An absent one is a success. [worker-thread] */
  kc_status (*remove_if)(const kc_store_service* self, kc_str key, uint64_t version, kc_error* error);
  /** Every key that starts with @p prefix, in order. [any-thread] */
  kc_status (*list)(const kc_store_service* self, kc_str prefix, kc_key_sink sink, void* context, kc_error* error);
  /** Takes the plugin's lock @p name, against other processes too; the death of a process releases it. KC_E_BUSY when
   *  somebody holds it: it never waits. [worker-thread] */
  kc_status (*lock)(const kc_store_service* self, kc_str name, kc_lock* out, kc_error* error);
  /** Releases it; releasing twice is fine. [worker-thread] */
  void (*unlock)(const kc_store_service* self, kc_lock lock);
};

KC_STATIC_ASSERT(sizeof(kc_store_service) == 64, "kc_store_service");

#ifdef __cplusplus
}
#endif
#endif
