// credit_code.cpp - see credit_code.hpp.
#include "plugins/common/credit_code.hpp"

#include "plugins/common/narrow.hpp"

namespace keycare::common {
namespace {

constexpr std::size_t length = 18;
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // GB 32100, table 2: 31 characters
static_assert(alphabet.size() == 31);

}  // namespace

result<std::string> check_credit_code(std::string_view text) {
  auto code = narrow_number(text);
  if (!code) return code;
  if (code->empty()) return fail(KC_E_ARGUMENT, "KC-FORM-MISSING");
  if (code->size() != length) return fail(KC_E_ARGUMENT, "KC-FORM-CREDIT-LENGTH");
  for (char& c : *code) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (alphabet.find(c) == std::string_view::npos) return fail(KC_E_ARGUMENT, "KC-FORM-CREDIT-CHARACTERS");
  }
  std::size_t sum = 0;
  std::size_t weight = 1;  // 3^(i-1) mod 31
  for (std::size_t i = 0; i + 1 < length; ++i) {
    sum += alphabet.find((*code)[i]) * weight;
    weight = weight * 3 % 31;
  }
  if (code->back() != alphabet[(31 - sum % 31) % 31]) return fail(KC_E_ARGUMENT, "KC-FORM-CREDIT-CHECK");
  return code;
}

}  // namespace keycare::common
