// openssl.hpp - owners of OpenSSL's objects.
#pragma once

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

namespace keycare::dev_ra {

template <auto Free>
struct freed_by {
  void operator()(auto* object) const { Free(object); }
};

using x509_ptr = std::unique_ptr<X509, freed_by<X509_free>>;
using x509_req_ptr = std::unique_ptr<X509_REQ, freed_by<X509_REQ_free>>;
using x509_store_ptr = std::unique_ptr<X509_STORE, freed_by<X509_STORE_free>>;
using key_ptr = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using key_context_ptr = std::unique_ptr<EVP_PKEY_CTX, freed_by<EVP_PKEY_CTX_free>>;
using cms_ptr = std::unique_ptr<CMS_ContentInfo, freed_by<CMS_ContentInfo_free>>;
using bio_ptr = std::unique_ptr<BIO, freed_by<BIO_free_all>>;

/// A BIO that reads @p octets, which must outlive it.
[[nodiscard]] inline bio_ptr reading(std::string_view octets) {
  return bio_ptr(BIO_new_mem_buf(octets.data(), static_cast<int>(octets.size())));
}

[[nodiscard]] inline bio_ptr writing() {
  return bio_ptr(BIO_new(BIO_s_mem()));
}

[[nodiscard]] inline std::string contents(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

/// The DER of @p object, by its i2d function.
template <class T>
[[nodiscard]] std::string der_of(int (*encode)(const T*, unsigned char**), const T* object) {
  unsigned char* out = nullptr;
  const int size = encode(object, &out);
  if (size <= 0) return {};
  std::string der(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
  OPENSSL_free(out);
  return der;
}

/// The object in @p der, by its d2i function; nullptr unless all octets belong to it.
template <class T>
[[nodiscard]] T* from_der(T* (*decode)(T**, const unsigned char**, long), std::string_view der) {
  const auto* start = reinterpret_cast<const unsigned char*>(der.data());
  const auto* at = start;
  T* object = decode(nullptr, &at, static_cast<long>(der.size()));
  if (object == nullptr || at == start + der.size()) return object;
  if constexpr (std::is_same_v<T, X509>) X509_free(object);
  if constexpr (std::is_same_v<T, X509_REQ>) X509_REQ_free(object);
  if constexpr (std::is_same_v<T, CMS_ContentInfo>) CMS_ContentInfo_free(object);
  if constexpr (std::is_same_v<T, EVP_PKEY>) EVP_PKEY_free(object);
  return nullptr;
}

}  // namespace keycare::dev_ra
