// crypto.cpp - random, digests, scrypt, AES-256-GCM and SM4.
#include "crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/provider.h>
#include <openssl/rand.h>

#include <memory>

namespace keycare::soft_skf::crypto {
namespace {

constexpr int tag_octets = 16;

template <class T, void (*Free)(T*)>
struct deleter {
  void operator()(T* p) const { Free(p); }
};
using cipher_ctx = std::unique_ptr<EVP_CIPHER_CTX, deleter<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>>;
using cipher = std::unique_ptr<EVP_CIPHER, deleter<EVP_CIPHER, EVP_CIPHER_free>>;
using kdf_ctx = std::unique_ptr<EVP_KDF_CTX, deleter<EVP_KDF_CTX, EVP_KDF_CTX_free>>;
using kdf = std::unique_ptr<EVP_KDF, deleter<EVP_KDF, EVP_KDF_free>>;

cipher fetch_cipher(const char* name) {
  return cipher(EVP_CIPHER_fetch(library_context(), name, nullptr));
}

}  // namespace

OSSL_LIB_CTX* library_context() {
  // Never freed: threads of the host may still be inside at exit. The pointer stays reachable.
  static OSSL_LIB_CTX* const context = [] {
    OSSL_LIB_CTX* made = OSSL_LIB_CTX_new();
    if (made != nullptr) OSSL_PROVIDER_load(made, "default");
    return made;
  }();
  return context;
}

result<void> random(std::span<std::uint8_t> out) {
  if (RAND_bytes_ex(library_context(), out.data(), out.size(), 0) != 1) return sar(SAR_GENRANDERR);
  return {};
}

result<std::array<std::uint8_t, 32>> sha256(byte_view data) {
  std::array<std::uint8_t, 32> out{};
  std::size_t size = out.size();
  if (EVP_Q_digest(library_context(), "SHA256", nullptr, data.data(), data.size(), out.data(), &size) != 1) {
    return sar(SAR_HASHERR);
  }
  return out;
}

result<secret> derive_key(std::string_view pin, const kdf_params& params) {
  const kdf algorithm(EVP_KDF_fetch(library_context(), "SCRYPT", nullptr));
  const kdf_ctx context(algorithm ? EVP_KDF_CTX_new(algorithm.get()) : nullptr);
  if (!context) return sar(SAR_MEMORYERR);
  std::uint64_t n = std::uint64_t{1} << params.log2_n;
  std::uint32_t r = params.r;
  std::uint32_t p = params.p;
  std::uint64_t memory = std::uint64_t{80} << 20;
  const OSSL_PARAM arguments[] = {
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, const_cast<char*>(pin.data()), pin.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, const_cast<std::uint8_t*>(params.salt.data()),
                                        params.salt.size()),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
      OSSL_PARAM_construct_end()};
  secret key(32);
  if (EVP_KDF_derive(context.get(), key.data(), key.size(), arguments) != 1) return sar(SAR_MEMORYERR);
  return key;
}

result<sealed_box> seal(byte_view key, byte_view associated, byte_view plain) {
  sealed_box out{bytes(12), bytes(plain.size() + tag_octets)};
  if (auto filled = random(out.nonce); !filled) return filled.error();
  const cipher algorithm = fetch_cipher("AES-256-GCM");
  const cipher_ctx context(EVP_CIPHER_CTX_new());
  int size = 0;
  if (!algorithm || !context || key.size() != 32 ||
      EVP_EncryptInit_ex2(context.get(), algorithm.get(), key.data(), out.nonce.data(), nullptr) != 1 ||
      EVP_EncryptUpdate(context.get(), nullptr, &size, associated.data(), static_cast<int>(associated.size())) != 1 ||
      EVP_EncryptUpdate(context.get(), out.box.data(), &size, plain.data(), static_cast<int>(plain.size())) != 1 ||
      EVP_EncryptFinal_ex(context.get(), out.box.data() + size, &size) != 1 ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_octets, out.box.data() + plain.size()) != 1) {
    return sar(SAR_FAIL);
  }
  return out;
}

result<secret> open(byte_view key, byte_view associated, const sealed_box& sealed) {
  if (key.size() != 32 || sealed.nonce.size() != 12 || sealed.box.size() < tag_octets) return sar(SAR_HASHNOTEQUALERR);
  const std::size_t length = sealed.box.size() - tag_octets;
  bytes tag(sealed.box.end() - tag_octets, sealed.box.end());
  secret out(length + 16);  // never empty, so that data() may be handed over
  const cipher algorithm = fetch_cipher("AES-256-GCM");
  const cipher_ctx context(EVP_CIPHER_CTX_new());
  int size = 0;
  if (!algorithm || !context ||
      EVP_DecryptInit_ex2(context.get(), algorithm.get(), key.data(), sealed.nonce.data(), nullptr) != 1 ||
      EVP_DecryptUpdate(context.get(), nullptr, &size, associated.data(), static_cast<int>(associated.size())) != 1 ||
      EVP_DecryptUpdate(context.get(), out.data(), &size, sealed.box.data(), static_cast<int>(length)) != 1 ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tag_octets, tag.data()) != 1 ||
      EVP_DecryptFinal_ex(context.get(), out.data() + size, &size) != 1) {
    return sar(SAR_HASHNOTEQUALERR);
  }
  out.resize(length);
  return out;
}

result<secret> sm4(bool encrypt, byte_view key, byte_view iv, bool padding, byte_view in) {
  const cipher algorithm = fetch_cipher(iv.empty() ? "SM4-ECB" : "SM4-CBC");
  const cipher_ctx context(EVP_CIPHER_CTX_new());
  if (!algorithm || !context) return sar(SAR_NOTSUPPORTYETERR);
  if (key.size() != 16 || (!iv.empty() && iv.size() != 16)) return sar(SAR_INVALIDPARAMERR);
  if ((!padding || !encrypt) && in.size() % 16 != 0) return sar(SAR_INDATALENERR);
  secret out(in.size() + 16);
  int head = 0;
  int tail = 0;
  if (EVP_CipherInit_ex2(context.get(), algorithm.get(), key.data(), iv.empty() ? nullptr : iv.data(), encrypt ? 1 : 0,
                         nullptr) != 1 ||
      EVP_CIPHER_CTX_set_padding(context.get(), padding ? 1 : 0) != 1 ||
      EVP_CipherUpdate(context.get(), out.data(), &head, in.data(), static_cast<int>(in.size())) != 1) {
    return sar(SAR_FAIL);
  }
  if (EVP_CipherFinal_ex(context.get(), out.data() + head, &tail) != 1) return sar(SAR_DECRYPTPADERR);
  out.resize(static_cast<std::size_t>(head) + static_cast<std::size_t>(tail));
  return out;
}

}  // namespace keycare::soft_skf::crypto
