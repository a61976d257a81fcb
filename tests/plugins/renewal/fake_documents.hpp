// fake_documents.hpp - certificates that are JSON texts, and hashes that are not cryptographic: a core cannot tell,
// because its host does the cryptography, and a test reads what it wants.
#pragma once

#include "keycare/sdk/values.hpp"
#include "plugins/common/encoding.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace keycare::fakes {

/// 32 octets that differ when the text does.
[[nodiscard]] inline digest fake_hash(octets_view data) {
  digest out{};
  std::uint64_t state = 0xcbf29ce484222325ULL ^ data.size();
  for (std::size_t round = 0; round < 4; ++round) {
    for (const auto octet : data) state = (state ^ octet) * 0x100000001b3ULL + round;
    for (std::size_t i = 0; i < 8; ++i) out[round * 8 + i] = static_cast<std::uint8_t>(state >> (8 * i));
  }
  return out;
}
[[nodiscard]] inline std::string fake_hash_hex(std::string_view text) {
  return common::to_hex(fake_hash(bytes_of(text)));
}
[[nodiscard]] inline octets octets_of(std::string_view text) {
  return {text.begin(), text.end()};
}

/// A DER name with one common name.
[[nodiscard]] inline octets fake_name(const std::string& common_name) {
  const auto wrap = [](std::uint8_t tag, const octets& content) {
    octets out{tag};
    if (content.size() >= 0x80) out.push_back(0x81);
    out.push_back(static_cast<std::uint8_t>(content.size()));
    out.insert(out.end(), content.begin(), content.end());
    return out;
  };
  octets attribute{0x06, 0x03, 0x55, 0x04, 0x03};
  const auto value = wrap(0x0C, octets_of(common_name));
  attribute.insert(attribute.end(), value.begin(), value.end());
  return wrap(0x30, wrap(0x31, wrap(0x30, attribute)));
}

struct fake_certificate {
  std::string name = "平安供应商";
  std::string serial = "1001";
  std::string key = "old-key";
  std::int64_t not_before = 1'700'000'000;
  std::int64_t not_after = 1'797'552'000;
  std::string issuer = "the RA's CA";

  [[nodiscard]] std::string der() const {
    return nlohmann::json{{"name", name},           {"serial", serial}, {"key", key}, {"not_before", not_before},
                          {"not_after", not_after}, {"issuer", issuer}}
        .dump();
  }
};

[[nodiscard]] inline certificate_info parsed_certificate(std::string_view der) {
  const auto doc = nlohmann::json::parse(der);
  certificate_info out;
  out.der = octets_of(der);
  out.public_key = octets_of("SPKI:" + doc.at("key").get<std::string>());
  out.common_name = doc.at("name");
  out.subject = "CN=" + out.common_name;
  out.subject_der = fake_name(out.common_name);
  out.issuer = doc.at("issuer");
  out.serial = doc.at("serial");
  out.algorithm = "rsa-2048";
  out.not_before = doc.at("not_before");
  out.not_after = doc.at("not_after");
  out.sha256 = fake_hash(bytes_of(der));
  return out;
}

}  // namespace keycare::fakes
