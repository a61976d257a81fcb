// certificate_parts_test.cpp - our own look into a certificate says what OpenSSL says, and nothing about what is none.
#include "host-stub/services/token/pkcs11/certificate_parts.hpp"

#include "host-stub/services/crypto/certificate.hpp"
#include "tests/host-stub/services/token/test_ca.hpp"

#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace keycare::services::pkcs11 {
namespace {

/// A certificate with this key usage ("" for none) among other extensions.
octets certificate(const char* usage, EVP_PKEY* key) {
  const x509_ptr out(X509_new());
  X509_set_version(out.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(out.get()), 4711);
  X509_gmtime_adj(X509_getm_notBefore(out.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(out.get()), 86'400);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(out.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>("张三"), -1, -1, 0);
  X509_set_pubkey(out.get(), key);
  for (const auto& [id, value] : {std::pair(NID_basic_constraints, "critical,CA:FALSE"),
                                  std::pair(NID_key_usage, usage), std::pair(NID_ext_key_usage, "clientAuth")}) {
    if (*value == '\0') continue;
    X509_EXTENSION* one = X509V3_EXT_conf_nid(nullptr, nullptr, id, value);
    X509_add_ext(out.get(), one, -1);
    X509_EXTENSION_free(one);
  }
  X509_sign(out.get(), key, EVP_sha256());
  return test::der_of(i2d_X509, out.get());
}

TEST(Pkcs11CertificateParts, AreWhatOpensslReads) {
  const key_ptr rsa(EVP_RSA_gen(2048));
  const key_ptr ec(EVP_EC_gen("P-256"));
  for (auto* key : {rsa.get(), ec.get()})
    for (const auto& [usage, exchanges] :
         {std::pair("", false), std::pair("digitalSignature", false), std::pair("critical,keyEncipherment", true),
          std::pair("keyEncipherment,dataEncipherment,keyAgreement", true), std::pair("nonRepudiation", false),
          std::pair("critical,digitalSignature,keyEncipherment", false), std::pair("keyAgreement,decipherOnly", true),
          std::pair("keyCertSign", false), std::pair("cRLSign", false)}) {
      const auto parts = parts_of_certificate(certificate(usage, key));
      ASSERT_TRUE(parts.has_value()) << usage;
      EXPECT_EQ(parts->public_key, test::der_of(i2d_PUBKEY, key)) << usage;
      EXPECT_EQ(parts->exchanges, exchanges) << usage;
    }
}

TEST(Pkcs11CertificateParts, OfSomethingCutOffAreNone) {
  const key_ptr key(EVP_EC_gen("P-256"));
  const auto whole = certificate("keyEncipherment", key.get());
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(parts_of_certificate(octets_view(whole).first(size)).has_value()) << size;
}

TEST(Pkcs11CertificateParts, OfSomethingDamagedStayWithinIt) {
  const key_ptr key(EVP_EC_gen("P-256"));
  const auto whole = certificate("keyEncipherment", key.get());
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (const int flip : {0x01, 0x1F, 0x80, 0xFF}) {
      // A copy of its own size, so that a sanitizer sees a read behind it.
      auto damaged = whole;
      damaged.shrink_to_fit();
      damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ flip);
      const auto parts = parts_of_certificate(damaged);
      EXPECT_LE(parts ? parts->public_key.size() : 0, damaged.size());
    }
}

TEST(Pkcs11CertificateParts, OfIndefiniteAndHugeLengthsAreNone) {
  EXPECT_FALSE(parts_of_certificate(octets{0x30, 0x80, 0x30, 0x00, 0x00, 0x00}).has_value());
  EXPECT_FALSE(parts_of_certificate(octets{0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF}).has_value());
  EXPECT_FALSE(parts_of_certificate(octets{0x3F, 0x81, 0x00}).has_value());
  EXPECT_FALSE(parts_of_certificate({}).has_value());
}

}  // namespace
}  // namespace keycare::services::pkcs11
