// joined.hpp - texts put together when the program is compiled: the schemas of several commands share their members.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace keycare::common {

namespace detail {
template <const std::string_view&... parts>
constexpr auto put_together() {
  std::array<char, (parts.size() + ... + 0)> out{};
  std::size_t at = 0;
  const auto append = [&](std::string_view part) {
    for (const char c : part) out[at++] = c;
  };
  (append(parts), ...);
  return out;
}
template <const std::string_view&... parts>
inline constexpr auto storage = put_together<parts...>();
}  // namespace detail

/// The parts, constants of a namespace, one after another. [any-thread]
template <const std::string_view&... parts>
inline constexpr std::string_view joined{detail::storage<parts...>.data(), detail::storage<parts...>.size()};

}  // namespace keycare::common
