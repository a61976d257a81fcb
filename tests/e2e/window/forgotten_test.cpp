// forgotten_test.cpp - 忘记密码 in the real window: from the try that locks the token to the signature with a new PIN.
#include "host-stub/shell/pin_field.hpp"
#include "seat.hpp"
#include "tests/plugins/unlock/ui/unlock_stage.hpp"

#include <QLineEdit>

namespace keycare::shell {
namespace {

namespace cast = demo::cast;
using window::text_of;
using window::wait_until;

class Forgotten : public Clerk {
protected:
  /// An application that waits for its signature, and a token that three wrong tries lock.
  void lock_while_submitting() {
    auto how = office(3);
    how.ra_arguments = {"--review-by-hand", "--step-delay", "0", "--provider-delay", "0"};
    sit_down(how);
    go_to_tab(2);
    user.fill_in();
    user.press("submit");
    for (int left = 3; left > 0; --left) {
      ASSERT_TRUE(wait_until([&] { return said("pinTries").endsWith(QString::number(left)); })) << left;
      type_pin(cast::wrong_pin);
    }
    user.press("pinForgotten");
    page_ = user.find("unlockPage");
    ASSERT_NE(page_, nullptr);
  }
  /// From the application to the second code, which releases the authorisation: then the host asks for the new PIN.
  void redeem() {
    window::apply(page_);
    window::enter_code(*office_, page_);
    ASSERT_TRUE(window::sees(page_, "管理员审核中"));
    window::review(*office_, page_, "approve");
    ASSERT_TRUE(window::sees(page_, "审核已通过"));
    window::press(page_, "messageNext");
    window::enter_code(*office_, page_);
    ASSERT_NE(pin_dialog(), nullptr);
    EXPECT_FALSE(a_code_is_waiting()) << "it was used";
  }
  void set_new_pin() {
    auto* dialog = pin_dialog();
    ASSERT_NE(dialog, nullptr);
    for (const char* name : {"pinField", "pinAgain"}) {
      auto* field = window::child<pin_field>(dialog, name);
      for (const char c : cast::new_pin) QTest::keyClick(field, c);
    }
    QTest::keyClick(window::child<pin_field>(dialog, "pinAgain"), Qt::Key_Return);
  }
  bool a_code_is_waiting() { return office_->office().ra().desk("sms", {{"uuid", window::number_of(page_)}}).ok(); }
  QWidget* page_ = nullptr;  ///< 忘记密码
};

TEST_F(Forgotten, LeadsFromTheLockedTokenBackToTheFormWhichIsSignedWithTheNewPin) {
  lock_while_submitting();
  ASSERT_FALSE(HasFatalFailure());
  redeem();
  ASSERT_FALSE(HasFatalFailure());
  set_new_pin();
  ASSERT_TRUE(window::sees(page_, "解锁成功"));
  EXPECT_FALSE(asks_for_pin());
  window::press(page_, "messageNext");
  ASSERT_TRUE(wait_until([&] { return !page_->isVisible(); })) << "主页";
  EXPECT_TRUE(user.sees("剩余密码重试次数: 3（共 3 次）"));
  go_to_tab(2);
  for (const auto& [name, typed] : {std::pair("id_number", cast::id_number),
                                    {"address", cast::address},
                                    {"phone", cast::phone},
                                    {"email", cast::email}})
    EXPECT_EQ(user.find<QLineEdit>(name)->text(), text_of(typed)) << name;
  user.press("submit");
  type_pin(cast::new_pin);
  EXPECT_TRUE(user.sees("您的申请已经提交成功")) << window::seen(&window()).toStdString();
}

TEST_F(Forgotten, GoesOnWithTheSameAuthorisationAfterTheTokenWasPulledWhileTheNewPinWasAskedFor) {
  lock_while_submitting();
  ASSERT_FALSE(HasFatalFailure());
  redeem();
  ASSERT_FALSE(HasFatalFailure());
  pull_token();
  EXPECT_TRUE(window::sees(page_, "还没有设置新密码"));
  EXPECT_TRUE(window::sees(page_, "介质被拔出"));
  office_->plug();
  EXPECT_TRUE(wait_until([&] { return said("tokenLine").contains("0001"); }));
  window::press(page_, "messageNext");
  set_new_pin();
  ASSERT_TRUE(window::sees(page_, "解锁成功"));
  EXPECT_FALSE(a_code_is_waiting()) << "the second one was used, and no third one was sent";
}

/// As above, by who presses before the token is back.
TEST_F(Forgotten, WaitsForThePulledTokenAndAsksForNoSecondCode) {
  lock_while_submitting();
  ASSERT_FALSE(HasFatalFailure());
  redeem();
  ASSERT_FALSE(HasFatalFailure());
  pull_token();
  ASSERT_TRUE(window::sees(page_, "还没有设置新密码"));
  ASSERT_TRUE(wait_until([&] { return said("tokenLine").contains("请插入"); }));
  window::press(page_, "messageNext");
  ASSERT_TRUE(window::sees(page_, "请插上序列号为"));
  office_->plug();
  const auto* next = page_->findChild<QPushButton*>("messageNext");
  EXPECT_TRUE(wait_until([&] { return next->isVisible() && next->text() == text_of("设置新密码"); }))
      << "there is an authorisation, and it needs no code; but the button says " << next->text().toStdString() << "\n"
      << window::seen(page_).toStdString();
  window::press(page_, "messageNext");
  set_new_pin();
  ASSERT_TRUE(window::sees(page_, "解锁成功"));
  EXPECT_FALSE(a_code_is_waiting()) << "the second one was used, and no third one was sent";
}

}  // namespace
}  // namespace keycare::shell
