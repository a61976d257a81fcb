// paper.cpp - see paper.hpp.
#include "tests/sim/paper.hpp"

#include "plugins/common/encoding.hpp"

#include <openssl/evp.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <cstring>

namespace keycare::sim {

using nlohmann::json;

namespace {

constexpr std::string_view cms_mark = "cms#";
constexpr std::string_view sealed_mark = "sealed#";

std::optional<std::size_t> number_after(std::string_view mark, octets_view data) {
  const auto text = text_of(data);
  if (!text.starts_with(mark)) return std::nullopt;
  std::size_t out = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + mark.size(), end, out);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return out;
}

std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

/// Not a cryptographic hash: 32 octets that differ when the text does.
digest quick_hash(octets_view data) {
  std::uint64_t state = data.size();
  while (!data.empty()) {
    std::uint64_t word = 0;
    const auto size = std::min<std::size_t>(8, data.size());
    std::memcpy(&word, data.data(), size);
    state = mixed(state ^ word) + 0x9e3779b97f4a7c15ULL;
    data = data.subspan(size);
  }
  digest out{};
  for (std::size_t i = 0; i < 4; ++i) {
    state = mixed(state + 0x9e3779b97f4a7c15ULL);
    std::memcpy(out.data() + 8 * i, &state, 8);
  }
  return out;
}

}  // namespace

std::string subject_key(std::string_view key) {
  return "SPKI:" + std::string(key);
}

octets paper::sign(std::string_view signer, std::string_view text) {
  const auto number = std::to_string(signed_.size());
  signed_.push_back({std::string(signer), std::string(text)});
  if (!whole_) return octets_of(std::string(cms_mark) + number);
  return octets_of(json{{"signer", signer}, {"text", text}, {"nonce", number}}.dump());
}

std::optional<signed_text> paper::open(octets_view cms) const {
  if (const auto at = number_after(cms_mark, cms); at && !whole_)
    return *at < signed_.size() ? std::optional(signed_[*at]) : std::nullopt;
  const auto doc = json::parse(cms.begin(), cms.end(), nullptr, false);
  if (!doc.is_object() || !doc.contains("signer") || !doc.contains("text")) return std::nullopt;
  return signed_text{doc["signer"], doc["text"]};
}

octets paper::seal(octets_view data) {
  const auto number = std::to_string(sealed_.size());
  sealed_.emplace_back(data.begin(), data.end());
  if (!whole_) return octets_of(std::string(sealed_mark) + number);
  return octets_of(std::string(sealed_mark) + common::to_base64(data));
}

std::optional<octets> paper::unseal(octets_view sealed) const {
  if (whole_) {
    const auto text = text_of(sealed);
    if (!text.starts_with(sealed_mark)) return std::nullopt;
    return common::from_base64(std::string(text.substr(sealed_mark.size())));
  }
  const auto at = number_after(sealed_mark, sealed);
  return at && *at < sealed_.size() ? std::optional(sealed_[*at]) : std::nullopt;
}

digest paper::hash(octets_view data) const {
  if (!whole_) return quick_hash(data);
  digest out{};
  EVP_Digest(data.data(), data.size(), out.data(), nullptr, EVP_sha256(), nullptr);
  return out;
}

std::string paper::hash_hex(std::string_view text) const {
  return common::to_hex(hash(bytes_of(text)));
}

result<certificate_info> paper::parse(octets_view der) {
  const std::string text(text_of(der));
  if (const auto known = parsed_.find(text); known != parsed_.end()) return known->second;
  const auto doc = json::parse(text, nullptr, false);
  if (!doc.is_object() || !doc.contains("issuer")) return fail(KC_E_DAMAGED, "KC-CRYPTO-CERTIFICATE");
  auto out = fakes::parsed_certificate(text);
  out.sha256 = hash(der);
  return parsed_.emplace(text, out).first->second;
}

}  // namespace keycare::sim
