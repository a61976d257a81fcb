// every_page_test.cpp - what holds for every page: names for screen readers, no text in the old language, nothing left
// behind, and that a small, dark or large screen shows everything.
#include "renewal_kit.hpp"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPalette>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollBar>

namespace keycare::renewal_pages {
namespace {

bool has_chinese(const QString& text) {
  return text.contains(QRegularExpression("[\\x{4e00}-\\x{9fff}]"));
}

void every_control_has_a_name(QWidget* page) {
  for (auto* one : page->findChildren<QWidget*>()) {
    if (one->focusPolicy() == Qt::NoFocus || qobject_cast<QScrollBar*>(one) != nullptr) continue;
    if (one->objectName().startsWith("qt_") || !one->isVisibleTo(page)) continue;
    if (qobject_cast<QLabel*>(one) != nullptr && qobject_cast<QLabel*>(one)->text().isEmpty()) continue;
    EXPECT_FALSE(one->accessibleName().isEmpty())
        << one->metaObject()->className() << " " << one->objectName().toStdString();
  }
}

/// Of our own words; a subject, a name and a serial number are in no language.
QStringList chinese_texts(QWidget* page) {
  QStringList out;
  for (auto* one : page->findChildren<QWidget*>()) {
    if (!one->isVisibleTo(page)) continue;
    QString text;
    if (const auto* label = qobject_cast<QLabel*>(one)) text = label->text();
    if (const auto* button = qobject_cast<QAbstractButton*>(one)) text = button->text();
    if (const auto* choice = qobject_cast<QComboBox*>(one)) text = choice->currentText();
    if (text.contains("CN=") || text.contains("*")) continue;
    for (const auto& said : {text, one->accessibleDescription()})
      if (has_chinese(said)) out += said;
  }
  return out;
}

TEST(RenewalPages, EveryControlHasANameAndNoTextStaysInTheOldLanguage) {
  clerk user;
  const auto hold = [&](const QString& proof) {
    every_control_has_a_name(user.page);
    user.stage.set_language("en");
    EXPECT_TRUE(user.sees(proof)) << proof.toStdString();
    // What the core has said is asked for again.
    EXPECT_TRUE(window::wait_until([&] { return chinese_texts(user.page).isEmpty(); }))
        << chinese_texts(user.page).join("\n").toStdString();
    user.stage.set_language("zh-CN");
  };
  hold("Apply for renewal");
  EXPECT_TRUE(user.sees("申请续期"));
  user.to_agreement();
  hold("I accept the service agreement");
  EXPECT_TRUE(user.sees("我接受电子认证服务协议内容"));
  EXPECT_TRUE(window::wait_until([&] { return user.sees_now("网证通电子认证服务协议（开发环境样本"); }));
  user.accept_agreement();
  user.press("submit");
  EXPECT_TRUE(user.sees("此项必须填写"));
  hold("This field must be filled in.");
  EXPECT_TRUE(user.sees("此项必须填写"));
  user.fill_form();
  user.tick_bids();
  user.submit();
  user.press_notice("确定");
  hold("Pay now");
  EXPECT_TRUE(user.sees("立即支付"));
  user.to_payment_page();
  hold("WeChat Pay (online)");
  EXPECT_TRUE(user.sees("微信支付"));
}

TEST(RenewalPages, OpeningAndClosingManyTimesLeavesNothingBehind) {
  clerk user;
  const auto before = QApplication::topLevelWidgets().size();
  for (int i = 0; i < 30; ++i) {
    auto* home = user.stage.page("renewal", "home");
    auto* other = user.stage.page("renewal", "renewal");
    if (i % 3 == 0) QTest::qWait(5);  // sometimes in the middle of a command
    user.stage.close(home);
    user.stage.close(other);
  }
  EXPECT_EQ(QApplication::topLevelWidgets().size(), before);
  user.to_agreement();
}

TEST(RenewalPages, ClosingThePageInTheMiddleOfACommandIsHarmless) {
  clerk user;
  user.to_agreement();
  user.accept_agreement();
  user.fill_form();
  user.tick_bids();
  user.press("submit");
  user.stage.close(user.page);
  user.sit_down();
  EXPECT_TRUE(window::wait_until([&] { return user.there("back") || user.there("applyForRenewal"); }));
}

TEST(RenewalPages, KeysAloneGoTheWholeForm) {
  clerk user;
  QTest::keyClick(user.find("applyForRenewal"), Qt::Key_Return);
  user.find("agreementText");
  for (const char* box : {"acceptAgreement", "acceptPersonalData"}) {
    auto* tick = user.find(box);
    ASSERT_TRUE(window::wait_until([&] { return tick->isEnabled(); }));
    for (int i = 0; i < 12 && !tick->hasFocus(); ++i) QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    ASSERT_TRUE(window::focused(tick)) << box;
    QTest::keyClick(tick, Qt::Key_Space);
  }
  // Tab and Enter go on with both ticks; they do not go back and lose them.
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
  ASSERT_TRUE(window::focused(user.find("next")));
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  auto* months = user.find("months");
  EXPECT_TRUE(window::wait_until([&] { return months->hasFocus(); }));
  EXPECT_TRUE(user.sees("200.00"));
  std::vector<QString> order;
  for (int i = 0; i < 10; ++i) {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    order.push_back(QApplication::focusWidget()->objectName());
  }
  const std::vector<QString> wanted = {"feeMore", "id_type", "id_number",       "name",   "address",
                                       "phone",   "email",   "acknowledgeBids", "submit", "back"};
  EXPECT_EQ(order, wanted) << QStringList(order.begin(), order.end()).join(" ").toStdString();
}

TEST(RenewalPages, ABoxOpensOnlyAfterItsTextWasReadToTheEnd) {
  window::stage_options how;
  how.language = "en";
  clerk user(how);
  user.page->window()->resize(300, 500);
  user.to_agreement();
  EXPECT_TRUE(user.sees("Please read the text above to its end first."));
  auto* text = user.find<QPlainTextEdit>("agreementText");
  auto* box = user.find("acceptAgreement");
  ASSERT_TRUE(window::wait_until([&] { return text->verticalScrollBar()->maximum() > 0; }));
  EXPECT_FALSE(box->isEnabled());
  text->setFocus();
  for (int i = 0; i < 40 && !box->isEnabled(); ++i) {
    QTest::keyClick(text, Qt::Key_PageDown);
    QCoreApplication::processEvents();
  }
  EXPECT_TRUE(box->isEnabled()) << "by keys alone";
  user.picture("agreement-narrow");
}

TEST(RenewalPages, OnASmallDarkScreenEverythingIsThere) {
  const auto before = QApplication::palette();
  QPalette dark(QColor(45, 45, 48));
  dark.setColor(QPalette::Base, QColor(30, 30, 30));
  QApplication::setPalette(dark);
  for (const char* language : {"zh-CN", "en"}) {
    window::stage_options how;
    how.language = language;
    clerk user(how);
    user.page->window()->resize(512, 384);
    user.picture("dark-start");
    user.to_agreement();
    user.picture("dark-agreement");
    user.accept_agreement();
    user.press("submit");
    EXPECT_TRUE(window::wait_until([&] { return user.find("id_number")->hasFocus(); }));
    user.picture("dark-form");
    user.fill_form();
    user.tick_bids();
    user.submit();
    user.picture("dark-order");
    user.to_open_payment();
    user.picture("dark-paying");
    // Nothing is wider than the window: what is too long is wrapped.
    for (auto* one : user.page->findChildren<QWidget*>()) {
      if (!one->isVisible()) continue;
      EXPECT_LE(one->mapTo(user.page, QPoint(one->width(), 0)).x(), user.page->width() + 1)
          << one->metaObject()->className() << " " << one->objectName().toStdString();
    }
  }
  QApplication::setPalette(before);
}

}  // namespace
}  // namespace keycare::renewal_pages
