// crypto_service.cpp - the table of keycare.crypto/1: bounds, then trust.hpp and certificate.hpp.
#include "host-stub/services/crypto/crypto_service.hpp"

#include "host-stub/services/crypto/certificate.hpp"
#include "host-stub/services/crypto/public_key.hpp"
#include "keycare/abi/crypto.h"
#include "keycare/sdk/host_side.hpp"

#include <openssl/err.h>
#include <openssl/rand.h>

namespace keycare::services {

namespace {

constexpr std::size_t max_random = 1024;
constexpr std::size_t max_hashed = 64 * 1024 * 1024;

class crypto_service final : public service {
public:
  crypto_service(const trust_store& trust, const plugin_identity& plugin) : trust_(trust), plugin_(plugin.id) {
    table_.table = {sizeof table_, 1, KC_CRYPTO_MINOR};
    table_.host = this;
    table_.sha256 = [](const kc_crypto_service* self, kc_bytes data, std::uint8_t* out, kc_error* why) {
      return serve(self, "keycare.crypto/1 sha256", why, [&](crypto_service& me) -> result<void> {
        if (out == nullptr) return me.guilty("sha256", "without room for the hash");
        if (data.size > max_hashed) return too_large();
        const auto hash = services::sha256(bytes(data));
        std::copy(hash.begin(), hash.end(), out);
        return {};
      });
    };
    table_.random = [](const kc_crypto_service* self, std::uint8_t* out, std::size_t size, kc_error* why) {
      return serve(self, "keycare.crypto/1 random", why, [&](crypto_service& me) -> result<void> {
        if (out == nullptr && size != 0) return me.guilty("random", "without room for the octets");
        if (size > max_random) return too_large();
        if (RAND_bytes(out, static_cast<int>(size)) == 1) return {};
        ERR_clear_error();
        return fail(KC_E_FAILED, "KC-CRYPTO-FAILED");
      });
    };
    table_.parse_certificate = [](const kc_crypto_service* self, kc_bytes der, kc_certificate_sink sink, void* context,
                                  kc_error* why) {
      return serve(self, "keycare.crypto/1 parse_certificate", why, [&](crypto_service& me) -> result<void> {
        if (sink == nullptr) return me.guilty("parse_certificate", "without a sink");
        const auto parsed = services::parse_certificate(bytes(der));
        if (!parsed) return parsed.error();
        const auto lent = parsed->lend();
        sink(context, &lent);
        return {};
      });
    };
    table_.verify_certificate = [](const kc_crypto_service* self, kc_str endpoint, kc_bytes der, kc_bytes intermediates,
                                   std::int64_t at, kc_error* why) {
      return serve(self, "keycare.crypto/1 verify_certificate", why, [&](crypto_service& me) {
        return me.trust_.verify_certificate(text(endpoint), bytes(der), bytes(intermediates), at);
      });
    };
    table_.verify_signed = [](const kc_crypto_service* self, kc_str endpoint, kc_str role, kc_bytes cms,
                              kc_bytes_sink sink, void* context, kc_error* why) {
      return serve(self, "keycare.crypto/1 verify_signed", why, [&](crypto_service& me) -> result<void> {
        if (sink == nullptr) return me.guilty("verify_signed", "without a sink");
        return hand_over(me.trust_.verify_signed(text(endpoint), text(role), bytes(cms)), sink, context);
      });
    };
    table_.seal = [](const kc_crypto_service* self, kc_str endpoint, kc_bytes data, kc_bytes_sink sink, void* context,
                     kc_error* why) {
      return serve(self, "keycare.crypto/1 seal", why, [&](crypto_service& me) -> result<void> {
        if (sink == nullptr) return me.guilty("seal", "without a sink");
        return hand_over(me.trust_.seal(text(endpoint), bytes(data)), sink, context);
      });
    };
  }
  const kc_table* table() const noexcept override { return &table_.table; }

private:
  template <class Body>
  static kc_status serve(const kc_crypto_service* self, const char* function, kc_error* why, Body body) noexcept {
    return served<crypto_service>(self, function, why, std::move(body));
  }
  static error too_large() { return fail(KC_E_TOO_LARGE, "KC-CRYPTO-TOO-LARGE"); }
  error guilty(std::string_view function, std::string_view what) const {
    return guilty_plugin(plugin_, "keycare.crypto/1 " + std::string(function), what);
  }
  static result<void> hand_over(const result<octets>& made, kc_bytes_sink sink, void* context) {
    if (!made) return made.error();
    sink(context, made->data(), made->size());
    return {};
  }

  const trust_store& trust_;
  std::string plugin_;
  kc_crypto_service table_{};
};

}  // namespace

std::unique_ptr<service> make_crypto_service(const trust_store& trust, const plugin_identity& plugin) {
  return std::make_unique<crypto_service>(trust, plugin);
}

}  // namespace keycare::services
