// conversation_test.cpp - what follows from a reply: at once, later, after a question; and a look that fails is
// repeated.
#include "plugins/common/ui/conversation.hpp"

#include "scripted_core.hpp"
#include "tests/window/page_stage.hpp"

namespace keycare::ui {
namespace {

using nlohmann::json;
using window::wait_until;

json later(int seconds) {
  return {{"command", "continue"}, {"input", {{"order", "1"}}}, {"wait", "ra"}, {"after_seconds", seconds}};
}

class Conversation : public testing::Test {
protected:
  scripted_core core_;
  commands_client commands_{core_.table()};
  int replies_ = 0, questions_ = 0;
  std::vector<std::string> failures_;
  conversation talk_{commands_,
                     {.replied = [this](const json&) { ++replies_; },
                      .asks = [this](const next_command&) { ++questions_; },
                      .failed = [this](const error& why, const QString&) { failures_.push_back(why.code); }}};
};

TEST_F(Conversation, WhatIsDueAtOnceIsDone) {
  core_.script = {{KC_OK, reply({{"command", "continue"}, {"wait", "none"}, {"after_seconds", 0}})}, {KC_OK, reply()}};
  talk_.start("apply");
  EXPECT_TRUE(wait_until([&] { return replies_ == 2; }));
  EXPECT_EQ(core_.asked, (std::vector<std::string>{"apply {}", "continue {}"}));
  EXPECT_FALSE(talk_.busy());
}

TEST_F(Conversation, WhatWaitsForTheRaIsAskedAgainAndAtOnceWhenTheUserLooks) {
  core_.script = {{KC_OK, reply(later(1000))}, {KC_OK, reply()}};
  talk_.start("continue");
  EXPECT_TRUE(wait_until([&] { return talk_.waiting(); }));
  talk_.look_now();
  EXPECT_TRUE(wait_until([&] { return replies_ == 2; }));
  EXPECT_EQ(core_.asked.back(), R"(continue {"order":"1"})");
}

TEST_F(Conversation, ALookThatFailsForNowIsRepeatedLessOften) {
  core_.script = {{KC_OK, reply(later(1))}, {KC_E_NETWORK, {}}, {KC_OK, reply()}};
  talk_.start("continue");
  EXPECT_TRUE(wait_until([&] { return failures_.size() == 1; }));
  EXPECT_TRUE(talk_.waiting()) << "it is asked for again without anybody's help";
  EXPECT_TRUE(wait_until([&] { return replies_ == 2; }));
  EXPECT_FALSE(talk_.waiting());
}

TEST_F(Conversation, WhatIsWaitedForAndAskedForBeforeItsTimeIsStillWaitedForWhenThatFails) {
  core_.script = {{KC_OK, reply(later(1000))}, {KC_E_BUSY, {}}};
  talk_.start("continue");
  EXPECT_TRUE(wait_until([&] { return talk_.waiting(); }));
  talk_.start("continue", {{"order", "1"}});  // something has happened, says an event
  EXPECT_TRUE(wait_until([&] { return failures_.size() == 1; }));
  EXPECT_TRUE(talk_.waiting());
}

TEST_F(Conversation, WhatFailsForGoodAndWhatTheUserBeganAreNotRepeated) {
  core_.script = {{KC_OK, reply(later(1000))}, {KC_E_UNTRUSTED, {}}};
  talk_.start("continue");
  EXPECT_TRUE(wait_until([&] { return talk_.waiting(); }));
  talk_.look_now();
  EXPECT_TRUE(wait_until([&] { return failures_.size() == 1; }));
  EXPECT_FALSE(talk_.waiting());
  core_.script = {{KC_E_NETWORK, {}}};
  talk_.start("pay");
  EXPECT_TRUE(wait_until([&] { return failures_.size() == 2; }));
  EXPECT_FALSE(talk_.waiting());
}

TEST_F(Conversation, WhatWasCancelledIsNotGoneOnWith) {
  core_.script = {{KC_OK, reply({{"command", "pay"}, {"wait", "none"}, {"after_seconds", 0}})}};
  talk_.start("apply");
  talk_.cancel();  // too late for the step itself, which succeeds
  EXPECT_TRUE(wait_until([&] { return failures_.size() == 1; }));
  EXPECT_EQ(failures_.front(), "KC-CALL-CANCELLED");
  EXPECT_EQ(core_.asked, std::vector<std::string>{"apply {}"});
}

TEST_F(Conversation, AQuestionStopsUntilItIsAnswered) {
  core_.script = {
      {KC_OK, reply({{"command", "continue"}, {"input", {{"id", "7"}}}, {"wait", "user"}, {"ask", {"code"}}})},
      {KC_OK, reply()}};
  talk_.start("continue");
  EXPECT_TRUE(wait_until([&] { return questions_ == 1; }));
  talk_.answer({{"code", "123456"}});
  EXPECT_TRUE(wait_until([&] { return replies_ == 2; }));
  EXPECT_EQ(core_.asked.back(), R"(continue {"code":"123456","id":"7"})");
}

}  // namespace
}  // namespace keycare::ui
