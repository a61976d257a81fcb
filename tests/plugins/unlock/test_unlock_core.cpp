// test_unlock_core.cpp - the commands of the unlock plugin, as a person meets them.
#include "../schema_check.hpp"
#include "unlock_bench.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace keycare::unlock {
namespace {

using fakes::bench;
using fakes::fake_call;
using fakes::joined;
using testing::HasSubstr;
using testing::Not;

class Unlock : public testing::Test, public bench {
protected:
  json good(std::string_view command, const json& input = json::object()) {
    auto reply = run(command, input);
    EXPECT_TRUE(reply.ok()) << (reply ? "" : reply.error().code);
    return reply ? *reply : json{{"text", json::array()}, {"data", json::object()}};
  }
  std::string refusal(std::string_view command, const json& input = json::object()) {
    auto reply = run(command, input);
    return reply ? "" : reply.error().code;
  }
  /// Up to the approval.
  void approve() {
    good("apply", form());
    good("continue", {{"code", fakes::right_code}});
    ra.state = "approved";
  }
};

TEST(UnlockSchemas, EveryOptionIsDescribedInBothLanguages) {
  const fakes::bench b;
  fakes::expect_described(*b.core);
}

TEST_F(Unlock, StateSaysWhatTheTokenReportsAndWhatToDo) {
  auto text = joined(good("state"));
  EXPECT_THAT(text, HasSubstr("密码已锁定"));
  EXPECT_THAT(text, HasSubstr("请填写经办人信息，申请解锁"));
  EXPECT_EQ(good("state")["data"]["tokens"][0]["applications"][0]["pin"]["max"], 10);

  EXPECT_THAT(good("state")["data"]["tokens"][0]["applications"][0]["text"].get<std::string>(), HasSubstr("已锁定"));
  host->pin.now = {0, {}, {}, "none"};
  text = joined(good("state"));
  EXPECT_THAT(text, HasSubstr("未知"));
  host->pin.now = {KC_PIN_LOCKED, {}, {}, "token flags"};
  host->tokens.list[0].flags = 0;
  EXPECT_THAT(joined(good("state")), HasSubstr("不支持在线解锁，请联系服务热线"));
  host->tokens.list.clear();
  EXPECT_THAT(joined(good("state")), HasSubstr("请插上"));
}

TEST_F(Unlock, StateNamesTwoTokensThatCallThemselvesTheSame) {
  EXPECT_THAT(joined(good("state")), Not(HasSubstr("无法区分")));
  host->tokens.list.push_back(host->tokens.list[0]);
  EXPECT_THAT(joined(good("state")), HasSubstr("有两个数字证书 CA 使用同一序列号 A1，无法区分"));
}

TEST_F(Unlock, LeadsFromTheApplicationToTheNewPin) {
  const auto applied = good("apply", form());
  EXPECT_THAT(joined(applied), HasSubstr("解锁申请已经提交成功"));
  EXPECT_EQ(applied["next"]["command"], "continue");
  const auto unlock = applied["data"]["unlock"]["uuid"].get<std::string>();

  const auto asked = good("continue", {{"unlock", unlock}});
  EXPECT_THAT(joined(asked),
              HasSubstr("验证码已发送到登记的手机 138****8000，请在 2026-11-23 08:05:00 (UTC+08:00) 前输入"));
  EXPECT_EQ(asked["next"]["wait"], "user");
  EXPECT_EQ(asked["next"]["ask"][0], "code");

  const auto verified = good("continue", {{"unlock", unlock}, {"code", "１２３ 456"}});
  EXPECT_THAT(joined(verified), HasSubstr("管理员审核"));
  const auto waiting = good("continue", {{"unlock", unlock}});
  EXPECT_EQ(waiting["next"]["after_seconds"], 7) << "the RA said when to come back";
  EXPECT_EQ(waiting["next"]["wait"], "ra");

  ra.state = "approved";
  EXPECT_THAT(joined(good("continue")), HasSubstr("本次申请还可以解锁 3 次"));
  const auto proved = good("continue", {{"code", fakes::right_code}});
  EXPECT_EQ(proved["data"]["unlock"]["stage"], "proved");
  EXPECT_EQ(proved["next"]["after_seconds"], 0);
  EXPECT_FALSE(device.locked);
  EXPECT_NE(ra.state, "done") << "not before the RA holds the proof";

  const auto done = good("continue");
  EXPECT_THAT(joined(done), HasSubstr("解锁成功，新密码已生效"));
  EXPECT_EQ(ra.state, "done");
  EXPECT_EQ(done["data"]["unlock"]["outcome"], "done");
  EXPECT_EQ(refusal("continue"), "KC-UNLOCK-NONE");
  EXPECT_EQ(good("continue", {{"unlock", unlock}})["data"]["unlock"]["stage"], "closed");
}

TEST_F(Unlock, SealsTheApplicantsDataToTheRaAndKeepsItNowhereElse) {
  good("apply", form());
  const auto told = json::parse(ra.body.substr(7));
  EXPECT_EQ(told["applicant"]["id_number"], "11010519491231002X");
  EXPECT_EQ(told["applicant"]["phone"], "13800138000");
  EXPECT_EQ(told["ra"], "test-ra");
  EXPECT_EQ(told["token"]["serial"], "A1");
  good("continue", {{"code", fakes::right_code}});
  for (const auto& [key, value] : disk) {
    EXPECT_THAT(std::string(text_of(value.data)), Not(HasSubstr("11010519491231002X")));
    EXPECT_THAT(std::string(text_of(value.data)), Not(HasSubstr(fakes::right_code)));
  }
  EXPECT_THAT(host->log.lines, Not(HasSubstr(fakes::right_code)));
  EXPECT_THAT(host->log.lines, Not(HasSubstr("1101")));
}

TEST_F(Unlock, WithAFormThatIsWrongSendsAndStoresNothing) {
  auto wrong = form();
  wrong["phone"] = "12345";
  const auto reply = run("apply", wrong);
  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(reply.error().code, "KC-UNLOCK-FORM");
  EXPECT_THAT(core->explain("zh-CN", reply.error()).value(), HasSubstr("手机号码：必须填写真实有效的手机号码"));
  EXPECT_TRUE(host->http.sent.empty());
  EXPECT_TRUE(disk.empty());
}

TEST_F(Unlock, ChecksAFormFieldByFieldAndKeepsNothingOfIt) {
  EXPECT_TRUE(good("check", form())["data"]["problems"].empty());
  auto wrong = form();
  wrong["phone"] = "12345";
  wrong.erase("name");
  const auto problems = good("check", wrong)["data"]["problems"];
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0]["field"], "name");
  EXPECT_EQ(problems[1]["field"], "phone");
  EXPECT_THAT(problems[1]["text"].get<std::string>(), HasSubstr("必须填写真实有效的手机号码"));
  EXPECT_TRUE(host->http.sent.empty());
  EXPECT_TRUE(disk.empty());
}

TEST_F(Unlock, LookedAtSendsNoCodeAndOpensNoDialog) {
  good("apply", form());
  const auto unproved = good("continue", {{"look", true}});
  EXPECT_EQ(ra.codes, 0);
  EXPECT_EQ(unproved["next"]["wait"], "user");
  EXPECT_FALSE(unproved["next"].contains("ask"));
  EXPECT_EQ(good("continue", {{"code", fakes::right_code}, {"look", true}})["next"]["input"]["look"], true);
  const auto waiting = good("continue", {{"look", true}});
  EXPECT_EQ(waiting["next"]["wait"], "ra");
  EXPECT_EQ(waiting["next"]["input"]["look"], true) << "who looks goes on looking";
  ra.state = "approved";
  const auto approved = good("continue", {{"look", true}});
  EXPECT_THAT(joined(approved), HasSubstr("审核已通过"));
  EXPECT_EQ(approved["data"]["authorised"], false);
  EXPECT_EQ(ra.codes, 0);
  EXPECT_TRUE(ra.redemptions.empty());
}

TEST_F(Unlock, ThatIsOverSaysSoAgainInAnyLanguage) {
  const auto unlock = good("apply", form())["data"]["unlock"]["uuid"].get<std::string>();
  ra.state = "rejected";
  ra.reason = "资料不符";
  good("continue");
  const auto again = good("continue", {{"unlock", unlock}});
  EXPECT_THAT(joined(again), HasSubstr("未通过审核：资料不符"));
  EXPECT_EQ(again["data"]["unlock"]["rejection"], "资料不符");
}

TEST_F(Unlock, OfATokenThatIsNotLockedNeedsTheWordForgotten) {
  device.locked = false;
  start();
  EXPECT_EQ(refusal("apply", form()), "KC-UNLOCK-NOT-LOCKED");
  auto forgotten = form();
  forgotten["forgotten"] = true;
  EXPECT_THAT(joined(good("apply", forgotten)), HasSubstr("提交成功"));
}

TEST_F(Unlock, OfATokenWithSeveralApplicationsIsOfTheOneThatIsNamed) {
  auto other = host->tokens.found.front();
  other.application = "BIDS";
  other.container = "C2";
  other.serial = "78";
  other.sha256.fill(0xCD);
  host->tokens.found.push_back(other);
  const auto text = joined(good("state"));
  EXPECT_THAT(text, HasSubstr("应用 APP: "));
  EXPECT_THAT(text, HasSubstr("应用 BIDS: "));
  EXPECT_EQ(refusal("apply", form()), "KC-CERTIFICATE-CHOOSE") << "neither is picked at random";
  auto named = form();
  named["application"] = "NONE";
  EXPECT_EQ(refusal("apply", named), "KC-CERTIFICATE-NONE");
  named["application"] = "BIDS";
  EXPECT_EQ(good("apply", named)["data"]["unlock"]["application"], "BIDS");
  EXPECT_EQ(json::parse(ra.body.substr(7))["application"], "BIDS") << "what the RA is asked for";
}

TEST_F(Unlock, IsRefusedForATokenThatCannot) {
  host->tokens.list[0].flags = 0;
  EXPECT_EQ(refusal("apply", form()), "KC-UNLOCK-UNSUPPORTED");
}

TEST_F(Unlock, IsAppliedForOnce) {
  good("apply", form());
  EXPECT_EQ(refusal("apply", form()), "KC-UNLOCK-OPEN");
  EXPECT_EQ(ra.applications, 1);
}

TEST_F(Unlock, RefusedByTheRaCanBeAppliedForAgain) {
  ra.refuse_application = {404, "unknown-certificate"};
  EXPECT_EQ(refusal("apply", form()), "KC-RA-UNKNOWN-CERTIFICATE");
  EXPECT_EQ(refusal("continue"), "KC-UNLOCK-NONE");
  ra.refuse_application.reset();
  good("apply", form());
  EXPECT_EQ(disk.size(), 1U) << "the closed record made room";
}

TEST_F(Unlock, UnavailableRaKeepsTheApplicationForLater) {
  ra.refuse_application = {503, "unavailable"};
  EXPECT_EQ(refusal("apply", form()), "KC-RA-UNAVAILABLE");
  ra.refuse_application.reset();
  EXPECT_THAT(joined(good("continue")), HasSubstr("提交成功"));
  EXPECT_EQ(ra.applications, 1);
}

TEST_F(Unlock, GatewayThatForbidsKeepsTheApplicationForLater) {
  ra.refuse_application = {403, ""};
  EXPECT_EQ(refusal("apply", form()), "KC-RA-REFUSED");
  ra.refuse_application.reset();
  EXPECT_THAT(joined(good("continue")), HasSubstr("提交成功"));
  EXPECT_EQ(ra.applications, 1);
}

TEST_F(Unlock, WrongCodeChangesNothingAndMayBeTypedAgain) {
  good("apply", form());
  EXPECT_EQ(refusal("continue", {{"code", "999999"}}), "KC-RA-CODE-WRONG");
  EXPECT_EQ(refusal("continue", {{"code", "12345"}}), "KC-UNLOCK-CODE-FORMAT");
  EXPECT_EQ(refusal("continue", {{"code", "12345a"}}), "KC-UNLOCK-CODE-FORMAT");
  EXPECT_THAT(joined(good("continue", {{"code", fakes::right_code}})), HasSubstr("验证码正确"));
}

TEST_F(Unlock, WrongSecondCodeEndsTheHostsKeyAndSpendsNothing) {
  approve();
  EXPECT_EQ(refusal("continue", {{"code", "999999"}}), "KC-RA-CODE-WRONG");
  EXPECT_EQ(host->pin.ended.size(), 1U);
  EXPECT_TRUE(ra.redemptions.empty());
  EXPECT_EQ(device.finished, 0);
  good("continue", {{"code", fakes::right_code}});
  EXPECT_FALSE(device.locked);
}

TEST_F(Unlock, WaitsForTheRightTokenBeforeItSendsACode) {
  approve();
  host->tokens.list[0].token.serial = "B2";
  const auto reply = good("continue");
  EXPECT_THAT(joined(reply), HasSubstr("请插上序列号为 A1 的数字证书 CA"));
  EXPECT_EQ(reply["next"]["wait"], "token");
  EXPECT_EQ(ra.codes, 0);
}

TEST_F(Unlock, LostAnswerOfARedemptionIsAskedForAgainAndNotCountedTwice) {
  approve();
  good("continue");  // a code is asked for
  host->http.on_send = [this](const http_request& request) {
    if (request.path.find("/redemptions/") != std::string::npos && ra.redemptions.empty()) ra.lost_answers = 2;
    return ra.serve(request);
  };
  good("continue", {{"code", fakes::right_code}});
  EXPECT_EQ(ra.redemptions.size(), 1U);
  EXPECT_FALSE(device.locked);
}

TEST_F(Unlock, AnswersThatStayLostAreAskedForInTheNextStepOfTheSameProcess) {
  approve();
  host->http.on_send = [this](const http_request& request) {
    if (request.path.find("/redemptions/") != std::string::npos && ra.redemptions.empty()) ra.lost_answers = 3;
    return ra.serve(request);
  };
  EXPECT_THAT(joined(good("continue", {{"code", fakes::right_code}})), HasSubstr("将重复同一请求，不会多计次数"));
  EXPECT_EQ(good("continue")["data"]["unlock"]["stage"], "proved") << "without another code";
  EXPECT_EQ(ra.redemptions.size(), 1U);
}

TEST_F(Unlock, AfterFiveMinutesARedemptionIsNotContinued) {
  approve();
  host->http.on_send = [this](const http_request& request) {
    if (request.path.find("/redemptions/") != std::string::npos && ra.redemptions.empty()) ra.lost_answers = 3;
    return ra.serve(request);
  };
  good("continue", {{"code", fakes::right_code}});
  host->clock.mono += 300'000'000'000;
  EXPECT_THAT(joined(good("continue")), HasSubstr("验证码已发送"));
  EXPECT_EQ(host->pin.ended.size(), 1U);
}

TEST_F(Unlock, AuthorisationThatDoesNotFitIsRefusedAndNothingIsSpent) {
  approve();
  ra.wrong_authorisation = true;
  EXPECT_EQ(refusal("continue", {{"code", fakes::right_code}}), "KC-UNLOCK-AUTHORISATION");
  EXPECT_TRUE(device.locked);
  EXPECT_EQ(device.finished, 0);
  EXPECT_EQ(good("state")["data"]["unlocks"][0]["stage"], "open");
}

TEST_F(Unlock, ClosedPinDialogCanBeOpenedAgainWithTheSameAuthorisation) {
  approve();
  auto finish = host->pin.on_finish;
  host->pin.on_finish = [](kc_unlock, octets_view) { return result<octets>(fail(KC_E_CANCELLED, "KC-PIN-CANCELLED")); };
  EXPECT_EQ(refusal("continue", {{"code", fakes::right_code}}), "KC-PIN-CANCELLED");
  const auto looked = good("continue", {{"look", true}});
  EXPECT_EQ(looked["data"]["authorised"], true) << "who looks is sent for no second code";
  EXPECT_THAT(joined(looked), HasSubstr("请设置新密码"));
  EXPECT_THAT(joined(looked), Not(HasSubstr("验证码")));
  host->pin.on_finish = finish;
  EXPECT_EQ(good("continue")["data"]["unlock"]["stage"], "proved");
  EXPECT_EQ(ra.redemptions.size(), 1U);
}

TEST_F(Unlock, ThirdRedemptionIsTheLast) {
  approve();
  ra.wrong_authorisation = true;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(refusal("continue", {{"code", fakes::right_code}}), "KC-UNLOCK-AUTHORISATION");
  EXPECT_EQ(refusal("continue", {{"code", fakes::right_code}}), "KC-UNLOCK-LIMIT");
  EXPECT_EQ(ra.redemptions.size(), 3U);
}

TEST_F(Unlock, RejectionSaysWhyAndWhatToDo) {
  good("apply", form());
  good("continue", {{"code", fakes::right_code}});
  ra.state = "rejected";
  ra.reason = "资料不符";
  const auto reply = good("continue");
  EXPECT_THAT(joined(reply), HasSubstr("解锁申请未通过审核：资料不符。请核对后重新申请"));
  EXPECT_FALSE(reply.contains("next"));
}

TEST_F(Unlock, RefusedProofFallsBackToAnotherRedemption) {
  approve();
  good("continue", {{"code", fakes::right_code}});
  host->http.on_send = [this](const http_request& request) -> result<http_response> {
    if (request.path.ends_with("/report")) return fakes::fake_ra::problem(403, "untrusted-signature");
    return ra.serve(request);
  };
  EXPECT_EQ(refusal("continue"), "KC-RA-UNTRUSTED-SIGNATURE");
  EXPECT_THAT(joined(good("continue")), HasSubstr("验证码已发送"));
}

TEST_F(Unlock, SecondProcessIsToldToFinishTheFirst) {
  host->store.held = true;
  EXPECT_EQ(refusal("continue"), "KC-UNLOCK-BUSY");
  EXPECT_EQ(refusal("state"), "") << "looking is always possible";
}

TEST_F(Unlock, CancelledCallTakesNoStep) {
  good("apply", form());
  fake_call call;
  call.stop = true;
  const auto reply = core->invoke(call, "continue", {{"code", fakes::right_code}});
  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(reply.error().status, KC_E_CANCELLED);
  EXPECT_EQ(ra.state, "awaiting-code");
}

TEST_F(Unlock, ChangesAPin) {
  device.locked = false;
  start();
  EXPECT_THAT(joined(good("change")), HasSubstr("密码修改成功，请务必妥善保管新密码"));
  host->pin.on_change = [] { return result<void>(fail(KC_E_PIN_LOCKED, "KC-PIN-LOCKED")); };
  EXPECT_EQ(refusal("change"), "KC-PIN-LOCKED");
}

TEST_F(Unlock, HasASentenceForEveryProblemThatItsRequestsMeet) {
  for (const char* code : {"BAD-REQUEST",
                           "BAD-JSON",
                           "BAD-STATEMENT",
                           "BAD-FIELDS",
                           "WRONG-MEDIA-TYPE",
                           "TOO-LARGE",
                           "UNAUTHORISED",
                           "UNTRUSTED-SIGNATURE",
                           "WRONG-SIGNER",
                           "STALE-STATEMENT",
                           "SEALED-UNREADABLE",
                           "UNKNOWN-CERTIFICATE",
                           "UNKNOWN-UNLOCK",
                           "OTHER-PAYLOAD",
                           "UUID-CLOSED",
                           "WRONG-STATE",
                           "CODE-WRONG",
                           "CODE-EXPIRED",
                           "TOO-MANY-CODES",
                           "UNLOCK-LIMIT",
                           "UNLOCK-LIMIT-APPROVAL",
                           "TOKEN-MISMATCH",
                           "OPEN-UNLOCK",
                           "INTERNAL",
                           "UNAVAILABLE",
                           "REFUSED",
                           "ANSWER"})
    EXPECT_TRUE(core->explain("en", fail(KC_E_FAILED, std::string("KC-RA-") + code)).has_value()) << code;
}

TEST_F(Unlock, OldAuthorisationIsToldApartFromAWrongOne) {
  approve();
  host->pin.on_finish = [](kc_unlock, octets_view) { return result<octets>(fail(KC_E_UNTRUSTED, "KC-UNLOCK-STALE")); };
  EXPECT_EQ(refusal("continue", {{"code", fakes::right_code}}), "KC-UNLOCK-TIMED-OUT");
}

TEST_F(Unlock, ARedemptionGivesWayToOneThatAnotherProcessBeganSince) {
  approve();
  host->http.on_send = [&](const http_request& request) -> result<http_response> {
    if (request.path.find("/redemptions/") != std::string::npos) return fail(KC_E_OUTCOME_UNKNOWN, "KC-NET-LOST");
    return ra.serve(request);
  };
  good("continue", {{"code", fakes::right_code}});
  const auto other = std::move(*make_core(host_link(host.get())));
  ASSERT_TRUE(other->invoke(fakes::fake_call(), "continue", {{"code", fakes::right_code}}).ok());
  host->http.on_send = [&](const http_request& request) { return ra.serve(request); };
  // Its own bytes under the other's id would spend a redemption that nobody can use.
  EXPECT_EQ(good("continue")["next"]["ask"][0], "code");
  EXPECT_TRUE(ra.redemptions.empty());
}

TEST_F(Unlock, WhoseRedemptionsAreUsedUpMayApplyAgain) {
  approve();
  EXPECT_EQ(refusal("apply", form()), "KC-UNLOCK-OPEN");
  ra.state = "redeemed";
  for (const char* id : {"a", "b", "c"}) ra.redemptions[id] = "";
  EXPECT_EQ(refusal("continue"), "KC-UNLOCK-LIMIT");
  EXPECT_TRUE(good("state")["data"]["unlocks"].empty()) << "nothing that could go on";
  ra.state = "none";
  EXPECT_EQ(good("apply", form())["data"]["unlock"]["state"], "awaiting-code");
}

TEST_F(Unlock, MarksWhatAHostMustNotLogOrTakeFromAnArgumentList) {
  for (const auto& spec : core->commands()) {
    const auto schema = json::parse(spec.input_schema);
    for (const auto& [name, rule] : schema.at("properties").items()) {
      EXPECT_EQ(rule.value("writeOnly", false), name == "code") << spec.name << " " << name;
    }
  }
}

TEST_F(Unlock, ExplainsItsErrorsInBothLanguages) {
  for (const char* code : {"KC-UNLOCK-LIMIT", "KC-RA-CODE-WRONG", "KC-UNLOCK-FORM", "KC-TOKEN-NONE"}) {
    EXPECT_TRUE(core->explain("zh-CN", fail(KC_E_FAILED, code)).has_value()) << code;
    EXPECT_TRUE(core->explain("en", fail(KC_E_FAILED, code)).has_value()) << code;
  }
  EXPECT_FALSE(core->explain("en", fail(KC_E_FAILED, "KC-NET-CONNECT")).has_value()) << "the host's own";
}

}  // namespace
}  // namespace keycare::unlock
