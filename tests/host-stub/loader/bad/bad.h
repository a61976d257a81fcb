/* bad.h - a right table to start from: each bad plugin of this folder spoils one thing. */
#ifndef KEYCARE_TESTS_BAD_H
#define KEYCARE_TESTS_BAD_H

#include "keycare/abi/entry.h"

#ifdef __cplusplus
extern "C" {
#endif

static inline kc_status bad_create(const kc_host* host, kc_instance** out, kc_error* error) {
  (void)host, (void)out, (void)error;
  return KC_E_UNSUPPORTED;
}
static inline void bad_destroy(kc_instance* instance) {
  (void)instance;
}
static inline kc_status bad_extension(kc_instance* instance, const char* id, uint16_t minor, uint32_t size,
                                      const kc_table** out, kc_error* error) {
  (void)instance, (void)id, (void)minor, (void)size, (void)out, (void)error;
  return KC_E_UNKNOWN_SERVICE;
}

#define BAD_ID \
  { "bad", 3 }
#define BAD_VERSION \
  { "1.0.0", 5 }
#define GOOD_TABLE \
  { {sizeof(kc_plugin), KC_ABI_MAJOR, KC_ABI_MINOR}, BAD_ID, BAD_VERSION, bad_create, bad_destroy, bad_extension }

#define ENTRY \
  KEYCARE_EXPORT kc_status keycare_plugin_entry(uint16_t host_major, uint16_t host_minor, const kc_plugin** out)
ENTRY;

#ifdef __cplusplus
}
#endif
#endif
