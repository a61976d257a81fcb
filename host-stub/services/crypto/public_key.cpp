// public_key.cpp - public keys by OpenSSL.
#include "host-stub/services/crypto/public_key.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

namespace keycare::services {

namespace {}  // namespace

digest sha256(octets_view data) {
  digest out{};
  SHA256(data.data(), data.size(), out.data());
  return out;
}

std::string hex(octets_view data) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(data.size() * 2);
  for (const auto octet : data) {
    out += digits[octet >> 4U];
    out += digits[octet & 15U];
  }
  return out;
}

result<octets> rsa_public_key(octets_view modulus, octets_view exponent) {
  using number = std::unique_ptr<BIGNUM, openssl_free<BN_free>>;
  using builder = std::unique_ptr<OSSL_PARAM_BLD, openssl_free<OSSL_PARAM_BLD_free>>;
  using params_ptr = std::unique_ptr<OSSL_PARAM, openssl_free<OSSL_PARAM_free>>;
  const number n(BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr));
  const number e(BN_bin2bn(exponent.data(), static_cast<int>(exponent.size()), nullptr));
  const builder build(OSSL_PARAM_BLD_new());
  const key_context_ptr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  if (!n || !e || !build || !context || OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
    return refused(KC_E_DAMAGED, "KC-KEY-DAMAGED");
  const params_ptr params(OSSL_PARAM_BLD_to_param(build.get()));
  EVP_PKEY* made = nullptr;
  if (!params || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
    return refused(KC_E_DAMAGED, "KC-KEY-DAMAGED");
  const key_ptr key(made);
  auto out = encoded(i2d_PUBKEY, key.get());
  if (out.empty()) return refused(KC_E_DAMAGED, "KC-KEY-DAMAGED");
  return out;
}

result<key_ptr> read_public_key(octets_view der) {
  if (der.empty() || der.size() > 16 * 1024) return refused(KC_E_DAMAGED, "KC-KEY-DAMAGED");
  const unsigned char* at = der.data();
  key_ptr key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  if (!key || at != der.data() + der.size()) return refused(KC_E_DAMAGED, "KC-KEY-DAMAGED");
  return key;
}

std::string algorithm_of(const EVP_PKEY* key) {
  if (key == nullptr) return "unknown";
  if (EVP_PKEY_is_a(key, "RSA") != 0 || EVP_PKEY_is_a(key, "RSA-PSS") != 0)
    return "rsa-" + std::to_string(EVP_PKEY_get_bits(key));
  if (EVP_PKEY_is_a(key, "SM2") != 0) return "sm2";
  if (EVP_PKEY_is_a(key, "EC") != 0) {
    char group[64] = {};
    std::size_t size = 0;
    if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group, &size) != 1)
      return "ec-unknown";
    const std::string_view name(group, size);
    if (name == "prime256v1" || name == "P-256") return "ec-p256";
    if (name == "secp384r1" || name == "P-384") return "ec-p384";
    if (name == "SM2") return "sm2";
    return "ec-" + std::string(name);
  }
  if (EVP_PKEY_is_a(key, "ED25519") != 0) return "ed25519";
  return "unknown";
}

bool verifies(EVP_PKEY* key, octets_view data, octets_view signature) {
  const digest_context_ptr context(EVP_MD_CTX_new());
  const bool good = context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
                    EVP_DigestVerify(context.get(), signature.data(), signature.size(), data.data(), data.size()) == 1;
  ERR_clear_error();
  return good;
}

result<octets> rsa_encrypt(EVP_PKEY* key, octets_view data) {
  const key_context_ptr context(EVP_PKEY_CTX_new(key, nullptr));
  std::size_t size = 0;
  if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
      EVP_PKEY_encrypt(context.get(), nullptr, &size, data.data(), data.size()) != 1)
    return refused(KC_E_DAMAGED, "KC-KEY-DAMAGED");
  octets out(size);
  if (EVP_PKEY_encrypt(context.get(), out.data(), &size, data.data(), data.size()) != 1)
    return refused(KC_E_DAMAGED, "KC-KEY-DAMAGED");
  out.resize(size);
  return out;
}

}  // namespace keycare::services
