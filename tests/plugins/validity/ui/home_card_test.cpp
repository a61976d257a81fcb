// home_card_test.cpp - 主页/证书信息.
#include "pages.hpp"

#include <QPushButton>

namespace keycare::validity {
namespace {

using namespace pages;

QStringList shown_texts(QWidget* card, const char* label) {
  QStringList out;
  for (const auto* one : card->findChildren<QLabel*>(label))
    if (one->isVisible()) out.push_back(one->text());
  return out;
}

TEST(HomeCard, SaysUntilWhenEachCertificateIsGoodTheMostUrgentFirst) {
  page_stage stage({.days = -3, .more_tokens = 5});
  auto* card = stage.page("validity", "home");
  ASSERT_TRUE(wait_until([&] { return shown_texts(card, "cardDays").size() == 4; }));
  EXPECT_TRUE(shown_texts(card, "cardAdvice").at(0).contains("已过期，请重新新申请"));
  EXPECT_EQ(shown_texts(card, "cardDays").at(1), "剩余 97 天");
  EXPECT_EQ(said(card, "cardMore"), "还有 2 张");
  window::picture(card, "validity-card-zh-CN");
  click(child<QPushButton>(card, "openMyCertificates"));
  EXPECT_TRUE(wait_until([&] {
    const std::lock_guard lock(stage.shell().mutex);
    return stage.shell().shown == std::vector<std::string>{"my-certificates"};
  }));
}

TEST(HomeCard, SaysWhatToDoBeforeTheEndAndWithoutAToken) {
  page_stage stage;
  auto* card = stage.page("validity", "home");
  ASSERT_TRUE(wait_until([&] { return shown_texts(card, "cardName") == QStringList{"广州示例电子有限公司"}; }));
  EXPECT_EQ(shown_texts(card, "cardDays"), QStringList{"剩余 25 天"});
  EXPECT_EQ(shown_texts(card, "cardAdvice"), QStringList{"即将到期，剩余 25 天，请到【证书续期】办理"});
  window::picture(card, "validity-card-soon-zh-CN");
  stage.unplug();
  EXPECT_TRUE(wait_until([&] { return shown_texts(card, "cardName").isEmpty(); }));
  EXPECT_TRUE(noticed(card, "tokenNotice").contains("请插上数字证书 CA"));
  window::picture(card, "validity-card-no-token-zh-CN");
  stage.plug();
  EXPECT_TRUE(wait_until([&] { return shown_texts(card, "cardName").size() == 1; }));
  EXPECT_EQ(noticed(card, "tokenNotice"), "");
}

TEST(HomeCard, SaysThatTheClockIsWrongAndReckonsByTheServers) {
  page_stage stage;
  stage.desk("clock", {{"offset", 10 * 86'400}});
  auto* card = stage.page("validity", "home");
  EXPECT_TRUE(wait_until([&] { return noticed(card, "clockNotice").contains("请先校准电脑的日期、时间和时区"); }));
  EXPECT_EQ(shown_texts(card, "cardDays"), QStringList{"剩余 15 天"});
  window::picture(card, "validity-card-wrong-clock-zh-CN");
}

TEST(HomeCard, FitsATabThatItShares) {
  page_stage stage({.more_tokens = 5});
  auto* card = stage.page("validity", "home");
  ASSERT_TRUE(wait_until([&] { return shown_texts(card, "cardDays").size() == 4; }));
  EXPECT_LT(card->minimumSizeHint().width(), 512) << "1024 pixels at 200 %";
  EXPECT_LT(card->sizeHint().height(), 300);
}

}  // namespace
}  // namespace keycare::validity
