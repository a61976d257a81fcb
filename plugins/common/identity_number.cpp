// identity_number.cpp - see identity_number.hpp.
#include "plugins/common/identity_number.hpp"

#include "plugins/common/narrow.hpp"

#include <algorithm>
#include <array>

namespace keycare::common {
namespace {

constexpr std::size_t id_length = 18;
constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};  // GB 11643, 2^(18-i) mod 11
constexpr std::string_view check_characters = "10X98765432";

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

result<std::string> check_identity_number(std::string_view text, day today) {
  auto id = narrow_number(text);
  if (!id) return id;
  if (id->empty()) return fail(KC_E_ARGUMENT, "KC-FORM-MISSING");
  if (id->size() != id_length) return fail(KC_E_ARGUMENT, "KC-FORM-ID-LENGTH");
  if (id->back() == 'x') id->back() = 'X';
  const auto body = std::string_view(*id).substr(0, id_length - 1);
  if (!std::all_of(body.begin(), body.end(), is_digit) || (!is_digit(id->back()) && id->back() != 'X'))
    return fail(KC_E_ARGUMENT, "KC-FORM-ID-CHARACTERS");

  using namespace std::chrono;
  const year_month_day birth(year(number(body.substr(6, 4))), month(static_cast<unsigned>(number(body.substr(10, 2)))),
                             std::chrono::day(static_cast<unsigned>(number(body.substr(12, 2)))));
  if (!birth.ok() || birth.year() < year(1800) || sys_days(birth) > today)
    return fail(KC_E_ARGUMENT, "KC-FORM-ID-DATE");

  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (body[i] - '0');
  if (id->back() != check_characters[static_cast<std::size_t>(sum % 11)])
    return fail(KC_E_ARGUMENT, "KC-FORM-ID-CHECK");
  return id;
}

}  // namespace keycare::common
