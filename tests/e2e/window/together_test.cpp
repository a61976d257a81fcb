// together_test.cpp - two of everything: two windows on one data folder and one token, and double clicks in one. There
// is one order, one payment, and one new certificate.
#include "colleague.hpp"
#include "seat.hpp"
#include "tests/processes/books.hpp"

#include <QWindow>

namespace keycare::shell {
namespace {

using window::wait_until;

class Together : public Clerk {
protected:
  void open_office() { office_ = std::make_unique<window::office_stage>(office(10)); }
  [[nodiscard]] e2e::books books() const { return e2e::books::read(office_->folder() / "ra"); }
  void bank_pays() {
    const auto all = books().payments;
    ASSERT_EQ(all.size(), 1u);
    office_->desk("pay", {{"payment", all.front().uuid}});
  }
  /// Twice in the same place, and what has come there after @p pause gets the second one.
  void double_click(const char* name, int pause) {
    auto* button = user.find(name);
    ASSERT_TRUE(wait_until([&] { return button->isEnabled(); })) << name;
    const auto at = button->mapTo(&window(), button->rect().center());
    if (pause == 0) return QTest::mouseDClick(window().windowHandle(), Qt::LeftButton, {}, at);
    QTest::mouseClick(window().windowHandle(), Qt::LeftButton, {}, at);
    QTest::qWait(pause);
    QTest::mouseClick(window().windowHandle(), Qt::LeftButton, {}, at);
  }
};

constexpr auto in_the_way = "另一个窗口正在办理此证书的业务";

/// Whose press met a moment in which the other window was at the order presses 重试.
testing::AssertionResult insists(colleague& who, const QString& until_she_sees) {
  for (int tries = 0; tries < 10; ++tries) {
    if (!wait_until([&] { return who.sees_now(until_she_sees) || who.sees_now(in_the_way); })) break;
    if (who.sees_now(until_she_sees)) return testing::AssertionSuccess();
    who.does(errand::again);
  }
  return testing::AssertionFailure() << "she sees:\n" << who.does(errand::look).toStdString();
}

TEST_F(Together, TwoWindowsMakeOneOrderOnePaymentAndOneCertificate) {
  open_office();
  colleague one(office_->folder()), other(office_->folder());
  for (auto* who : {&one, &other}) who->does(errand::fill_in);

  // 提交 in both: one is asked for the PIN, the other is told why she is not.
  one.tell(errand::press, "submit");
  other.tell(errand::press, "submit");
  one.done();
  other.done();
  ASSERT_TRUE(wait_until([&] { return one.sees_now(in_the_way) || other.sees_now(in_the_way); }));
  const bool other_was_first = one.sees_now(in_the_way);
  auto& first = other_was_first ? other : one;
  auto& second = other_was_first ? one : other;
  ASSERT_TRUE(first.sees("请输入密码"));
  EXPECT_FALSE(second.sees_now("请输入密码"));
  first.does(errand::type_pin);
  ASSERT_TRUE(first.sees("您的申请已经提交成功"));
  ASSERT_TRUE(insists(second, "此证书已有正在办理的续期业务"));
  second.does(errand::notice, "查看业务");
  second.does(errand::press, "choose");
  ASSERT_TRUE(second.sees("立即支付")) << "she is at the same order";
  EXPECT_EQ(books().orders.size(), 1u);

  // Both pay.
  for (auto* who : {&one, &other}) who->does(errand::invoice);
  one.tell(errand::press, "submitPayment");
  other.tell(errand::press, "submitPayment");
  one.done();
  other.done();
  for (auto* who : {&one, &other}) {
    ASSERT_TRUE(insists(*who, "支付成功"));
  }
  bank_pays();

  // Both wait for the bank and the review, without a press; and one installs.
  for (auto* who : {&one, &other}) ASSERT_TRUE(insists(*who, "需要再输入一次 CA 密码"));
  first.does(errand::press, "mainAct");
  ASSERT_TRUE(insists(first, "请输入密码"));
  second.does(errand::press, "mainAct");
  ASSERT_TRUE(second.sees(in_the_way));
  first.does(errand::type_pin);
  ASSERT_TRUE(first.sees("续期已完成"));
  EXPECT_TRUE(insists(second, "续期已完成"));
  const auto at_the_end = books();
  EXPECT_EQ(at_the_end.orders.size(), 1u);
  EXPECT_EQ(at_the_end.orders.front().state, "complete");
  EXPECT_EQ(at_the_end.orders.front().generation, 1);
  ASSERT_EQ(at_the_end.payments.size(), 1u);
  EXPECT_TRUE(at_the_end.payments.front().kept());
}

class TwoClicks : public Together, public testing::WithParamInterface<int> {};

TEST_P(TwoClicks, AreOne) {
  sit_down();
  go_to_tab(2);
  user.fill_in();
  double_click("submit", GetParam());
  type_pin(demo::cast::pin);
  EXPECT_TRUE(user.sees("您的申请已经提交成功"));
  EXPECT_FALSE(asks_for_pin());
  user.press_notice("确定");
  double_click("mainAct", GetParam());
  user.choose_online();
  user.fill_invoice();
  double_click("submitPayment", GetParam());
  user.find("payCode");
  bank_pays();
  double_click("mainAct", GetParam());
  EXPECT_TRUE(user.sees("现在可以关闭本窗口"));
  EXPECT_EQ(books().orders.size(), 1u);
  EXPECT_EQ(books().payments.size(), 1u);
  EXPECT_EQ(browser.opened.size(), 1);
}
INSTANTIATE_TEST_SUITE_P(Milliseconds, TwoClicks, testing::Values(0, 20, 150));

}  // namespace
}  // namespace keycare::shell
