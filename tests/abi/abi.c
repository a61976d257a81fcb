/* abi.c - the whole contract as C11: its layout assertions hold on this platform. */
#include "keycare/abi/all.h"

/* A file of declarations alone is not C11. */
kc_status keycare_abi_is_c11(void);
kc_status keycare_abi_is_c11(void) {
  return KC_OK;
}
