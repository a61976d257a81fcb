// documents.cpp - see documents.hpp.
#include "plugins/common/documents.hpp"

#include "plugins/common/credit_code.hpp"
#include "plugins/common/identity_number.hpp"
#include "plugins/common/narrow.hpp"

#include <algorithm>
#include <array>

namespace keycare::common {
namespace {

constexpr std::array kinds = std::to_array<document_kind>({
    {"resident-id", "身份证", "Resident identity card"},
    {"hk-macau-permit", "港澳居民来往内地通行证", "Mainland travel permit for Hong Kong and Macau residents"},
    {"taiwan-permit", "台湾居民来往大陆通行证", "Mainland travel permit for Taiwan residents"},
    {"passport", "护照", "Passport"},
    {"social-credit-code", "统一社会信用代码", "Unified social credit code"},
});

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool digits(std::string_view text) {
  return (text.size() == 8 || text.size() == 10) && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

std::span<const document_kind> document_kinds() {
  return kinds;
}

std::string_view document_name(std::string_view word, std::string_view language) {
  const auto it = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.word == word; });
  if (it == kinds.end()) return word;
  return language.starts_with("en") ? it->en : it->zh;
}

result<std::string> check_document(std::string_view word, std::string_view number, day today) {
  if (word.empty() || word == "resident-id") return check_identity_number(number, today);
  if (word == "social-credit-code") return check_credit_code(number);
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& one) { return one.word == word; });
  if (kind == kinds.end()) return fail(KC_E_ARGUMENT, "KC-FORM-DOCUMENT-KIND");

  auto text = narrow_number(number);
  if (!text) return text;
  if (text->empty()) return fail(KC_E_ARGUMENT, "KC-FORM-MISSING");
  for (char& c : *text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  const std::string_view all = *text;
  if (word == "hk-macau-permit") {
    const bool fits = (all.front() == 'H' || all.front() == 'M') && digits(all.substr(1));
    return fits ? text : fail(KC_E_ARGUMENT, "KC-FORM-HK-MACAU");
  }
  if (word == "taiwan-permit") return digits(all) ? text : fail(KC_E_ARGUMENT, "KC-FORM-TAIWAN");
  const bool fits = all.size() >= 5 && all.size() <= 17 &&
                    std::all_of(all.begin(), all.end(), [](char c) { return is_digit(c) || is_capital(c); });
  return fits ? text : fail(KC_E_ARGUMENT, "KC-FORM-PASSPORT");
}

std::string masked(std::string_view number, std::size_t shown) {
  if (number.size() <= 2 * shown) return std::string(number.size(), '*');
  return std::string(number.substr(0, shown)) + std::string(number.size() - 2 * shown, '*') +
         std::string(number.substr(number.size() - shown));
}

}  // namespace keycare::common
