// narrow.cpp - see narrow.hpp.
#include "plugins/common/narrow.hpp"

#include "keycare/sdk/statement.hpp"
#include "plugins/common/utf8.hpp"

#include <algorithm>

namespace keycare::common {
namespace {

constexpr std::size_t max_input = 4096;  // octets: no field is longer, and nothing below grows faster than its input

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x3000;
}

result<std::u32string> trimmed(std::string_view text) {
  if (text.size() > max_input) return fail(KC_E_ARGUMENT, "KC-FORM-TOO-LONG");
  auto points = decode_utf8(text);
  if (!points) return fail(KC_E_ARGUMENT, "KC-FORM-CHARACTERS");
  const auto first = std::find_if_not(points->begin(), points->end(), is_space);
  const auto last = std::find_if_not(points->rbegin(), std::make_reverse_iterator(first), is_space).base();
  return std::u32string(first, last);
}

result<std::string> plain(std::u32string_view points) {
  auto text = encode_utf8(points);
  if (!statement::is_plain_text(text)) return fail(KC_E_ARGUMENT, "KC-FORM-CHARACTERS");
  return text;
}

}  // namespace

result<std::string> narrow(std::string_view text) {
  auto points = trimmed(text);
  if (!points) return points.error();
  for (auto& c : *points) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (is_space(c)) c = ' ';
  }
  return plain(*points);
}

result<std::string> narrow_number(std::string_view text) {
  auto narrowed = narrow(text);
  if (narrowed) std::erase(*narrowed, ' ');
  return narrowed;
}

result<std::string> keep(std::string_view text, std::size_t max_octets) {
  auto points = trimmed(text);
  if (!points) return points.error();
  auto kept = plain(*points);
  if (kept && kept->size() > max_octets) return fail(KC_E_ARGUMENT, "KC-FORM-TOO-LONG");
  return kept;
}

}  // namespace keycare::common
