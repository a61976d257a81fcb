// signing_service_test.cpp - grants and signatures with the real software token.
#include "host-stub/services/signing/signing_service.hpp"
#include "tests/host-stub/services/token/soft_host.hpp"

#include <thread>

namespace keycare::test {
namespace {

class Signing : public testing::Test {
protected:
  result<octets> sign(kc_grant grant, const std::string& statement) {
    return signing_.sign(*host_.call.abi(), grant, "", bytes_of(statement));
  }
  /// A grant for one withdrawal, opened with the right PIN.
  kc_grant opened(const std::string& statement = {}) {
    host_.prompt.answers.emplace_back("Test1357");
    const auto grant = host_.grant({{KC_OP_SIGN, "withdraw", octets(statement.begin(), statement.end())}});
    EXPECT_TRUE(grant.ok()) << grant.error().code;
    return grant ? *grant : 0;
  }
  soft_host host_;
  signing_client signing_ = soft_host::client<signing_client>(*host_.signing_service);
};

TEST_F(Signing, AStatementIsSignedWithTheGrantedCertificateAndTheAuditLogSaysByWhom) {
  const auto statement = host_.statement("withdraw");
  const auto cms = sign(opened(statement), statement);
  ASSERT_TRUE(cms.ok()) << cms.error().code;
  EXPECT_EQ(signed_content(*cms, host_.certificate.der), statement);
  EXPECT_TRUE(host_.log.contains("grant.operation"));
  EXPECT_TRUE(host_.log.contains("renewal"));
}

TEST_F(Signing, TheDialogSaysWhoseKeySignsWhatAndHowManyTriesAreLeft) {
  opened(host_.statement("withdraw"));
  ASSERT_EQ(host_.prompt.asked.size(), 1u);
  const auto& view = host_.prompt.asked.front();
  EXPECT_EQ(view.sentence, "正在使用 张三 的证书对应的私钥进行签名");
  EXPECT_EQ(view.pin.remaining, 10);
  EXPECT_EQ(view.lines.front(), "撤销续期申请");
  EXPECT_EQ(view.plugin, "renewal");
}

TEST_F(Signing, AnOperationIsGoodForOneSuccess) {
  const auto statement = host_.statement("withdraw");
  const auto grant = opened(statement);
  ASSERT_TRUE(sign(grant, statement).ok());
  EXPECT_EQ(sign(grant, statement).error().status, KC_E_GRANT_ENDED);
}

TEST_F(Signing, AWrongPinIsAskedAgainWithWhatTheTokenReports) {
  host_.prompt.answers = {"Wrong111", "Wrong222", "Test1357"};
  ASSERT_TRUE(host_.grant({{KC_OP_SIGN, "withdraw", {}}}).ok());
  ASSERT_EQ(host_.prompt.asked.size(), 3u);
  EXPECT_EQ(host_.prompt.asked[1].pin.remaining, 9);
  EXPECT_EQ(host_.prompt.asked[1].problem, "密码错误。");
  EXPECT_EQ(host_.prompt.asked[2].pin.remaining, 8);
  EXPECT_EQ(host_.prompt.asked[2].attempt, 3);
  EXPECT_EQ(host_.tries_left(), 10);  // The right one set it back.
}

TEST_F(Signing, CancellingTheDialogSpendsNothing) {
  EXPECT_EQ(host_.grant({{KC_OP_SIGN, "withdraw", {}}}).error().status, KC_E_CANCELLED);
  EXPECT_EQ(host_.tries_left(), 10);
}

TEST_F(Signing, AnEmptyPinIsNotTried) {
  host_.prompt.answers = {"", "Test1357"};
  ASSERT_TRUE(host_.grant({{KC_OP_SIGN, "withdraw", {}}}).ok());
  EXPECT_EQ(host_.prompt.asked[1].pin.remaining, 10);
}

TEST_F(Signing, AStatementOtherThanTheOneShownIsNotSigned) {
  const auto grant = opened(host_.statement("withdraw"));
  const auto other = host_.statement("withdraw", {{"account", "somebody-else"}});
  EXPECT_EQ(sign(grant, other).error().status, KC_E_NO_PERMISSION);
}

TEST_F(Signing, WhatWasNotGrantedIsNotSigned) {
  EXPECT_EQ(sign(opened(), host_.statement("list")).error().status, KC_E_NO_PERMISSION);
}

TEST_F(Signing, AnotherPluginCannotUseTheGrant) {
  const auto grant = opened();
  const auto other = host_.side->make_signing({"stranger", "1", {"token.sign"}});
  const auto client = soft_host::client<signing_client>(*other);
  const auto cms = client.sign(*host_.call.abi(), grant, "", bytes_of(host_.statement("withdraw")));
  EXPECT_EQ(cms.error().status, KC_E_GRANT_ENDED);
}

TEST_F(Signing, ASecondGrantOnTheTokenWaitsItsTurn) {
  opened();
  host_.prompt.answers.emplace_back("Test1357");
  EXPECT_EQ(host_.grant({{KC_OP_SIGN, "list", {}}}).error().status, KC_E_BUSY);
  EXPECT_EQ(host_.prompt.asked.size(), 1u);
}

TEST_F(Signing, AfterTenMinutesTheGrantHasEnded) {
  const auto grant = opened();
  host_.time.advance(601);
  EXPECT_EQ(sign(grant, host_.statement("withdraw")).error().status, KC_E_GRANT_ENDED);
}

TEST_F(Signing, OutsideAGrantNothingUsesTheKey) {
  const auto raw = [&] {
    const auto device = host_.side->registry().open(host_.call.abi(), host_.token);
    return host_.side->registry().act<octets>(
        host_.call.abi(), *device, std::chrono::seconds(5), device_effect::writes, [](token_session& session) {
          return session.sign({"KEYCARE", "OLD", key_usage::sign}, "SHA256", octets(32));
        });
  };
  const auto statement = host_.statement("withdraw");
  ASSERT_TRUE(sign(opened(statement), statement).ok());
  EXPECT_EQ(raw().error().code, "KC-TOKEN-LOGGED-OUT");
  signing_.close(opened());
  EXPECT_EQ(raw().error().code, "KC-TOKEN-LOGGED-OUT");
}

TEST_F(Signing, PullingTheTokenEndsTheGrant) {
  const auto grant = opened();
  host_.unplug();
  EXPECT_EQ(sign(grant, host_.statement("withdraw")).error().status, KC_E_TOKEN_REMOVED);
  host_.plug();
  EXPECT_EQ(sign(grant, host_.statement("withdraw")).error().status, KC_E_GRANT_ENDED);
}

TEST_F(Signing, PullingTheTokenWhileTheDialogIsOpenIsSaid) {
  host_.prompt.answers.emplace_back("Test1357");
  host_.prompt.while_open = [&] { host_.unplug(); };
  EXPECT_EQ(host_.grant({{KC_OP_SIGN, "withdraw", {}}}).error().status, KC_E_TOKEN_REMOVED);
  host_.plug();
  EXPECT_EQ(host_.tries_left(), 10);
}

TEST_F(Signing, ATokenThatDoesNotAnswerLeavesTheOutcomeUnknownAndTheHostAlive) {
  const auto grant = opened();
  host_.faults("hang:SKF_RSASignData:1");
  const call impatient("zh-CN", host_.time.monotonic_ns() + 100'000'000);
  const auto cms = signing_.sign(*impatient.abi(), grant, "", bytes_of(host_.statement("withdraw")));
  EXPECT_EQ(cms.error().status, KC_E_OUTCOME_UNKNOWN);
  const call hurried("zh-CN", host_.time.monotonic_ns() + 100'000'000);
  const auto tokens = host_.side->registry().tokens(hurried.abi());
  ASSERT_EQ(tokens->size(), 1u);
  EXPECT_NE(tokens->front().flags & KC_TOKEN_BUSY, 0u);
  EXPECT_EQ(sign(grant, host_.statement("withdraw")).error().status, KC_E_GRANT_ENDED);
  host_.faults("");
  // The late call comes back; the library is then of use again.
  while ((host_.side->registry().tokens(host_.call.abi())->front().flags & KC_TOKEN_BUSY) != 0)
    std::this_thread::yield();
  EXPECT_EQ(host_.tries_left(), 10);
}

TEST_F(Signing, AVerificationThatHangsIsNeverRepeated) {
  host_.prompt.answers = {"Test1357", "Test1357"};
  host_.faults("hang:SKF_VerifyPIN:1");
  const call impatient("zh-CN", host_.time.monotonic_ns() + 400'000'000);
  const std::vector<operation> one{{KC_OP_SIGN, "withdraw", {}}};
  const auto grant = signing_.open(*impatient.abi(), host_.token, host_.certificate.sha256, "test", "", one);
  EXPECT_EQ(grant.error().status, KC_E_OUTCOME_UNKNOWN);
  EXPECT_EQ(host_.prompt.asked.size(), 1u);
}

TEST_F(Signing, ATokenThatRefusesToSignSaysSoWithItsOwnCode) {
  const auto grant = opened();
  host_.faults("fail:SKF_RSASignData:SAR_FAIL");
  const auto cms = sign(grant, host_.statement("withdraw"));
  EXPECT_EQ(cms.error().code, "KC-TOKEN-REFUSED");
  EXPECT_EQ(cms.error().native, 0x0A000001);
  host_.faults("");
  EXPECT_TRUE(sign(grant, host_.statement("withdraw")).ok());  // A failure spends nothing.
}

TEST_F(Signing, APluginWithoutWritePermissionCannotPrepareAKeyOperation) {
  const auto reader = host_.side->make_signing({"reader", "1", {"token.sign"}});
  const std::vector<operation> one{{KC_OP_GENERATE, "KC1-A", {}}};
  const auto grant = soft_host::client<signing_client>(*reader).open(*host_.call.abi(), host_.token,
                                                                     host_.certificate.sha256, "test", "", one);
  EXPECT_EQ(grant.error().status, KC_E_NO_PERMISSION);
}

TEST_F(Signing, NoPinIsAskedForWhileAPluginsQuestionIsOpen) {
  const std::lock_guard question(host_.one_dialog);
  host_.prompt.answers = {"Test1357"};
  const auto before = host_.prompt.asked.size();
  EXPECT_EQ(host_.grant({{KC_OP_SIGN, "withdraw", {}}}).error().code, "KC-DIALOG-BUSY");
  EXPECT_EQ(host_.prompt.asked.size(), before);
}

TEST_F(Signing, AnUnknownOperationIsRefused) {
  EXPECT_EQ(host_.grant({{"format", "KC1-A", {}}}).error().status, KC_E_UNSUPPORTED);
}

TEST_F(Signing, APluginCannotHaveTheHostsOwnProofSigned) {
  EXPECT_EQ(host_.grant({{KC_OP_SIGN, "unlock-proof", {}}}).error().code, "KC-STATEMENT-TYPE");
}

TEST(SigningLock, TheTokenLocksAndNothingMoreIsAsked) {
  soft_host host({.user_tries = 2});
  host.prompt.answers = {"Wrong111", "Wrong222", "Test1357"};
  EXPECT_EQ(host.grant({{KC_OP_SIGN, "withdraw", {}}}).error().status, KC_E_PIN_LOCKED);
  EXPECT_EQ(host.prompt.asked.size(), 2u);
  ASSERT_FALSE(host.prompt.asked[1].warnings.empty());
  EXPECT_EQ(host.prompt.asked[1].warnings.front(), "警告：再输错一次，密码将被锁定。");
  ASSERT_EQ(host.prompt.told.size(), 1u);
  EXPECT_TRUE(host.prompt.told.front().pin.locked());
  EXPECT_EQ(host.grant({{KC_OP_SIGN, "withdraw", {}}}).error().status, KC_E_PIN_LOCKED);
  EXPECT_EQ(host.prompt.asked.size(), 2u);
}

class CheckStatement : public testing::Test {
protected:
  std::string code(const std::string& text) {
    const auto type = check_statement(text, {{"Keycare", "01"}, {}, "renewal", order_});
    return type ? "" : type.error().code;
  }
  std::string text(const nlohmann::json& more = {}) const {
    nlohmann::json doc{
        {"type", "withdraw"}, {"version", 1},  {"ra", "test-ra"},       {"order", order_},
        {"generation", 1},    {"account", ""}, {"time", 1'764'000'000}, {"certificate_sha256", std::string(64, '0')}};
    doc["token"] = {{"manufacturer", "Keycare"}, {"serial", "01"}};
    if (more.is_object()) doc.update(more);
    return doc.dump();
  }
  std::string order_ = soft_host::order;
};

TEST_F(CheckStatement, AWellFormedOneIsAccepted) {
  EXPECT_EQ(code(text()), "");
}
TEST_F(CheckStatement, AnotherTokenIsRefused) {
  EXPECT_EQ(code(text({{"token", {{"manufacturer", "Keycare"}, {"serial", "02"}}}})), "KC-STATEMENT-OTHER-TOKEN");
}
TEST_F(CheckStatement, AnotherCertificateIsRefused) {
  EXPECT_EQ(code(text({{"certificate_sha256", std::string(64, '1')}})), "KC-STATEMENT-OTHER-CERTIFICATE");
}
TEST_F(CheckStatement, AnotherOrderIsRefused) {
  EXPECT_EQ(code(text({{"order", "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a12"}})), "KC-STATEMENT-OTHER-ORDER");
}
TEST_F(CheckStatement, AnUnknownTypeIsRefused) {
  EXPECT_EQ(code(text({{"type", "pay-me"}})), "KC-STATEMENT-TYPE");
}
TEST_F(CheckStatement, TheRasOwnTypesAreRefused) {
  EXPECT_NE(code(text({{"type", "receipt"}})), "");
}
TEST_F(CheckStatement, AnUnknownMemberIsRefused) {
  EXPECT_EQ(code(text({{"also", "x"}})), "KC-STATEMENT-MEMBER");
}
TEST_F(CheckStatement, BlanksAreNotCanonical) {
  EXPECT_EQ(code(text() + " "), "KC-STATEMENT-NOT-CANONICAL");
}
TEST_F(CheckStatement, BidirectionalCharactersAreRefused) {
  EXPECT_EQ(code(text({{"account", "a\u202Eb"}})), "KC-STATEMENT-VALUE");
}
TEST_F(CheckStatement, BytesThatAreNoJsonAreRefused) {
  EXPECT_NE(code("sign this"), "");
}

}  // namespace
}  // namespace keycare::test
