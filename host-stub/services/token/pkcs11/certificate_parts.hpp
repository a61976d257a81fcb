// certificate_parts.hpp - the two parts of a certificate that a listing matches keys by, without OpenSSL: its d2i_X509
// builds a decoder for each key (a tenth of a millisecond), and whoever shows the certificate parses it anyway. Pure.
#pragma once

#include "keycare/sdk/view.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace keycare::services::pkcs11 {

/// What is there of a DER encoding (X.690) that nobody has believed yet.
class der_reader {
public:
  explicit der_reader(octets_view data) : rest_(data) {}

  struct element {
    std::uint8_t tag = 0;
    octets_view whole;    ///< With its tag and length.
    octets_view content;  ///< Without.
  };
  /// The next element; nothing at the end, and for what is no DER: long tags, indefinite lengths, a length beyond the
  /// data.
  std::optional<element> next() {
    if (rest_.size() < 2 || (rest_[0] & 0x1FU) == 0x1FU) return std::nullopt;
    std::size_t size = rest_[1];
    std::size_t head = 2;
    if (size >= 0x80) {
      const std::size_t octets_of_size = size & 0x7FU;
      if (octets_of_size == 0 || octets_of_size > 3 || rest_.size() < head + octets_of_size) return std::nullopt;
      size = 0;
      for (std::size_t i = 0; i < octets_of_size; ++i) size = size << 8U | rest_[head++];
    }
    if (size > rest_.size() - head) return std::nullopt;
    const element out{rest_[0], rest_.first(head + size), rest_.subspan(head, size)};
    rest_ = rest_.subspan(head + size);
    return out;
  }
  /// The content of the next element, if it has this tag.
  std::optional<octets_view> next(std::uint8_t tag) {
    const auto found = next();
    if (!found || found->tag != tag) return std::nullopt;
    return found->content;
  }

private:
  octets_view rest_;
};

struct certificate_parts {
  octets public_key;       ///< SubjectPublicKeyInfo.
  bool exchanges = false;  ///< Its key usage (RFC 5280, 4.2.1.3) is for encryption and not for signatures.
};

/// Whether @p extensions (RFC 5280, 4.1: the content of [3]) have a key usage without any signature in it.
[[nodiscard]] inline bool only_exchanges(octets_view extensions) {
  constexpr auto key_usage = std::to_array<std::uint8_t>({0x55, 0x1D, 0x0F});
  constexpr unsigned signing =
      0x80U | 0x40U | 0x04U | 0x02U;  // digitalSignature, contentCommitment, keyCertSign, cRLSign
  const auto list = der_reader(extensions).next(0x30);
  if (!list) return false;
  der_reader all(*list);
  while (const auto one = all.next(0x30)) {
    der_reader fields(*one);
    const auto id = fields.next(0x06);
    if (!id || !std::equal(id->begin(), id->end(), key_usage.begin(), key_usage.end())) continue;
    auto value = fields.next();
    if (value && value->tag == 0x01) value = fields.next();  // critical
    if (!value || value->tag != 0x04) return false;
    const auto bits = der_reader(value->content).next(0x03);
    return bits && bits->size() >= 2 && ((*bits)[1] & signing) == 0;
  }
  return false;
}

/// Nothing when @p der is no certificate as far as its public key.
[[nodiscard]] inline std::optional<certificate_parts> parts_of_certificate(octets_view der) {
  const auto certificate = der_reader(der).next(0x30);
  const auto signed_part = certificate ? der_reader(*certificate).next(0x30) : std::nullopt;
  if (!signed_part) return std::nullopt;
  der_reader fields(*signed_part);
  auto at = fields.next();
  if (at && at->tag == 0xA0) at = fields.next();                           // version; then the serial number
  for (int skipped = 0; at && skipped < 5; ++skipped) at = fields.next();  // algorithm, issuer, validity, subject, key
  if (!at || at->tag != 0x30) return std::nullopt;
  certificate_parts out{octets(at->whole.begin(), at->whole.end()), false};
  while (const auto more = fields.next())
    if (more->tag == 0xA3) out.exchanges = only_exchanges(more->content);
  return out;
}

}  // namespace keycare::services::pkcs11
