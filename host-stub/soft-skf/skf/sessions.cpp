// sessions.cpp - session keys (SM4) and digests: SKF objects that live in handles only.
#include "../crypto.hpp"
#include "api.hpp"
#include "private_key.hpp"

using namespace keycare;
using namespace keycare::soft_skf;

namespace {

bool known_cipher(ULONG algorithm) {
  return algorithm == SGD_SMS4_ECB || algorithm == SGD_SMS4_CBC;
}

std::shared_ptr<session_key> make_session_key(ULONG algorithm, secret key) {
  auto out = std::make_shared<session_key>();
  out->algorithm = static_cast<std::uint32_t>(algorithm);
  out->key = std::move(key);
  return out;
}

result<void> cipher_init(HANDLE handle, const BLOCKCIPHERPARAM& given, bool encrypt) {
  const auto key = process::get().find<session_key>(handle);
  if (!key) return sar(SAR_INVALIDHANDLEERR);
  if (given.PaddingType != SKF_PADDING_NONE && given.PaddingType != SKF_PADDING_PKCS5) return sar(SAR_INVALIDPARAMERR);
  session_key::parameters parameters;
  parameters.padding = given.PaddingType == SKF_PADDING_PKCS5;
  if (key->algorithm == SGD_SMS4_CBC) {
    if (given.IVLen != 16) return sar(SAR_INVALIDPARAMERR);
    parameters.iv.assign(given.IV, given.IV + 16);
  }
  const std::lock_guard lock(key->mutex);
  (encrypt ? key->encrypting : key->decrypting) = std::move(parameters);
  return {};
}

/// One whole message. The parameters serve for one answer; a question for the size leaves them.
result<void> cipher_message(HANDLE handle, const BYTE* data, ULONG size, BYTE* out, ULONG* out_size, bool encrypt) {
  const auto in = bytes_argument(data, size);
  if (!in) return in.error();
  if (out_size == nullptr) return sar(SAR_INVALIDPARAMERR);
  const auto key = process::get().find<session_key>(handle);
  if (!key) return sar(SAR_INVALIDHANDLEERR);
  const std::lock_guard lock(key->mutex);
  auto& parameters = encrypt ? key->encrypting : key->decrypting;
  if (!parameters) return sar(SAR_NOTINITIALIZEERR);
  const auto made = crypto::sm4(encrypt, key->key, parameters->iv, parameters->padding, *in);
  if (!made) return made.error();
  auto answered = answer(*made, out, out_size);
  if (answered && out != nullptr) parameters.reset();
  return answered;
}

const char* digest_name(ULONG algorithm) {
  switch (algorithm) {
    case SGD_SM3:
      return "SM3";
    case SGD_SHA1:
      return "SHA1";
    case SGD_SHA256:
      return "SHA256";
    default:
      return nullptr;
  }
}

result<void> finish(digest& hash, BYTE* out, ULONG* size) {
  if (size == nullptr) return sar(SAR_INVALIDPARAMERR);
  if (out == nullptr || *size < hash.size) return answer(bytes(hash.size), out, size);
  bytes value(hash.size);
  unsigned int length = 0;
  hash.finished = true;
  if (EVP_DigestFinal_ex(hash.context.get(), value.data(), &length) != 1) return sar(SAR_HASHERR);
  return answer(value, out, size);
}

result<void> add(digest& hash, const BYTE* data, ULONG size) {
  const auto in = bytes_argument(data, size);
  if (!in) return in.error();
  if (EVP_DigestUpdate(hash.context.get(), in->data(), in->size()) != 1) return sar(SAR_HASHERR);
  return {};
}

}  // namespace

ULONG DEVAPI SKF_ImportSessionKey(HCONTAINER hContainer, ULONG ulAlgId, BYTE* pbWrappedData, ULONG ulWrappedLen,
                                  HANDLE* phKey) {
  // The wrapped key is decrypted by the container's exchange key, so this is also what proves that the key is there.
  return call("SKF_ImportSessionKey", [&]() -> result<void> {
    const auto wrapped = bytes_argument(pbWrappedData, ulWrappedLen);
    if (!wrapped) return wrapped.error();
    if (phKey == nullptr) return sar(SAR_INVALIDPARAMERR);
    if (!known_cipher(ulAlgId)) return sar(SAR_NOTSUPPORTYETERR);
    if (wrapped->size() != rsa_octets) return sar(SAR_INDATALENERR);
    const auto op = begin_container(hContainer, access::use);
    if (!op) return op.error();
    const auto master = op->key_of(role::user);
    if (!master) return master.error();
    const auto exchange = open_private_key(*op, *master, false);
    if (!exchange) return exchange.error();
    auto key = crypto::rsa_decrypt(exchange->get(), *wrapped);
    if (!key) return key.error();
    if (key->size() != 16) return sar(SAR_INDATAERR);
    return hand_out(make_session_key(ulAlgId, std::move(*key)), phKey);
  });
}

ULONG DEVAPI SKF_RSAExportSessionKey(HCONTAINER hContainer, ULONG ulAlgId, RSAPUBLICKEYBLOB* pPubKey, BYTE* pbData,
                                     ULONG* pulDataLen, HANDLE* phSessionKey) {
  return call("SKF_RSAExportSessionKey", [&]() -> result<void> {
    if (pPubKey == nullptr || pulDataLen == nullptr) return sar(SAR_INVALIDPARAMERR);
    if (!known_cipher(ulAlgId)) return sar(SAR_NOTSUPPORTYETERR);
    if (auto op = begin_container(hContainer, access::look); !op) return op.error();
    if (pbData == nullptr || *pulDataLen < rsa_octets) return answer(bytes(rsa_octets), pbData, pulDataLen);
    if (phSessionKey == nullptr) return sar(SAR_INVALIDPARAMERR);
    const auto recipient = crypto::from_public(pPubKey->Modulus, pPubKey->PublicExponent);
    if (!recipient) return recipient.error();
    secret key(16);
    if (auto filled = crypto::random(key); !filled) return filled;
    const auto wrapped = crypto::rsa_encrypt(recipient->get(), key);
    if (!wrapped) return wrapped.error();
    if (auto handed = hand_out(make_session_key(ulAlgId, std::move(key)), phSessionKey); !handed) return handed;
    return answer(*wrapped, pbData, pulDataLen);
  });
}

ULONG DEVAPI SKF_EncryptInit(HANDLE hKey, BLOCKCIPHERPARAM EncryptParam) {
  return call("SKF_EncryptInit", [&] { return cipher_init(hKey, EncryptParam, true); });
}

ULONG DEVAPI SKF_Encrypt(HANDLE hKey, BYTE* pbData, ULONG ulDataLen, BYTE* pbEncryptedData, ULONG* pulEncryptedLen) {
  return call("SKF_Encrypt",
              [&] { return cipher_message(hKey, pbData, ulDataLen, pbEncryptedData, pulEncryptedLen, true); });
}

ULONG DEVAPI SKF_DecryptInit(HANDLE hKey, BLOCKCIPHERPARAM DecryptParam) {
  return call("SKF_DecryptInit", [&] { return cipher_init(hKey, DecryptParam, false); });
}

ULONG DEVAPI SKF_Decrypt(HANDLE hKey, BYTE* pbEncryptedData, ULONG ulEncryptedLen, BYTE* pbData, ULONG* pulDataLen) {
  return call("SKF_Decrypt",
              [&] { return cipher_message(hKey, pbEncryptedData, ulEncryptedLen, pbData, pulDataLen, false); });
}

ULONG DEVAPI SKF_DigestInit(DEVHANDLE hDev, ULONG ulAlgID, ECCPUBLICKEYBLOB* pPubKey, BYTE*, ULONG ulIDLen,
                            HANDLE* phHash) {
  return call("SKF_DigestInit", [&]() -> result<void> {
    if (phHash == nullptr) return sar(SAR_INVALIDPARAMERR);
    // SM3 with a public key and an id begins with Z (GM/T 0009), which comes with SM2.
    if (digest_name(ulAlgID) == nullptr || (pPubKey != nullptr && ulIDLen != 0)) return sar(SAR_NOTSUPPORTYETERR);
    const auto dev = process::get().find<device>(hDev);
    if (!dev || !dev->connected) return sar(SAR_INVALIDHANDLEERR);
    auto hash = std::make_shared<digest>();
    hash->context.reset(EVP_MD_CTX_new());
    EVP_MD* algorithm = EVP_MD_fetch(crypto::library_context(), digest_name(ulAlgID), nullptr);
    const bool begun =
        hash->context && algorithm != nullptr && EVP_DigestInit_ex2(hash->context.get(), algorithm, nullptr) == 1;
    if (begun) hash->size = static_cast<std::size_t>(EVP_MD_get_size(algorithm));
    EVP_MD_free(algorithm);
    if (!begun) return sar(SAR_HASHERR);
    return hand_out(std::move(hash), phHash);
  });
}

ULONG DEVAPI SKF_Digest(HANDLE hHash, BYTE* pbData, ULONG ulDataLen, BYTE* pbHashData, ULONG* pulHashLen) {
  return call("SKF_Digest", [&]() -> result<void> {
    const auto hash = process::get().find<digest>(hHash);
    if (!hash) return sar(SAR_INVALIDHANDLEERR);
    const std::lock_guard lock(hash->mutex);
    if (hash->finished || hash->updated) return sar(SAR_HASHOBJERR);
    if (pulHashLen == nullptr || pbData == nullptr) return sar(SAR_INVALIDPARAMERR);
    if (pbHashData == nullptr || *pulHashLen < hash->size) return answer(bytes(hash->size), pbHashData, pulHashLen);
    if (auto added = add(*hash, pbData, ulDataLen); !added) return added;
    return finish(*hash, pbHashData, pulHashLen);
  });
}

ULONG DEVAPI SKF_DigestUpdate(HANDLE hHash, BYTE* pbData, ULONG ulDataLen) {
  return call("SKF_DigestUpdate", [&]() -> result<void> {
    const auto hash = process::get().find<digest>(hHash);
    if (!hash) return sar(SAR_INVALIDHANDLEERR);
    const std::lock_guard lock(hash->mutex);
    if (hash->finished) return sar(SAR_HASHOBJERR);
    hash->updated = true;
    return add(*hash, pbData, ulDataLen);
  });
}

ULONG DEVAPI SKF_DigestFinal(HANDLE hHash, BYTE* pbHashData, ULONG* pulHashLen) {
  return call("SKF_DigestFinal", [&]() -> result<void> {
    const auto hash = process::get().find<digest>(hHash);
    if (!hash) return sar(SAR_INVALIDHANDLEERR);
    const std::lock_guard lock(hash->mutex);
    if (hash->finished) return sar(SAR_HASHOBJERR);
    return finish(*hash, pbHashData, pulHashLen);
  });
}

ULONG DEVAPI SKF_CloseHandle(HANDLE hHandle) {
  return call("SKF_CloseHandle", [&]() -> result<void> {
    if (process::get().remove<session_key>(hHandle) || process::get().remove<digest>(hHandle)) return {};
    return sar(SAR_INVALIDHANDLEERR);
  });
}
