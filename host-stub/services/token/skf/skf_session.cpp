// skf_session.cpp - everything that is done on one SKF device: identity, PINs, containers, signatures.
#include "host-stub/services/token/skf/skf_session.hpp"

#include "gmt0016/skf_constants.h"
#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/token/digest_info.hpp"
#include "host-stub/services/token/skf/envelope.hpp"
#include "host-stub/services/token/skf/names.hpp"
#include "host-stub/services/token/skf/sar.hpp"

#include <openssl/err.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <map>

namespace keycare::services::skf {

namespace {

constexpr std::uint64_t most_tries = 255;  // A larger figure is no counter.

error bug(const char* code) {
  ERR_clear_error();
  return fail(KC_E_FAILED, code);
}

/// AES has no id in GM/T 0006: the test's session key is SM4 (SMS4).
result<octets> sm4_encrypt(octets_view key, octets_view data) {
  const cipher_context_ptr context(EVP_CIPHER_CTX_new());
  const std::array<std::uint8_t, 16> iv{};
  octets out(data.size() + 16);
  int size = 0;
  if (!context || EVP_EncryptInit_ex(context.get(), EVP_sm4_cbc(), nullptr, key.data(), iv.data()) != 1 ||
      EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
      EVP_EncryptUpdate(context.get(), out.data(), &size, data.data(), static_cast<int>(data.size())) != 1)
    return bug("KC-CRYPTO-FAILED");
  out.resize(static_cast<std::size_t>(size));
  return out;
}

class session final : public token_session {
public:
  session(std::shared_ptr<port> calls, owned_handle device) : calls_(std::move(calls)), device_(device.release()) {}
  session(const session&) = delete;
  session& operator=(const session&) = delete;
  ~session() override {
    // Disconnecting leaves rights intact: give them back first.
    for (const auto& [name, application] : applications_) {
      if (application.verified) calls_->clear_secure_state(application.value);
      calls_->close_application(application.value);
    }
    calls_->disconnect(device_);
  }

  result<token_ref> identity() override {
    const auto info = calls_->info(device_);
    if (!info) return lost(info.error());
    return ref_of(*info);
  }
  result<void> lock(std::chrono::milliseconds wait) override {
    const auto ok = calls_->lock(device_, static_cast<std::uint32_t>(wait.count()));
    if (ok || ok.error().status == KC_E_UNSUPPORTED) return {};
    return lost(ok.error());
  }
  void unlock() noexcept override { calls_->unlock(device_); }

  result<pin_state> pin(const std::string& application, pin_kind kind) override {
    const auto opened = open(application);
    if (!opened) return opened.error();
    return read_pin(*calls_, *opened, kind == pin_kind::admin);
  }
  result<void> verify_pin(const std::string& application, pin_kind kind, const secret& pin) override {
    const auto opened = open(application);
    if (!opened) return opened.error();
    auto ok = calls_->verify_pin(*opened, kind == pin_kind::admin, pin);
    if (ok) applications_.at(application).verified = true;
    return ok;
  }
  result<void> change_pin(const std::string& application, pin_kind kind, const secret& old_pin,
                          const secret& new_pin) override {
    const auto opened = open(application);
    if (!opened) return opened.error();
    applications_.at(application).verified = true;  // Some tokens log in on the way: log out in any case.
    return calls_->change_pin(*opened, kind == pin_kind::admin, old_pin, new_pin);
  }
  result<void> unblock_pin(const std::string& application, const secret& admin_pin, const secret& new_pin) override {
    const auto opened = open(application);
    if (!opened) return opened.error();
    applications_.at(application).verified = true;
    return calls_->unblock_pin(*opened, admin_pin, new_pin);
  }
  void logout(const std::string& application) noexcept override {
    const auto found = applications_.find(application);
    if (found == applications_.end()) return;
    calls_->clear_secure_state(found->second.value);
    found->second.verified = false;
  }

  result<octets> certificate(const key_place& place) override {
    return in_container(place.application, place.container,
                        [&](handle container) { return calls_->export_certificate(container, is_sign(place)); });
  }

  result<container_contents> inspect(const std::string& application, const std::string& name) override {
    const auto there = has_container(application, name);
    if (!there) return there.error();
    if (!*there) return container_contents{};
    return in_container(application, name, [&](handle container) { return contents(container); });
  }

  result<void> create_container(const std::string& application, const std::string& name) override {
    const auto opened = open(application);
    if (!opened) return opened.error();
    const auto made = calls_->create_container(*opened, original(name));
    if (!made) return lost(made.error());
    calls_->close_container(*made);
    return {};
  }
  result<void> delete_container(const std::string& application, const std::string& name) override {
    const auto opened = open(application);
    if (!opened) return opened.error();
    return calls_->delete_container(*opened, original(name));
  }

  result<octets> generate(const std::string& application, const std::string& name,
                          std::string_view algorithm) override {
    if (algorithm != "rsa-2048") return fail(KC_E_UNSUPPORTED, "KC-TOKEN-ALGORITHM");
    return in_container(application, name, [&](handle container) -> result<octets> {
      const auto key = calls_->generate_rsa(container, 2048);
      if (!key) return key.error();
      return rsa_public_key(key->modulus, key->exponent);
    });
  }
  result<void> import_certificate(const key_place& place, octets_view der) override {
    return in_container(place.application, place.container,
                        [&](handle container) { return calls_->import_certificate(container, is_sign(place), der); });
  }
  result<void> import_exchange_pair(const std::string& application, const std::string& name, std::string_view format,
                                    octets_view data) override {
    if (format != rsa_envelope) return fail(KC_E_UNSUPPORTED, "KC-ENVELOPE-UNSUPPORTED");
    const auto parts = read_envelope(data);
    if (!parts) return parts.error();
    return in_container(application, name, [&](handle container) {
      return calls_->import_rsa_pair(container, parts->algorithm, parts->wrapped_key, parts->encrypted);
    });
  }
  result<octets> sign(const key_place& place, std::string_view hash, octets_view digest) override {
    if (place.usage != key_usage::sign) return fail(KC_E_UNSUPPORTED, "KC-TOKEN-ALGORITHM");
    const auto info = digest_info(hash, digest);
    if (info.empty()) return fail(KC_E_UNSUPPORTED, "KC-TOKEN-ALGORITHM");
    return in_container(place.application, place.container,
                        [&](handle container) { return calls_->sign_rsa(container, info); });
  }
  result<void> prove_exchange(const std::string& application, const std::string& name,
                              octets_view public_key) override {
    const auto key = read_public_key(public_key);
    if (!key) return key.error();
    secret session_key(16);
    octets test(32);
    if (RAND_priv_bytes(session_key.bytes().data(), 16) != 1 || RAND_bytes(test.data(), 32) != 1)
      return bug("KC-CRYPTO-FAILED");
    const auto wrapped = rsa_encrypt(key->get(), session_key.bytes());
    const auto cipher = sm4_encrypt(session_key.bytes(), test);
    if (!wrapped) return wrapped.error();
    if (!cipher) return cipher.error();
    return in_container(application, name, [&](handle container) -> result<void> {
      const auto plain = calls_->decrypt(container, SGD_SMS4_CBC, *wrapped, *cipher);
      if (!plain) return plain.error();
      if (!std::equal(plain->bytes().begin(), plain->bytes().end(), test.begin(), test.end()))
        return fail(KC_E_UNTRUSTED, "KC-KEY-NOT-PROVED");
      return {};
    });
  }

private:
  struct application {
    handle value = nullptr;
    bool verified = false;
  };

  static bool is_sign(const key_place& place) { return place.usage == key_usage::sign; }
  /// A device that is gone makes handles invalid: that is a removal to the rest of the host.
  static error lost(error why) {
    if (why.native == SAR_INVALIDHANDLEERR) return fail(KC_E_TOKEN_REMOVED, "KC-TOKEN-REMOVED", why.native);
    return why;
  }

  result<handle> open(const std::string& name) {
    const auto found = applications_.find(name);
    if (found != applications_.end()) return found->second.value;
    const auto opened = calls_->open_application(device_, original(name));
    if (!opened) return lost(opened.error());
    applications_[name].value = *opened;
    return *opened;
  }

  result<bool> has_container(const std::string& application, const std::string& name) {
    const auto opened = open(application);
    if (!opened) return opened.error();
    const auto names = calls_->containers(*opened);
    if (!names) return lost(names.error());
    return std::find(names->begin(), names->end(), original(name)) != names->end();
  }

  /// Runs @p act on a handle of its own, so that nothing stale is used.
  template <class Act>
  auto in_container(const std::string& application, const std::string& name, Act act) -> decltype(act(handle{})) {
    const auto opened = open(application);
    if (!opened) return opened.error();
    const auto container = open_container(*calls_, *opened, original(name));
    if (!container) return lost(container.error());
    auto outcome = act(container->get());
    if (!outcome) return lost(outcome.error());
    return outcome;
  }

  result<container_contents> contents(handle container) {
    container_contents out;
    for (const bool sign : {true, false}) {
      auto key = read_public(*calls_, container, sign);
      if (!key) return key.error();
      auto der = calls_->export_certificate(container, sign);
      if (!der && der.error().status != KC_E_NOT_FOUND) return der.error();
      (sign ? out.public_key : out.exchange_public_key) = std::move(*key);
      if (der) (sign ? out.certificate : out.exchange_certificate) = std::move(*der);
    }
    const bool any_key = !out.public_key.empty() || !out.exchange_public_key.empty();
    out.state = !out.certificate.empty() || !out.exchange_certificate.empty() ? KC_CONTAINER_CERTIFIED
                : any_key                                                     ? KC_CONTAINER_PAIR
                                                                              : KC_CONTAINER_EMPTY;
    if (!out.public_key.empty()) {
      const auto key = read_public_key(out.public_key);
      if (!key) return key.error();
      out.algorithm = algorithm_of(key->get());
    }
    return out;
  }

  std::shared_ptr<port> calls_;
  handle device_;
  std::map<std::string, application> applications_;
};

}  // namespace

result<owned_handle> connect(port& calls, const std::string& device) {
  const auto opened = calls.connect(device);
  if (!opened) return opened.error();
  return owned_handle(calls, *opened, &port::disconnect);
}

result<owned_handle> open_application(port& calls, handle device, const std::string& name) {
  const auto opened = calls.open_application(device, name);
  if (!opened) return opened.error();
  return owned_handle(calls, *opened, &port::close_application);
}

result<owned_handle> open_container(port& calls, handle application, const std::string& name) {
  const auto opened = calls.open_container(application, name);
  if (!opened) return opened.error();
  return owned_handle(calls, *opened, &port::close_container);
}

pin_state read_pin(port& calls, handle application, bool admin) {
  pin_state out;
  out.source = "none";
  const auto figures = calls.pin_info(application, admin);
  if (!figures || figures->max == 0 || figures->max > most_tries || figures->remaining > figures->max) return out;
  out.source = "SKF_GetPINInfo";
  out.max = static_cast<int>(figures->max);
  out.remaining = static_cast<int>(figures->remaining);
  out.flags = KC_PIN_STATE_KNOWN;
  if (figures->remaining == 0) out.flags |= KC_PIN_LOCKED;
  if (figures->remaining == 1) out.flags |= KC_PIN_FINAL_TRY;
  if (figures->remaining < figures->max) out.flags |= KC_PIN_COUNT_LOW;
  if (figures->is_default) out.flags |= KC_PIN_DEFAULT;
  return out;
}

token_ref ref_of(const device_info& info) {
  return {info.manufacturer, info.serial};
}

result<octets> read_public(port& calls, handle container, bool sign) {
  const auto key = calls.export_rsa(container, sign);
  if (key) return rsa_public_key(key->modulus, key->exponent);
  if (key.error().status == KC_E_NOT_FOUND) return octets{};
  return key.error();
}

std::unique_ptr<token_session> make_session(std::shared_ptr<port> calls, owned_handle device) {
  return std::make_unique<session>(std::move(calls), std::move(device));
}

}  // namespace keycare::services::skf
