// new_pin.cpp - the rules for a new PIN.
#include "host-stub/services/pin/new_pin.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace keycare::services {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool is_letter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

/// A group of at most three characters, or half the PIN's pairs, again and again.
bool repeats(std::string_view pin) {
  for (std::size_t period = 1; period <= 3 && period * 2 <= pin.size(); ++period) {
    bool same = true;
    for (std::size_t i = period; i < pin.size() && same; ++i) same = pin[i] == pin[i - period];
    if (same) return true;
  }
  return false;
}

/// Every step the same, +1 or -1; 9 may be followed by 0 and 0 by 9 (1234567890).
bool runs(std::string_view pin) {
  for (const int step : {1, -1}) {
    bool all = pin.size() >= 2;
    for (std::size_t i = 1; i < pin.size() && all; ++i) {
      const char before = lower(pin[i - 1]);
      const char now = lower(pin[i]);
      const bool wraps = is_digit(before) && is_digit(now) && (now - before == (step > 0 ? -9 : 9));
      all = now - before == step || wraps;
    }
    if (all) return true;
  }
  return false;
}

// Makers' PINs and the keyboard's rows; runs and repetitions need no list.
constexpr auto common = std::to_array<std::string_view>(
    {"11223344",   "11112222",  "112233",        "123321",    "12344321",  "1234abcd", "123456a",   "12345678a",
     "1qaz2wsx",   "5201314",   "a123456",       "a1234567",  "a12345678", "abc123",   "abc12345",  "abcd1234",
     "admin123",   "admin1234", "administrator", "asdfghjkl", "iloveyou",  "p4ssw0rd", "pass1234",  "passw0rd",
     "password",   "password1", "qazwsx",        "qwe123",    "qwer1234",  "qwerty",   "qwerty123", "qwertyui",
     "qwertyuiop", "147258369", "159357",        "66668888",  "88886666",  "88888888", "admin888"});

}  // namespace

pin_problem new_pin_problem(std::string_view pin, const new_pin_policy& policy) noexcept {
  if (pin.size() < policy.min) return pin_problem::too_short;
  if (pin.size() > policy.max) return pin_problem::too_long;
  if (!std::all_of(pin.begin(), pin.end(), [](char c) { return is_digit(c) || is_letter(c); }))
    return pin_problem::characters;
  if (repeats(pin)) return pin_problem::repeated;
  if (runs(pin)) return pin_problem::sequence;
  for (const auto weak : common) {
    if (weak.size() == pin.size() &&
        std::equal(weak.begin(), weak.end(), pin.begin(), [](char a, char b) { return a == lower(b); }))
      return pin_problem::common;
  }
  return pin_problem::ok;
}

std::string_view pin_problem_code(pin_problem problem) noexcept {
  switch (problem) {
    case pin_problem::ok:
      return "";
    case pin_problem::too_short:
      return "KC-PIN-TOO-SHORT";
    case pin_problem::too_long:
      return "KC-PIN-TOO-LONG";
    case pin_problem::characters:
      return "KC-PIN-CHARACTERS";
    case pin_problem::repeated:
    case pin_problem::sequence:
    case pin_problem::common:
      break;
  }
  return "KC-PIN-WEAK";
}

std::string_view pin_problem_text(pin_problem problem, std::string_view language) noexcept {
  const bool zh = language.substr(0, 2) == "zh";
  switch (problem) {
    case pin_problem::ok:
      return "";
    case pin_problem::too_short:
      return zh ? "新密码太短。" : "The new PIN is too short.";
    case pin_problem::too_long:
      return zh ? "新密码太长。" : "The new PIN is too long.";
    case pin_problem::characters:
      return zh ? "新密码只能由数字和字母组成。" : "The new PIN may hold digits and letters only.";
    case pin_problem::repeated:
      return zh ? "新密码过于简单：不要重复相同的字符。"
                : "The new PIN is too simple: do not repeat the same characters.";
    case pin_problem::sequence:
      return zh ? "新密码过于简单：不要使用连续的数字或字母。" : "The new PIN is too simple: do not use a sequence.";
    case pin_problem::common:
      break;
  }
  return zh ? "新密码过于常见，请换一个。" : "The new PIN is one that everybody tries first. Choose another one.";
}

}  // namespace keycare::services
