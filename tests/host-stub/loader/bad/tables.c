/* tables.c - entries and tables that break the contract; BAD says which. Built once for each. */
#include "bad.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#if BAD == 0 /* a good plugin, whose manifest will be the wrong one */
static const kc_plugin table = GOOD_TABLE;
#elif BAD == 1 /* too small */
static const kc_plugin table = {{40, 1, 0}, BAD_ID, BAD_VERSION, bad_create, bad_destroy, bad_extension};
#elif BAD == 2 /* of another major version */
static const kc_plugin table = {{sizeof(kc_plugin), 2, 0}, BAD_ID, BAD_VERSION, bad_create, bad_destroy, bad_extension};
#elif BAD == 3 /* a function is missing */
static const kc_plugin table = {{sizeof(kc_plugin), 1, 0}, BAD_ID, BAD_VERSION, bad_create, NULL, bad_extension};
#elif BAD == 4 /* an id that nobody could print */
static const kc_plugin table = {
    {sizeof(kc_plugin), 1, 0}, {"bad", 1u << 30}, BAD_VERSION, bad_create, bad_destroy, bad_extension};
#else
static const kc_plugin table = GOOD_TABLE;
#endif

ENTRY {
  (void)host_major, (void)host_minor;
#if BAD == 5 /* wants a contract of the future */
  *out = NULL;
  return KC_E_NEWER_MINOR;
#elif BAD == 6 /* says yes, gives nothing */
  *out = NULL;
  return KC_OK;
#elif BAD == 7 /* ends the process */
  exit(0);
#elif BAD == 8 /* a table where no memory is */
  *out = (const kc_plugin*)(uintptr_t)8;
  return KC_OK;
#elif BAD == 9 /* looks for what it must not find in the probe: descriptors and environment of the client */
  for (int number = 5; number < 64; ++number)
    if (fcntl(number, F_GETFD) != -1) return 100 + number;
  extern char** environ;
  if (environ[0] != NULL) return 99;
#endif
  *out = &table;
  return KC_OK;
}
