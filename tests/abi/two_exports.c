/* two_exports.c - what check_dll.cmake must refuse: a library that exports more than its entry. */
#include "keycare/abi/base.h"

KEYCARE_EXPORT kc_status keycare_plugin_entry(void);
KEYCARE_EXPORT kc_status keycare_something_else(void);
kc_status keycare_plugin_entry(void) {
  return KC_OK;
}
kc_status keycare_something_else(void) {
  return KC_OK;
}
