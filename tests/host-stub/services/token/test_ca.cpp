// test_ca.cpp - the authority in memory, by OpenSSL.
#include "tests/host-stub/services/token/test_ca.hpp"

#include "host-stub/services/crypto/certificate.hpp"
#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/crypto/trust.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

namespace keycare::test {

namespace {

x509_ptr make(const std::string& subject, X509_NAME* issuer, EVP_PKEY* key, EVP_PKEY* by, int days, bool is_ca) {
  x509_ptr out(X509_new());
  std::uint64_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  X509_set_version(out.get(), X509_VERSION_3);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(out.get()), serial >> 1U);
  X509_gmtime_adj(X509_getm_notBefore(out.get()), -86400);
  X509_gmtime_adj(X509_getm_notAfter(out.get()), 86400L * days);
  X509_NAME* name = X509_get_subject_name(out.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(subject.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(out.get(), issuer == nullptr ? name : issuer);
  X509_set_pubkey(out.get(), key);
  X509V3_CTX context;
  X509V3_set_ctx(&context, out.get(), out.get(), nullptr, nullptr, 0);
  X509_EXTENSION* basic =
      X509V3_EXT_conf_nid(nullptr, &context, NID_basic_constraints, is_ca ? "critical,CA:TRUE" : "critical,CA:FALSE");
  X509_add_ext(out.get(), basic, -1);
  X509_EXTENSION_free(basic);
  X509_sign(out.get(), by, EVP_sha256());
  return out;
}

}  // namespace

test_ca::test_ca(const std::string& name, kind of) : key_(of == kind::rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256")) {
  certificate_ = make(name, nullptr, key_.get(), key_.get(), 3650, true);
}

octets test_ca::issue(octets_view public_key, const std::string& common_name, int days) const {
  const auto key = services::read_public_key(public_key);
  if (!key) return {};
  const auto made = make(common_name, X509_get_subject_name(certificate_.get()), key->get(), key_.get(), days, false);
  return der_of(i2d_X509, made.get());
}

octets test_ca::sign(const std::string& content) const {
  const services::bio_ptr in(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
  const services::cms_ptr cms(CMS_sign(certificate_.get(), key_.get(), nullptr, in.get(), CMS_BINARY));
  return der_of(i2d_CMS_ContentInfo, cms.get());
}

octets test_ca::open(octets_view cms) const {
  const unsigned char* at = cms.data();
  const services::cms_ptr read(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(cms.size())));
  const services::bio_ptr out(BIO_new(BIO_s_mem()));
  if (!read || CMS_decrypt(read.get(), key_.get(), certificate_.get(), nullptr, out.get(), CMS_BINARY) != 1) return {};
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, data + size};
}

std::string test_ca::pem() const {
  const services::bio_ptr out(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(out.get(), certificate_.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

octets test_ca::der() const {
  return der_of(i2d_X509, certificate_.get());
}

std::string signed_content(octets_view cms, octets_view signer) {
  const auto certificate = services::read_certificate(signer);
  if (!certificate) return {};
  const auto content = services::verify_signed_by(certificate->get(), cms);
  return content ? std::string(text_of(*content)) : std::string{};
}

}  // namespace keycare::test
