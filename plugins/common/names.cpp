// names.cpp - see names.hpp.
#include "plugins/common/names.hpp"

#include "plugins/common/narrow.hpp"
#include "plugins/common/utf8.hpp"

#include <algorithm>

namespace keycare::common {
namespace {

bool is_name_character(char32_t c) {
  if (c < 0x80)
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || c == '.' || c == '-' || c == '\'';
  if (c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x30FB || c == 0x3007) return true;  // middle dots as typed; 〇
  if (c == 0x2018 || c == 0x2019) return true;                                             // typographic apostrophes
  const bool signs = (c >= 0x80 && c < 0xC0) || c == 0xD7 || c == 0xF7 ||                  // Latin-1 signs
                     (c >= 0x2000 && c < 0x2C00) ||                                  // punctuation, symbols, arrows
                     (c >= 0x3000 && c < 0x3040 && c != 0x3005) ||                   // CJK punctuation, without 々
                     (c >= 0xFE30 && c < 0xFE70) ||                                  // compatibility forms
                     (c >= 0xFF00 && c < 0xFF21) || (c >= 0xFF5B && c < 0x10000) ||  // full-width digits and signs
                     (c >= 0x1F000 && c < 0x20000);                                  // pictographs
  return !signs;
}

}  // namespace

result<std::string> check_name(std::string_view text) {
  auto name = keep(text, 128);
  if (!name) return name;
  if (name->empty()) return fail(KC_E_ARGUMENT, "KC-FORM-MISSING");
  const auto points = decode_utf8(*name);
  if (!points || !std::all_of(points->begin(), points->end(), is_name_character))
    return fail(KC_E_ARGUMENT, "KC-FORM-NAME");
  return name;
}

}  // namespace keycare::common
