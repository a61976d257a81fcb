// readable.cpp - octets that are no UTF-8 become "\xHH", and back.
#include "host-stub/services/token/readable.hpp"

#include "host-stub/services/token/utf8.hpp"

#include <cstring>

namespace keycare::services {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

void escape(std::string& out, char c) {
  constexpr char digits[] = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(c);
  out += "\\x";
  out += digits[value >> 4U];
  out += digits[value & 15U];
}

}  // namespace

std::string readable(std::string_view raw) {
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    const auto length = utf8_character(raw, at);
    const auto c = static_cast<unsigned char>(raw[at]);
    const bool ambiguous = raw[at] == '\\' && at + 1 < raw.size() && raw[at + 1] == 'x';
    if (length == 0 || c < 0x20 || c == 0x7F || ambiguous) {
      escape(out, raw[at]);
      ++at;
    } else {
      out.append(raw.substr(at, length));
      at += length;
    }
  }
  return out;
}

std::string original(std::string_view readable) {
  std::string out;
  for (std::size_t at = 0; at < readable.size();) {
    if (readable[at] == '\\' && at + 3 < readable.size() && readable[at + 1] == 'x') {
      const int high = hex_value(readable[at + 2]);
      const int low = hex_value(readable[at + 3]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        at += 4;
        continue;
      }
    }
    out += readable[at++];
  }
  return out;
}

std::string field(const char* data, std::size_t size) {
  const void* end = std::memchr(data, '\0', size);
  std::string_view text(data, end == nullptr ? size : static_cast<std::size_t>(static_cast<const char*>(end) - data));
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return readable(text);
}

}  // namespace keycare::services
