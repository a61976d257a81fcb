// names.cpp - see names.hpp.
#include "host-stub/services/token/pkcs11/names.hpp"

#include "host-stub/services/crypto/public_key.hpp"

#include <algorithm>

namespace keycare::services::pkcs11 {

namespace {

constexpr std::string_view exchange_suffix = ":exchange";
constexpr std::string_view hexadecimal = "0x";
constexpr std::size_t hash_characters = 16;

error no_such() {
  return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
}

bool is_plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.';
}
/// An ID that is its own name. A single octet is a number, whatever letter it looks like.
bool is_text(std::string_view id) {
  return id.size() > 1 && !id.starts_with(hexadecimal) && std::all_of(id.begin(), id.end(), is_plain);
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}
std::optional<octets> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  octets out;
  for (std::size_t at = 0; at < text.size(); at += 2) {
    const int high = digit(text[at]);
    const int low = digit(text[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return out;
}

}  // namespace

result<container_name> read_name(std::string_view container) {
  container_name out;
  const auto mark = container.find('#');
  if (mark != std::string_view::npos) {
    out.certificate = container.substr(mark + 1);
    if (out.certificate.size() != hash_characters) return no_such();
    container = container.substr(0, mark);
  }
  if (container.starts_with(hexadecimal)) {
    auto id = from_hex(container.substr(hexadecimal.size()));
    if (!id) return no_such();
    out.id = std::move(*id);
  } else if (is_text(container)) {
    out.id.assign(bytes_of(container).begin(), bytes_of(container).end());
  } else {
    return no_such();
  }
  if (out.id.size() > max_id) return no_such();
  out.exchange_id = out.id;
  out.exchange_id.insert(out.exchange_id.end(), exchange_suffix.begin(), exchange_suffix.end());
  return out;
}

std::string name_of(octets_view id) {
  const auto text = text_of(id);
  return is_text(text) ? std::string(text) : std::string(hexadecimal) + hex(id);
}

std::optional<octets> signing_id(octets_view id) {
  if (!text_of(id).ends_with(exchange_suffix)) return std::nullopt;
  const auto rest = id.first(id.size() - exchange_suffix.size());
  return octets(rest.begin(), rest.end());
}

std::string name_of(octets_view id, std::string_view sha256) {
  return name_of(id) + "#" + std::string(sha256.substr(0, hash_characters));
}

}  // namespace keycare::services::pkcs11
