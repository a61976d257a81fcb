// name_match.cpp - a small, bounded reader of DER names.
#include "plugins/renewal/core/name_match.hpp"

#include <optional>

namespace keycare::renewal {

namespace {

struct element {
  std::uint8_t tag = 0;
  octets_view content;
};

/// Takes one element off the front of @p from; definite lengths of at most two octets.
std::optional<element> take(octets_view& from) {
  if (from.size() < 2) return std::nullopt;
  std::size_t header = 2;
  std::size_t length = from[1];
  if (length >= 0x80) {
    const std::size_t octets_of_length = length & 0x7FU;
    if (octets_of_length < 1 || octets_of_length > 2 || from.size() < 2 + octets_of_length) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < octets_of_length; ++i) length = length * 256 + from[2 + i];
    header += octets_of_length;
  }
  if (from.size() - header < length) return std::nullopt;
  const element out{from[0], from.subspan(header, length)};
  from = from.subspan(header + length);
  return out;
}

void append_utf8(std::string& out, std::uint32_t point) {
  if (point < 0x80) {
    out.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    out.push_back(static_cast<char>(0xC0U | (point >> 6U)));
    out.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
  } else {
    out.push_back(static_cast<char>(0xE0U | (point >> 12U)));
    out.push_back(static_cast<char>(0x80U | ((point >> 6U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
  }
}

/// The value as UTF-8, or nothing when it is not a character string.
std::optional<std::string> characters(const element& value) {
  constexpr std::uint8_t utf8_string = 0x0C, printable = 0x13, t61 = 0x14, ia5 = 0x16, bmp = 0x1E;
  switch (value.tag) {
    case utf8_string:
    case printable:
    case ia5:
      return std::string(text_of(value.content));
    case t61: {
      std::string out;
      for (const auto c : value.content) append_utf8(out, c);  // in practice Latin-1
      return out;
    }
    case bmp: {
      if (value.content.size() % 2 != 0) return std::nullopt;
      std::string out;
      for (std::size_t i = 0; i < value.content.size(); i += 2)
        append_utf8(out, static_cast<std::uint32_t>(value.content[i] * 256 + value.content[i + 1]));
      return out;
    }
    default:
      return std::nullopt;
  }
}

std::string folded(std::string_view text) {
  std::string out;
  bool blank = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      blank = true;
      continue;
    }
    if (blank && !out.empty()) out.push_back(' ');
    blank = false;
    out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

bool same_octets(octets_view a, octets_view b) {
  return text_of(a) == text_of(b);
}

bool same_value(const element& a, const element& b) {
  if (a.tag == b.tag && same_octets(a.content, b.content)) return true;
  const auto left = characters(a);
  const auto right = characters(b);
  return left && right && folded(*left) == folded(*right);
}

constexpr std::uint8_t sequence = 0x30;
constexpr std::uint8_t set = 0x31;
constexpr std::uint8_t object_identifier = 0x06;

bool same_attribute(octets_view& a, octets_view& b) {
  auto left = take(a);
  auto right = take(b);
  if (!left || !right || left->tag != sequence || right->tag != sequence) return false;
  const auto left_type = take(left->content);
  const auto right_type = take(right->content);
  if (!left_type || !right_type || left_type->tag != object_identifier || right_type->tag != object_identifier)
    return false;
  if (!same_octets(left_type->content, right_type->content)) return false;
  const auto left_value = take(left->content);
  const auto right_value = take(right->content);
  return left_value && right_value && left->content.empty() && right->content.empty() &&
         same_value(*left_value, *right_value);
}

}  // namespace

bool same_name(octets_view a, octets_view b) {
  auto left = take(a);
  auto right = take(b);
  if (!left || !right || left->tag != sequence || right->tag != sequence || !a.empty() || !b.empty()) return false;
  while (!left->content.empty() && !right->content.empty()) {
    auto left_rdn = take(left->content);
    auto right_rdn = take(right->content);
    if (!left_rdn || !right_rdn || left_rdn->tag != set || right_rdn->tag != set) return false;
    while (!left_rdn->content.empty() && !right_rdn->content.empty())
      if (!same_attribute(left_rdn->content, right_rdn->content)) return false;
    if (!left_rdn->content.empty() || !right_rdn->content.empty()) return false;
  }
  return left->content.empty() && right->content.empty();
}

}  // namespace keycare::renewal
