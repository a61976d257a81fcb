// moments.cpp - crashes, throws and hangs while being loaded (BAD 1 to 3) and in the entry (BAD 4 to 6).
#include "bad.h"

#include <csignal>
#include <stdexcept>

namespace {

const kc_plugin table = GOOD_TABLE;

[[maybe_unused]] void crash() {
  std::raise(SIGSEGV);
}
[[maybe_unused]] void hang() {
  // Not an endless loop without an effect, which a compiler may take away.
  volatile bool forever = true;
  while (forever) {
  }
}

#if BAD <= 3
struct constructed {
  constructed() {
    switch (BAD) {
      case 1:
        crash();
        break;
      case 2:
        throw std::runtime_error("in a constructor");
      default:
        hang();
    }
  }
} const at_load;
#endif

}  // namespace

ENTRY {
  (void)host_major, (void)host_minor;
#if BAD == 4
  crash();
#elif BAD == 5
  throw std::runtime_error("in the entry");
#elif BAD == 6
  hang();
#endif
  *out = &table;
  return KC_OK;
}
