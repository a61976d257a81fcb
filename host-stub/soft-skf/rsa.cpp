// rsa.cpp - RSA-2048 with PKCS#1 v1.5, as the token's containers use it.
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include "crypto.hpp"

namespace keycare::soft_skf::crypto {
namespace {

struct free_pkey_ctx {
  void operator()(EVP_PKEY_CTX* p) const { EVP_PKEY_CTX_free(p); }
};
using pkey_ctx = std::unique_ptr<EVP_PKEY_CTX, free_pkey_ctx>;

struct free_bn {
  void operator()(BIGNUM* p) const { BN_free(p); }
};
using bignum = std::unique_ptr<BIGNUM, free_bn>;

pkey_ctx context_of(EVP_PKEY* key) {
  return pkey_ctx(EVP_PKEY_CTX_new_from_pkey(library_context(), key, nullptr));
}

bool pkcs1(EVP_PKEY_CTX* context) {
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
}

}  // namespace

result<pkey> generate_rsa() {
  pkey key(EVP_PKEY_Q_keygen(library_context(), nullptr, "RSA", rsa_octets * 8));
  if (!key) return sar(SAR_GENRSAKEYERR);
  return key;
}

result<secret> to_pkcs1(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int size = i2d_PrivateKey(key, &der);
  if (size <= 0) return sar(SAR_GENRSAKEYERR);
  secret out(der, der + size);
  OPENSSL_clear_free(der, static_cast<std::size_t>(size));
  return out;
}

result<pkey> from_pkcs1(byte_view der) {
  const unsigned char* cursor = der.data();
  pkey key(
      d2i_PrivateKey_ex(EVP_PKEY_RSA, nullptr, &cursor, static_cast<long>(der.size()), library_context(), nullptr));
  if (!key || der.size() - static_cast<std::size_t>(cursor - der.data()) > 16) return sar(SAR_INDATAERR);
  if (EVP_PKEY_is_a(key.get(), "RSA") != 1) return sar(SAR_KEYINFOTYPEERR);
  if (EVP_PKEY_get_bits(key.get()) != static_cast<int>(rsa_octets * 8)) return sar(SAR_RSAMODULUSLENERR);
  return key;
}

bool pair_is_consistent(EVP_PKEY* key) {
  const pkey_ctx context = context_of(key);
  return context && EVP_PKEY_pairwise_check(context.get()) == 1;
}

result<key_pair> public_part(EVP_PKEY* key) {
  BIGNUM* n_raw = nullptr;
  BIGNUM* e_raw = nullptr;
  const bool got = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n_raw) == 1 &&
                   EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e_raw) == 1;
  const bignum n(n_raw);
  const bignum e(e_raw);
  key_pair out{bytes(rsa_octets), bytes(exponent_octets), {}};
  if (!got || BN_bn2binpad(n.get(), out.modulus.data(), static_cast<int>(rsa_octets)) < 0 ||
      BN_bn2binpad(e.get(), out.exponent.data(), static_cast<int>(exponent_octets)) < 0) {
    return sar(SAR_INDATAERR);
  }
  return out;
}

result<pkey> from_public(byte_view modulus, byte_view exponent) {
  const bignum n(BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr));
  const bignum e(BN_bin2bn(exponent.data(), static_cast<int>(exponent.size()), nullptr));
  OSSL_PARAM_BLD* builder = OSSL_PARAM_BLD_new();
  OSSL_PARAM* params = nullptr;
  if (n && e && builder != nullptr && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 &&
      OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e.get()) == 1) {
    params = OSSL_PARAM_BLD_to_param(builder);
  }
  OSSL_PARAM_BLD_free(builder);
  const pkey_ctx context(EVP_PKEY_CTX_new_from_name(library_context(), "RSA", nullptr));
  EVP_PKEY* made = nullptr;
  if (params != nullptr && context && EVP_PKEY_fromdata_init(context.get()) == 1) {
    EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params);
  }
  OSSL_PARAM_free(params);
  pkey key(made);
  if (!key) return sar(SAR_INDATAERR);
  if (EVP_PKEY_get_bits(key.get()) != static_cast<int>(rsa_octets * 8)) return sar(SAR_RSAMODULUSLENERR);
  return key;
}

result<bytes> rsa_sign(EVP_PKEY* key, byte_view message) {
  const pkey_ctx context = context_of(key);
  bytes out(rsa_octets);
  std::size_t size = out.size();
  if (!context || EVP_PKEY_sign_init(context.get()) != 1 || !pkcs1(context.get()) ||
      EVP_PKEY_sign(context.get(), out.data(), &size, message.data(), message.size()) != 1 || size != out.size()) {
    return sar(SAR_RSAENCERR);
  }
  return out;
}

bool rsa_verify(EVP_PKEY* key, byte_view message, byte_view signature) {
  const pkey_ctx context = context_of(key);
  return context && EVP_PKEY_verify_init(context.get()) == 1 && pkcs1(context.get()) &&
         EVP_PKEY_verify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

result<bytes> rsa_encrypt(EVP_PKEY* key, byte_view message) {
  const pkey_ctx context = context_of(key);
  bytes out(rsa_octets);
  std::size_t size = out.size();
  if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 || !pkcs1(context.get()) ||
      EVP_PKEY_encrypt(context.get(), out.data(), &size, message.data(), message.size()) != 1) {
    return sar(SAR_RSAENCERR);
  }
  out.resize(size);
  return out;
}

result<secret> rsa_decrypt(EVP_PKEY* key, byte_view message) {
  const pkey_ctx context = context_of(key);
  secret out(rsa_octets);
  std::size_t size = out.size();
  if (!context || EVP_PKEY_decrypt_init(context.get()) != 1 || !pkcs1(context.get()) ||
      EVP_PKEY_decrypt(context.get(), out.data(), &size, message.data(), message.size()) != 1) {
    return sar(SAR_RSADECERR);
  }
  out.resize(size);
  return out;
}

}  // namespace keycare::soft_skf::crypto
