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

using digest = std::array<std::uint8_t, 32>;

/// Names one token for good.
struct token_ref {
  std::string manufacturer;
  std::string serial;

  static token_ref from(const kc_token_ref& lent) {
    return {std::string(text(lent.manufacturer)), std::string(text(lent.serial))};
  }
  /// Valid as long as this value.
  [[nodiscard]] kc_token_ref lend() const noexcept { return {borrow(manufacturer), borrow(serial)}; }
  friend bool operator==(const token_ref&, const token_ref&) = default;
};

/// See kc_pin_state. Absent figures mean that the token does not say.
struct pin_state {
  std::uint32_t flags = 0;
  std::optional<int> max;
  std::optional<int> remaining;
  std::string source;

  [[nodiscard]] bool locked() const noexcept { return (flags & KC_PIN_LOCKED) != 0; }
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
  friend bool operator==(const pin_state&, const pin_state&) = default;
};

/// See kc_token_info.
struct token_info {
  std::uint32_t flags = 0;
  token_ref token;
  std::string label, model, backend, module;
  pin_state pin;

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
  std::uint32_t usage = 0;
  std::uint32_t private_key = KC_KEY_UNKNOWN;
  token_ref token;
  std::string application, container;
  octets der, public_key, subject_der;
  std::string subject, common_name, issuer, serial, algorithm;
  std::int64_t not_before = 0;
  std::int64_t not_after = 0;
  digest sha256{};
  std::optional<pin_state> pin;

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
  std::uint32_t state = KC_CONTAINER_ABSENT;
  std::string algorithm;
  octets public_key;
  digest certificate_sha256{};
  digest exchange_sha256{};

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
  octets signing_certificate, encryption_certificate, key_envelope;
  std::string envelope_format;

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
  std::string endpoint = "ra";
  std::string method = "GET";
  std::string path;
  std::string content_type;
  std::string bearer;
  octets body;
  std::uint32_t timeout_ms = 0;
};

/// See kc_http_response.
struct http_response {
  int status = 0;
  std::optional<std::int64_t> retry_after;
  std::optional<std::int64_t> date;
  std::string content_type;
  octets body;
};

/// See kc_client_info.
struct client_info {
  bool has_window = false;
  std::string name, version, language, channel, hotline, qq;
};

}  // namespace keycare
