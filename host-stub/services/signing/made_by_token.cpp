// made_by_token.cpp - CMS and CSR by OpenSSL's ordinary API, with the token's key behind it.
#include "host-stub/services/signing/made_by_token.hpp"

#include "host-stub/services/crypto/certificate.hpp"
#include "host-stub/services/crypto/public_key.hpp"

#include <openssl/err.h>

namespace keycare::services {

namespace {

error failed(const token_signer& signer) {
  ERR_clear_error();
  return signer.failed ? *signer.failed : fail(KC_E_FAILED, "KC-CRYPTO-FAILED");
}

/// Whether the octets, read anew, verify with @p certificate and hold @p content.
bool holds(octets_view der, X509* certificate, octets_view content) {
  const unsigned char* at = der.data();
  const cms_ptr cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  const bio_ptr out(BIO_new(BIO_s_mem()));
  const x509_list_ptr signers(sk_X509_new_null());
  if (!cms || !out || !signers || X509_up_ref(certificate) != 1) return false;
  if (sk_X509_push(signers.get(), certificate) <= 0) {
    X509_free(certificate);
    return false;
  }
  if (CMS_verify(cms.get(), signers.get(), nullptr, nullptr, out.get(),
                 CMS_NO_SIGNER_CERT_VERIFY | CMS_NOINTERN | CMS_BINARY) != 1)
    return false;
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return size >= 0 && text_of(content) == std::string_view(data, static_cast<std::size_t>(size));
}

bool set_time(CMS_SignerInfo* info, std::int64_t at) {
  using time_ptr = std::unique_ptr<ASN1_TIME, openssl_free<ASN1_TIME_free>>;
  const time_ptr time(ASN1_TIME_adj(nullptr, static_cast<time_t>(at), 0, 0));
  return time && CMS_signed_add1_attr_by_NID(info, NID_pkcs9_signingTime, time->type, time.get(), -1) == 1;
}

}  // namespace

result<octets> make_signed(octets_view content, octets_view certificate, std::int64_t at, digest_signer sign) {
  auto signer = std::make_shared<token_signer>();
  signer->sign = std::move(sign);
  const auto read = read_certificate(certificate);
  if (!read) return read.error();
  const auto parsed = parse_certificate(certificate);
  if (!parsed) return parsed.error();
  const auto key = make_token_key(parsed->public_key, signer);
  if (!key) return key.error();
  const bio_ptr in(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
  constexpr unsigned flags = CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP | CMS_CADES;
  const cms_ptr cms(CMS_sign_ex(nullptr, nullptr, nullptr, in.get(), flags, token_key_context(), nullptr));
  if (!in || !cms) return failed(*signer);
  CMS_SignerInfo* info = CMS_add1_signer(cms.get(), read->get(), key->get(), EVP_sha256(), flags);
  if (info == nullptr || !set_time(info, at) ||
      CMS_final(cms.get(), in.get(), nullptr, CMS_BINARY | CMS_NOSMIMECAP) != 1)
    return failed(*signer);
  auto out = encoded(i2d_CMS_ContentInfo, cms.get());
  if (out.empty()) return failed(*signer);
  if (!holds(out, read->get(), content)) {
    ERR_clear_error();
    return fail(KC_E_UNTRUSTED, "KC-TOKEN-SIGNATURE-WRONG");
  }
  return out;
}

result<octets> make_request(octets_view public_key, octets_view subject, digest_signer sign) {
  using name_ptr = std::unique_ptr<X509_NAME, openssl_free<X509_NAME_free>>;
  auto signer = std::make_shared<token_signer>();
  signer->sign = std::move(sign);
  const auto plain = read_public_key(public_key);
  if (!plain) return plain.error();
  const auto key = make_token_key(public_key, signer);
  if (!key) return key.error();
  const unsigned char* at = subject.data();
  const name_ptr name(d2i_X509_NAME(nullptr, &at, static_cast<long>(subject.size())));
  const request_ptr request(X509_REQ_new_ex(token_key_context(), nullptr));
  const digest_context_ptr context(EVP_MD_CTX_new());
  if (!name || !request || !context || X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1 ||
      X509_REQ_set_subject_name(request.get(), name.get()) != 1 ||
      X509_REQ_set_pubkey(request.get(), plain->get()) != 1 ||
      EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", token_key_context(), nullptr, key->get(), nullptr) != 1 ||
      X509_REQ_sign_ctx(request.get(), context.get()) <= 0)
    return failed(*signer);
  auto out = encoded(i2d_X509_REQ, request.get());
  if (out.empty()) return failed(*signer);
  const unsigned char* again = out.data();
  const request_ptr read(d2i_X509_REQ(nullptr, &again, static_cast<long>(out.size())));
  if (!read || X509_REQ_verify(read.get(), plain->get()) != 1) {
    ERR_clear_error();
    return fail(KC_E_UNTRUSTED, "KC-TOKEN-SIGNATURE-WRONG");
  }
  return out;
}

}  // namespace keycare::services
