// messages.cpp - CMS by OpenSSL; X25519, HKDF and AES-GCM for sealed admin PINs.
#include "messages.hpp"

#include "keycare/sdk/statement.hpp"

#include "answer.hpp"
#include "certificate.hpp"
#include "keycare/sdk/json.hpp"
#include "octets.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace keycare::dev_ra {

namespace {

using cipher_context_ptr = std::unique_ptr<EVP_CIPHER_CTX, freed_by<EVP_CIPHER_CTX_free>>;
using digest_context_ptr = std::unique_ptr<EVP_MD_CTX, freed_by<EVP_MD_CTX_free>>;

const unsigned char* in(std::string_view octets) {
  return reinterpret_cast<const unsigned char*>(octets.data());
}
unsigned char* out(std::string& octets) {
  return reinterpret_cast<unsigned char*>(octets.data());
}

/// A string that is wiped at its end.
struct wiped {
  std::string octets;
  ~wiped() { OPENSSL_cleanse(octets.data(), octets.size()); }
};

cms_ptr read_cms(std::string_view der) {
  return cms_ptr(from_der<CMS_ContentInfo>(d2i_CMS_ContentInfo, der));
}

bool strong_digest(CMS_SignerInfo* signer) {
  X509_ALGOR* digest = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &digest, nullptr);
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, digest);
  const int kind = OBJ_obj2nid(object);
  return kind == NID_sha256 || kind == NID_sha384 || kind == NID_sha512 || kind == NID_sm3;
}

std::string hkdf(std::string_view salt, std::string_view secret, std::string_view info, std::size_t size) {
  std::string derived(size, '\0');
  auto* kdf = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  auto* context = EVP_KDF_CTX_new(kdf);
  EVP_KDF_free(kdf);
  char digest[] = "SHA256";
  const auto octets = [](const char* name, std::string_view value) {
    return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(value.data()), value.size());
  };
  const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                               octets(OSSL_KDF_PARAM_SALT, salt), octets(OSSL_KDF_PARAM_KEY, secret),
                               octets(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end()};
  if (EVP_KDF_derive(context, out(derived), derived.size(), params) != 1) derived.clear();
  EVP_KDF_CTX_free(context);
  return derived;
}

}  // namespace

result<std::string> open_sealed(const authority& ra, std::string_view der) {
  const auto cms = read_cms(der);
  const auto plain = writing();
  const auto& own = ra[role::encryption];
  // Whatever fails gets the same answer: an RSA padding oracle needs to tell failures apart.
  const bool opened =
      cms && CMS_decrypt(cms.get(), own.key.get(), own.certificate.get(), nullptr, plain.get(), CMS_BINARY) == 1;
  ERR_clear_error();
  if (!opened) return problem("sealed-unreadable");
  return contents(plain.get());
}

result<signed_message> read_signed(std::string_view der) {
  signed_message message;
  message.cms = read_cms(der);
  if (!message.cms || OBJ_obj2nid(CMS_get0_type(message.cms.get())) != NID_pkcs7_signed ||
      OBJ_obj2nid(CMS_get0_eContentType(message.cms.get())) != NID_pkcs7_data ||
      sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(message.cms.get())) != 1)
    return problem("bad-statement");
  auto** content = CMS_get0_content(message.cms.get());
  if (content == nullptr || *content == nullptr) return problem("bad-statement");
  message.text.assign(reinterpret_cast<const char*>(ASN1_STRING_get0_data(*content)),
                      static_cast<std::size_t>(ASN1_STRING_length(*content)));
  auto statement = statement::read(message.text);
  if (!statement) return problem("bad-statement", {}, statement.error().code + " " + statement.error().args);
  message.statement = std::move(*statement);
  return message;
}

result<void> verify(const authority& ra, const signed_message& message, X509* signer, std::int64_t at) {
  auto* only = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(message.cms.get()), 0);
  if (!strong_digest(only) || CMS_signed_get_attr_count(only) < 0) return problem("untrusted-signature");
  const auto store = ra.store();
  auto* param = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_time(param, static_cast<time_t>(at));
  X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_ANY);
  auto* known = sk_X509_new_null();
  sk_X509_push(known, signer);
  const auto content = writing();
  // NOINTERN: only the certificate that the RA knows may be the signer's, not one that came along.
  const int good = CMS_verify(message.cms.get(), known, store.get(), nullptr, content.get(), CMS_NOINTERN | CMS_BINARY);
  sk_X509_free(known);
  ERR_clear_error();
  if (good != 1 || contents(content.get()) != message.text) return problem("untrusted-signature");
  return {};
}

std::string sign(const credential& by, std::string_view text) {
  const auto content = reading(text);
  const cms_ptr cms(CMS_sign(by.certificate.get(), by.key.get(), nullptr, content.get(), CMS_BINARY | CMS_NOSMIMECAP));
  return cms ? der_of<CMS_ContentInfo>(i2d_CMS_ContentInfo, cms.get()) : std::string();
}

result<sealed_pins> seal_pins(const admin_pins& pins, std::string_view host_key, std::string_view nonce,
                              std::string_view redemption) {
  const auto bad_key = [] { return problem("bad-fields", field_error("ephemeral_key", "unreadable")); };
  const key_ptr theirs(from_der<EVP_PKEY>(d2i_PUBKEY, host_key));
  if (!theirs || EVP_PKEY_is_a(theirs.get(), "X25519") != 1 || public_key_der(theirs.get()) != host_key)
    return bad_key();
  const key_ptr ours(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
  const key_context_ptr agreement(EVP_PKEY_CTX_new_from_pkey(nullptr, ours.get(), nullptr));
  wiped secret{std::string(32, '\0')};
  std::size_t size = secret.octets.size();
  if (EVP_PKEY_derive_init(agreement.get()) != 1 || EVP_PKEY_derive_set_peer(agreement.get(), theirs.get()) != 1 ||
      EVP_PKEY_derive(agreement.get(), out(secret.octets), &size) != 1 || size != 32)
    return bad_key();  // also for a small-order key: the secret would be zero

  sealed_pins sealed;
  sealed.ra_key = public_key_der(ours.get());
  const auto info = std::string(statement::unlock_info) + '\0' + sha256(host_key) + sha256(sealed.ra_key);
  const wiped key{hkdf(nonce, secret.octets, info, 44)};
  const wiped plain{json_text({{"current", pins.current}, {"next", pins.next}})};
  const cipher_context_ptr cipher(EVP_CIPHER_CTX_new());
  int done = 0;
  int last = 0;
  sealed.data.resize(plain.octets.size() + 16);
  const bool good =
      key.octets.size() == 44 &&
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, in(key.octets), in(key.octets) + 32) == 1 &&
      EVP_EncryptUpdate(cipher.get(), nullptr, &done, in(redemption), static_cast<int>(redemption.size())) == 1 &&
      EVP_EncryptUpdate(cipher.get(), out(sealed.data), &done, in(plain.octets),
                        static_cast<int>(plain.octets.size())) == 1 &&
      EVP_EncryptFinal_ex(cipher.get(), out(sealed.data) + done, &last) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, 16, out(sealed.data) + done) == 1;
  if (!good) return bad_key();
  return sealed;
}

std::string sign_notice(EVP_PKEY* key, std::string_view text) {
  const digest_context_ptr context(EVP_MD_CTX_new());
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), out(signature), &size, in(text), text.size()) != 1)
    return {};
  return signature;
}

bool verify_notice(EVP_PKEY* key, std::string_view text, std::string_view signature) {
  const digest_context_ptr context(EVP_MD_CTX_new());
  const bool good = EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
                    EVP_DigestVerify(context.get(), in(signature), signature.size(), in(text), text.size()) == 1;
  ERR_clear_error();
  return good;
}

}  // namespace keycare::dev_ra
