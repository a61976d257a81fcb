// test_ca.hpp - a certificate authority in memory for tests, and its signed messages.
#pragma once

#include "host-stub/services/crypto/openssl_ptr.hpp"
#include "keycare/sdk/values.hpp"

#include <string>

namespace keycare::test {

using services::key_ptr;
using services::x509_ptr;

/// A self-signed certificate and its key: P-256, or RSA where something is sealed to it (that costs time).
class test_ca {
public:
  enum class kind { ec, rsa };
  explicit test_ca(const std::string& name = "Test CA", kind of = kind::ec);
  /// A certificate (DER) for @p public_key (SubjectPublicKeyInfo), valid from yesterday for @p days.
  [[nodiscard]] octets issue(octets_view public_key, const std::string& common_name, int days = 25) const;
  /// CMS SignedData over @p content by the authority's own key.
  [[nodiscard]] octets sign(const std::string& content) const;
  /// Opens what was sealed to the authority's certificate.
  [[nodiscard]] octets open(octets_view cms) const;
  [[nodiscard]] std::string pem() const;
  [[nodiscard]] octets der() const;
  [[nodiscard]] EVP_PKEY* key() const { return key_.get(); }

private:
  key_ptr key_;
  x509_ptr certificate_;
};

/// What @p cms holds if it verifies with the certificate @p signer (DER); empty otherwise.
[[nodiscard]] std::string signed_content(octets_view cms, octets_view signer);
/// The octets of an encoding function of OpenSSL's.
template <class Encode, class Object>
[[nodiscard]] octets der_of(Encode encode, Object* object) {
  unsigned char* data = nullptr;
  const int size = encode(object, &data);
  if (size <= 0) return {};
  octets out(data, data + size);
  OPENSSL_free(data);
  return out;
}

}  // namespace keycare::test
