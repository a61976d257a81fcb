// seal.cpp - AES-256-GCM with a random nonce, and the master key's file.
#include "host-stub/services/store/seal.hpp"

#include "host-stub/services/secure/durable_file.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>

namespace keycare::services {

namespace {

constexpr std::uint8_t format = 1;
constexpr std::size_t nonce_octets = 12;
constexpr std::size_t tag_octets = 16;
constexpr std::size_t overhead = 1 + nonce_octets + tag_octets;

using cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const std::uint8_t* octets_of(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

error damaged_record() {
  return fail(KC_E_DAMAGED, "KC-STORE-DAMAGED-RECORD");
}

}  // namespace

result<octets> seal_value(const secret& key, std::string_view place, octets_view plain) {
  octets out(overhead + plain.size());
  out[0] = format;
  auto* nonce = out.data() + 1;
  auto* body = nonce + nonce_octets;
  int written = 0;
  const cipher context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  const bool done =
      context && key.size() == seal_key_octets && RAND_bytes(nonce, nonce_octets) == 1 &&
      EVP_EncryptInit_ex2(context.get(), EVP_aes_256_gcm(), key.bytes().data(), nonce, nullptr) == 1 &&
      EVP_EncryptUpdate(context.get(), nullptr, &written, octets_of(place), static_cast<int>(place.size())) == 1 &&
      (plain.empty() ||
       EVP_EncryptUpdate(context.get(), body, &written, plain.data(), static_cast<int>(plain.size())) == 1) &&
      EVP_EncryptFinal_ex(context.get(), body + plain.size(), &written) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_octets, body + plain.size()) == 1;
  if (!done) return fail(KC_E_FAILED, "KC-STORE-SEAL");
  return out;
}

result<secret> open_value(const secret& key, std::string_view place, octets_view sealed) {
  if (sealed.size() < overhead || sealed[0] != format || key.size() != seal_key_octets) return damaged_record();
  const auto nonce = sealed.subspan(1, nonce_octets);
  const auto body = sealed.subspan(1 + nonce_octets, sealed.size() - overhead);
  octets tag(sealed.end() - tag_octets, sealed.end());
  secret plain(body.size());
  int written = 0;
  std::uint8_t rest[16];
  const cipher context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  const bool done =
      context &&
      EVP_DecryptInit_ex2(context.get(), EVP_aes_256_gcm(), key.bytes().data(), nonce.data(), nullptr) == 1 &&
      EVP_DecryptUpdate(context.get(), nullptr, &written, octets_of(place), static_cast<int>(place.size())) == 1 &&
      (body.empty() || EVP_DecryptUpdate(context.get(), plain.bytes().data(), &written, body.data(),
                                         static_cast<int>(body.size())) == 1) &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_octets, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context.get(), rest, &written) == 1;
  if (!done) return damaged_record();
  return plain;
}

result<secret> master_key(const std::filesystem::path& file, bool may_create) {
  for (int round = 0; round < 2; ++round) {
    auto key = read_private_file(file, seal_key_octets);
    if (key && key->size() == seal_key_octets) return key;
    if (key || key.error().status == KC_E_TOO_LARGE) return fail(KC_E_DAMAGED, "KC-STORE-KEY-DAMAGED");
    if (key.error().status != KC_E_NOT_FOUND) return key;
    if (!may_create) return fail(KC_E_NOT_FOUND, "KC-STORE-KEY-MISSING");
    secret made(seal_key_octets);
    if (RAND_priv_bytes(made.bytes().data(), static_cast<int>(made.size())) != 1)
      return fail(KC_E_FAILED, "KC-STORE-SEAL");
    const auto created = create_durably(file, made.bytes());
    if (created) return made;
    if (created.error().status != KC_E_CONFLICT) return created.error();
    // Another process was faster: its key counts, read it.
  }
  return fail(KC_E_FAILED, "KC-STORE-KEY-MISSING");
}

}  // namespace keycare::services
