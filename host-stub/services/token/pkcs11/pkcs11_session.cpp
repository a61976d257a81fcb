// pkcs11_session.cpp - everything that is done on one PKCS#11 token: identity, PINs, containers, signatures.
//
// A login belongs to the token and the whole process (2.40, 4.4): a second session of ours may sign because the first
// logged in. So a session of ours acts only after its own verification, and logs out what it logged in.
#include "host-stub/services/token/pkcs11/pkcs11_session.hpp"

#include "host-stub/services/crypto/certificate.hpp"
#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/token/digest_info.hpp"
#include "host-stub/services/token/pkcs11/ckr.hpp"
#include "host-stub/services/token/pkcs11/names.hpp"
#include "host-stub/services/token/pkcs11/objects.hpp"

#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>

namespace keycare::services::pkcs11 {

namespace {

constexpr std::size_t most_candidates = 16;
/// 1.2.840.10045.3.1.7 (RFC 5480)
constexpr auto p256 = std::to_array<std::uint8_t>({0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07});

error unknown_algorithm() {
  return fail(KC_E_UNSUPPORTED, "KC-TOKEN-ALGORITHM");
}
error no_key() {
  return fail(KC_E_NOT_FOUND, "KC-KEY-NOT-FOUND");
}
error logged_out() {
  return fail(KC_E_GRANT_ENDED, "KC-TOKEN-LOGGED-OUT");
}

/// ECDSA-Sig-Value (RFC 3279 2.2.3) of r and s, one after the other.
octets signature_value(octets_view raw) {
  using signature_ptr = std::unique_ptr<ECDSA_SIG, openssl_free<ECDSA_SIG_free>>;
  if (raw.empty() || raw.size() % 2 != 0) return {};
  const signature_ptr made(ECDSA_SIG_new());
  const auto half = static_cast<int>(raw.size() / 2);
  BIGNUM* r = BN_bin2bn(raw.data(), half, nullptr);
  BIGNUM* s = BN_bin2bn(raw.data() + half, half, nullptr);
  if (!made || ECDSA_SIG_set0(made.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return {};
  }
  return encoded(i2d_ECDSA_SIG, made.get());
}

bool signed_by(octets_view public_key, octets_view digest, octets_view signature) {
  const auto key = read_public_key(public_key);
  if (!key) return false;
  const key_context_ptr context(EVP_PKEY_CTX_new(key->get(), nullptr));
  const bool good =
      context && EVP_PKEY_verify_init(context.get()) == 1 &&
      EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.data(), digest.size()) == 1;
  ERR_clear_error();
  return good;
}

class session final : public token_session {
public:
  session(std::shared_ptr<calls> module, owned_session opened, token_ref token)
      : module_(std::move(module)), own_(opened.release()), token_(std::move(token)) {}
  session(const session&) = delete;
  session& operator=(const session&) = delete;
  ~session() override {
    // Closing one of several sessions leaves the login intact: give it back first.
    if (verified_) module_->logout(own_);
    module_->close(own_);
  }

  result<token_ref> identity() override {
    const auto facts = look();
    if (!facts) return facts.error();
    return ref_of(*facts);
  }
  // PKCS#11 has no exclusive use of a token, so a foreign process cannot be shut out: whoever acts has read identity
  // and certificate before, and what changes the token reads the identity again after (still_there).
  result<void> lock(std::chrono::milliseconds) override {
    locked_ = true;
    seen_.reset();
    return {};
  }
  void unlock() noexcept override {
    locked_ = false;
    seen_.reset();
  }

  result<pin_state> pin(const std::string& application, pin_kind kind) override {
    if (auto ok = known(application); !ok) return ok.error();
    const auto facts = look();
    if (!facts) return facts.error();
    return pin_of(facts->flags, kind);
  }

  result<void> verify_pin(const std::string& application, pin_kind kind, const secret& pin) override {
    if (auto ok = known(application); !ok) return ok;
    if (auto ok = nobody_logged_in(); !ok) return ok;
    if (auto ok = module_->login(own_, kind == pin_kind::admin ? CKU_SO : CKU_USER, pin); !ok) return ok;
    // The security officer's login is good for nothing but PINs, and shuts the user out.
    if (kind == pin_kind::admin)
      module_->logout(own_);
    else
      verified_ = true;
    return {};
  }
  result<void> change_pin(const std::string& application, pin_kind kind, const secret& old_pin,
                          const secret& new_pin) override {
    if (auto ok = known(application); !ok) return ok;
    if (auto ok = nobody_logged_in(); !ok) return ok;
    if (kind == pin_kind::user) {
      auto outcome = module_->set_pin(own_, old_pin, new_pin);
      // The standard has it without a login (2.40, 5.6, C_SetPIN); NSS wants one, and has not looked at the PIN yet.
      if (outcome || outcome.error().native != CKR_USER_NOT_LOGGED_IN) return outcome;
    }
    if (auto ok = module_->login(own_, kind == pin_kind::user ? CKU_USER : CKU_SO, old_pin); !ok) return ok;
    auto outcome = module_->set_pin(own_, old_pin, new_pin);
    module_->logout(own_);
    return outcome;
  }
  result<void> unblock_pin(const std::string& application, const secret& admin_pin, const secret& new_pin) override {
    if (auto ok = known(application); !ok) return ok;
    if (!module_->can_init_pin()) return fail(KC_E_UNSUPPORTED, "KC-TOKEN-UNSUPPORTED");
    if (auto ok = nobody_logged_in(); !ok) return ok;
    if (auto ok = module_->login(own_, CKU_SO, admin_pin); !ok) return ok;
    auto outcome = module_->init_pin(own_, new_pin);
    module_->logout(own_);
    return outcome;
  }
  void logout(const std::string&) noexcept override {
    if (verified_) module_->logout(own_);
    verified_ = false;
    proven_.reset();  // A private object's handle ends with the login.
  }

  result<octets> certificate(const key_place& place) override {
    if (auto ok = known(place.application); !ok) return ok.error();
    auto found = find_certificate(place);
    if (!found) return found.error();
    if (locked_ && !found->public_key.empty()) seen_ = seen{place, found->public_key};
    return std::move(found->der);
  }

  /// Every name stands for a container: where nothing is, it is empty.
  result<container_contents> inspect(const std::string& application, const std::string& container) override {
    if (auto ok = known(application); !ok) return ok.error();
    const auto name = read_name(container);
    if (!name) return name.error();
    container_contents out;
    const auto sees_all = sees_private_objects();
    if (!sees_all) return sees_all.error();
    const auto signing = read_objects(*module_, own_, name->id);
    if (!signing) return signing.error();
    const auto exchange = read_objects(*module_, own_, name->exchange_id);
    if (!exchange) return exchange.error();
    for (const auto& one : signing->certificates)
      if (is_named(*name, one)) (one.exchanges ? out.exchange_certificate : out.certificate) = one.der;
    for (const auto& one : exchange->certificates) out.exchange_certificate = one.der;
    out.public_key = pair_of(*signing, certified_key(*signing, *name), *sees_all);
    out.exchange_public_key = pair_of(*exchange, {}, *sees_all);
    if (!out.certificate.empty() || !out.exchange_certificate.empty())
      out.state = KC_CONTAINER_CERTIFIED;
    else if (!out.public_key.empty() || !out.exchange_public_key.empty())
      out.state = KC_CONTAINER_PAIR;
    else if (is_empty(*signing) && is_empty(*exchange))
      out.state = KC_CONTAINER_EMPTY;
    else
      out.state = KC_CONTAINER_HALF;
    if (!out.public_key.empty()) {
      const auto key = read_public_key(out.public_key);
      if (!key) return key.error();
      out.algorithm = algorithm_of(key->get());
    }
    return out;
  }

  result<void> create_container(const std::string& application, const std::string& container) override {
    if (auto ok = known(application); !ok) return ok;
    if (!verified_) return logged_out();
    const auto name = read_name(container);
    if (!name) return name.error();
    return {};  // Nothing is written before there is a key.
  }

  result<void> delete_container(const std::string& application, const std::string& container) override {
    if (auto ok = known(application); !ok) return ok;
    if (!verified_) return logged_out();
    const auto name = read_name(container);
    if (!name) return name.error();
    // Private halves first: a crash in between leaves public ones, which are found and deleted by the same name.
    for (const auto& id : {name->exchange_id, name->id}) {
      for (const auto kind : {CKO_PRIVATE_KEY, CKO_PUBLIC_KEY, CKO_CERTIFICATE}) {
        const auto which = {number(CKA_CLASS, kind), flag(CKA_TOKEN, true), data(CKA_ID, id)};
        const auto found = module_->find(own_, which);
        if (!found) return found.error();
        for (const auto object : *found)
          if (auto ok = module_->destroy(own_, object); !ok) return ok;
      }
    }
    return still_there();
  }

  result<octets> generate(const std::string& application, const std::string& container,
                          std::string_view algorithm) override {
    if (auto ok = known(application); !ok) return ok.error();
    if (!verified_) return logged_out();
    const auto name = read_name(container);
    if (!name) return name.error();
    const bool is_ec = algorithm == "ec-p256";
    const unsigned long bits = algorithm == "rsa-2048" ? 2048 : algorithm == "rsa-3072" ? 3072 : 0;
    if (!is_ec && bits == 0) return unknown_algorithm();
    const std::vector<attribute> common{flag(CKA_TOKEN, true), data(CKA_ID, name->id),
                                        data(CKA_LABEL, bytes_of(container))};
    auto shown = common;
    shown.push_back(flag(CKA_PRIVATE, false));
    shown.push_back(flag(CKA_VERIFY, true));
    auto hidden = common;
    for (auto&& more :
         {flag(CKA_PRIVATE, true), flag(CKA_SENSITIVE, true), flag(CKA_EXTRACTABLE, false), flag(CKA_SIGN, true)})
      hidden.push_back(more);
    if (is_ec) {
      shown.push_back(data(CKA_EC_PARAMS, p256));
    } else {
      shown.push_back(number(CKA_MODULUS_BITS, bits));
      shown.push_back(data(CKA_PUBLIC_EXPONENT, std::to_array<std::uint8_t>({1, 0, 1})));
    }
    const auto made =
        module_->generate_pair(own_, is_ec ? CKM_EC_KEY_PAIR_GEN : CKM_RSA_PKCS_KEY_PAIR_GEN, shown, hidden);
    if (!made) return made.error();
    if (auto ok = still_there(); !ok) return ok.error();
    const auto there = read_objects(*module_, own_, name->id);
    if (!there) return there.error();
    for (const auto& key : there->public_keys)
      if (key.handle == made->public_key && !key.public_key.empty()) return key.public_key;
    return damaged();
  }

  result<void> import_certificate(const key_place& place, octets_view der) override {
    if (auto ok = known(place.application); !ok) return ok;
    if (!verified_) return logged_out();
    const auto name = read_name(place.container);
    if (!name) return name.error();
    const auto read = read_certificate(der);
    if (!read) return read.error();
    const X509* x = read->get();
    const std::vector<attribute> of{number(CKA_CLASS, CKO_CERTIFICATE),
                                    number(CKA_CERTIFICATE_TYPE, CKC_X_509),
                                    flag(CKA_TOKEN, true),
                                    flag(CKA_PRIVATE, false),
                                    data(CKA_ID, place.usage == key_usage::sign ? name->id : name->exchange_id),
                                    data(CKA_LABEL, bytes_of(place.container)),
                                    data(CKA_SUBJECT, encoded(i2d_X509_NAME, X509_get_subject_name(x))),
                                    data(CKA_ISSUER, encoded(i2d_X509_NAME, X509_get_issuer_name(x))),
                                    data(CKA_SERIAL_NUMBER, encoded(i2d_ASN1_INTEGER, X509_get0_serialNumber(x))),
                                    data(CKA_VALUE, der)};
    const auto made = module_->create(own_, of);
    if (!made) return made.error();
    return still_there();
  }

  // The envelopes that are known carry their key under SM4, which these modules do not have; and a private key must not
  // pass through the host.
  result<void> import_exchange_pair(const std::string&, const std::string&, std::string_view, octets_view) override {
    return fail(KC_E_UNSUPPORTED, "KC-ENVELOPE-UNSUPPORTED");
  }

  result<octets> sign(const key_place& place, std::string_view hash, octets_view digest) override {
    if (auto ok = known(place.application); !ok) return ok.error();
    if (!verified_) return logged_out();
    if (place.usage != key_usage::sign) return unknown_algorithm();
    // Whoever acts has just read the certificate; then neither it nor its key is searched for once more.
    if (seen_ && seen_->place == place && proven_ && proven_->public_key == seen_->public_key) {
      auto made = sign_by(*proven_, digest_info(hash, digest), digest);
      if (made || made.error().status == KC_E_TOKEN_REMOVED) return made;
      proven_.reset();  // The object is there no longer, or is not what it was.
    }
    const auto target = signing_target(place);
    if (!target) return target.error();
    // By its ID first; where that is of no use, by the public key among all.
    auto tried = sign_with_one(target->objects.private_keys, target->public_key, hash, digest);
    if (tried || tried.error().code != no_key().code) return tried;
    const auto all = read_private_keys(*module_, own_);
    if (!all) return all.error();
    return sign_with_one(*all, target->public_key, hash, digest);
  }

  result<void> prove_exchange(const std::string& application, const std::string& container,
                              octets_view public_key) override {
    if (auto ok = known(application); !ok) return ok;
    if (!verified_) return logged_out();
    const auto name = read_name(container);
    if (!name) return name.error();
    const auto key = read_public_key(public_key);
    if (!key) return key.error();
    if (EVP_PKEY_is_a(key->get(), "RSA") == 0) return unknown_algorithm();
    std::array<std::uint8_t, 32> test{};
    if (RAND_bytes(test.data(), static_cast<int>(test.size())) != 1) return fail(KC_E_FAILED, "KC-CRYPTO-FAILED");
    const auto wrapped = rsa_encrypt(key->get(), test);
    if (!wrapped) return wrapped.error();
    const auto there = read_objects(*module_, own_, name->exchange_id);
    if (!there) return there.error();
    for (const auto& one : there->private_keys) {
      if (!std::equal(one.public_key.begin(), one.public_key.end(), public_key.begin(), public_key.end())) continue;
      const auto plain = module_->decrypt(own_, CKM_RSA_PKCS, one.handle, *wrapped);
      if (!plain) return plain.error();
      if (std::equal(plain->bytes().begin(), plain->bytes().end(), test.begin(), test.end())) return {};
      return fail(KC_E_UNTRUSTED, "KC-KEY-NOT-PROVED");
    }
    return no_key();
  }

private:
  struct target {
    octets public_key;
    object_set objects;  ///< With the container's ID.
  };

  static result<void> known(const std::string& name) {
    if (name == application) return {};
    return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
  }
  static bool is_empty(const object_set& set) {
    return set.certificates.empty() && set.public_keys.empty() && set.private_keys.empty() && set.left_out.empty();
  }
  static bool is_named(const container_name& name, const certificate_object& one) {
    return name.certificate.empty() || hex(sha256(one.der)).starts_with(name.certificate);
  }

  /// The token in the slot that the session belongs to, asked anew.
  result<token_facts> look() {
    const auto where = module_->session(own_);
    if (!where) return where.error();
    return module_->token(where->slot);
  }
  result<bool> sees_private_objects() {
    const auto where = module_->session(own_);
    if (!where) return where.error();
    if (where->state == CKS_RO_USER_FUNCTIONS || where->state == CKS_RW_USER_FUNCTIONS) return true;
    const auto facts = module_->token(where->slot);
    if (!facts) return facts.error();
    return (facts->flags & CKF_LOGIN_REQUIRED) == 0;
  }
  /// After an effect: was it this token's?
  result<void> still_there() {
    const auto facts = look();
    if (!facts) return facts.error();
    if (ref_of(*facts) != token_) return fail(KC_E_TOKEN_REMOVED, "KC-TOKEN-REMOVED");
    return {};
  }
  /// A verification is one only when nobody is logged in: otherwise the module answers without looking at the PIN.
  result<void> nobody_logged_in() {
    verified_ = false;
    proven_.reset();
    const auto where = module_->session(own_);
    if (!where) return where.error();
    if (where->state != CKS_RO_PUBLIC_SESSION && where->state != CKS_RW_PUBLIC_SESSION) module_->logout(own_);
    return {};
  }

  result<certificate_object> find_certificate(const key_place& place) {
    const auto name = read_name(place.container);
    if (!name) return name.error();
    auto there = read_certificates(*module_, own_, name->id);
    if (!there) return there.error();
    const bool signs = place.usage == key_usage::sign;
    std::vector<certificate_object> fit;
    for (auto& one : *there)
      if (one.exchanges != signs && is_named(*name, one)) fit.push_back(std::move(one));
    if (!signs) {
      auto more = read_certificates(*module_, own_, name->exchange_id);
      if (!more) return more.error();
      std::move(more->begin(), more->end(), std::back_inserter(fit));
    }
    if (fit.empty()) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
    if (fit.size() > 1) return fail(KC_E_CONFLICT, "KC-CERTIFICATE-CHANGED");
    return std::move(fit.front());
  }

  /// The key of the one signing certificate there, or nothing.
  static octets certified_key(const object_set& set, const container_name& name) {
    for (const auto& one : set.certificates)
      if (!one.exchanges && is_named(name, one)) return one.public_key;
    return {};
  }
  /// The pair in @p set: that of the certificate when there is one, else the first whole one. Where private keys are
  /// hidden, the public half speaks for both.
  static octets pair_of(const object_set& set, const octets& certified, bool sees_all) {
    const auto halves = keys_of(set);
    const auto is_whole = [&](const octets& key) {
      return sees_all ? halves.private_keys.contains(key) : halves.public_keys.contains(key);
    };
    if (!certified.empty()) return is_whole(certified) ? certified : octets{};
    for (const auto& key : halves.public_keys)
      if (is_whole(key)) return key;
    return {};
  }

  result<target> signing_target(const key_place& place) {
    const auto name = read_name(place.container);
    if (!name) return name.error();
    auto there = read_objects(*module_, own_, name->id);
    if (!there) return there.error();
    auto key = certified_key(*there, *name);
    if (key.empty()) key = pair_of(*there, {}, true);
    if (key.empty()) return no_key();
    return target{std::move(key), std::move(*there)};
  }

  /// @p info is the DigestInfo of @p digest.
  result<octets> sign_by(const key_object& key, const octets& info, octets_view digest) {
    if (info.empty()) return unknown_algorithm();
    if (key.is_rsa) return module_->sign(own_, CKM_RSA_PKCS, key.handle, info);
    auto made = module_->sign(own_, CKM_ECDSA, key.handle, digest);
    if (made) *made = signature_value(*made);
    return made;
  }

  result<octets> sign_with_one(const std::vector<key_object>& keys, const octets& public_key, std::string_view hash,
                               octets_view digest) {
    const auto read = read_public_key(public_key);
    if (!read) return read.error();
    const bool is_rsa = EVP_PKEY_is_a(read->get(), "RSA") != 0;
    if (!is_rsa && EVP_PKEY_is_a(read->get(), "EC") == 0) return unknown_algorithm();
    const auto info = digest_info(hash, digest);
    if (info.empty()) return unknown_algorithm();
    std::size_t tried = 0;
    for (const auto& key : keys) {
      const bool is_sure = key.public_key == public_key;
      if (key.is_rsa != is_rsa || (!is_sure && !key.public_key.empty()) || ++tried > most_candidates) continue;
      auto made = sign_by(key, info, digest);
      if (!made && (is_sure || made.error().status == KC_E_TOKEN_REMOVED)) return made;
      if (!made) continue;
      // An EC private key does not say whose it is: its signature does.
      if (!is_sure && !signed_by(public_key, digest, *made)) continue;
      proven_ = key_object{key.handle, key.id, is_rsa, public_key};
      return made;
    }
    return no_key();
  }

  std::shared_ptr<calls> module_;
  session_handle own_;
  token_ref token_;
  bool verified_ = false;  ///< By this session, and not given back since.
  bool locked_ = false;
  /// The certificate that was read last under this lock.
  struct seen {
    key_place place;
    octets public_key;
  };
  std::optional<seen> seen_;
  std::optional<key_object> proven_;  ///< The private key that signed last, in this login, with its public half.
};

}  // namespace

token_ref ref_of(const token_facts& facts) {
  return {facts.manufacturer, facts.serial};
}

pin_state pin_of(ck_flags_t flags, pin_kind kind) {
  const bool is_user = kind == pin_kind::user;
  pin_state out;
  out.source = "token flags";
  if ((flags & (is_user ? CKF_USER_PIN_COUNT_LOW : CKF_SO_PIN_COUNT_LOW)) != 0) out.flags |= KC_PIN_COUNT_LOW;
  if ((flags & (is_user ? CKF_USER_PIN_FINAL_TRY : CKF_SO_PIN_FINAL_TRY)) != 0) {
    out.flags |= KC_PIN_FINAL_TRY;
    out.remaining = 1;
  }
  if ((flags & (is_user ? CKF_USER_PIN_LOCKED : CKF_SO_PIN_LOCKED)) != 0) {
    out.flags |= KC_PIN_LOCKED;
    out.remaining = 0;
  }
  return out;
}

std::unique_ptr<token_session> make_session(std::shared_ptr<calls> module, owned_session opened, token_ref token) {
  return std::make_unique<session>(std::move(module), std::move(opened), std::move(token));
}

}  // namespace keycare::services::pkcs11
