// certificate.cpp - reading certificates and certification requests.
#include "certificate.hpp"

#include "octets.hpp"

#include <ctime>

namespace keycare::dev_ra {

namespace {

std::int64_t seconds(const ASN1_TIME* time) {
  std::tm parts{};
  return ASN1_TIME_to_tm(time, &parts) == 1 ? static_cast<std::int64_t>(timegm(&parts)) : 0;
}

}  // namespace

x509_ptr read_certificate(std::string_view der) {
  return x509_ptr(from_der<X509>(d2i_X509, der));
}

std::string der(const X509* certificate) {
  return der_of<X509>(i2d_X509, certificate);
}

std::string fingerprint(const X509* certificate) {
  return sha256_hex(der(certificate));
}

std::string subject_text(const X509* certificate) {
  const auto out = writing();
  X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate), 0,
                     XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  return contents(out.get());
}

std::int64_t not_before(const X509* certificate) {
  return seconds(X509_get0_notBefore(certificate));
}

std::int64_t not_after(const X509* certificate) {
  return seconds(X509_get0_notAfter(certificate));
}

std::string public_key_der(EVP_PKEY* key) {
  return der_of<EVP_PKEY>(i2d_PUBKEY, key);
}

std::string public_key_fingerprint(EVP_PKEY* key) {
  return sha256_hex(public_key_der(key));
}

std::optional<request> read_request(std::string_view der) {
  request read;
  read.csr.reset(from_der<X509_REQ>(d2i_X509_REQ, der));
  if (!read.csr) return std::nullopt;
  read.key.reset(X509_REQ_get_pubkey(read.csr.get()));
  if (!read.key || X509_REQ_verify(read.csr.get(), read.key.get()) != 1) return std::nullopt;
  const int bits = EVP_PKEY_get_security_bits(read.key.get());
  if (bits < 112) return std::nullopt;  // RSA-2048
  read.public_key = public_key_fingerprint(read.key.get());
  return read;
}

}  // namespace keycare::dev_ra
