// test_installing.cpp - the commands after the payment: review, the new certificate, other computers, trouble.
#include "../schema_check.hpp"
#include "renewal_bench.hpp"

#include <gmock/gmock.h>

namespace keycare::fakes {
namespace {

using ::testing::HasSubstr;

TEST(Renewal, ACorrectionGoesOnTheSameOrderWithoutASecondFee) {
  bench b;
  b.approved();
  b.ra.only()->state = "needs-correction";
  b.ra.only()->correction = {{"reason", "照片不清"}, {"fields", {{{"field", "phone"}, {"code", "mismatch"}}}}};
  auto reply = b.must("continue");
  EXPECT_EQ(reply["next"]["command"], "correct");
  EXPECT_THAT(joined(reply), HasSubstr("手机号码"));
  EXPECT_THAT(joined(reply), HasSubstr("照片不清"));
  EXPECT_THAT(said(b.run("show")), HasSubstr("照片不清")) << "also without a network";
  reply = b.must("correct", {{"form", {{"phone", "13900139000"}}}});
  EXPECT_EQ(reply["data"]["order"]["state"], "under-review");
  EXPECT_EQ(b.ra.only()->corrections, 1);
  EXPECT_EQ(b.ra.only()->payments.size(), 1U);
  EXPECT_EQ(b.code_of("correct", {{"form", {{"phone", "13900139000"}}}}), "KC-RENEWAL-NOTHING-TO-CORRECT");
}

TEST(Renewal, ACorrectionThatIsNotWantedAnyMoreIsNotOfferedAgain) {
  bench b;
  b.approved();
  b.ra.only()->state = "needs-correction";
  b.ra.only()->correction = {{"reason", "照片不清"}, {"fields", {{{"field", "phone"}, {"code", "mismatch"}}}}};
  b.must("continue");
  b.ra.only()->state = "rejected";
  EXPECT_EQ(b.code_of("correct", {{"form", {{"phone", "13900139000"}}}}), "KC-RENEWAL-NOTHING-TO-CORRECT");
  EXPECT_EQ(b.must("show")["data"]["order"]["next_step"], "wait-refund") << "what the RA said is kept";
}

TEST(Renewal, APaymentThatIsHeldBackGivesWayToOneThatWasBegunElsewhere) {
  bench b;
  b.applied();
  b.must("pay", bench::payment("wechat"));
  b.ra.lose_answers = 0;
  b.ra.payment_closing = true;
  b.must("pay", bench::payment("alipay"));
  // Meanwhile another computer has opened the page on which somebody is paying.
  auto& payments = b.ra.only()->payments;
  auto elsewhere = payments.front();
  elsewhere["uuid"] = "77777777-7777-4777-8777-777777777777";
  elsewhere["state"] = "open";
  payments.insert(payments.begin(), elsewhere);
  b.must("continue");
  EXPECT_EQ(payments.size(), 2U);
  EXPECT_EQ(payments.front()["state"], "open") << "it was not closed from here";
}

TEST(Renewal, ARejectionSaysWhyAndWaitsForTheRefund) {
  bench b;
  b.approved();
  b.ra.only()->state = "rejected";
  b.ra.only()->rejection = {{"reason", "身份不符"}};
  EXPECT_THAT(joined(b.must("continue")), HasSubstr("身份不符"));
  b.ra.only()->state = "refunded";
  EXPECT_THAT(joined(b.must("continue")), HasSubstr("退款已完成"));
}

TEST(Renewal, ATokenThatIsNotThereIsNamedAndWaitedFor) {
  bench b;
  b.approved();
  b.device.plugged = false;
  auto reply = b.must("continue");
  EXPECT_EQ(reply["next"]["wait"], "token");
  EXPECT_THAT(joined(reply), HasSubstr("A1"));
  b.device.plugged = true;
  EXPECT_EQ(b.must("continue")["data"]["order"]["stage"], "key-ready");
}

TEST(Renewal, ALockedPinIsAWaitingStateThatUnlockResolves) {
  bench b;
  b.approved();
  b.device.locked = true;
  EXPECT_THAT(joined(b.must("continue")), HasSubstr("忘记密码"));
  b.device.locked = false;
  EXPECT_EQ(b.must("continue")["data"]["order"]["stage"], "key-ready");
}

TEST(Renewal, AGrantThatEndedMeanwhileAsksForThePinOnceMore) {
  bench b;
  b.approved();
  b.must("continue");
  b.must("continue");
  b.must("continue");
  b.host->signing.end_all = true;
  EXPECT_EQ(b.must("continue")["data"]["order"]["stage"], "proved");
  EXPECT_EQ(b.device.prompts, 3);
}

TEST(Renewal, ACertificateForAnotherKeyIsNotInstalledAndTheOrderStaysOpen) {
  bench b;
  b.approved();
  fake_certificate foreign = b.ra.old;
  foreign.key = "somebody-else";
  foreign.serial = "99";
  b.ra.issue_instead = &foreign;
  b.must("continue");
  b.must("continue");
  EXPECT_EQ(b.code_of("continue"), "KC-RENEWAL-BUNDLE-KEY");
  EXPECT_EQ(b.must("show")["data"]["order"]["problem"], "KC-RENEWAL-BUNDLE-KEY");
  EXPECT_EQ(b.must("show")["data"]["order"]["open"], true);
  // The RA puts it right: fetch again, any time.
  fake_certificate right = b.ra.old;
  right.key = "key-1";
  right.serial = "99";
  right.not_after = b.ra.only()->quote["new_not_after"];
  b.ra.only()->certificate = right.der();
  EXPECT_EQ(b.must("continue")["data"]["order"]["stage"], "bundle-held");
}

TEST(Renewal, ACertificateOfAStrangerIsNotInstalled) {
  bench b;
  b.approved();
  fake_certificate strange = b.ra.old;
  strange.key = "key-1";
  strange.serial = "99";
  strange.not_after = b.ra.only()->quote["new_not_after"];
  strange.issuer = "somebody";
  b.ra.issue_instead = &strange;
  b.must("continue");
  b.must("continue");
  EXPECT_EQ(b.code_of("continue"), "KC-RENEWAL-BUNDLE-CHAIN");
}

TEST(Renewal, ALostKeyGetsAnotherGenerationOnTheSamePaidOrder) {
  bench b;
  b.approved();
  b.must("continue");
  b.must("continue");
  b.must("continue");
  const auto lost = b.record().container;
  b.device.boxes[lost].key.clear();
  b.start();
  EXPECT_EQ(b.play(), "complete");
  EXPECT_EQ(b.ra.only()->generation, 2);
  EXPECT_EQ(b.ra.only()->payments.size(), 1U);
  EXPECT_EQ(b.device.boxes.at(b.record().container).certificate, b.ra.only()->certificate);
  EXPECT_NE(b.record().container, lost);
}

TEST(Renewal, EveryOptionIsDescribedInBothLanguages) {
  bench b;
  expect_described(*b.core);
}

TEST(Renewal, AnotherComputerGoesOnWithTheKey) {
  bench b;
  b.approved();
  b.start_elsewhere();
  EXPECT_THAT(said(b.run("orders")), HasSubstr("没有续期业务"));
  EXPECT_THAT(joined(b.must("orders", {{"remote", true}})), HasSubstr("KC20261"));
  EXPECT_EQ(b.play(), "complete");
  EXPECT_EQ(b.ra.orders.size(), 1U);
}

TEST(Renewal, ACertificateThatHasEndedIsNamedWhenItsSignatureIsNotAccepted) {
  bench b;
  b.ra.refuse_lists = true;
  EXPECT_EQ(b.code_of("orders", {{"remote", true}}), "KC-RA-UNTRUSTED-SIGNATURE") << "it is still good";
  b.ra.now = b.ra.old.not_after + 86400;
  b.start();
  const auto refused = b.run("orders", {{"remote", true}});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "KC-RENEWAL-REMOTE-ENDED");
  for (const char* language : {"zh-CN", "en"})
    EXPECT_THAT(b.core->explain(language, refused.error()).value_or(""), HasSubstr(b.device.ref.serial));
}

TEST(Renewal, AnotherComputerGoesOnAfterTheCertificateWasIssued) {
  bench b;
  b.approved();
  b.must("continue");
  b.must("continue");
  b.start_elsewhere();
  b.must("orders", {{"remote", true}});
  EXPECT_EQ(b.play(), "complete");
  EXPECT_EQ(b.ra.only()->generation, 1) << "the pair on the token is used";
}

TEST(Renewal, PollingFollowsTheRaAndOtherwiseBacksOff) {
  bench b;
  b.approved();
  b.ra.only()->state = "under-review";
  b.ra.retry_after = 17;
  EXPECT_EQ(b.must("continue")["next"]["after_seconds"], 17);
  b.ra.retry_after.reset();
  std::int64_t last = 0;
  for (int i = 0; i < 12; ++i) last = b.must("continue")["next"]["after_seconds"];
  EXPECT_GE(last, 240);
  EXPECT_LE(last, 360);
  b.ra.slow_downs = 1;
  b.must("continue");
  b.ra.retry_after = 17;
  EXPECT_EQ(b.must("continue")["next"]["after_seconds"], 22) << "slow down adds five seconds for good";
  b.start();
  EXPECT_EQ(b.must("continue")["next"]["after_seconds"], 22) << "also after a restart";
}

TEST(Renewal, WithoutANetworkNothingIsLostAndALaterTryIsAnnounced) {
  bench b;
  b.approved();
  b.ra.down = true;
  const auto reply = b.must("continue");
  EXPECT_EQ(reply["next"]["wait"], "ra");
  EXPECT_EQ(reply["data"]["delayed"], "KC-NET-CONNECT");
  EXPECT_THAT(joined(reply), HasSubstr("不会丢失"));
  EXPECT_EQ(b.must("show")["data"]["order"]["number"], "KC20261") << "the page is there without a network";
}

TEST(Renewal, ADamagedRecordIsSaidLeftAloneAndFetchedAgainWithTheKey) {
  bench b;
  b.approved();
  const auto uuid = b.ra.only()->uuid;
  const auto key = "order/" + uuid;
  b.disk[key].data.resize(10);
  const auto damaged = b.disk[key].data;
  b.start();
  EXPECT_THAT(said(b.run("orders")), HasSubstr("已损坏"));
  EXPECT_EQ(b.code_of("continue", {{"order", uuid}}), "KC-RENEWAL-RECORD-DAMAGED");
  b.must("orders", {{"remote", true}});
  EXPECT_EQ(b.play(), "complete");
  EXPECT_EQ(b.disk[key].data, damaged) << "never overwritten";
}

TEST(Renewal, WhatWasFetchedAgainMayBeDamagedToo) {
  bench b;
  b.approved();
  const auto uuid = b.ra.only()->uuid;
  std::map<std::string, octets> damaged;
  for (const auto* place : {"order/", "recovered/", "recovered-2/"}) {
    auto& stored = b.disk[place + uuid].data;
    ASSERT_FALSE(stored.empty()) << place;
    stored.resize(10);
    damaged[place + uuid] = stored;
    b.start();
    EXPECT_EQ(b.code_of("continue", {{"order", uuid}}), "KC-RENEWAL-RECORD-DAMAGED");
    b.must("orders", {{"remote", true}});
  }
  EXPECT_EQ(b.play(), "complete");
  for (const auto& [key, octets] : damaged) EXPECT_EQ(b.disk[key].data, octets) << "never overwritten";
}

TEST(Renewal, AnotherProcessAtTheSameOrderIsToldToWait) {
  bench b;
  b.applied();
  b.host->store.held = true;
  EXPECT_EQ(b.code_of("continue"), "KC-RENEWAL-BUSY");
}

TEST(Renewal, TheOrdersSecretIsInNoReplyAndNoLog) {
  bench b;
  std::string everything = joined(b.applied());
  everything += b.must("show").dump();
  everything += b.must("orders").dump();
  everything += b.must("pay", bench::payment()).dump();
  everything += b.host->log.lines;
  EXPECT_EQ(everything.find(b.ra.only()->secret), std::string::npos);
  EXPECT_EQ(everything.find("11010519491231002"), std::string::npos);
}

TEST(Renewal, EveryCommandHasASchemaAndASummaryInBothLanguages) {
  bench b;
  EXPECT_EQ(b.core->commands().size(), 12U);
  for (const auto& spec : b.core->commands()) {
    EXPECT_TRUE(json::accept(spec.input_schema)) << spec.name;
    EXPECT_FALSE(spec.summary_zh.empty());
    EXPECT_FALSE(spec.summary_en.empty());
  }
  EXPECT_EQ(b.code_of("fly"), "KC-COMMAND-UNKNOWN");
}

TEST(Renewal, EnglishIsSpokenWhenAskedFor) {
  bench b;
  b.applied();
  const auto reply = b.run("show", json::object(), "en");
  ASSERT_TRUE(reply);
  EXPECT_THAT(joined(*reply), HasSubstr("application → 【payment】"));
  EXPECT_THAT(joined(*reply), HasSubstr("Order number: KC20261"));
}

}  // namespace
}  // namespace keycare::fakes
