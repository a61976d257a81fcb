// test_for_windows.cpp - what the core gives its own pages: a look without a PIN, sentences beside what they are about,
// and events.
#include "renewal_bench.hpp"

#include <gmock/gmock.h>

namespace keycare::fakes {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

const json quietly = {{"without_pin", true}};

TEST(Renewal, AWindowThatPollsOpensNoPinDialog) {
  bench b;
  b.approved();
  const auto looked = b.must("continue", quietly);
  EXPECT_EQ(looked["data"]["order"]["next_step"], "make-request");
  EXPECT_EQ(looked["data"]["order"]["stage"], "accepted") << "nothing was done";
  EXPECT_EQ(looked["next"]["wait"], "user");
  EXPECT_EQ(b.must("continue")["data"]["order"]["stage"], "key-ready") << "and without the wish it goes on";
}

TEST(Renewal, AWindowThatPollsStillHearsOfATokenThatIsAwayOrLocked) {
  bench b;
  b.approved();
  b.device.plugged = false;
  EXPECT_EQ(b.must("continue", quietly)["data"]["order"]["next_step"], "await-token");
  b.device.plugged = true;
  b.device.locked = true;
  EXPECT_EQ(b.must("continue", quietly)["data"]["order"]["next_step"], "unlock-pin");
}

TEST(Renewal, ALookSendsWhatWasSignedAlready) {
  bench b;
  b.ra.lose_answers = 0;
  b.must("agreement");
  b.host->http.on_send = [&b](const http_request& request) -> result<http_response> {
    if (request.method == "PUT") return fail(KC_E_NETWORK, "KC-NET-CONNECT");
    return b.ra.serve(request);
  };
  EXPECT_EQ(b.must("apply", b.application())["data"]["order"]["stage"], "signed");
  b.host->http.on_send = [&b](const http_request& request) { return b.ra.serve(request); };
  EXPECT_EQ(b.must("continue", quietly)["data"]["order"]["state"], "awaiting-payment");
}

TEST(Renewal, TheSentencesStandBesideWhatTheyAreAbout) {
  bench b;
  const auto eligible = b.must("eligible");
  EXPECT_THAT(eligible["data"]["certificates"][0]["say"].get<std::string>(), HasSubstr("可以申请续期"));
  EXPECT_THAT(b.must("quote", {{"months", 24}})["data"]["details"].dump(), HasSubstr("2 年"));
  const auto applied = b.applied();
  EXPECT_THAT(applied["data"]["say"][0].get<std::string>(), HasSubstr("您的申请已经提交成功"));
  EXPECT_THAT(applied["data"]["order"]["fee_details"].dump(), HasSubstr("200.00"));
  EXPECT_THAT(b.must("orders")["data"]["orders"][0]["say"].dump(), HasSubstr("前缴费"));
  EXPECT_THAT(b.must("show")["data"]["say"].dump(), HasSubstr("前缴费"));
}

TEST(Renewal, AnInvoiceIsCheckedBeforeAnythingIsPaid) {
  bench b;
  const json invoice = {{"kind", "enterprise"}, {"title", ""}, {"taxpayer_number", "440100123456789"}, {"email", "x"}};
  const auto checked = b.must("check", {{"invoice", invoice}});
  EXPECT_EQ(checked["data"]["fits"], false);
  std::map<std::string, bool> warns;
  for (const auto& one : checked["data"]["problems"]) warns[one["field"]] = one["warning"];
  EXPECT_EQ(warns, (std::map<std::string, bool>{
                       {"invoice.title", false}, {"invoice.taxpayer_number", true}, {"invoice.email", false}}));
  auto old = invoice;
  old["title"] = "广州示例电子有限公司";
  old["email"] = "zhangsan@example.com";
  EXPECT_EQ(b.must("check", {{"invoice", old}})["data"]["fits"], true) << "an odd old number only warns";
}

TEST(Renewal, WhoWantedToPayAndHasPaidIsNotAskedForAPinInstead) {
  bench b;
  b.approved();
  const auto reply = b.must("pay", bench::payment());
  EXPECT_THAT(reply["text"].dump(), HasSubstr("无需缴费"));
  EXPECT_EQ(reply["data"]["order"]["next_step"], "make-request");
  EXPECT_EQ(reply["next"]["wait"], "user");
}

TEST(Renewal, APinIsAnnouncedOnlyWhenItWillBeAskedFor) {
  bench b;
  b.approved();
  EXPECT_EQ(b.must("continue", quietly)["data"]["order"]["asks_pin"], true);
  b.must("continue");  // the PIN is given for all that follows
  const auto prompts = b.device.prompts;
  const auto looked = b.must("continue", quietly);
  ASSERT_EQ(looked["data"]["order"]["next_step"], "install");
  EXPECT_EQ(looked["data"]["order"]["asks_pin"], false);
  EXPECT_EQ(b.must("continue")["data"]["order"]["stage"], "proved");
  EXPECT_EQ(b.device.prompts, prompts);
}

TEST(Renewal, AProgramThatHasStartedAgainAnnouncesThePin) {
  bench b;
  b.approved();
  b.must("continue");
  b.start();
  const auto looked = b.must("continue", quietly);
  ASSERT_EQ(looked["data"]["order"]["next_step"], "install");
  EXPECT_EQ(looked["data"]["order"]["asks_pin"], true);
}

TEST(Renewal, WithoutATokenTheTokenIsAskedForAndNotTheHotline) {
  bench b;
  b.device.plugged = false;
  EXPECT_EQ(b.code_of("eligible"), "KC-TOKEN-NONE");
}

TEST(Renewal, ATokenThatCameIsAnEventForItsOrdersAlsoWhenNobodyKnowsWhichItIs) {
  bench b;
  b.applied();
  std::vector<std::string> heard;
  b.core->set_event_sink([](void* context, kc_str kind,
                            kc_str) { static_cast<std::vector<std::string>*>(context)->emplace_back(text(kind)); },
                         &heard);
  b.core->deliver(fake_call("zh-CN"), "token-changed", "");
  EXPECT_THAT(heard, Contains("tokens-changed"));
  EXPECT_THAT(heard, Contains("order-due"));
  heard.clear();
  b.core->deliver(fake_call("zh-CN"), "token-changed", "another serial");
  EXPECT_THAT(heard, ::testing::Not(Contains("order-due")));
  b.core->set_event_sink(nullptr, nullptr);
}

}  // namespace
}  // namespace keycare::fakes
