// new_pin.hpp - whether a new PIN will do: length and characters from the token, weak ones from a rule. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace keycare::services {

/// Octets; where a token states bounds they win over these.
struct new_pin_policy {
  std::size_t min = 6;
  std::size_t max = 16;
};

/// What is wrong with a new PIN; ok: nothing.
enum class pin_problem {
  ok,
  too_short,
  too_long,
  characters,  ///< Other than letters and digits of ASCII.
  repeated,    ///< One character, or one short group of them, again and again: 11111111, 12121212.
  sequence,    ///< 12345678, 87654321, abcdefgh.
  common       ///< On the list of those that everybody tries first.
};

/// The first problem of @p pin, in the order of the enumeration. [any-thread]
[[nodiscard]] pin_problem new_pin_problem(std::string_view pin, const new_pin_policy& policy) noexcept;

/// The support code: "KC-PIN-TOO-SHORT", "KC-PIN-TOO-LONG", "KC-PIN-CHARACTERS", "KC-PIN-WEAK"; "" for ok. [any-thread]
[[nodiscard]] std::string_view pin_problem_code(pin_problem problem) noexcept;

/// One sentence for the dialog. [any-thread]
[[nodiscard]] std::string_view pin_problem_text(pin_problem problem, std::string_view language) noexcept;

}  // namespace keycare::services
