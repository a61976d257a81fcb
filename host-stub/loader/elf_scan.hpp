// elf_scan.hpp - what a library exports and needs, read from its octets without loading it.
//
// A reader of our own, because the file is not trusted: Boost.DLL's library_info (1.74) crashes or hangs on damaged
// files. Every offset is checked against the octets that are there, and every walk is bounded by them.
#pragma once

#include "keycare/sdk/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::loader {

struct elf_facts {
  std::size_t export_count = 0;
  std::vector<std::string> exports;  ///< The first few names.
  std::vector<std::string> needed;   ///< DT_NEEDED, and the filters that load libraries as well.
  std::string search_path;           ///< DT_RPATH or DT_RUNPATH; empty: none.
  bool executable_stack = false;
};

enum class part { core, ui };

/// Reads a shared library for this computer (ELF, 64 bit, little-endian, this processor).
/// Errors: KC-PLUGIN-FILE-DAMAGED, KC-PLUGIN-WRONG-ARCHITECTURE. @p id and @p file are for the message. [any-thread]
[[nodiscard]] result<elf_facts> scan_elf(std::span<const std::uint8_t> octets, std::string_view id,
                                         std::string_view file);

/// Pure: one export, no search path, only libraries that every plugin may use (and Qt, for a UI library).
/// Errors: KC-PLUGIN-EXPORTS, -SEARCH-PATH, -DEPENDENCY, -EXECUTABLE-STACK. [any-thread]
[[nodiscard]] result<void> check_elf(const elf_facts& facts, part kind, std::string_view id);

}  // namespace keycare::loader
