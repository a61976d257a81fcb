// certificate.cpp - certificates by OpenSSL; every field is bounded by the certificate's own bound.
#include "host-stub/services/crypto/certificate.hpp"

#include "host-stub/services/crypto/public_key.hpp"

#include <openssl/bn.h>
#include <openssl/err.h>

#include <ctime>

namespace keycare::services {

namespace {

constexpr std::size_t max_octets = 64 * 1024;

/// RFC 4514, as UTF-8 for people: octets above 127 stay as they are.
std::string name_text(const X509_NAME* name) {
  const bio_ptr out(BIO_new(BIO_s_mem()));
  if (!out ||
      X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB)) < 0)
    return {};
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string{};
}

/// The last commonName: the most specific one.
std::string common_name(const X509_NAME* name) {
  int at = -1;
  for (int next = X509_NAME_get_index_by_NID(name, NID_commonName, -1); next >= 0;
       next = X509_NAME_get_index_by_NID(name, NID_commonName, next))
    at = next;
  if (at < 0) return {};
  unsigned char* data = nullptr;
  const int size = ASN1_STRING_to_UTF8(&data, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (size < 0) return {};
  std::string out(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
  OPENSSL_free(data);
  return out;
}

std::string serial_text(const X509* certificate) {
  BIGNUM* number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr);
  if (number == nullptr) return {};
  char* text = BN_bn2hex(number);  // Capitals, whole octets.
  BN_free(number);
  if (text == nullptr) return {};
  std::string out(text);
  OPENSSL_free(text);
  const auto first = out.find_first_not_of('0');
  return first == std::string::npos ? "0" : out.substr(first);
}

result<std::int64_t> seconds(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return refused(KC_E_DAMAGED, "KC-CERTIFICATE-DAMAGED");
  return std::int64_t{timegm(&parts)};
}

}  // namespace

result<x509_ptr> read_certificate(octets_view der) {
  if (der.size() > max_octets) return fail(KC_E_TOO_LARGE, "KC-CERTIFICATE-TOO-LARGE");
  const unsigned char* at = der.data();
  x509_ptr out(der.empty() ? nullptr : d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (!out || at != der.data() + der.size()) return refused(KC_E_DAMAGED, "KC-CERTIFICATE-DAMAGED");
  return out;
}

result<certificate_info> parse_certificate(octets_view der) {
  const auto certificate = read_certificate(der);
  if (!certificate) return certificate.error();
  const X509* x = certificate->get();
  const auto not_before = seconds(X509_get0_notBefore(x));
  const auto not_after = seconds(X509_get0_notAfter(x));
  if (!not_before || !not_after) return refused(KC_E_DAMAGED, "KC-CERTIFICATE-DAMAGED");
  certificate_info out;
  out.der.assign(der.begin(), der.end());
  out.public_key = encoded(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(x));
  out.subject_der = encoded(i2d_X509_NAME, X509_get_subject_name(x));
  if (out.public_key.empty() || out.subject_der.empty()) return refused(KC_E_DAMAGED, "KC-CERTIFICATE-DAMAGED");
  out.subject = name_text(X509_get_subject_name(x));
  out.common_name = common_name(X509_get_subject_name(x));
  out.issuer = name_text(X509_get_issuer_name(x));
  out.serial = serial_text(x);
  out.algorithm = algorithm_of(X509_get0_pubkey(x));
  out.not_before = *not_before;
  out.not_after = *not_after;
  out.sha256 = sha256(der);
  ERR_clear_error();  // A key that OpenSSL does not know is "unknown", not an error.
  return out;
}

}  // namespace keycare::services
