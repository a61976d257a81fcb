// unlock_kit.cpp - the host's side of statements.md, "Sealed admin PINs", written a second time so that both must
// agree.
#include "unlock_kit.hpp"

#include "keycare/sdk/statement.hpp"

#include "dev-ra/octets.hpp"

#include <gtest/gtest.h>
#include <openssl/kdf.h>

namespace keycare::dev_ra::test {

namespace {

const unsigned char* in(const std::string& octets) {
  return reinterpret_cast<const unsigned char*>(octets.data());
}
unsigned char* out(std::string& octets) {
  return reinterpret_cast<unsigned char*>(octets.data());
}

/// HKDF-SHA256 by RFC 5869's own two steps, for one or two blocks of output.
std::string hkdf(const std::string& salt, const std::string& secret, const std::string& info, std::size_t size) {
  const auto key = hmac_sha256(salt, secret);
  std::string derived;
  std::string block;
  for (char count = 1; derived.size() < size; ++count) {
    block = hmac_sha256(key, block + info + count);
    derived += block;
  }
  return derived.substr(0, size);
}

}  // namespace

unlock_kit::unlock_kit(ra_kit& ra, const person& who, bool escrowed, bool can_rotate)
    : ra_(ra),
      who_(who),
      uuid_(random_uuid()),
      applicant_({{"id_type", "resident-id"},
                  {"id_number", "11010519491231002X"},
                  {"name", "张三"},
                  {"phone", "13800138000"}}) {
  if (escrowed)
    ra.dev("escrow", {{"manufacturer", "Keycare"},
                      {"serial", who.serial},
                      {"application", "KEYCARE"},
                      {"admin_pin", "admin-pin-0"},
                      {"can_rotate", can_rotate}});
}

reply unlock_kit::apply() {
  auto statement = ra_.statement(who_, "unlock-apply", uuid_, 0);
  statement["applicant"] = applicant_;
  statement["application"] = "KEYCARE";
  auto got = ra_.put_cms(path(), ra_.seal(statement.dump()));
  if (got.status == 200) secret_ = got.body.at("unlock_secret");
  return got;
}

std::string unlock_kit::send_code() {
  EXPECT_EQ(ra_.send("POST", path("/code"), {}, {}, secret_).status, 200);
  return code_ = ra_.dev("sms", {{"uuid", uuid_}}).value("code", "");
}

reply unlock_kit::verify() {
  send_code();
  return ra_.put_json(path("/verification"), {{"code", code_}}, secret_);
}

void unlock_kit::approve() {
  EXPECT_EQ(apply().status, 200);
  EXPECT_EQ(verify().status, 200);
  ra_.advance(ra_kit::review);
  EXPECT_EQ(state(), "approved");
}

json unlock_kit::redemption_request() {
  ephemeral_.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
  return {{"code", code_},
          {"nonce", hex(random_octets(32))},
          {"ephemeral_key", base64(public_key_der(ephemeral_.get()))},
          {"token", {{"manufacturer", "Keycare"}, {"serial", who_.serial}}},
          {"application", "KEYCARE"},
          {"certificate_sha256", who_.sha256}};
}

redeemed unlock_kit::redeem() {
  send_code();
  redeemed made;
  made.uuid = random_uuid();
  made.path = path("/redemptions/" + made.uuid);
  made.request = redemption_request();
  made.nonce = made.request.at("nonce");
  made.answer = ra_.put_json(made.path, made.request, secret_);
  if (made.answer.status != 200) return made;
  const auto der = from_base64(made.answer.body.at("authorisation").get<std::string>()).value();
  const cms_ptr cms(from_der<CMS_ContentInfo>(d2i_CMS_ContentInfo, der));
  auto* content = *CMS_get0_content(cms.get());
  made.statement_text.assign(reinterpret_cast<const char*>(ASN1_STRING_get0_data(content)),
                             static_cast<std::size_t>(ASN1_STRING_length(content)));
  const auto statement = statement::read(made.statement_text);
  EXPECT_TRUE(statement) << (statement ? "" : statement.error().code);
  made.statement = *statement;
  made.pins = open(made.statement.at("sealed"), made.nonce, made.uuid);
  return made;
}

json unlock_kit::open(const json& sealed, const std::string& nonce, const std::string& redemption) const {
  EXPECT_EQ(sealed.at("scheme"), statement::unlock_scheme);
  const auto ra_key = from_base64(sealed.at("ra_key").get<std::string>()).value();
  const auto data = from_base64(sealed.at("data").get<std::string>()).value();
  const key_ptr theirs(from_der<EVP_PKEY>(d2i_PUBKEY, ra_key));
  const key_context_ptr agreement(EVP_PKEY_CTX_new_from_pkey(nullptr, ephemeral_.get(), nullptr));
  std::string secret(32, '\0');
  std::size_t size = secret.size();
  EXPECT_EQ(EVP_PKEY_derive_init(agreement.get()), 1);
  EXPECT_EQ(EVP_PKEY_derive_set_peer(agreement.get(), theirs.get()), 1);
  EXPECT_EQ(EVP_PKEY_derive(agreement.get(), out(secret), &size), 1);
  const auto info =
      std::string(statement::unlock_info) + '\0' + sha256(public_key_der(ephemeral_.get())) + sha256(ra_key);
  const auto key = hkdf(from_hex(nonce).value(), secret, info, 44);
  std::string plain(data.size() - 16, '\0');
  auto tag = data.substr(data.size() - 16);
  int done = 0;
  const std::unique_ptr<EVP_CIPHER_CTX, freed_by<EVP_CIPHER_CTX_free>> cipher(EVP_CIPHER_CTX_new());
  EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, in(key), in(key) + 32);
  EVP_DecryptUpdate(cipher.get(), nullptr, &done, in(redemption), static_cast<int>(redemption.size()));
  EVP_DecryptUpdate(cipher.get(), out(plain), &done, in(data), static_cast<int>(plain.size()));
  EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, 16, out(tag));
  EXPECT_EQ(EVP_DecryptFinal_ex(cipher.get(), out(plain), &done), 1);
  return json::parse(plain);
}

json unlock_kit::proof(const redeemed& what, const std::string& admin_pin) {
  auto made = ra_.statement(who_, "unlock-proof", uuid_, 0);
  made["redemption"] = what.uuid;
  made["nonce"] = what.nonce;
  made["authorisation_sha256"] = sha256_hex(what.statement_text);
  made["admin_pin"] = admin_pin;
  return made;
}

reply unlock_kit::report(const redeemed& what, const std::string& admin_pin) {
  return ra_.put_cms(path("/report"), ra_.sign(who_, proof(what, admin_pin)));
}

}  // namespace keycare::dev_ra::test
