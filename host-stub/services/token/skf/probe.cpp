// probe.cpp - the first calls of an SKF library, in the child process that tries it.
#include "host-stub/services/token/skf/probe.hpp"

#include <dlfcn.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace keycare::services::skf {

bool first_calls(void* library, std::string& word) {
  for (const char* name : needed_functions) {
    if (dlsym(library, name) != nullptr) continue;
    word = name;
    return false;
  }
  // The cell is larger than any ULONG, and poisoned: the high half tells the width (little-endian machines).
  using enum_dev = std::uintptr_t (*)(std::int32_t, char*, std::uint64_t*);
  enum_dev call = nullptr;
  void* found = dlsym(library, "SKF_EnumDev");
  std::memcpy(&call, &found, sizeof call);
  std::array<std::uint64_t, 8> cell{};
  cell.fill(0xA5A5A5A5A5A5A5A5U);
  (void)call(1, nullptr, cell.data());
  word = (cell[0] >> 32U) == 0xA5A5A5A5U ? skf_narrow : skf_wide;
  return true;
}

}  // namespace keycare::services::skf
