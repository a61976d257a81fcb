// unlock_story_test.cpp - the whole way of a locked token, as a clerk goes it, by mouse and by keyboard.
#include "unlock_stage.hpp"

namespace keycare::window {
namespace {

class UnlockStory : public testing::TestWithParam<const char*> {
protected:
  [[nodiscard]] QString in(const char* chinese, const char* english) const {
    return QString::fromUtf8(std::string_view(GetParam()) == "en" ? english : chinese);
  }
  void take(QWidget* of, const char* state) const {
    picture(of, QString("unlock-%1-%2").arg(QString::fromLatin1(state), QString::fromLatin1(GetParam())));
  }
};

TEST_P(UnlockStory, GoesFromTheLockedTokenToTheNewPin) {
  page_stage stage(locked_soon(GetParam()));
  lock_token(stage, 3);
  auto* page = stage.page("unlock", "unlock");
  ASSERT_TRUE(sees(page, in("密码已锁定", "PIN locked")));
  ASSERT_TRUE(focused(usable<QPushButton>(page, "next")));
  take(page, "state");
  press(page, "next");
  ASSERT_TRUE(sees(page, in("* 经办人证件号码", "* Applicant's document number")));
  take(page, "form");
  fill_in(page);
  take(page, "form-filled");
  press(page, "submit");
  ASSERT_TRUE(focused(usable<QLineEdit>(page, "code")));
  ASSERT_TRUE(sees(page, "139****5678"));
  EXPECT_TRUE(child<QLineEdit>(page, "idNumber")->text().isEmpty()) << "what was typed is not kept";
  take(page, "code");
  enter_code(stage, page);
  ASSERT_TRUE(sees(page, in("管理员审核中", "Under review")));
  EXPECT_TRUE(child<QLineEdit>(page, "code")->text().isEmpty());
  take(page, "review");
  review(stage, page, "approve");
  ASSERT_TRUE(sees(page, in("审核已通过", "Approved")));
  take(page, "approved");
  press(page, "messageNext");
  usable<QLineEdit>(page, "code");
  take(page, "second-code");
  stage.prompt().will_type(demo::cast::new_pin);
  enter_code(stage, page);
  ASSERT_TRUE(sees(page, in("解锁成功", "Unlocked")));
  take(page, "done");
  press(page, "messageNext");
  ASSERT_TRUE(wait_until([&] { return !stage.shell().shown.empty(); }));
  EXPECT_EQ(stage.shell().shown.back(), "home");
  auto* card = stage.page("unlock", "home");
  EXPECT_TRUE(sees(card, in("剩余密码重试次数: 3", "PIN tries left: 3")));
}
INSTANTIATE_TEST_SUITE_P(Languages, UnlockStory, testing::Values("zh-CN", "en"));

TEST(UnlockKeyboard, AloneDoesEverything) {
  page_stage stage(locked_soon("en"));
  lock_token(stage, 3);
  auto* page = stage.page("unlock", "unlock");
  ASSERT_TRUE(focused(usable<QPushButton>(page, "next")));
  const auto key = [&](Qt::Key which) { QTest::keyClick(page->window()->focusWidget(), which); };
  const auto keys = [&](std::string_view text) { QTest::keyClicks(page->window()->focusWidget(), text_of(text)); };
  key(Qt::Key_Return);
  ASSERT_TRUE(focused(child<QLineEdit>(page, "idNumber")));
  keys(demo::cast::id_number);
  key(Qt::Key_Tab);
  ASSERT_TRUE(focused(child<QLineEdit>(page, "name")));
  child<QLineEdit>(page, "name")->setText(text_of(demo::cast::clerk));
  key(Qt::Key_Tab);
  keys(demo::cast::phone);
  key(Qt::Key_Return);
  ASSERT_TRUE(focused(child<QLineEdit>(page, "code"))) << seen(page).toStdString();
  keys(code_for(stage, page).toStdString());
  key(Qt::Key_Return);
  ASSERT_TRUE(sees(page, "Under review"));
  review(stage, page, "approve");
  ASSERT_TRUE(focused(child<QPushButton>(page, "messageNext")));
  key(Qt::Key_Return);
  ASSERT_TRUE(sees(page, "Approved"));
  ASSERT_TRUE(focused(child<QPushButton>(page, "messageNext")));
  key(Qt::Key_Space);
  ASSERT_TRUE(focused(child<QLineEdit>(page, "code")));
  stage.prompt().will_type(demo::cast::new_pin);
  keys(code_for(stage, page).toStdString());
  key(Qt::Key_Return);
  ASSERT_TRUE(sees(page, "Unlocked"));
}

TEST(UnlockPage, GoesOnAfterARestartWithoutANewCode) {
  page_stage stage(locked_soon("en"));
  lock_token(stage, 3);
  auto* page = stage.page("unlock", "unlock");
  apply(page);
  const auto before = code_for(stage, page);
  stage.restart();
  page = stage.page("unlock", "unlock");
  ASSERT_TRUE(sees(page, "Prove that it is you"));
  EXPECT_EQ(code_for(stage, page), before) << "opening a page sends nothing";
  picture(page, "unlock-resumed-en");
  press(page, "messageNext");
  enter_code(stage, page);
  ASSERT_TRUE(sees(page, "Under review"));
  stage.restart();
  page = stage.page("unlock", "unlock");
  ASSERT_TRUE(sees(page, "Under review"));
  stage.desk("review", {{"uuid", number_of(page)}, {"decision", "approve"}});
  EXPECT_TRUE(wait_until([&] { return seen(page).contains("Approved"); }, std::chrono::seconds(40)))
      << "it looks by itself, when the RA says";
}

TEST(UnlockPage, WithSeveralTokensChoosesNone) {
  page_stage stage(locked_soon("zh-CN", 1));
  lock_token(stage, 3, 1);
  auto* page = stage.page("unlock", "unlock");
  ASSERT_TRUE(sees(page, "请按介质上的序列号选择"));
  EXPECT_FALSE(child<QPushButton>(page, "next")->isEnabled());
  for (auto* one : page->findChildren<QRadioButton*>()) EXPECT_FALSE(one->isChecked());
  picture(page, "unlock-several-zh-CN");
  const auto choose = [&](std::size_t number) {
    const auto name = "token-" + stage.token(number).token.serial;
    QTest::mouseClick(child<QRadioButton>(page, name.c_str()), Qt::LeftButton, {}, QPoint(8, 8));
  };
  choose(0);
  ASSERT_TRUE(sees(page, "密码没有锁定"));
  EXPECT_FALSE(child<QPushButton>(page, "next")->isEnabled()) << "only who says that it is forgotten";
  picture(page, "unlock-forgotten-zh-CN");
  QTest::mouseClick(child<QCheckBox>(page, "forgotten"), Qt::LeftButton, {}, QPoint(8, 8));
  EXPECT_TRUE(child<QPushButton>(page, "next")->isEnabled());
  choose(1);
  ASSERT_TRUE(sees(page, "证书已被锁定"));
  apply(page);
  stage.restart();
  page = stage.page("unlock", "unlock");
  ASSERT_TRUE(sees(page, "有未完成的解锁申请"));
  choose(1);
  press(page, "next");
  EXPECT_TRUE(sees(page, "请确认身份"));
}

TEST(UnlockPage, OfAForgottenPinAsksForTheWordFirst) {
  page_stage stage(locked_soon("en"));
  auto* page = stage.page("unlock", "unlock");
  ASSERT_TRUE(sees(page, "Go on only if you have forgotten it"));
  EXPECT_FALSE(child<QPushButton>(page, "next")->isEnabled());
  QTest::mouseClick(child<QCheckBox>(page, "forgotten"), Qt::LeftButton, {}, QPoint(8, 8));
  apply(page);
  EXPECT_TRUE(sees(page, "139****5678"));
}

}  // namespace
}  // namespace keycare::window
