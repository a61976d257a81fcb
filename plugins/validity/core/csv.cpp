// csv.cpp - see csv.hpp.
#include "plugins/validity/core/csv.hpp"

#include <algorithm>
#include <array>

namespace keycare::validity {
namespace {

constexpr std::string_view decimals = "0123456789";

bool starts_a_formula(std::string_view text) {
  // Blanks, the ideographic one among them, are skipped by some spreadsheets.
  constexpr std::array<std::string_view, 5> blanks{" ", "\t", "\r", "\n", "\xE3\x80\x80"};
  constexpr std::array<std::string_view, 8> starts{
      "=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
  const auto begins = [&](std::string_view with) { return text.starts_with(with); };
  while (true) {
    const auto blank = std::find_if(blanks.begin(), blanks.end(), begins);
    if (blank == blanks.end()) break;
    text.remove_prefix(blank->size());
  }
  return std::any_of(starts.begin(), starts.end(), begins);
}

/// "001", "1234567890123456" and "12E5" are names to us; a spreadsheet would make 1, 1.23E+15 and 1200000 of them.
bool would_be_changed(std::string_view text) {
  const auto rest = text.find_first_not_of(decimals);
  if (rest == std::string_view::npos) return text.size() > 15 || (text.size() > 1 && text[0] == '0');
  return rest != 0 && (text[rest] == 'E' || text[rest] == 'e') && rest + 1 < text.size() &&
         text.find_first_not_of(decimals, rest + 1) == std::string_view::npos;
}

}  // namespace

std::string csv_text(std::string_view text) {
  std::string field(starts_a_formula(text) || would_be_changed(text) ? "'" : "");
  field += text;
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string csv_number(std::int64_t number) {
  return std::to_string(number);
}

std::string csv_record(std::span<const std::string> fields) {
  std::string out;
  for (const auto& field : fields) {
    if (&field != &fields.front()) out += ',';
    out += field;
  }
  return out + "\r\n";
}

}  // namespace keycare::validity
