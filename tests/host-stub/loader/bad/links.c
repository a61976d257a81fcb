/* links.c - a good plugin, but for how it is linked. */
#include "bad.h"

static const kc_plugin table = GOOD_TABLE;

#if BAD == 1 /* exports more than its entry */
KEYCARE_EXPORT int keycare_helper(void);
KEYCARE_EXPORT int keycare_helper(void) {
  return 1;
}
#elif BAD == 2 /* needs a symbol that nobody has */
extern int keycare_symbol_that_nobody_has(void);
#elif BAD == 3 /* needs a library that plugins may not use */
extern unsigned long keycare_foreign(void);
#endif

ENTRY {
  (void)host_major, (void)host_minor;
#if BAD == 2
  if (host_major == 0xFFFF) return keycare_symbol_that_nobody_has();
#elif BAD == 3
  if (host_major == 0xFFFF) return (kc_status)keycare_foreign();
#endif
  *out = &table;
  return KC_OK;
}
