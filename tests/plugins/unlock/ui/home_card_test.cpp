// home_card_test.cpp - the card 忘记密码 on 主页.
#include "unlock_stage.hpp"

namespace keycare::window {
namespace {

TEST(UnlockCard, SaysHowManyTriesAreLeftAndChangesThePin) {
  page_stage stage;
  auto* card = stage.page("unlock", "home");
  ASSERT_TRUE(sees(card, "剩余密码重试次数: 10"));
  picture(card, "unlock-card-zh-CN");
  stage.prompt().will_type(demo::cast::pin);
  stage.prompt().will_type(demo::cast::new_pin);
  press(card, "changePin");
  EXPECT_TRUE(sees(card, "密码修改成功"));
  picture(card, "unlock-card-changed-zh-CN");
}

TEST(UnlockCard, AfterAWrongPinShowsWhatTheTokenCounts) {
  page_stage stage;
  auto* card = stage.page("unlock", "home");
  stage.prompt().will_type(demo::cast::wrong_pin);
  press(card, "changePin");
  EXPECT_TRUE(sees(card, "剩余密码重试次数: 9"));
  EXPECT_EQ(stage.prompt().last().purpose, services::prompt_purpose::change) << "no new PIN before the old one fits";
}

TEST(UnlockCard, OfALockedTokenStandsOutAndLeadsToThePage) {
  stage_options how;
  how.tries = 3;
  how.more_tokens = 1;
  page_stage stage(how);
  lock_token(stage, 3);
  auto* card = stage.page("unlock", "home");
  ASSERT_TRUE(sees(card, "请点击【忘记密码】，按照提示操作解锁"));
  ASSERT_TRUE(sees(card, "密码已锁定"));
  picture(card, "unlock-card-locked-zh-CN");
  int usable_ones = 0;
  for (auto* one : card->findChildren<QPushButton*>("changePin")) usable_ones += one->isEnabled() ? 1 : 0;
  EXPECT_EQ(usable_ones, 1) << "the other token's";
  press(card, "forgottenPin");
  EXPECT_EQ(stage.shell().shown.back(), "unlock");
}

TEST(UnlockCard, FollowsTokensThatComeAndGo) {
  page_stage stage;
  auto* card = stage.page("unlock", "home");
  ASSERT_TRUE(sees(card, text_of(stage.token().token.serial)));
  stage.unplug();
  ASSERT_TRUE(sees(card, "没有检测到数字证书 CA"));
  stage.plug();
  EXPECT_TRUE(sees(card, text_of(stage.token().token.serial)));
}

}  // namespace
}  // namespace keycare::window
