// unlock_house_test.cpp - what holds for every page: opened and closed often, named for screen readers, one language.
#include "unlock_stage.hpp"

#include <QApplication>
#include <QPalette>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QStyle>

namespace keycare::window {
namespace {

void expect_names(QWidget* of) {
  for (auto* one : of->findChildren<QWidget*>()) {
    if (one->focusPolicy() == Qt::NoFocus || qobject_cast<QLabel*>(one) != nullptr) continue;
    if (one->objectName().startsWith("qt_") || one->inherits("QComboBoxPrivateContainer") ||
        one->inherits("QAbstractItemView"))
      continue;
    const auto* button = qobject_cast<QAbstractButton*>(one);
    const bool named = !one->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty());
    // A message's second button has no name while there is none.
    EXPECT_TRUE(named || one->isHidden()) << one->metaObject()->className() << " " << one->objectName().toStdString();
  }
}

TEST(UnlockPages, OpenAndCloseManyTimesWhileTheyAsk) {
  page_stage stage;
  for (int i = 0; i < 20; ++i) {
    auto* page = stage.page("unlock", i % 2 == 0 ? "unlock" : "home");
    if (i % 3 == 0) QTest::qWait(20);
    stage.close(page);
  }
  EXPECT_TRUE(sees(stage.page("unlock", "home"), text_of(stage.token().token.serial)));
}

TEST(UnlockPages, NameEveryControl) {
  stage_options how;
  how.tries = 3;
  page_stage stage(how);
  lock_token(stage, 3);
  auto* card = stage.page("unlock", "home");
  ASSERT_TRUE(sees(card, "密码已锁定"));
  expect_names(card);
  stage.close(card);
  auto* page = stage.page("unlock", "unlock");
  expect_names(page);
  press(page, "next");
  usable<QLineEdit>(page, "idNumber");
  expect_names(page);
  fill_in(page);
  press(page, "submit");
  usable<QLineEdit>(page, "code");
  expect_names(page);
  enter_code(stage, page);
  ASSERT_TRUE(sees(page, "管理员审核中"));
  expect_names(page);
}

/// Whether a person sees Chinese that is none of the client's data.
bool is_english(QWidget* of, const page_stage&) {
  auto text = seen(of);
  text.remove(QStringLiteral("软件令牌")).remove(text_of(demo::cast::company)).remove(text_of(demo::cast::clerk));
  return !text.contains(QRegularExpression("[\\x{4e00}-\\x{9fff}]"));
}

TEST(UnlockPages, SpeakTheOtherLanguageAtOnce) {
  stage_options how;
  how.tries = 3;
  page_stage stage(how);
  lock_token(stage, 3);
  auto* page = stage.page("unlock", "unlock");
  auto* card = stage.page("unlock", "home");
  const auto both = [&](const QString& chinese, const QString& english) {
    ASSERT_TRUE(sees(page, chinese));
    stage.set_language("en");
    ASSERT_TRUE(sees(page, english));
    EXPECT_TRUE(wait_until([&] { return is_english(page, stage) && is_english(card, stage); }))
        << seen(page).toStdString() << seen(card).toStdString();
    stage.set_language("zh-CN");
    ASSERT_TRUE(sees(page, chinese));
    for (const auto* word : {"PIN", "token", "application", "code"})
      EXPECT_TRUE(wait_until([&] { return !seen(page).contains(word) && !seen(card).contains(word); }))
          << word << "\n"
          << seen(page).toStdString() << seen(card).toStdString();
  };
  both("密码已锁定", "PIN locked");
  press(page, "next");
  press(page, "submit");  // nothing filled in
  both("此项必须填写", "must be filled in");
  fill_in(page);
  press(page, "submit");
  both("短信验证码", "text message");
  enter_code(stage, page);
  both("管理员审核中", "Under review");
  review(stage, page, "reject", "123");
  both("审核未通过", "Not approved");
}

TEST(UnlockPages, AreReadableInTheDark) {
  const auto before = QApplication::palette();
  QPalette dark;
  dark.setColor(QPalette::Window, QColor(0x20, 0x22, 0x26));
  dark.setColor(QPalette::WindowText, QColor(0xf0, 0xf0, 0xf0));
  dark.setColor(QPalette::Base, QColor(0x16, 0x18, 0x1b));
  dark.setColor(QPalette::Text, QColor(0xf0, 0xf0, 0xf0));
  dark.setColor(QPalette::Button, QColor(0x35, 0x38, 0x3e));
  dark.setColor(QPalette::ButtonText, QColor(0xf0, 0xf0, 0xf0));
  dark.setColor(QPalette::PlaceholderText, QColor(0xb4, 0xba, 0xc2));
  dark.setColor(QPalette::Highlight, QColor(0x2a, 0x70, 0xc0));
  dark.setColor(QPalette::HighlightedText, Qt::white);
  QApplication::setPalette(dark);
  {
    stage_options how;
    how.tries = 3;
    page_stage stage(how);
    lock_token(stage, 3);
    auto* card = stage.page("unlock", "home");
    ASSERT_TRUE(sees(card, "密码已锁定"));
    picture(card->window(), "unlock-card-dark-zh-CN");
    auto* page = stage.page("unlock", "unlock");
    ASSERT_TRUE(sees(page, "密码已锁定"));
    picture(page->window(), "unlock-state-dark-zh-CN");
    press(page, "next");
    press(page, "submit");
    ASSERT_TRUE(sees(page, "此项必须填写"));
    picture(page->window(), "unlock-form-dark-zh-CN");
  }
  QApplication::setPalette(before);
}

TEST(UnlockPages, FitIntoASmallWindow) {
  stage_options how;
  how.tries = 3;
  page_stage stage(how);
  lock_token(stage, 3);
  auto* page = stage.page("unlock", "unlock");
  ASSERT_TRUE(sees(page, "密码已锁定"));
  for (const char* language : {"zh-CN", "en"}) {
    stage.set_language(language);
    ASSERT_TRUE(sees(page, QString::fromUtf8(language[0] == 'e' ? "PIN locked" : "密码已锁定")));
    // 1024×768 at 200 %, less the window's own frame and the client's tabs.
    page->window()->resize(500, 330);
    QTest::qWait(50);
    EXPECT_LE(page->window()->width(), 500) << language;
    EXPECT_LE(page->window()->height(), 330) << language;
    picture(page, QString("unlock-state-small-") + language);
  }
}

}  // namespace
}  // namespace keycare::window
