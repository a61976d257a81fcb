// openssl_ptr.hpp - owners for OpenSSL's objects, and what to do when it refuses.
#pragma once

#include "keycare/sdk/result.hpp"
#include "keycare/sdk/view.hpp"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace keycare::services {

template <auto Free>
struct openssl_free {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
inline void free_certificates(STACK_OF(X509) * list) {
  sk_X509_pop_free(list, X509_free);
}

using bio_ptr = std::unique_ptr<BIO, openssl_free<BIO_free_all>>;
using cms_ptr = std::unique_ptr<CMS_ContentInfo, openssl_free<CMS_ContentInfo_free>>;
using key_ptr = std::unique_ptr<EVP_PKEY, openssl_free<EVP_PKEY_free>>;
using key_context_ptr = std::unique_ptr<EVP_PKEY_CTX, openssl_free<EVP_PKEY_CTX_free>>;
using digest_context_ptr = std::unique_ptr<EVP_MD_CTX, openssl_free<EVP_MD_CTX_free>>;
using cipher_context_ptr = std::unique_ptr<EVP_CIPHER_CTX, openssl_free<EVP_CIPHER_CTX_free>>;
using x509_ptr = std::unique_ptr<X509, openssl_free<X509_free>>;
using x509_store_ptr = std::unique_ptr<X509_STORE, openssl_free<X509_STORE_free>>;
using x509_list_ptr = std::unique_ptr<STACK_OF(X509), openssl_free<free_certificates>>;
using request_ptr = std::unique_ptr<X509_REQ, openssl_free<X509_REQ_free>>;

/// DER of @p object by its i2d function; empty when there is none, or OpenSSL refuses.
template <class Encode, class Object>
[[nodiscard]] octets encoded(Encode encode, Object* object) {
  unsigned char* data = nullptr;
  const int size = object == nullptr ? 0 : encode(object, &data);
  if (size <= 0) return {};
  octets out(data, data + size);
  OPENSSL_free(data);
  return out;
}

/// The error to answer with after OpenSSL refused; its own queue is emptied, so that no later call finds this one's.
[[nodiscard]] inline error refused(kc_status status, const char* code, std::int64_t native = 0) {
  ERR_clear_error();
  return fail(status, code, native);
}

}  // namespace keycare::services
