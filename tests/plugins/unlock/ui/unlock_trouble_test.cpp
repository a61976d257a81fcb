// unlock_trouble_test.cpp - what goes wrong on the way, and the next step that the page then offers.
#include "unlock_stage.hpp"

namespace keycare::window {
namespace {

/// A locked token, and its page.
struct scene {
  page_stage stage;
  QWidget* page = nullptr;
  explicit scene(const std::string& language = "en") : stage(locked_soon(language)) {
    lock_token(stage, 3);
    page = stage.page("unlock", "unlock");
  }
  /// Up to the review.
  void applied() {
    apply(page);
    enter_code(stage, page);
    EXPECT_TRUE(sees(page, "Under review"));
  }
  /// Up to the second code's field.
  void approved() {
    applied();
    review(stage, page, "approve");
    EXPECT_TRUE(sees(page, "Approved"));
    press(page, "messageNext");
    usable<QLineEdit>(page, "code");
  }
  [[nodiscard]] QString below(const char* editor) const {
    for (auto* one : child<QWidget>(page, editor)->parentWidget()->findChildren<QLabel*>("fieldBelow"))
      return one->text();
    return {};
  }
};

TEST(UnlockForm, SaysWhatIsWrongBesideTheFieldThatWasLeft) {
  scene s("zh-CN");
  press(s.page, "next");
  ASSERT_TRUE(focused(usable<QLineEdit>(s.page, "idNumber")));
  type(child<QLineEdit>(s.page, "idNumber"), "11010519491231002");
  click(child<QLineEdit>(s.page, "name"));
  ASSERT_TRUE(wait_until([&] { return s.below("idNumber").contains("18位"); })) << s.below("idNumber").toStdString();
  EXPECT_FALSE(s.below("phone").contains(u'✗')) << "a field that was not left is not blamed";
  type(child<QLineEdit>(s.page, "phone"), "123");
  press(s.page, "submit");
  ASSERT_TRUE(wait_until([&] { return s.below("name").contains("此项必须填写"); }));
  EXPECT_TRUE(wait_until([&] { return child<QLineEdit>(s.page, "idNumber")->hasFocus(); })) << "the first wrong one";
  EXPECT_TRUE(s.below("phone").contains("11位"));
  picture(s.page, "unlock-form-wrong-zh-CN");
  type(child<QLineEdit>(s.page, "idNumber"), text_of(demo::cast::id_number));
  click(child<QLineEdit>(s.page, "name"));
  EXPECT_TRUE(wait_until([&] { return !s.below("idNumber").contains(u'✗'); }));
}

TEST(UnlockCode, ThatIsWrongIsSaidBesideItAndCanBeTypedAgain) {
  scene s;
  apply(s.page);
  const auto right = code_for(s.stage, s.page);
  auto* code = child<QLineEdit>(s.page, "code");
  EXPECT_EQ(code->echoMode(), QLineEdit::Password);
  type(code, right == "000000" ? "000001" : "000000");
  press(s.page, "confirmCode");
  ASSERT_TRUE(wait_until([&] { return s.below("code").contains("code is wrong"); })) << seen(s.page).toStdString();
  EXPECT_TRUE(focused(code));
  EXPECT_TRUE(code->text().isEmpty()) << "a refused one is no use";
  picture(s.page, "unlock-code-wrong-en");
  EXPECT_FALSE(child<QPushButton>(s.page, "resendCode")->isEnabled()) << "not before the minute is over";
  enter_code(s.stage, s.page);
  EXPECT_TRUE(sees(s.page, "Under review"));
}

/// Types the code that was sent, and confirms it when the server has just died. @return that code.
QString confirmed_without_the_server(scene& s) {
  const auto sent = code_for(s.stage, s.page);
  type(child<QLineEdit>(s.page, "code"), sent);
  ::kill(s.stage.office().ra().pid(), SIGKILL);
  press(s.page, "confirmCode");
  EXPECT_TRUE(sees(s.page, "Support code: KC-NET"));
  return sent;
}

TEST(UnlockCode, ThatTheServerDidNotHearStaysAndIsGivenOnceMore) {
  scene s;
  apply(s.page);
  const auto sent = confirmed_without_the_server(s);
  ASSERT_FALSE(testing::Test::HasFailure());
  auto* code = child<QLineEdit>(s.page, "code");
  ASSERT_TRUE(wait_until([&] { return child<QPushButton>(s.page, "confirmCode")->isEnabled(); }));
  EXPECT_EQ(code->text(), sent);
  EXPECT_TRUE(focused(code));
  ASSERT_TRUE(s.stage.office().restart_ra());
  press(s.page, "confirmCode");
  ASSERT_TRUE(sees(s.page, "Under review"));
  EXPECT_TRUE(code->text().isEmpty()) << "it was used";
}

TEST(UnlockCode, ThatReleasesTheUnlockStaysTooWhenTheServerIsAway) {
  scene s;
  s.approved();
  const auto sent = confirmed_without_the_server(s);
  ASSERT_FALSE(testing::Test::HasFailure());
  auto* code = child<QLineEdit>(s.page, "code");
  ASSERT_TRUE(s.stage.office().restart_ra());
  // Who looks first is not sent another one for that.
  ASSERT_TRUE(wait_until([&] {
    for (auto* one : s.page->findChildren<QPushButton*>())
      if (one->isVisible() && one->isEnabled() && one->text() == "Try again") {
        click(one);
        return true;
      }
    return false;
  }));
  ASSERT_TRUE(wait_until([&] { return !seen(s.page).contains("KC-NET"); })) << seen(s.page).toStdString();
  EXPECT_EQ(code->text(), sent);
  s.stage.prompt().will_type(demo::cast::new_pin);
  press(s.page, "confirmCode");
  EXPECT_TRUE(sees(s.page, "Unlocked"));
}

TEST(UnlockPage, SaysWhyItWasNotApprovedAndBeginsAnew) {
  scene s;
  s.applied();
  review(s.stage, s.page, "reject", "经办人不符\xE2\x80\xAE<b>x</b>");
  ASSERT_TRUE(sees(s.page, "Not approved"));
  ASSERT_TRUE(sees(s.page, "经办人不符<b>x</b>")) << "plain text, and nothing that turns the line round";
  picture(s.page, "unlock-rejected-en");
  press(s.page, "messageNext");
  EXPECT_TRUE(sees(s.page, "PIN locked"));
  EXPECT_TRUE(usable<QPushButton>(s.page, "next"));
}

TEST(UnlockPage, WhoseDialogWasClosedOpensItAgain) {
  scene s;
  s.approved();
  enter_code(s.stage, s.page);  // nobody types a PIN: 取消
  ASSERT_TRUE(sees(s.page, "The new PIN is not set yet"));
  picture(s.page, "unlock-set-pin-en");
  s.stage.prompt().will_type(demo::cast::new_pin);
  press(s.page, "messageNext");
  EXPECT_TRUE(sees(s.page, "Unlocked"));
}

TEST(UnlockPage, WaitsForTheRightToken) {
  scene s;
  s.applied();
  s.stage.unplug();
  review(s.stage, s.page, "approve");
  ASSERT_TRUE(sees(s.page, "Plug in the right token"));
  ASSERT_TRUE(sees(s.page, text_of(s.stage.token().token.serial)));
  picture(s.page, "unlock-plug-in-en");
  s.stage.plug();
  EXPECT_TRUE(sees(s.page, "Approved")) << "it looks again by itself when a token comes";
}

TEST(UnlockPage, WithoutATokenSaysSoUntilOneComes) {
  page_stage stage(locked_soon("en"));
  stage.unplug();
  auto* page = stage.page("unlock", "unlock");
  ASSERT_TRUE(sees(page, "No token was found"));
  picture(page, "unlock-no-token-en");
  stage.plug();
  EXPECT_TRUE(sees(page, text_of(stage.token().token.serial)));
}

TEST(UnlockPage, ThatExpiredBeginsAnew) {
  scene s;
  apply(s.page);
  number_of(s.page);
  s.stage.desk("clock", {{"offset", 2 * 86400}});
  s.stage.restart();
  s.page = s.stage.page("unlock", "unlock");
  ASSERT_TRUE(sees(s.page, "expired"));
  picture(s.page, "unlock-expired-en");
}

TEST(UnlockPage, WithoutANetworkOffersToTryAgain) {
  scene s;
  s.applied();
  s.stage.restart();
  s.stage.halt_office();
  s.page = s.stage.page("unlock", "unlock");
  auto* cancel = child<QPushButton>(s.page, "busyCancel");
  ASSERT_TRUE(wait_until([&] { return cancel->isVisible(); })) << "a wait over half a second is shown";
  picture(s.page, "unlock-busy-en");
  click(cancel);
  const bool offered = sees(s.page, "Try again");
  s.stage.resume_office();
  ASSERT_TRUE(offered);
  picture(s.page, "unlock-no-network-en");
  for (auto* one : s.page->findChildren<QPushButton*>())
    if (one->isVisible() && one->text() == "Try again") {
      click(one);
      break;
    }
  EXPECT_TRUE(sees(s.page, "Under review"));
}

TEST(UnlockPage, WithoutAServerKeepsWhatWasReached) {
  scene s;
  s.applied();
  ::kill(s.stage.office().ra().pid(), SIGKILL);
  press(s.page, "messageNext");
  ASSERT_TRUE(sees(s.page, "Support code: KC-NET"));
  ASSERT_TRUE(sees(s.page, "Look again")) << "it does so by itself, too";
  EXPECT_TRUE(sees(s.page, "Under review"));
  picture(s.page, "unlock-no-server-en");
}

TEST(UnlockPage, SaysWhenNoAttemptIsLeft) {
  scene s("zh-CN");
  apply(s.page);
  enter_code(s.stage, s.page);
  ASSERT_TRUE(sees(s.page, "管理员审核中"));
  review(s.stage, s.page, "approve");
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(sees(s.page, "审核已通过"));
    press(s.page, "messageNext");
    enter_code(s.stage, s.page);
    ASSERT_TRUE(sees(s.page, "还没有设置新密码"));
    s.stage.restart();  // the authorisation was in the program's memory only
    s.page = s.stage.page("unlock", "unlock");
  }
  ASSERT_TRUE(sees(s.page, "解锁次数已达上限"));
  EXPECT_TRUE(sees(s.page, "请联系服务热线"));
  picture(s.page, "unlock-limit-zh-CN");
}

}  // namespace
}  // namespace keycare::window
