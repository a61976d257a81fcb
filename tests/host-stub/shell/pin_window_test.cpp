// pin_window_test.cpp - the PIN dialog by keys and clicks: one press is one answer, and it says what is left.
#include "host-stub/shell/pin_window.hpp"
#include "host-stub/shell/pin_field.hpp"
#include "tests/window/page_stage.hpp"

#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QTranslator>

namespace keycare::shell {
namespace {

using services::prompt_purpose;
using window::child;
using window::wait_until;

/// The shell's words in the language of what is signed, as the application installs them.
struct chinese_words {
  chinese_words() {
    EXPECT_TRUE(translator.load(":/i18n/shell_zh_CN.qm"));
    QCoreApplication::installTranslator(&translator);
  }
  ~chinese_words() { QCoreApplication::removeTranslator(&translator); }
  QTranslator translator;
};

class PinWindow : public testing::Test {
protected:
  void SetUp() override {
    parent_.resize(400, 300);
    parent_.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&parent_));
    view_.language = "zh-CN";
    view_.sentence = "正在使用 广州示例电子有限公司 的证书对应的私钥进行签名";
    view_.token_label = "KEYCARE";
    view_.lines = {"续期申请", "续期时间: 60个月", "费用: 1000.00 元"};
    view_.pin.max = 10;
    view_.pin.remaining = 6;
  }
  void ask(const std::optional<services::new_pin_policy>& policy = {}) {
    dialog_.ask(view_, policy, [this](result<services::secret> what) {
      ++answers_;
      last_ = what ? std::string(what->text()) : what.error().code;
    });
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&dialog_));
    dialog_.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&dialog_));
  }
  QString text(const char* name) { return child<QLabel>(&dialog_, name)->text(); }
  bool shown(const char* name) { return child<QWidget>(&dialog_, name)->isVisible(); }
  void type(const char* field, const char* what) { QTest::keyClicks(child<QWidget>(&dialog_, field), what); }

  chinese_words words_;
  QWidget parent_;
  services::prompt_view view_;
  int forgotten_ = 0;
  int answers_ = 0;
  std::string last_;
  pin_window dialog_{&parent_, [this] { ++forgotten_; }};  // goes first: it answers what is still asked
};

TEST_F(PinWindow, SaysWhatIsSignedWithWhichTokenAndHowManyTriesAreLeft) {
  ask();
  EXPECT_EQ(text("pinSentence").toStdString(), view_.sentence);
  EXPECT_TRUE(text("pinToken").contains("KEYCARE"));
  EXPECT_EQ(text("pinWhat").toStdString(), "续期申请");
  EXPECT_TRUE(text("pinTries").contains("6"));
  EXPECT_FALSE(shown("pinMore"));
  window::click(child<QToolButton>(&dialog_, "pinDetails"));
  EXPECT_TRUE(shown("pinMore"));
  EXPECT_TRUE(text("pinMore").contains("60"));
  window::picture(&dialog_, "pin-sign-zh-CN");
}

TEST_F(PinWindow, EveryLineThatIsSignedCanBeReadBeforeThePinIsTyped) {
  for (int i = 1; i < 14; ++i)
    view_.lines.push_back("Create a container in the token: KC1-hiq5xo2h6nbbphy5hqtogspl7c-1 for order " +
                          std::to_string(i));
  view_.sentence = "Signing with the private key of the certificate of 广州示例电子有限公司第一分公司采购部";
  ask();
  auto* details = child<QToolButton>(&dialog_, "pinDetails");
  window::click(details);
  QTest::qWait(50);
  EXPECT_TRUE(window::cut_texts(&dialog_).isEmpty()) << window::cut_texts(&dialog_).join("\n").toStdString();
  const auto in_room = [&] {
    return dialog_.frameGeometry().height() <= dialog_.screen()->availableGeometry().height();
  };
  EXPECT_TRUE(in_room());
  auto* area = child<QScrollArea>(&dialog_, "pinMoreArea");
  auto* lines = child<QLabel>(&dialog_, "pinMore");
  EXPECT_GE(area->height(), lines->height()) << "nothing has to be scrolled";
  for (int i = 0; i < 100; ++i) view_.lines.push_back("And one line more: " + std::to_string(i));
  ask();
  QTest::qWait(50);
  EXPECT_TRUE(in_room());
  EXPECT_TRUE(child<QPushButton>(&dialog_, "pinCancel")->isVisible());
  EXPECT_LT(area->height(), lines->height());
  area->setFocus();
  for (int i = 0; i < 200; ++i) QTest::keyClick(area, Qt::Key_Down);
  EXPECT_EQ(area->verticalScrollBar()->value(), area->verticalScrollBar()->maximum()) << "by keyboard, to the last one";
}

TEST_F(PinWindow, ATokenThatTellsNoCountShowsNone) {
  view_.pin.remaining.reset();
  ask();
  for (const char digit : std::string("0123456789")) EXPECT_FALSE(text("pinTries").contains(digit));
}

TEST_F(PinWindow, EnterAClickAndADoubleClickAreOneAnswer) {
  ask();
  auto* ok = child<QPushButton>(&dialog_, "pinOk");
  EXPECT_FALSE(ok->isEnabled()) << "nothing was typed";
  type("pinField", "Test1357");
  ASSERT_TRUE(ok->isEnabled());
  QTest::keyClick(child<QWidget>(&dialog_, "pinField"), Qt::Key_Return);
  QTest::mouseClick(ok, Qt::LeftButton);
  QTest::mouseDClick(ok, Qt::LeftButton);
  QTest::keyClick(&dialog_, Qt::Key_Return);
  EXPECT_EQ(answers_, 1);
  EXPECT_EQ(last_, "Test1357");
  EXPECT_TRUE(dialog_.isVisible()) << "it stays while the token verifies";
  EXPECT_TRUE(child<pin_field>(&dialog_, "pinField")->empty());
}

TEST_F(PinWindow, AWrongPinIsSaidWhereItWasTypedAndWhatIsLeftNow) {
  ask();
  type("pinField", "Wrong111");
  QTest::keyClick(&dialog_, Qt::Key_Return);
  view_.attempt = 2;
  view_.problem = "密码错误。";
  view_.pin.remaining = 2;
  ask();
  EXPECT_TRUE(text("pinProblem").contains("密码错误"));
  EXPECT_TRUE(text("pinTries").contains("2"));
  EXPECT_TRUE(shown("pinWarnings")) << "one before the last";
  EXPECT_TRUE(wait_until([&] { return child<QWidget>(&dialog_, "pinField")->hasFocus(); }));
  view_.pin.remaining = 1;
  view_.warnings = {"警告：再输错一次，密码将被锁定。"};
  QTest::keyClick(&dialog_, Qt::Key_Escape);
  ask();
  EXPECT_TRUE(text("pinWarnings").contains("再输错一次"));
  window::picture(&dialog_, "pin-wrong-zh-CN");
}

TEST_F(PinWindow, EscapeCancelsOnceAndNothingIsVerified) {
  ask();
  type("pinField", "Test1357");
  QTest::keyClick(&dialog_, Qt::Key_Escape);
  EXPECT_EQ(answers_, 1);
  EXPECT_EQ(last_, "KC-PIN-CANCELLED");
  EXPECT_FALSE(dialog_.isVisible());
  EXPECT_TRUE(child<pin_field>(&dialog_, "pinField")->empty());
  EXPECT_TRUE(QTest::qWaitForWindowActive(&parent_)) << "the keyboard is the window's again";
}

TEST_F(PinWindow, WhileTheTokenVerifiesItCannotBeTakenBack) {
  ask();
  type("pinField", "Test1357");
  QTest::keyClick(&dialog_, Qt::Key_Return);
  QTest::keyClick(&dialog_, Qt::Key_Escape);
  EXPECT_TRUE(dialog_.isVisible());
  dialog_.over();
  EXPECT_FALSE(dialog_.isVisible());
  EXPECT_EQ(answers_, 1);
}

TEST_F(PinWindow, LockedStaysUntilItWasReadAndLeadsToForgotten) {
  view_.problem = "密码已被锁定，请通过“忘记密码”解锁。";
  view_.pin.flags |= KC_PIN_LOCKED;
  dialog_.tell(view_);
  dialog_.over();
  ASSERT_TRUE(dialog_.isVisible());
  EXPECT_FALSE(shown("pinField"));
  EXPECT_TRUE(text("pinProblem").contains("锁定"));
  window::picture(&dialog_, "pin-locked-zh-CN");
  window::click(child<QPushButton>(&dialog_, "pinForgotten"));
  EXPECT_EQ(forgotten_, 1);
  EXPECT_FALSE(dialog_.isVisible());
}

TEST_F(PinWindow, EnterPressesTheButtonThatHasTheFocus) {
  ask();
  type("pinField", "Test1357");
  child<QPushButton>(&dialog_, "pinCancel")->setFocus(Qt::TabFocusReason);
  QTest::keyClick(&dialog_, Qt::Key_Return);
  EXPECT_EQ(last_, "KC-PIN-CANCELLED");
  ask();
  type("pinField", "Test1357");
  child<QPushButton>(&dialog_, "pinForgotten")->setFocus(Qt::TabFocusReason);
  QTest::keyClick(&dialog_, Qt::Key_Enter);
  EXPECT_EQ(last_, "KC-PIN-CANCELLED");
  EXPECT_EQ(forgotten_, 1);
  ask();
  type("pinField", "Test1357");
  child<QToolButton>(&dialog_, "pinDetails")->setFocus(Qt::TabFocusReason);
  QTest::keyClick(&dialog_, Qt::Key_Return);
  EXPECT_TRUE(shown("pinMore"));
  EXPECT_EQ(answers_, 2) << "nothing was submitted";
}

TEST_F(PinWindow, ATokenThatIsPulledTakesItsQuestionAway) {
  view_.token = {"龙脉", "KC0001"};
  token_info other;
  other.token = {"龙脉", "KC0002"};
  token_info asked = other;
  asked.token = view_.token;
  ask();
  type("pinField", "Test1357");
  dialog_.tokens_are({other, asked});
  EXPECT_TRUE(dialog_.isVisible()) << "another token came";
  dialog_.tokens_are({other});
  EXPECT_FALSE(dialog_.isVisible());
  EXPECT_EQ(answers_, 1);
  EXPECT_EQ(last_, "KC-PIN-TOKEN-GONE");
}

TEST_F(PinWindow, WhatWasSaidOfATokenStaysWhenItIsPulled) {
  dialog_.tell(view_);
  dialog_.tokens_are({});
  EXPECT_TRUE(dialog_.isVisible());
}

TEST_F(PinWindow, ANewPinIsCheckedWhileItIsTyped) {
  view_.purpose = prompt_purpose::new_on_unlock;
  view_.sentence = "正在解锁介质，请设置新密码";
  ask(services::new_pin_policy{});
  auto* ok = child<QPushButton>(&dialog_, "pinOk");
  type("pinField", "1234");
  EXPECT_TRUE(text("pinPolicy").startsWith("○"));
  QTest::keyClick(child<QWidget>(&dialog_, "pinField"), Qt::Key_Delete);
  type("pinField", "12345678");
  type("pinAgain", "12345678");
  EXPECT_FALSE(ok->isEnabled()) << "a simple one";
  EXPECT_EQ(text("pinPolicy").count("✓"), 3) << "and yet the same in both fields";
  for (const char* name : {"pinField", "pinAgain"}) QTest::keyClick(child<QWidget>(&dialog_, name), Qt::Key_Delete);
  type("pinField", "Xk59rT2m");
  type("pinAgain", "Xk59rT2");
  EXPECT_FALSE(ok->isEnabled());
  type("pinAgain", "m");
  EXPECT_TRUE(ok->isEnabled());
  EXPECT_EQ(text("pinPolicy").count("✓"), 4);
  window::picture(&dialog_, "pin-new-zh-CN");
  QTest::keyClick(&dialog_, Qt::Key_Return);
  EXPECT_EQ(last_, "Xk59rT2m");
}

TEST_F(PinWindow, AQuestionThatIsNotAnsweredEndsWithTheDialog) {
  {
    pin_window another(&parent_, {});
    another.ask(view_, {}, [this](result<services::secret> what) {
      ++answers_;
      last_ = what ? "" : what.error().code;
    });
  }
  EXPECT_EQ(answers_, 1);
  EXPECT_EQ(last_, "KC-PIN-CANCELLED");
}

}  // namespace
}  // namespace keycare::shell
