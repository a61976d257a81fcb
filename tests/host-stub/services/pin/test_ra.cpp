// test_ra.cpp - sealing two PINs as an RA does.
#include "tests/host-stub/services/pin/test_ra.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "keycare/sdk/statement.hpp"
#include "tests/host-stub/services/token/test_ca.hpp"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace keycare::test {

namespace {

using namespace services;

octets decoded(const std::string& text) {
  octets out(text.size());
  const int size =
      EVP_DecodeBlock(out.data(), reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  std::size_t padding = 0;
  while (padding < 2 && text[text.size() - 1 - padding] == '=') ++padding;
  out.resize(static_cast<std::size_t>(size) - padding);
  return out;
}

std::string encoded(octets_view data) {
  std::string out(4 * ((data.size() + 2) / 3) + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), data.data(), static_cast<int>(data.size()));
  out.pop_back();
  return out;
}

}  // namespace

redemption read_request(const std::string& unlock_id, octets_view request) {
  const auto doc = nlohmann::json::parse(text_of(request));
  octets nonce;
  const auto digits = doc.at("nonce").get<std::string>();
  for (std::size_t at = 0; at + 1 < digits.size(); at += 2)
    nonce.push_back(static_cast<std::uint8_t>(std::stoi(digits.substr(at, 2), nullptr, 16)));
  return {unlock_id, doc.at("redemption"), nonce, decoded(doc.at("ephemeral_key"))};
}

nlohmann::json seal_pins(const redemption& asked, const std::string& plain) {
  const key_ptr own(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
  const auto own_public = der_of(i2d_PUBKEY, own.get());
  const auto host = read_public_key(asked.ephemeral_key);
  const key_context_ptr context(EVP_PKEY_CTX_new(own.get(), nullptr));
  octets shared(32);
  std::size_t size = 32;
  EVP_PKEY_derive_init(context.get());
  EVP_PKEY_derive_set_peer(context.get(), host->get());
  EVP_PKEY_derive(context.get(), shared.data(), &size);
  std::string info("keycare unlock-authorisation 1");
  info += '\0';
  for (const auto& key : {asked.ephemeral_key, own_public}) info += text_of(sha256(key));
  const std::unique_ptr<EVP_KDF, openssl_free<EVP_KDF_free>> hkdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  const std::unique_ptr<EVP_KDF_CTX, openssl_free<EVP_KDF_CTX_free>> kdf(EVP_KDF_CTX_new(hkdf.get()));
  char hash[] = "SHA256";
  auto salt = asked.nonce;
  const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, hash, 0),
                               OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, shared.data(), shared.size()),
                               OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.data(), salt.size()),
                               OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
                               OSSL_PARAM_construct_end()};
  octets key(44);
  EVP_KDF_derive(kdf.get(), key.data(), key.size(), params);
  const cipher_context_ptr cipher(EVP_CIPHER_CTX_new());
  octets data(plain.size() + 16);
  int done = 0;
  EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), key.data() + 32);
  EVP_EncryptUpdate(cipher.get(), nullptr, &done, bytes_of(asked.redeem_id).data(), 36);
  EVP_EncryptUpdate(cipher.get(), data.data(), &done, bytes_of(plain).data(), static_cast<int>(plain.size()));
  EVP_EncryptFinal_ex(cipher.get(), data.data() + done, &done);
  EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, 16, data.data() + plain.size());
  return {{"scheme", "x25519-hkdf-sha256-aes256gcm"}, {"ra_key", encoded(own_public)}, {"data", encoded(data)}};
}

nlohmann::json authorisation(const redemption& asked, const token_ref& token, const digest& certificate,
                             const std::string& current, const std::string& next) {
  const nlohmann::json pins{{"current", current}, {"next", next}};
  nlohmann::json out{{"type", "unlock-authorisation"},
                     {"version", 1},
                     {"ra", "test-ra"},
                     {"time", 1'764'000'000},
                     {"unlock", asked.unlock_id},
                     {"redemption", asked.redeem_id},
                     {"action", "unlock"},
                     {"method", "skf-unblock-pin"},
                     {"application", "KEYCARE"},
                     {"certificate_sha256", hex(certificate)},
                     {"nonce", hex(asked.nonce)},
                     {"ephemeral_key_sha256", hex(sha256(asked.ephemeral_key))},
                     {"rotation", "required"}};
  out["token"] = {{"manufacturer", token.manufacturer}, {"serial", token.serial}};
  out["sealed"] = seal_pins(asked, pins.dump());
  return out;
}

}  // namespace keycare::test
