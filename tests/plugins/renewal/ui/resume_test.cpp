// resume_test.cpp - the program ends in the middle, at each state, and goes on from there; what was half typed stays.
#include "renewal_kit.hpp"

#include <QLineEdit>

namespace keycare::renewal_pages {
namespace {

namespace cast = demo::cast;

TEST(RenewalPages, ARestartAtAnyMomentGoesOnFromThere) {
  clerk user;
  const auto again = [&] {
    user.stage.restart();
    user.sit_down();
  };
  user.to_order();
  const auto number = QString::fromStdString(user.order()["number"]);
  again();
  EXPECT_TRUE(user.sees(number)) << "the one open order is shown at once";
  user.to_open_payment();
  again();
  user.find("payCode");
  user.provider_is_paid();
  again();
  EXPECT_TRUE(user.sees("现在可以关闭本窗口"));
  user.review({{"decision", "approve"}});
  again();
  EXPECT_TRUE(user.sees("需要再输入一次 CA 密码"));
  user.press("mainAct");  // the PIN dialog is cancelled
  EXPECT_TRUE(user.sees("已取消输入密码"));
  again();
  user.stage.prompt().will_type(cast::pin);
  user.press("mainAct");
  EXPECT_TRUE(user.sees("证书安装完成。"));
  EXPECT_TRUE(user.stands("complete"));
  again();
  EXPECT_TRUE(user.sees("申请续期"));
}

TEST(RenewalPages, AnApplicationThatWasNeverSignedIsFilledInAgainOrDropped) {
  clerk user;
  user.to_agreement();
  user.accept_agreement();
  user.fill_form();
  user.tick_bids();
  user.press("submit");  // the PIN dialog is cancelled
  EXPECT_TRUE(user.sees("已取消输入密码"));
  user.stage.restart();
  user.sit_down();
  EXPECT_TRUE(user.sees("请重新填写并提交"));
  user.picture("fill-again");
  user.press("mainAct");
  user.accept_agreement();
  user.fill_form();
  user.tick_bids();
  user.submit();
  EXPECT_TRUE(user.stands("awaiting-payment"));
}

TEST(RenewalPages, AHalfFilledFormSurvivesLeavingThePageAndClosingIt) {
  clerk user;
  user.to_agreement();
  user.accept_agreement();
  user.type("phone", "139");
  user.press("back");
  user.accept_agreement();
  EXPECT_EQ(user.find<QLineEdit>("phone")->text(), "139");
  user.stage.close(user.page);
  user.sit_down();
  user.to_agreement();
  user.accept_agreement();
  EXPECT_EQ(user.find<QLineEdit>("phone")->text(), "139");
}

TEST(RenewalPages, TheHomeCardShowsTheOrderThatIsUnderWayAndNothingWithoutOne) {
  clerk user;
  auto* card = user.stage.page("renewal", "home");
  EXPECT_TRUE(window::wait_until([&] { return card->isHidden(); })) << "without an order it takes no room";
  user.to_order();
  auto* go_on = card->findChild<QWidget*>("goOn");
  EXPECT_TRUE(window::wait_until([&] { return go_on->isVisible() && go_on->height() > 10; }));
  window::picture(card, "renewal-home-zh-CN");
  window::click(go_on);
  EXPECT_TRUE(window::wait_until([&] {
    const std::lock_guard lock(user.stage.shell().mutex);
    return !user.stage.shell().shown.empty() && user.stage.shell().shown.back() == "renewal";
  }));
  // Wherever the tab stands, it opens the order.
  user.press("back");
  EXPECT_TRUE(user.sees("正在办理的业务"));
  user.page->hide();
  window::click(go_on);
  user.page->show();
  user.find("orderNumber");
}

}  // namespace
}  // namespace keycare::renewal_pages
