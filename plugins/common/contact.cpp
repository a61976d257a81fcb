// contact.cpp - see contact.hpp.
#include "plugins/common/contact.hpp"

#include "plugins/common/narrow.hpp"

#include <algorithm>

namespace keycare::common {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// RFC 5322 section 3.2.3, dot-atom.
bool is_dot_atom(std::string_view text) {
  constexpr std::string_view signs = "!#$%&'*+-/=?^_`{|}~.";
  return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_digit(c) || is_letter(c) || signs.find(c) != std::string_view::npos; });
}

/// RFC 1035 section 2.3.1, with digits first allowed (RFC 1123 section 2.1).
bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), [](char c) { return is_digit(c) || is_letter(c) || c == '-'; });
}

bool is_domain(std::string_view domain) {
  std::size_t labels = 0;
  while (true) {
    const auto dot = domain.find('.');
    const auto label = domain.substr(0, dot);
    if (!is_label(label)) return false;
    ++labels;
    if (dot == std::string_view::npos) return labels >= 2 && label.size() >= 2 && !is_digit(label.front());
    domain.remove_prefix(dot + 1);
  }
}

}  // namespace

result<std::string> check_mobile(std::string_view text) {
  auto number = narrow_number(text);
  if (!number) return number;
  std::erase(*number, '-');
  if (number->empty()) return fail(KC_E_ARGUMENT, "KC-FORM-MISSING");
  for (const std::string_view prefix : {"+86", "0086"}) {
    if (number->starts_with(prefix)) {
      number->erase(0, prefix.size());
      break;
    }
  }
  const bool fits = number->size() == 11 && std::all_of(number->begin(), number->end(), is_digit) &&
                    (*number)[0] == '1' && (*number)[1] >= '3';
  if (!fits) return fail(KC_E_ARGUMENT, "KC-FORM-MOBILE");
  return number;
}

result<std::string> check_email(std::string_view text) {
  auto email = narrow(text);
  if (!email) return email;
  if (email->empty()) return fail(KC_E_ARGUMENT, "KC-FORM-MISSING");
  const auto at = email->rfind('@');
  if (at == std::string::npos || at > 64 || email->size() > 254 ||
      !is_dot_atom(std::string_view(*email).substr(0, at)) || !is_domain(std::string_view(*email).substr(at + 1)))
    return fail(KC_E_ARGUMENT, "KC-FORM-EMAIL");
  std::for_each(email->begin() + static_cast<std::ptrdiff_t>(at), email->end(), [](char& c) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  });
  return email;
}

result<std::string> check_address(std::string_view text) {
  return keep(text, 256);
}

result<std::string> check_telephone(std::string_view text) {
  auto number = narrow_number(text);
  if (!number) return number;
  if (number->empty()) return fail(KC_E_ARGUMENT, "KC-FORM-MISSING");
  const auto digits = std::count_if(number->begin(), number->end(), is_digit);
  const bool fits = digits >= 7 && number->size() <= 20 && std::all_of(number->begin(), number->end(), [](char c) {
                      return is_digit(c) || std::string_view("+-()").find(c) != std::string_view::npos;
                    });
  if (!fits) return fail(KC_E_ARGUMENT, "KC-FORM-TELEPHONE");
  return number;
}

}  // namespace keycare::common
