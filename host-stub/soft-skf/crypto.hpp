// crypto.hpp - the cryptography that a soft token needs, through OpenSSL's EVP interface.
//
// All of it runs in a library context of our own: a host in the same process may have registered providers that would
// otherwise answer our fetches, and call us again.
#pragma once

#include <openssl/evp.h>

#include <array>
#include <memory>
#include <string_view>

#include "bytes.hpp"
#include "status.hpp"
#include "token.hpp"

namespace keycare::soft_skf::crypto {

struct free_pkey {
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
};
using pkey = std::unique_ptr<EVP_PKEY, free_pkey>;

OSSL_LIB_CTX* library_context();

result<void> random(std::span<std::uint8_t> out);
result<std::array<std::uint8_t, 32>> sha256(byte_view data);

/// scrypt to 32 octets.
result<secret> derive_key(std::string_view pin, const kdf_params& kdf);

/// AES-256-GCM. open() answers SAR_HASHNOTEQUALERR when the tag does not fit: another key, other data, another place.
result<sealed_box> seal(byte_view key, byte_view associated, byte_view plain);
result<secret> open(byte_view key, byte_view associated, const sealed_box& sealed);

/// SM4 (GB/T 32907) on whole messages; CBC with a 16-octet iv, ECB without; PKCS#5 padding or none.
result<secret> sm4(bool encrypt, byte_view key, byte_view iv, bool padding, byte_view in);

// RSA-2048, PKCS#1 v1.5.
result<pkey> generate_rsa();
result<secret> to_pkcs1(EVP_PKEY* key);  // RSAPrivateKey
/// Takes a PKCS#1 RSAPrivateKey, with at most 16 octets of block padding behind it. SAR_RSAMODULUSLENERR if not 2048
/// bits.
result<pkey> from_pkcs1(byte_view der);
/// Whether private and public half belong together; from_pkcs1() alone does not say.
bool pair_is_consistent(EVP_PKEY* key);
result<key_pair> public_part(EVP_PKEY* key);  // without the private key
result<pkey> from_public(byte_view modulus, byte_view exponent);
result<bytes> rsa_sign(EVP_PKEY* key, byte_view message);  // type 1 padding; at most 245 octets
bool rsa_verify(EVP_PKEY* key, byte_view message, byte_view signature);
result<bytes> rsa_encrypt(EVP_PKEY* key, byte_view message);
result<secret> rsa_decrypt(EVP_PKEY* key, byte_view message);

}  // namespace keycare::soft_skf::crypto
