// trust.cpp - chains, pinned signers and sealing by OpenSSL.
#include "host-stub/services/crypto/trust.hpp"

#include "host-stub/services/crypto/certificate.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509_vfy.h>

#include <fstream>

namespace keycare::services {

namespace {

constexpr std::size_t max_pinned = 256 * 1024;
constexpr std::size_t max_cms = 256 * 1024;
constexpr int max_certificates = 16;
constexpr int max_intermediates = 8;

bool push(STACK_OF(X509) * list, x509_ptr certificate) {
  if (sk_X509_push(list, certificate.get()) <= 0) return false;
  (void)certificate.release();
  return true;
}

/// DER certificates, one after another.
result<x509_list_ptr> split(octets_view der) {
  x509_list_ptr out(sk_X509_new_null());
  const unsigned char* at = der.data();
  const unsigned char* const end = at + der.size();
  while (at < end) {
    x509_ptr one(d2i_X509(nullptr, &at, static_cast<long>(end - at)));
    if (!one || sk_X509_num(out.get()) == max_intermediates || !push(out.get(), std::move(one)))
      return refused(KC_E_DAMAGED, "KC-TRUST-DAMAGED");
  }
  return out;
}

bool is_good_digest(CMS_SignerInfo* info) {
  X509_ALGOR* digest = nullptr;
  CMS_SignerInfo_get0_algs(info, nullptr, nullptr, &digest, nullptr);
  const ASN1_OBJECT* id = nullptr;
  if (digest == nullptr) return false;
  X509_ALGOR_get0(&id, nullptr, nullptr, digest);
  const int nid = OBJ_obj2nid(id);
  return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512 || nid == NID_sm3;
}

octets content(BIO* from) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(from, &data);
  return size <= 0 ? octets{} : octets(data, data + size);
}

}  // namespace

result<octets> verify_signed_by(X509* signer, octets_view der) {
  if (der.empty() || der.size() > max_cms) return refused(KC_E_DAMAGED, "KC-TRUST-DAMAGED");
  const unsigned char* at = der.data();
  const cms_ptr cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  if (!cms || at != der.data() + der.size() || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed ||
      CMS_is_detached(cms.get()) != 0)
    return refused(KC_E_DAMAGED, "KC-TRUST-DAMAGED");
  STACK_OF(CMS_SignerInfo)* infos = CMS_get0_SignerInfos(cms.get());
  if (sk_CMS_SignerInfo_num(infos) != 1 || !is_good_digest(sk_CMS_SignerInfo_value(infos, 0)))
    return refused(KC_E_UNTRUSTED, "KC-TRUST-SIGNATURE");
  const x509_list_ptr signers(sk_X509_new_null());
  if (!signers || X509_up_ref(signer) != 1 || !push(signers.get(), x509_ptr(signer)))
    return refused(KC_E_DAMAGED, "KC-TRUST-DAMAGED");
  const bio_ptr out(BIO_new(BIO_s_mem()));
  if (!out || CMS_verify(cms.get(), signers.get(), nullptr, nullptr, out.get(),
                         CMS_NO_SIGNER_CERT_VERIFY | CMS_NOINTERN | CMS_BINARY) != 1)
    return refused(KC_E_UNTRUSTED, "KC-TRUST-SIGNATURE");
  return content(out.get());
}

result<x509_list_ptr> trust_store::pinned(std::string_view endpoint, std::string_view file) const {
  const auto folder = pinned_.find(std::string(endpoint));
  if (folder == pinned_.end()) return refused(KC_E_UNTRUSTED, "KC-TRUST-NOT-PINNED");
  const auto path = folder->second / std::filesystem::path(file);
  std::error_code why;
  const auto size = std::filesystem::file_size(path, why);
  if (why || size > max_pinned) return refused(KC_E_UNTRUSTED, "KC-TRUST-NOT-PINNED", why.value());
  std::ifstream in(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const bio_ptr pem(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  x509_list_ptr out(sk_X509_new_null());
  while (pem && out && sk_X509_num(out.get()) < max_certificates) {
    x509_ptr one(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr));
    if (!one || !push(out.get(), std::move(one))) break;
  }
  ERR_clear_error();
  if (!out || sk_X509_num(out.get()) == 0) return refused(KC_E_UNTRUSTED, "KC-TRUST-NOT-PINNED");
  return out;
}

result<void> trust_store::verify_certificate(std::string_view endpoint, octets_view der, octets_view intermediates,
                                             std::int64_t at) const {
  const auto roots = pinned(endpoint, "root.pem");
  if (!roots) return roots.error();
  const auto certificate = read_certificate(der);
  if (!certificate) return certificate.error();
  const auto between = split(intermediates);
  if (!between) return between.error();
  // Certificates that were issued long ago come without their issuer: the pinned ones help to build the chain, no more.
  if (const auto issuers = pinned(endpoint, "issuing.pem"); issuers) {
    for (int i = 0; i < sk_X509_num(issuers->get()); ++i) {
      X509* issuer = sk_X509_value(issuers->get(), i);
      if (X509_up_ref(issuer) != 1 || !push(between->get(), x509_ptr(issuer)))
        return refused(KC_E_DAMAGED, "KC-TRUST-DAMAGED");
    }
  }
  const x509_store_ptr store(X509_STORE_new());
  const std::unique_ptr<X509_STORE_CTX, openssl_free<X509_STORE_CTX_free>> context(X509_STORE_CTX_new());
  if (!store || !context) return refused(KC_E_DAMAGED, "KC-TRUST-DAMAGED");
  for (int i = 0; i < sk_X509_num(roots->get()); ++i)
    if (X509_STORE_add_cert(store.get(), sk_X509_value(roots->get(), i)) != 1)
      return refused(KC_E_DAMAGED, "KC-TRUST-DAMAGED");
  if (X509_STORE_CTX_init(context.get(), store.get(), certificate->get(), between->get()) != 1)
    return refused(KC_E_DAMAGED, "KC-TRUST-DAMAGED");
  X509_VERIFY_PARAM* how = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(how, static_cast<time_t>(at));
  X509_VERIFY_PARAM_set_depth(how, max_intermediates);
  if (X509_verify_cert(context.get()) == 1) return {};
  return refused(KC_E_UNTRUSTED, "KC-TRUST-CHAIN", X509_STORE_CTX_get_error(context.get()));
}

result<octets> trust_store::verify_signed(std::string_view endpoint, std::string_view role, octets_view cms) const {
  if (role != "receipt" && role != "time" && role != "unlock") return refused(KC_E_UNTRUSTED, "KC-TRUST-NOT-PINNED");
  const auto signer = pinned(endpoint, std::string(role) + ".pem");
  if (!signer) return signer.error();
  return verify_signed_by(sk_X509_value(signer->get(), 0), cms);
}

result<octets> trust_store::seal(std::string_view endpoint, octets_view data) const {
  constexpr std::size_t max_data = 256 * 1024;
  if (data.size() > max_data) return fail(KC_E_TOO_LARGE, "KC-CRYPTO-TOO-LARGE");
  const auto recipient = pinned(endpoint, "encryption.pem");
  if (!recipient) return recipient.error();
  const auto failed = [] {
    ERR_clear_error();
    return fail(KC_E_FAILED, "KC-CRYPTO-FAILED");
  };
  constexpr unsigned flags = CMS_BINARY | CMS_PARTIAL;
  const bio_ptr in(BIO_new_mem_buf(data.data(), static_cast<int>(data.size())));
  const cms_ptr cms(CMS_encrypt(nullptr, nullptr, EVP_aes_256_gcm(), flags));
  if (!in || !cms) return failed();
  CMS_RecipientInfo* to =
      CMS_add1_recipient_cert(cms.get(), sk_X509_value(recipient->get(), 0), CMS_BINARY | CMS_KEY_PARAM);
  EVP_PKEY_CTX* key = to == nullptr ? nullptr : CMS_RecipientInfo_get0_pkey_ctx(to);
  if (key == nullptr || EVP_PKEY_CTX_set_rsa_padding(key, RSA_PKCS1_OAEP_PADDING) != 1 ||
      EVP_PKEY_CTX_set_rsa_oaep_md(key, EVP_sha256()) != 1 || EVP_PKEY_CTX_set_rsa_mgf1_md(key, EVP_sha256()) != 1 ||
      CMS_final(cms.get(), in.get(), nullptr, CMS_BINARY) != 1)
    return failed();
  auto out = encoded(i2d_CMS_ContentInfo, cms.get());
  if (out.empty()) return failed();
  return out;
}

}  // namespace keycare::services
