// test_applying.cpp - the commands up to the payment, as a user meets them: preflight, consents, submission,
// withdrawal.
#include "plugins/common/dates.hpp"
#include "renewal_bench.hpp"

#include <gmock/gmock.h>

namespace keycare::fakes {
namespace {

using ::testing::HasSubstr;

TEST(Renewal, TheWholeWayFromTheApplicationToTheNewCertificate) {
  bench b;
  auto reply = b.applied();
  EXPECT_THAT(joined(reply), HasSubstr("您的申请已经提交成功，请点击“立即支付”按钮进行缴费！"));
  EXPECT_THAT(joined(reply), HasSubstr("用户申请 → 【用户缴费】 → 管理员审核 → 安装新证书 → 完成"));
  EXPECT_THAT(joined(reply), HasSubstr("业务单号: KC20261"));
  EXPECT_THAT(joined(reply), HasSubstr("费用(不包含快递费): 200.00 (元)"));
  EXPECT_EQ(reply["next"]["command"], "pay");
  EXPECT_EQ(b.device.prompts, 1) << "one signature, one PIN";

  reply = b.must("pay", bench::payment());
  EXPECT_EQ(b.host->shell.opened,
            std::vector{"https://ra.test/pay/" + b.ra.only()->payments[0]["uuid"].get<std::string>()});
  EXPECT_EQ(reply["next"]["wait"], "payment");
  EXPECT_EQ(reply["next"]["command"], "continue");
  b.ra.provider_says_paid();
  EXPECT_EQ(b.must("continue")["next"]["wait"], "ra");
  b.ra.only()->state = "approved";

  // One step each: key and request, hand in, fetch, install, confirm.
  for (const char* stage : {"key-ready", "key-ready", "bundle-held", "proved", "proved"}) {
    reply = b.must("continue");
    EXPECT_EQ(reply["data"]["order"]["stage"], stage);
  }
  EXPECT_EQ(b.device.prompts, 2) << "one more PIN for everything after the approval";
  EXPECT_EQ(b.ra.only()->state, "confirmed");
  b.ra.only()->state = "complete";
  reply = b.must("continue");
  EXPECT_THAT(joined(reply), HasSubstr("证书安装完成"));
  EXPECT_THAT(joined(reply), HasSubstr("印章待更新"));
  EXPECT_FALSE(reply.contains("next"));
  EXPECT_EQ(b.device.boxes.at("OLD").certificate, b.ra.old.der()) << "the old certificate is untouched";
  EXPECT_EQ(b.device.boxes.at(b.record().container).certificate, b.ra.only()->certificate);
}

TEST(Renewal, NothingIsTickedBeforehand) {
  bench b;
  b.must("agreement");
  for (const auto& [member, code] : {std::pair{"accept_agreement", "KC-RENEWAL-ACCEPT-AGREEMENT"},
                                     std::pair{"accept_personal_data", "KC-RENEWAL-ACCEPT-PERSONAL-DATA"},
                                     std::pair{"acknowledge_bids", "KC-RENEWAL-ACKNOWLEDGE-BIDS"}}) {
    auto input = b.application();
    input.erase(member);
    EXPECT_EQ(b.code_of("apply", input), code);
  }
  EXPECT_EQ(b.device.prompts, 0);
}

TEST(Renewal, OnlyWhatWasShownHereAndIsStillInForceCanBeAccepted) {
  bench b;
  EXPECT_EQ(b.code_of("apply", b.application()), "KC-RENEWAL-NOT-SHOWN");
  b.must("agreement");
  const auto input = b.application();
  b.ra.text_of_agreement = "另一份协议";
  EXPECT_EQ(b.code_of("apply", input), "KC-RENEWAL-AGREEMENT-CHANGED");
}

TEST(Renewal, ConsentAndChannelAreInsideTheSignedStatement) {
  bench b;
  b.applied();
  EXPECT_EQ(b.record().consent["channel"], "cli");
  EXPECT_EQ(b.record().consent["agreement"]["sha256"], fake_hash_hex(b.ra.text_of_agreement));
  EXPECT_EQ(b.record().consent["client"], "keycare-host 4.8.2");
}

TEST(Renewal, TheFormIsNotKeptOnThisComputer) {
  bench b;
  b.ra.down = false;
  b.device.refuse_pin = true;
  b.must("agreement");
  EXPECT_EQ(b.code_of("apply", b.application()), "KC-PIN-CANCELLED");
  for (const auto& [key, stored] : b.disk) {
    EXPECT_EQ(text_of(stored.data).find("11010519491231002"), std::string_view::npos) << key;
    EXPECT_EQ(text_of(stored.data).find("张三"), std::string_view::npos) << key;
  }
}

TEST(Renewal, TheFormsFaultsAreNamedTogether) {
  bench b;
  auto input = b.application();
  input["form"]["phone"] = "123";
  input["form"]["email"] = "nobody";
  input["months"] = 13;
  const auto got = b.run("apply", input);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, "KC-RENEWAL-FORM");
  EXPECT_EQ(json::parse(got.error().args)["fields"], "months phone email");
  EXPECT_THAT(*b.core->explain("zh-CN", got.error()), HasSubstr("续期时间、手机号码、经办人email"));
  const auto checked = b.must("check", {{"months", 13}, {"form", input["form"]}});
  EXPECT_EQ(checked["data"]["fits"], false);
  EXPECT_EQ(checked["data"]["problems"].size(), 3U);
  EXPECT_THAT(joined(checked), HasSubstr("手机号码: 必须填写真实有效的手机号码"));
}

TEST(Renewal, AnEndedCertificateIsToldToApplyAnew) {
  bench b;
  b.must("agreement");
  b.ra.eligibility = "ended";
  const auto got = b.run("apply", b.application());
  ASSERT_FALSE(got);
  EXPECT_EQ(*b.core->explain("zh-CN", got.error()), "数字证书 CA 已过期，请重新新申请。");
  EXPECT_THAT(said(b.run("eligible")), HasSubstr("请重新新申请"));
}

TEST(Renewal, AWrongClockIsSaidBeforeAnybodyIsToldThatTheCertificateHasEnded) {
  bench b;
  b.ra.eligibility = "ended";
  b.host->clock.wall += 3 * 86400;
  EXPECT_EQ(b.code_of("eligible"), "KC-CLOCK-WRONG");
  // TLS fails first when the clock is far off; then the signed time tells.
  b.host->http.on_send = [](const http_request&) { return fail(KC_E_TLS_DATE, "KC-NET-TLS-DATE"); };
  b.host->http.on_time = [&]() -> result<std::int64_t> { return b.ra.now; };
  const auto got = b.run("eligible");
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, "KC-CLOCK-WRONG");
  const auto said = *b.core->explain("zh-CN", got.error());
  EXPECT_THAT(said, HasSubstr("4320分钟"));
  for (const auto at : {b.host->clock.wall, b.ra.now})
    EXPECT_THAT(said, HasSubstr(common::date_time_text(at, 8 * 3600)))
        << "both are said, so that one sees which is wrong";
}

TEST(Renewal, AQuoteThatDoesNotAddUpIsShownAndRefused) {
  bench b;
  b.ra.quote_error = -100;
  const auto got = b.run("quote", {{"months", 12}});
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, "KC-RENEWAL-QUOTE-SUM");
  EXPECT_THAT(*b.core->explain("zh-CN", got.error()), HasSubstr("199.00"));
  b.ra.quote_error = 0;
  EXPECT_THAT(said(b.run("quote", {{"months", 24}})), HasSubstr("400.00"));
}

TEST(Renewal, AFeeThatChangedSinceItWasShownIsNotAgreedTo) {
  bench b;
  b.must("agreement");
  auto input = b.application();
  input["fee_fen"] = 20000;
  b.ra.fee_per_year = 30000;
  EXPECT_EQ(b.code_of("apply", input), "KC-RENEWAL-FEE-CHANGED");
}

TEST(Renewal, APinThatIsLockedOrAtItsLastTryStopsTheApplicationBeforeAnyDialog) {
  bench b;
  b.must("agreement");
  b.device.remaining = 1;
  EXPECT_EQ(b.code_of("apply", b.application()), "KC-RENEWAL-PIN-LAST");
  b.device.locked = true;
  EXPECT_EQ(b.code_of("apply", b.application()), "KC-RENEWAL-PIN-LOCKED");
  EXPECT_EQ(b.device.prompts, 0);
}

TEST(Renewal, AFullTokenShowsBeforeMoneyDoes) {
  bench b;
  b.must("agreement");
  b.device.room = 1;
  EXPECT_EQ(b.code_of("apply", b.application()), "KC-TOKEN-FULL");
  EXPECT_TRUE(b.ra.orders.empty());
}

TEST(Renewal, ACancelledPinAsksAgainForTheSameApplication) {
  bench b;
  b.must("agreement");
  b.device.refuse_pin = true;
  EXPECT_EQ(b.code_of("apply", b.application()), "KC-PIN-CANCELLED");
  b.device.refuse_pin = false;
  auto reply = b.must("continue");
  EXPECT_EQ(reply["data"]["order"]["stage"], "signed");
  reply = b.must("continue");
  EXPECT_EQ(reply["data"]["order"]["state"], "awaiting-payment");
  EXPECT_EQ(b.ra.orders.size(), 1U);
}

TEST(Renewal, AnApplicationThatWasNotSignedWhenTheProgramEndedIsFilledInAgainUnderItsId) {
  bench b;
  b.must("agreement");
  b.device.refuse_pin = true;
  (void)b.run("apply", b.application());
  const auto uuid = b.record().uuid;
  b.device.refuse_pin = false;
  b.start();
  const auto reply = b.must("continue");
  EXPECT_EQ(reply["next"]["command"], "apply");
  EXPECT_EQ(reply["next"]["wait"], "user");
  b.must("apply", b.application());
  EXPECT_EQ(b.ra.only()->uuid, uuid);
}

TEST(Renewal, ALostAnswerIsAskedForAgainWithTheSameOctets) {
  bench b;
  b.must("agreement");
  const auto before = b.ra.log.size();
  b.host->http.on_send = [&](const http_request& request) {
    const bool put = request.method == "PUT";
    auto got = b.ra.serve(request);
    if (put && b.ra.log.size() < before + 6) return result<http_response>(fail(KC_E_OUTCOME_UNKNOWN, "KC-NET-LOST"));
    return got;
  };
  auto reply = b.must("apply", b.application());
  EXPECT_EQ(reply["next"]["wait"], "ra");
  EXPECT_EQ(reply["data"]["order"]["stage"], "signed");
  b.start();
  const auto again = b.run("apply", b.application());
  ASSERT_FALSE(again);
  EXPECT_THAT(*b.core->explain("zh-CN", again.error()), HasSubstr(b.record().uuid)) << "it has no number yet";
  reply = b.must("continue");
  EXPECT_EQ(reply["data"]["order"]["state"], "awaiting-payment");
  EXPECT_EQ(b.ra.orders.size(), 1U);
  EXPECT_EQ(b.device.prompts, 1) << "what is signed is not signed again";
}

TEST(Renewal, ARefusalThatIsNotTheRasOwnLosesNeitherTheApplicationNorTheOrder) {
  bench b;
  b.must("agreement");
  // A gateway forbids, before the RA has heard of it and after; the order is the same one all the while.
  for (const bool heard : {false, true}) {
    b.host->http.on_send = [&b, heard](const http_request& request) -> result<http_response> {
      if (request.method == "PUT" && !heard) return fakes::reply(403, json::object());
      auto got = b.ra.serve(request);
      return request.method == "PUT" ? fakes::reply(403, json::object()) : got;
    };
    EXPECT_EQ(heard ? b.code_of("continue") : b.code_of("apply", b.application()), "KC-RA-REFUSED");
    EXPECT_EQ(b.record().at, renewal::stage::signed_);
  }
  b.start();
  EXPECT_EQ(b.must("continue")["data"]["order"]["state"], "awaiting-payment");
  EXPECT_EQ(b.ra.orders.size(), 1U);
  // Nor is "there is no such page" the RA's word that there is no such order.
  b.host->http.on_send = [](const http_request&) { return fakes::reply(404, json::object()); };
  EXPECT_EQ(b.code_of("continue"), "KC-RA-REFUSED");
  b.start();
  EXPECT_EQ(b.must("continue")["data"]["order"]["state"], "awaiting-payment");
}

TEST(Renewal, AnExpiredQuoteClosesThatIdAndANewApplicationGetsAnother) {
  bench b;
  b.must("agreement");
  b.ra.expire_quotes = true;
  EXPECT_EQ(b.code_of("apply", b.application()), "KC-RA-QUOTE-EXPIRED");
  EXPECT_EQ(b.record().at, renewal::stage::closed);
  const auto first = b.record().uuid;
  b.ra.expire_quotes = false;
  b.must("apply", b.application());
  EXPECT_NE(b.ra.only()->uuid, first);
  EXPECT_FALSE(b.device.boxes.contains(renewal::container_name(first, 1)))
      << "its empty container went with the next PIN";
}

TEST(Renewal, ASecondOrderForTheSameCertificateIsNotBegun) {
  bench b;
  b.applied();
  const auto got = b.run("apply", b.application());
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, "KC-RENEWAL-UNDER-WAY");
  EXPECT_THAT(*b.core->explain("zh-CN", got.error()), HasSubstr("KC20261"));
  b.start_elsewhere();
  b.must("agreement");
  const auto there = b.run("apply", b.application());
  ASSERT_FALSE(there);
  EXPECT_EQ(there.error().code, "KC-RENEWAL-NOT-OPEN-ORDER");
  EXPECT_THAT(*b.core->explain("zh-CN", there.error()), HasSubstr("KC20261，12个月，200.00元"));
}

TEST(Renewal, AForgedReceiptIsNotBelieved) {
  bench b;
  b.must("agreement");
  b.ra.wrong_receipts = true;
  EXPECT_EQ(b.code_of("apply", b.application()), "KC-RENEWAL-RECEIPT");
  EXPECT_EQ(b.record().at, renewal::stage::signed_);
  b.ra.wrong_receipts = false;
  EXPECT_EQ(b.must("continue")["data"]["order"]["state"], "awaiting-payment");
}

TEST(Renewal, PressingPayTwiceOpensTheSamePayment) {
  bench b;
  b.applied();
  b.must("pay", bench::payment());
  b.must("pay", bench::payment());
  EXPECT_EQ(b.ra.only()->payments.size(), 1U);
  EXPECT_EQ(b.host->shell.opened.size(), 2U);
  b.must("pay", bench::payment("bank-transfer"));
  EXPECT_EQ(b.ra.only()->payments.size(), 2U);
  EXPECT_EQ(b.ra.only()->payments[1]["state"], "closed");
}

TEST(Renewal, APaymentThatHasToWaitForAnotherOneIsRepeatedUnderItsOwnId) {
  bench b;
  b.applied();
  b.must("pay", bench::payment());
  b.ra.payment_closing = true;
  auto reply = b.must("pay", bench::payment("bank-transfer"));
  EXPECT_EQ(reply["next"]["after_seconds"], 3);
  const auto id = b.record().to_send.id;
  reply = b.must("continue");
  EXPECT_EQ(b.ra.only()->payments.front()["uuid"], id);
}

TEST(Renewal, AnInvoiceThatDoesNotFitIsNotPaidFor) {
  bench b;
  b.applied();
  auto input = bench::payment();
  input["invoice"]["kind"] = "enterprise";
  const auto got = b.run("pay", input);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, "KC-RENEWAL-FORM");
  EXPECT_THAT(*b.core->explain("zh-CN", got.error()), HasSubstr("纳税人识别号"));
}

TEST(Renewal, AnOrderWhoseFeeIsNotTheQuotedOneIsNotPaid) {
  bench b;
  b.applied();
  b.ra.only()->quote["fee_fen"] = 90000;
  EXPECT_EQ(b.code_of("pay", bench::payment()), "KC-RENEWAL-ORDER-DIFFERS");
  EXPECT_TRUE(b.host->shell.opened.empty());
}

TEST(Renewal, PaidInSpiteOfACrashIsNotPaidTwice) {
  bench b;
  b.applied();
  b.must("pay", bench::payment());
  b.ra.provider_says_paid();
  EXPECT_THAT(joined(b.must("pay", bench::payment())), HasSubstr("无需缴费"));
  EXPECT_EQ(b.ra.only()->payments.size(), 1U);
}

TEST(Renewal, WithdrawingWaitsForThePaymentProvidersWord) {
  bench b;
  b.applied();
  auto reply = b.must("withdraw");
  EXPECT_EQ(reply["data"]["order"]["state"], "withdrawing");
  EXPECT_EQ(reply["next"]["wait"], "ra");
  b.ra.only()->state = "withdrawn";
  reply = b.must("continue");
  EXPECT_THAT(joined(reply), HasSubstr("申请已撤销"));
  EXPECT_EQ(b.record().at, renewal::stage::closed);
  EXPECT_EQ(b.code_of("withdraw", {{"order", b.record().uuid}}), "KC-RENEWAL-ENDED");
}

TEST(Renewal, AConsentThatDecayedInTheStoreWasNeverShown) {
  for (const char* member : {"sha256", "role", "language", "shown_at"}) {
    bench b;
    b.must("agreement");
    for (auto& [key, stored] : b.disk) {
      auto document = json::parse(stored.data.begin(), stored.data.end());
      document[member] = json::array();
      const auto text = document.dump();
      stored.data.assign(text.begin(), text.end());
    }
    EXPECT_EQ(b.code_of("apply", b.application()), "KC-RENEWAL-NOT-SHOWN") << member;
  }
}

TEST(Renewal, WhatIsPaidIsNotWithdrawn) {
  bench b;
  b.applied();
  b.must("pay", bench::payment());
  b.ra.provider_says_paid();
  EXPECT_EQ(b.code_of("withdraw"), "KC-RENEWAL-ALREADY-PAID");
  EXPECT_EQ(b.device.prompts, 1);
  EXPECT_EQ(b.must("show")["data"]["order"]["state"], "paid") << "what the RA said is kept";
}

TEST(Renewal, TheContainerOfAWithdrawnOrderIsReapedWithTheNextApplication) {
  bench b;
  b.applied();
  b.must("withdraw");
  b.ra.only()->state = "withdrawn";
  b.must("continue");
  const auto old = b.record().container;
  EXPECT_TRUE(b.device.boxes.contains(old));
  b.must("apply", b.application());
  EXPECT_FALSE(b.device.boxes.contains(old));
  EXPECT_TRUE(b.device.boxes.contains("OLD"));
}

}  // namespace
}  // namespace keycare::fakes
