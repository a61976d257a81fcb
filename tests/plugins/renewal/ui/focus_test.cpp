// focus_test.cpp - where the keyboard is after a page has become another: on what comes next, never beside the page.
#include "renewal_kit.hpp"
#include "tests/window/keyboard.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>

namespace keycare::renewal_pages {
namespace {

namespace cast = demo::cast;

/// The clerk's hands stay on the keys.
struct typist : clerk {
  using clerk::clerk;
  void enter() { window::keyboard::press(Qt::Key_Return); }
  [[nodiscard]] testing::AssertionResult at(const char* name) {
    if (window::focused(find(name))) return testing::AssertionSuccess();
    const auto* on = QApplication::focusWidget();
    return testing::AssertionFailure() << "at " << (on == nullptr ? "nothing" : on->objectName().toStdString());
  }
  [[nodiscard]] testing::AssertionResult tab_to(const char* name) { return window::keyboard::tab_to(find(name)); }
};

TEST(RenewalPages, TheAgreementComesBackAtItsTop) {
  typist user;
  user.page->window()->resize(512, 384);
  ASSERT_TRUE(user.tab_to("applyForRenewal"));
  user.enter();
  ASSERT_TRUE(user.at("agreementText"));
  auto* bar = user.page->findChild<QWidget*>("agreementPage")->findChild<QScrollArea*>()->verticalScrollBar();
  const int top = bar->value();
  ASSERT_TRUE(user.tab_to("acceptAgreement"));
  ASSERT_TRUE(user.tab_to("back"));
  ASSERT_GT(bar->value(), top) << "the page is longer than its window";
  user.enter();
  ASSERT_TRUE(user.at("applyForRenewal"));
  user.enter();
  EXPECT_TRUE(user.at("agreementText"));
  EXPECT_TRUE(window::wait_until([&] { return bar->value() == top; })) << bar->value() << " and not " << top;
}

TEST(RenewalPages, TheFocusGoesWithThePageFromTheApplicationToTheReview) {
  typist user;
  user.fill_in();
  ASSERT_TRUE(user.tab_to("submit"));
  user.stage.prompt().will_type(cast::pin);
  user.enter();
  ASSERT_TRUE(user.sees("确定"));
  ASSERT_TRUE(window::wait_until([&] {
    const auto* ok = qobject_cast<QPushButton*>(QApplication::focusWidget());
    return ok != nullptr && ok->text() == QString::fromUtf8("确定");
  }));
  user.enter();
  ASSERT_TRUE(user.at("mainAct")) << "after the notice";
  user.enter();
  ASSERT_TRUE(user.at("payOnline"));
  user.enter();
  ASSERT_TRUE(user.at("method-wechat"));
  user.find<QLineEdit>("title")->setText(QString::fromUtf8("广州示例电子有限公司"));
  user.type("taxpayer_number", QString::fromUtf8("91350100M000100Y43"));
  user.type("email", QString::fromUtf8("zhangsan@example.com"));
  user.enter();
  user.find("payCode");
  ASSERT_TRUE(user.at("mainAct")) << "支付成功";
  // Each press is answered, with its own time, also when the answer is the same.
  const QRegularExpression answer("^刚刚（\\d\\d:\\d\\d:\\d\\d）已查询：尚未收到支付机构的支付结果");
  QString said;
  for (int press = 0; press < 2; ++press) {
    const auto before = said;
    user.enter();
    EXPECT_TRUE(window::wait_until([&] {
      const auto* text = window::visible_child<QLabel>(user.page, "noticeText");
      said = text == nullptr ? QString() : text->text();
      return said != before && answer.match(said).hasMatch();
    })) << said.toStdString();
    QTest::qWait(1100);  // the time of the next answer is another
  }
  ASSERT_TRUE(user.at("mainAct"));
  user.provider_is_paid();
  user.enter();
  EXPECT_TRUE(user.sees("现在可以关闭本窗口"));
  EXPECT_TRUE(user.at("look"));
}

TEST(RenewalPages, TheKeyboardComesBackToTheMethodThatIsChosen) {
  typist user;
  user.to_order();
  user.to_payment_page();
  ASSERT_TRUE(user.at("method-wechat"));
  window::keyboard::press(Qt::Key_Down);
  ASSERT_TRUE(user.at("method-alipay"));
  user.press("back");
  user.press("next");
  ASSERT_TRUE(user.find<QRadioButton>("method-alipay")->isChecked());
  EXPECT_TRUE(user.at("method-alipay"));
}

}  // namespace
}  // namespace keycare::renewal_pages
