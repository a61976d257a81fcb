// values.hpp - the contract's structures as C++ values that own what they hold.
#pragma once

#include "keycare/abi/http.h"
#include "keycare/abi/keys.h"
#include "keycare/abi/shell.h"
#include "keycare/abi/token.h"
#include "keycare/sdk/view.hpp"

#include <array>
#include <optional>

namespace keycare {

/// SHA-256 of something.
using digest = std::array<std::uint8_t, 32>;

/// Names one token for good.
struct token_ref {
  std::string manufacturer;  ///< As the token says it.
  std::string serial;        ///< As the token says it.

  /// A copy of what a peer lent.
  static token_ref from(const kc_token_ref& lent) {
    return {std::string(text(lent.manufacturer)), std::string(text(lent.serial))};
  }
  /// Valid as long as this value.
  [[nodiscard]] kc_token_ref lend() const noexcept { return {borrow(manufacturer), borrow(serial)}; }
  /// Octet by octet.
  friend bool operator==(const token_ref&, const token_ref&) = default;
};

/// See kc_pin_state. Absent figures mean that the token does not say.
struct pin_state {
  std::uint32_t flags = 0;       ///< kc_pin_flags
  std::optional<int> max;        ///< Tries after a success.
  std::optional<int> remaining;  ///< Tries left.
  std::string source;            ///< Where the figures come from.

  [[nodiscard]] bool locked() const noexcept { return (flags & KC_PIN_LOCKED) != 0; }  ///< Only an unlock helps.
  /// A copy of what a peer lent.
  static pin_state from(const kc_pin_state& lent) {
    const auto known = lent.size >= sizeof(kc_pin_state) ? lent : known_part(&lent);
    pin_state out{known.flags, {}, {}, std::string(text(known.source))};
    if (lent.size == 0) return {};
    if (known.max >= 0) out.max = known.max;
    if (known.remaining >= 0) out.remaining = known.remaining;
    return out;
  }
  /// Valid as long as this value.
  [[nodiscard]] kc_pin_state lend() const noexcept {
    return {sizeof(kc_pin_state), flags, max.value_or(-1), remaining.value_or(-1), borrow(source)};
  }
  /// All members are the same.
  friend bool operator==(const pin_state&, const pin_state&) = default;
};

/// See kc_token_info.
struct token_info {
  std::uint32_t flags = 0;  ///< kc_token_flags
  token_ref token;          ///< Its name for good.
  std::string label;        ///< For people.
  std::string model;        ///< The maker's name for this kind of token.
  std::string backend;      ///< "skf" or "pkcs11"
  std::string module;       ///< The maker's library, as the host's configuration names it.
  pin_state pin;            ///< Of the first application.

  /// A copy of what a peer lent.
  static token_info from(const kc_token_info& given) {
    const auto lent = known_part(&given);
    return {lent.flags,
            token_ref::from(lent.token),
            std::string(text(lent.label)),
            std::string(text(lent.model)),
            std::string(text(lent.backend)),
            std::string(text(lent.module)),
            pin_state::from(lent.pin)};
  }
  /// Valid as long as this value.
  [[nodiscard]] kc_token_info lend() const noexcept {
    auto out = sized<kc_token_info>();
    out.flags = flags;
    out.token = token.lend();
    out.label = borrow(label);
    out.model = borrow(model);
    out.backend = borrow(backend);
    out.module = borrow(module);
    out.pin = pin.lend();
    return out;
  }
};

/// See kc_certificate_info. One that came from elsewhere than a token has an empty place and no PIN state.
struct certificate_info {
  std::uint32_t usage = 0;                     ///< kc_usage
  std::uint32_t private_key = KC_KEY_UNKNOWN;  ///< kc_private_key
  token_ref token;                             ///< Where it is.
  std::string application;                     ///< Empty where there are none (PKCS#11).
  std::string container;                       ///< Where it is within the application.
  octets der;                                  ///< The certificate itself.
  octets public_key;                           ///< SubjectPublicKeyInfo, DER.
  octets subject_der;                          ///< The subject's Name, DER.
  std::string subject;                         ///< RFC 4514, for people.
  std::string common_name;                     ///< Empty without one.
  std::string issuer;                          ///< RFC 4514
  std::string serial;                          ///< Hexadecimal, capitals.
  std::string algorithm;                       ///< "rsa-2048", "sm2" ...
  std::int64_t not_before = 0;                 ///< Unix seconds.
  std::int64_t not_after = 0;                  ///< Unix seconds; the last one that belongs to the validity.
  digest sha256{};                             ///< Of der.
  std::optional<pin_state> pin;                ///< Of the application that holds it.

  /// A copy of what a peer lent.
  static certificate_info from(const kc_certificate_info& given) {
    const auto lent = known_part(&given);
    const auto copy = [](kc_bytes view) { return octets(bytes(view).begin(), bytes(view).end()); };
    certificate_info out;
    out.usage = lent.usage;
    out.private_key = lent.private_key;
    out.token = token_ref::from(lent.token);
    out.application = text(lent.application);
    out.container = text(lent.container);
    out.der = copy(lent.der);
    out.public_key = copy(lent.public_key);
    out.subject_der = copy(lent.subject_der);
    out.subject = text(lent.subject);
    out.common_name = text(lent.common_name);
    out.issuer = text(lent.issuer);
    out.serial = text(lent.serial);
    out.algorithm = text(lent.algorithm);
    out.not_before = lent.not_before;
    out.not_after = lent.not_after;
    std::copy_n(lent.sha256, out.sha256.size(), out.sha256.begin());
    if (lent.pin.size != 0) out.pin = pin_state::from(lent.pin);
    return out;
  }
  /// Valid as long as this value.
  [[nodiscard]] kc_certificate_info lend() const noexcept {
    auto out = sized<kc_certificate_info>();
    out.usage = usage;
    out.private_key = private_key;
    out.token = token.lend();
    out.application = borrow(application);
    out.container = borrow(container);
    out.der = borrow(der);
    out.public_key = borrow(public_key);
    out.subject_der = borrow(subject_der);
    out.subject = borrow(subject);
    out.common_name = borrow(common_name);
    out.issuer = borrow(issuer);
    out.serial = borrow(serial);
    out.algorithm = borrow(algorithm);
    out.not_before = not_before;
    out.not_after = not_after;
    std::copy(sha256.begin(), sha256.end(), out.sha256);
    if (pin) out.pin = pin->lend();
    return out;
  }
};

/// See kc_container_info.
struct container_info {
  std::uint32_t state = KC_CONTAINER_ABSENT;  ///< kc_container_state
  std::string algorithm;                      ///< Empty without a pair.
  octets public_key;                          ///< SubjectPublicKeyInfo, DER; empty without a pair.
  digest certificate_sha256{};                ///< Of the signing certificate; zeros without one.
  digest exchange_sha256{};                   ///< Of the exchange certificate; zeros without one.

  /// A copy of what a peer lent.
  static container_info from(const kc_container_info& given) {
    const auto lent = known_part(&given);
    container_info out{lent.state,
                       std::string(text(lent.algorithm)),
                       octets(bytes(lent.public_key).begin(), bytes(lent.public_key).end()),
                       {},
                       {}};
    std::copy_n(lent.certificate_sha256, 32, out.certificate_sha256.begin());
    std::copy_n(lent.exchange_sha256, 32, out.exchange_sha256.begin());
    return out;
  }
};

/// See kc_bundle.
struct bundle {
  octets signing_certificate;     ///< DER
  octets encryption_certificate;  ///< DER; empty for a single certificate.
  octets key_envelope;            ///< The exchange key for the token; empty likewise.
  std::string envelope_format;    ///< For example "gmt0016-rsa".

  /// Valid as long as this value.
  [[nodiscard]] kc_bundle lend() const noexcept {
    auto out = sized<kc_bundle>();
    out.signing_certificate = borrow(signing_certificate);
    if (!encryption_certificate.empty()) {
      out.encryption_certificate = borrow(encryption_certificate);
      out.key_envelope = borrow(key_envelope);
      out.envelope_format = borrow(envelope_format);
    }
    return out;
  }
};

/// See kc_http_request.
struct http_request {
  std::string endpoint = "ra";   ///< As the host's configuration names it.
  std::string method = "GET";    ///< GET, PUT or POST.
  std::string path;              ///< Starts with '/'; may have a query.
  std::string content_type;      ///< Of the body; empty without one.
  std::string bearer;            ///< For the Authorization header; never logged.
  octets body;                   ///< At most KC_HTTP_MAX_BODY.
  std::uint32_t timeout_ms = 0;  ///< 0: the host's choice.
};

/// See kc_http_response.
struct http_response {
  int status = 0;                           ///< RFC 9110 section 15.
  std::optional<std::int64_t> retry_after;  ///< Seconds, at most a day.
  std::optional<std::int64_t> date;         ///< The server's Date header, Unix seconds.
  std::string content_type;                 ///< As the server says it.
  octets body;                              ///< At most KC_HTTP_MAX_BODY.
};

/// See kc_client_info.
struct client_info {
  bool has_window = false;  ///< False for a command line.
  std::string name;         ///< For people.
  std::string version;      ///< "4.8.2"
  std::string language;     ///< BCP 47
  std::string channel;      ///< "window" or "cli"
  std::string hotline;      ///< The service desk's telephone.
  std::string qq;           ///< The service desk's QQ number.
};

}  // namespace keycare
