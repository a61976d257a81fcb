// keys_service_test.cpp - a new key, its request, its certificates, with the real software token.
#include "host-stub/services/keys/keys_service.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "tests/host-stub/services/token/soft_host.hpp"

#include <openssl/rand.h>
#include <openssl/rsa.h>

namespace keycare::test {
namespace {

constexpr const char* container = "KC1-ABCDEFGH-1";

/// The exchange pair as an RA sends it to this token: format "gmt0016-rsa" (envelope.hpp).
octets envelope_of(EVP_PKEY* exchange, EVP_PKEY* signing) {
  octets session_key(16);
  RAND_bytes(session_key.data(), 16);
  auto der = der_of(i2d_PrivateKey, exchange);
  der.resize((der.size() + 15) / 16 * 16);
  const cipher_context_ptr context(EVP_CIPHER_CTX_new());
  octets encrypted(der.size() + 16);
  int size = 0;
  EVP_EncryptInit_ex(context.get(), EVP_sm4_ecb(), nullptr, session_key.data(), nullptr);
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  EVP_EncryptUpdate(context.get(), encrypted.data(), &size, der.data(), static_cast<int>(der.size()));
  encrypted.resize(static_cast<std::size_t>(size));
  const auto wrapped = rsa_encrypt(signing, session_key);
  octets out(8 + wrapped->size() + encrypted.size());
  out[2] = 0x04;
  out[3] = 0x01;
  out[6] = static_cast<std::uint8_t>(wrapped->size() >> 8U);
  out[7] = static_cast<std::uint8_t>(wrapped->size() & 0xFFU);
  std::copy(encrypted.begin(), encrypted.end(), std::copy(wrapped->begin(), wrapped->end(), out.begin() + 8));
  return out;
}

class Keys : public testing::Test {
protected:
  kc_grant grant(std::initializer_list<operation> operations) {
    host_.prompt.answers.emplace_back("Test1357");
    const auto made = host_.grant(operations);
    EXPECT_TRUE(made.ok()) << made.error().code;
    return made ? *made : 0;
  }
  const kc_call& call() { return *host_.call.abi(); }
  /// Makes the container and the pair.
  octets generated() {
    const auto one = grant({{KC_OP_CREATE, container, {}}, {KC_OP_GENERATE, container, {}}});
    EXPECT_TRUE(keys_.create(call(), one, container).ok());
    const auto key = keys_.generate(call(), one, container, "rsa-2048");
    EXPECT_TRUE(key.ok()) << key.error().code;
    return key ? *key : octets{};
  }
  container_info inspect() {
    const auto found = keys_.inspect(call(), host_.token, host_.certificate.sha256, container);
    EXPECT_TRUE(found.ok());
    return found ? *found : container_info{};
  }
  soft_host host_;
  keys_client keys_ = soft_host::client<keys_client>(*host_.keys_service);
  signing_client signing_ = soft_host::client<signing_client>(*host_.signing_service);
};

TEST_F(Keys, ARenewalsKeyIsMadeRequestedInstalledProvedAndConfirmed) {
  const auto key = generated();
  EXPECT_EQ(inspect().state, static_cast<std::uint32_t>(KC_CONTAINER_PAIR));
  EXPECT_EQ(inspect().public_key, key);

  const auto csr = keys_.request(call(), grant({{KC_OP_REQUEST, container, {}}}), container);
  ASSERT_TRUE(csr.ok()) << csr.error().code;
  const unsigned char* at = csr->data();
  const request_ptr request(d2i_X509_REQ(nullptr, &at, static_cast<long>(csr->size())));
  ASSERT_TRUE(request);
  EXPECT_EQ(der_of(i2d_X509_NAME, X509_REQ_get_subject_name(request.get())), host_.certificate.subject_der);
  EXPECT_EQ(der_of(i2d_PUBKEY, X509_REQ_get0_pubkey(request.get())), key);

  const bundle issued{host_.ca.issue(key, "张三", 365), {}, {}, {}};
  const auto install =
      grant({{KC_OP_INSTALL, container, {}}, {KC_OP_PROVE, container, {}}, {KC_OP_SIGN_NEW, "confirm", {}}});
  ASSERT_TRUE(keys_.install(call(), install, container, issued).ok());
  const auto proved = keys_.prove(call(), install, container, issued);
  ASSERT_TRUE(proved.ok()) << proved.error().code;
  const auto statement =
      host_.statement("confirm", {{"signing_certificate_sha256", hex(sha256(issued.signing_certificate))}});
  const auto cms = signing_.sign(call(), install, container, bytes_of(statement));
  ASSERT_TRUE(cms.ok()) << cms.error().code;
  EXPECT_EQ(signed_content(*cms, issued.signing_certificate), statement);
  EXPECT_EQ(inspect().state, static_cast<std::uint32_t>(KC_CONTAINER_CERTIFIED));
  EXPECT_EQ(inspect().certificate_sha256, sha256(issued.signing_certificate));
  EXPECT_EQ(host_.old_certificate().der, host_.certificate.der);  // The old one is untouched.
}

TEST_F(Keys, ADoubleCertificatesExchangePairIsInstalledAndDecryptsATest) {
  const auto key = generated();
  const auto signing = read_public_key(key);
  const key_ptr exchange(EVP_RSA_gen(2048));
  const bundle issued{host_.ca.issue(key, "张三", 365), host_.ca.issue(der_of(i2d_PUBKEY, exchange.get()), "张三", 365),
                      envelope_of(exchange.get(), signing->get()), "gmt0016-rsa"};
  const auto one = grant({{KC_OP_INSTALL, container, {}}, {KC_OP_PROVE, container, {}}, {KC_OP_REAP, container, {}}});
  const auto installed = keys_.install(call(), one, container, issued);
  ASSERT_TRUE(installed.ok()) << installed.error().code << std::hex << installed.error().native;
  const auto proved = keys_.prove(call(), one, container, issued);
  ASSERT_TRUE(proved.ok()) << proved.error().code << std::hex << proved.error().native;
  EXPECT_EQ(inspect().exchange_sha256, sha256(issued.encryption_certificate));
  EXPECT_EQ(keys_.reap(call(), one, container).error().status, KC_E_CONFLICT);
}

TEST_F(Keys, GeneratingAgainGivesTheSamePair) {
  const auto key = generated();
  const auto again = keys_.generate(call(), grant({{KC_OP_GENERATE, container, {}}}), container, "rsa-2048");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, key);
}

TEST_F(Keys, AGenerationWhoseAnswerWasLostIsFoundAgain) {
  const auto one = grant({{KC_OP_CREATE, container, {}}, {KC_OP_GENERATE, container, {}}});
  ASSERT_TRUE(keys_.create(call(), one, container).ok());
  host_.faults("lost:SKF_GenRSAKeyPair:SAR_FAIL");
  ASSERT_FALSE(keys_.generate(call(), one, container, "rsa-2048").ok());
  host_.faults("");
  const auto key = keys_.generate(call(), one, container, "rsa-2048");
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(*key, inspect().public_key);
}

TEST_F(Keys, InstallingTwiceIsOnce) {
  const bundle issued{host_.ca.issue(generated(), "张三", 365), {}, {}, {}};
  const auto one = grant({{KC_OP_INSTALL, container, {}}, {KC_OP_INSTALL, container, {}}});
  EXPECT_TRUE(keys_.install(call(), one, container, issued).ok());
  EXPECT_TRUE(keys_.install(call(), one, container, issued).ok());
}

TEST_F(Keys, ACertificateForAnotherKeyIsNotInstalled) {
  (void)generated();
  const bundle foreign{host_.ca.issue(host_.certificate.public_key, "张三", 365), {}, {}, {}};
  const auto one = grant({{KC_OP_INSTALL, container, {}}});
  EXPECT_EQ(keys_.install(call(), one, container, foreign).error().code, "KC-BUNDLE-OTHER-KEY");
  EXPECT_EQ(inspect().state, static_cast<std::uint32_t>(KC_CONTAINER_PAIR));
}

TEST_F(Keys, WhatIsNotInstalledIsNotProved) {
  const bundle issued{host_.ca.issue(generated(), "张三", 365), {}, {}, {}};
  const auto one = grant({{KC_OP_PROVE, container, {}}});
  EXPECT_EQ(keys_.prove(call(), one, container, issued).error().code, "KC-BUNDLE-NOT-INSTALLED");
}

TEST_F(Keys, AnUnfinishedContainerIsReapedAndAnAbsentOneIsASuccess) {
  (void)generated();
  const auto one = grant({{KC_OP_REAP, container, {}}, {KC_OP_REAP, container, {}}});
  EXPECT_TRUE(keys_.reap(call(), one, container).ok());
  EXPECT_EQ(inspect().state, static_cast<std::uint32_t>(KC_CONTAINER_ABSENT));
  EXPECT_TRUE(keys_.reap(call(), one, container).ok());
}

TEST_F(Keys, TheUsersOwnContainerIsOutOfReach) {
  host_.prompt.answers.emplace_back("Test1357");
  const auto one = host_.grant({{KC_OP_REAP, "OLD", {}}});
  ASSERT_TRUE(one.ok());
  EXPECT_EQ(keys_.reap(call(), *one, "OLD").error().status, KC_E_ARGUMENT);
  EXPECT_EQ(host_.old_certificate().der, host_.certificate.der);
}

TEST_F(Keys, LookingIntoAContainerNeedsNoGrant) {
  const auto old = keys_.inspect(call(), host_.token, host_.certificate.sha256, "OLD");
  ASSERT_TRUE(old.ok());
  EXPECT_EQ(old->certificate_sha256, host_.certificate.sha256);
  EXPECT_EQ(inspect().state, static_cast<std::uint32_t>(KC_CONTAINER_ABSENT));
  EXPECT_TRUE(host_.prompt.asked.empty());
}

TEST_F(Keys, AContainerThatTheGrantDoesNotNameIsRefused) {
  const auto one = grant({{KC_OP_CREATE, container, {}}});
  EXPECT_EQ(keys_.create(call(), one, "KC1-OTHER").error().status, KC_E_NO_PERMISSION);
}

TEST_F(Keys, TheNewKeySignsOnlyWhatWasInstalledUnderTheGrant) {
  (void)generated();
  const auto one = grant({{KC_OP_SIGN_NEW, "confirm", {}}});
  const auto statement = host_.statement("confirm", {{"signing_certificate_sha256", std::string(64, '0')}});
  EXPECT_EQ(signing_.sign(call(), one, container, bytes_of(statement)).error().code, "KC-GRANT-NOT-INSTALLED");
}

TEST_F(Keys, AnAlgorithmThatTheTokenCannotDoIsUnsupported) {
  const auto one = grant({{KC_OP_CREATE, container, {}}, {KC_OP_GENERATE, container, {}}});
  ASSERT_TRUE(keys_.create(call(), one, container).ok());
  EXPECT_EQ(keys_.generate(call(), one, container, "sm2").error().status, KC_E_UNSUPPORTED);
}

TEST(ContainerName, IsTheContractsPrefixThenLettersDigitsAndHyphens) {
  EXPECT_TRUE(is_own_container("KC1-ABC234-1"));
  EXPECT_FALSE(is_own_container("KC1-"));
  EXPECT_FALSE(is_own_container("OLD"));
  EXPECT_FALSE(is_own_container("KC1-a/b"));
  EXPECT_FALSE(is_own_container("KC1-" + std::string(61, 'A')));
}

}  // namespace
}  // namespace keycare::test
