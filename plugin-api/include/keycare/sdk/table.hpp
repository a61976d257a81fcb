// table.hpp - the one set of rules by which either side accepts the other's table.
#pragma once

#include "keycare/abi/base.h"

#include <charconv>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace keycare {

/// "keycare.signing/1" taken apart.
struct table_id {
  std::string_view name;    ///< For example "keycare.signing".
  std::uint16_t major = 0;  ///< 0: the id is not well formed.
};

/// Takes an id apart; majors from 1 to 9999. [any-thread]
[[nodiscard]] constexpr table_id parse_table_id(std::string_view id) noexcept {
  const auto slash = id.rfind('/');
  if (slash == std::string_view::npos || slash == 0 || id.size() - slash > 5 || slash + 1 == id.size()) return {};
  std::uint32_t major = 0;
  for (const char c : id.substr(slash + 1)) {
    if (c < '0' || c > '9') return {};
    major = major * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return {id.substr(0, slash), static_cast<std::uint16_t>(major)};
}

/// Whether @p have will do for somebody who was compiled against major @p major, needs minor @p minor, and reads @p
/// size octets. Each way to fail has its own status.
[[nodiscard]] constexpr kc_status check_table(const kc_table& have, std::uint16_t major, std::uint16_t minor,
                                              std::uint32_t size) noexcept {
  if (have.size < sizeof(kc_table)) return KC_E_TABLE_TOO_SMALL;
  if (have.major != major) return KC_E_OTHER_MAJOR;
  if (have.minor < minor) return KC_E_NEWER_MINOR;
  if (have.size < size) return KC_E_TABLE_TOO_SMALL;
  return KC_OK;
}

/// Whether every function of @p table, which lie between @p first (an offset) and the end of T, is there.
template <class T>
[[nodiscard]] bool functions_present(const T& table, std::size_t first) noexcept {
  static_assert(std::is_standard_layout_v<T> && sizeof(void (*)()) == sizeof(void*));
  for (std::size_t at = first; at + sizeof(void*) <= sizeof(T); at += sizeof(void*)) {
    void* function = nullptr;
    std::memcpy(&function, reinterpret_cast<const char*>(&table) + at, sizeof function);
    if (function == nullptr) return false;
  }
  return true;
}

}  // namespace keycare
