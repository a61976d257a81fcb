// public_key.hpp - public keys as SubjectPublicKeyInfo, and what is done with them.
#pragma once

#include "host-stub/services/crypto/openssl_ptr.hpp"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/values.hpp"

#include <string>

namespace keycare::services {

/// SHA-256. [any-thread]
[[nodiscard]] digest sha256(octets_view data);
/// Lower-case hexadecimal. [any-thread]
[[nodiscard]] std::string hex(octets_view data);

/// SubjectPublicKeyInfo (DER) of an RSA key from big-endian numbers. KC-KEY-DAMAGED. [any-thread]
[[nodiscard]] result<octets> rsa_public_key(octets_view modulus, octets_view exponent);
/// The whole of @p der and nothing behind it, or KC-KEY-DAMAGED. [any-thread]
[[nodiscard]] result<key_ptr> read_public_key(octets_view der);
/// "rsa-2048", "ec-p256", "sm2" ...; "unknown" for what has no name here. [any-thread]
[[nodiscard]] std::string algorithm_of(const EVP_PKEY* key);
/// Verifies @p signature (PKCS #1 v1.5 with SHA-256 for RSA, ECDSA with SHA-256 for EC) over @p data. [any-thread]
[[nodiscard]] bool verifies(EVP_PKEY* key, octets_view data, octets_view signature);
/// RSA encryption, PKCS #1 v1.5: what GM/T 0016 wraps session keys with. [any-thread]
[[nodiscard]] result<octets> rsa_encrypt(EVP_PKEY* key, octets_view data);

}  // namespace keycare::services
