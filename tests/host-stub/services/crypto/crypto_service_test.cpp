// crypto_service_test.cpp - chains, pinned signers, sealing and parsing, as a plugin uses them.
#include "host-stub/services/crypto/crypto_service.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"
#include "tests/host-stub/services/token/soft_host.hpp"

#include <openssl/rsa.h>

#include <fstream>

namespace keycare::test {
namespace {

class Crypto : public testing::Test {
protected:
  Crypto() {
    for (const char* name : {"root.pem", "encryption.pem", "time.pem"})
      std::ofstream(folder_.path() / name) << ca_.pem();
    std::ofstream(folder_.path() / "receipt.pem") << other_.pem();
  }
  scratch_folder folder_;
  test_ca ca_{"Test CA", test_ca::kind::rsa};
  test_ca other_{"Other", test_ca::kind::rsa};
  trust_store trust_{{{"ra", folder_.path()}}};
  std::unique_ptr<service> service_ = make_crypto_service(trust_, {"validity", "1", {}});
  crypto_client crypto_ = soft_host::client<crypto_client>(*service_);
  key_ptr key_{EVP_RSA_gen(2048)};
  octets leaf_ = ca_.issue(der_of(i2d_PUBKEY, key_.get()), "李四");
  std::int64_t now_ = std::time(nullptr);
};

TEST_F(Crypto, Sha256IsThatOfTheStandard) {
  EXPECT_EQ(hex(*crypto_.sha256(bytes_of("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
TEST_F(Crypto, RandomOctetsDifferAndAreBounded) {
  EXPECT_NE(*crypto_.random(32), *crypto_.random(32));
  EXPECT_EQ(crypto_.random(1025).error().status, KC_E_TOO_LARGE);
}
TEST_F(Crypto, ACertificateIsTakenApart) {
  const auto parsed = crypto_.parse_certificate(leaf_);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->subject, "CN=李四");
  EXPECT_EQ(parsed->issuer, "CN=Test CA");
  EXPECT_EQ(parsed->algorithm, "rsa-2048");
  EXPECT_TRUE(parsed->container.empty());
  EXPECT_FALSE(parsed->pin.has_value());
}
TEST_F(Crypto, ACertificateWithSomethingBehindItIsDamaged) {
  auto longer = leaf_;
  longer.push_back(0);
  EXPECT_EQ(crypto_.parse_certificate(longer).error().status, KC_E_DAMAGED);
  EXPECT_EQ(crypto_.parse_certificate(octets(70'000, 0x30)).error().status, KC_E_TOO_LARGE);
  EXPECT_EQ(crypto_.parse_certificate({}).error().status, KC_E_DAMAGED);
}
TEST_F(Crypto, AChainToThePinnedRootVerifiesAtATimeOfItsValidity) {
  EXPECT_TRUE(crypto_.verify_certificate("ra", leaf_, {}, now_).ok());
  EXPECT_EQ(crypto_.verify_certificate("ra", leaf_, {}, now_ + 40 * 86400).error().status, KC_E_UNTRUSTED);
}
TEST_F(Crypto, AnotherRootIsNotTrusted) {
  const auto leaf = other_.issue(der_of(i2d_PUBKEY, key_.get()), "李四");
  EXPECT_EQ(crypto_.verify_certificate("ra", leaf, other_.der(), now_).error().code, "KC-TRUST-CHAIN");
}
TEST_F(Crypto, AnEndpointWithoutPinsIsNotTrusted) {
  EXPECT_EQ(crypto_.verify_certificate("else", leaf_, {}, now_).error().code, "KC-TRUST-NOT-PINNED");
}
TEST_F(Crypto, ASignedMessageVerifiesByThePinnedSignerOfItsRoleOnly) {
  const auto content = crypto_.verify_signed("ra", "time", ca_.sign("hello"));
  ASSERT_TRUE(content.ok());
  EXPECT_EQ(text_of(*content), "hello");
  EXPECT_EQ(crypto_.verify_signed("ra", "receipt", ca_.sign("hello")).error().status, KC_E_UNTRUSTED);
  EXPECT_EQ(crypto_.verify_signed("ra", "../root", ca_.sign("hello")).error().status, KC_E_UNTRUSTED);
}
TEST_F(Crypto, AChangedMessageDoesNotVerify) {
  auto cms = ca_.sign("hello");
  cms[cms.size() - 10] ^= 1U;
  EXPECT_FALSE(crypto_.verify_signed("ra", "time", cms).ok());
  EXPECT_EQ(crypto_.verify_signed("ra", "time", bytes_of("no CMS")).error().status, KC_E_DAMAGED);
}
TEST_F(Crypto, WhatIsSealedOnlyTheEndpointOpens) {
  const std::string text(100'000, 'x');
  const auto sealed = crypto_.seal("ra", bytes_of(text));
  ASSERT_TRUE(sealed.ok()) << sealed.error().code;
  EXPECT_EQ(text_of(ca_.open(*sealed)), text);
  EXPECT_TRUE(other_.open(*sealed).empty());
  EXPECT_EQ(crypto_.seal("ra", octets(300'000)).error().status, KC_E_TOO_LARGE);
}

}  // namespace
}  // namespace keycare::test
