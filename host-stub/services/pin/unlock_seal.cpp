// unlock_seal.cpp - X25519, HKDF-SHA256 and AES-256-GCM around two PINs.
#include "host-stub/services/pin/unlock_seal.hpp"

#include "host-stub/services/crypto/encoding.hpp"
#include "host-stub/services/crypto/public_key.hpp"
#include "keycare/sdk/json.hpp"
#include "keycare/sdk/statement.hpp"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>

namespace keycare::services {

namespace {

constexpr std::size_t tag_octets = 16;
constexpr std::size_t min_pin = 6;
constexpr std::size_t max_pin = 16;

result<secret> agree(EVP_PKEY* own, EVP_PKEY* other) {
  const key_context_ptr context(EVP_PKEY_CTX_new(own, nullptr));
  secret shared(32);
  std::size_t size = shared.size();
  // OpenSSL refuses a shared secret that is all zero.
  if (!context || EVP_PKEY_is_a(other, "X25519") == 0 || EVP_PKEY_derive_init(context.get()) != 1 ||
      EVP_PKEY_derive_set_peer(context.get(), other) != 1 ||
      EVP_PKEY_derive(context.get(), shared.bytes().data(), &size) != 1 || size != shared.size())
    return refused(KC_E_UNTRUSTED, "KC-UNLOCK-SEAL");
  return shared;
}

/// 32 octets of key, then 12 of IV.
result<secret> derive(secret& shared, const octets& nonce, octets_view own_public, octets_view ra_public) {
  octets info(bytes_of(statement::unlock_info).begin(), bytes_of(statement::unlock_info).end());
  info.push_back(0);
  for (const auto key : {own_public, ra_public}) {
    const auto hash = sha256(key);
    info.insert(info.end(), hash.begin(), hash.end());
  }
  auto salt = nonce;
  std::string hash = "SHA256";
  std::unique_ptr<EVP_KDF, openssl_free<EVP_KDF_free>> hkdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  std::unique_ptr<EVP_KDF_CTX, openssl_free<EVP_KDF_CTX_free>> context(hkdf ? EVP_KDF_CTX_new(hkdf.get()) : nullptr);
  const OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, hash.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, shared.bytes().data(), shared.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.data(), salt.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()), OSSL_PARAM_construct_end()};
  secret out(44);
  if (!context || EVP_KDF_derive(context.get(), out.bytes().data(), out.size(), params) != 1)
    return refused(KC_E_UNTRUSTED, "KC-UNLOCK-SEAL");
  return out;
}

result<secret> decrypt(const secret& key_and_iv, octets_view sealed, std::string_view additional) {
  if (sealed.size() <= tag_octets) return refused(KC_E_UNTRUSTED, "KC-UNLOCK-SEAL");
  const auto cipher = sealed.first(sealed.size() - tag_octets);
  octets tag(sealed.end() - tag_octets, sealed.end());
  const cipher_context_ptr context(EVP_CIPHER_CTX_new());
  secret plain(cipher.size());
  int size = 0;
  int rest = 0;
  if (!context ||
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_and_iv.bytes().data(),
                         key_and_iv.bytes().data() + 32) != 1 ||
      EVP_DecryptUpdate(context.get(), nullptr, &size, bytes_of(additional).data(),
                        static_cast<int>(additional.size())) != 1 ||
      EVP_DecryptUpdate(context.get(), plain.bytes().data(), &size, cipher.data(), static_cast<int>(cipher.size())) !=
          1 ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_octets, tag.data()) != 1 ||
      EVP_DecryptFinal_ex(context.get(), plain.bytes().data() + size, &rest) != 1)
    return refused(KC_E_UNTRUSTED, "KC-UNLOCK-SEAL");
  return plain;
}

/// One PIN after @p head at the start of @p rest, which is moved past it.
result<secret> read_pin(std::string_view& rest, std::string_view head) {
  if (!rest.starts_with(head)) return refused(KC_E_UNTRUSTED, "KC-UNLOCK-SEAL");
  rest.remove_prefix(head.size());
  secret out(max_pin);
  std::size_t size = 0;
  while (!rest.empty() && rest.front() != '"') {
    const bool escaped = rest.front() == '\\';  // RFC 8785: of printable ASCII only \" and \\ are escaped.
    if (escaped) rest.remove_prefix(1);
    if (rest.empty() || size == max_pin || rest.front() < 0x20 || rest.front() > 0x7E ||
        (escaped && rest.front() != '"' && rest.front() != '\\'))
      return refused(KC_E_UNTRUSTED, "KC-UNLOCK-SEAL");
    out.bytes()[size++] = static_cast<std::uint8_t>(rest.front());
    rest.remove_prefix(1);
  }
  if (size < min_pin || rest.empty()) return refused(KC_E_UNTRUSTED, "KC-UNLOCK-SEAL");
  rest.remove_prefix(1);
  out.shrink(size);
  return out;
}

}  // namespace

result<ephemeral_key> make_ephemeral_key() {
  ephemeral_key out;
  out.key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
  out.public_key = encoded(i2d_PUBKEY, out.key.get());
  if (out.public_key.empty()) return refused(KC_E_FAILED, "KC-CRYPTO-FAILED");
  return out;
}

result<void> check_authorisation(const nlohmann::json& statement, const unlock_expectation& asked) {
  struct member {
    const char* path;
    std::string value;
  };
  const auto expected = std::to_array<member>({{"type", "unlock-authorisation"},
                                               {"unlock", asked.unlock_id},
                                               {"redemption", asked.redeem_id},
                                               {"action", "unlock"},
                                               {"method", asked.method},
                                               {"token.manufacturer", asked.token.manufacturer},
                                               {"token.serial", asked.token.serial},
                                               {"application", asked.application},
                                               {"certificate_sha256", hex(asked.certificate)},
                                               {"nonce", hex(asked.nonce)},
                                               {"ephemeral_key_sha256", hex(sha256(asked.public_key))},
                                               {"sealed.scheme", std::string(statement::unlock_scheme)}});
  const auto other = [](const char* path) {
    auto why = refused(KC_E_UNTRUSTED, "KC-UNLOCK-OTHER");
    why.args = json_text({{"member", path}});
    return why;
  };
  for (const auto& [path, value] : expected) {
    const auto* found = statement::detail::find(statement, path);
    if (found == nullptr || !found->is_string() || found->get_ref<const std::string&>() != value) return other(path);
  }
  const auto& rotation = statement.at("rotation").get_ref<const std::string&>();
  if (rotation != "required" && rotation != "impossible") return other("rotation");
  return {};
}

result<admin_pins> open_admin_pins(const nlohmann::json& statement, const unlock_expectation& asked,
                                   EVP_PKEY* own_key) {
  const auto& sealed = statement.at("sealed");
  const auto ra_public = from_base64(sealed.at("ra_key").get_ref<const std::string&>());
  const auto data = from_base64(sealed.at("data").get_ref<const std::string&>());
  if (!ra_public || !data) return refused(KC_E_UNTRUSTED, "KC-UNLOCK-SEAL");
  const auto ra_key = read_public_key(*ra_public);
  if (!ra_key) return refused(KC_E_UNTRUSTED, "KC-UNLOCK-SEAL");
  auto shared = agree(own_key, ra_key->get());
  if (!shared) return shared.error();
  const auto keys = derive(*shared, asked.nonce, asked.public_key, *ra_public);
  if (!keys) return keys.error();
  const auto plain = decrypt(*keys, *data, asked.redeem_id);
  if (!plain) return plain.error();
  return read_admin_pins(*plain);
}

result<admin_pins> read_admin_pins(const secret& text) {
  auto rest = text.text();
  auto current = read_pin(rest, R"({"current":")");
  if (!current) return current.error();
  auto next = read_pin(rest, R"(,"next":")");
  if (!next) return next.error();
  if (rest != "}") return refused(KC_E_UNTRUSTED, "KC-UNLOCK-SEAL");
  return admin_pins{std::move(*current), std::move(*next)};
}

}  // namespace keycare::services
