// whole_test.cpp - what holds for every page: names for screen readers, languages, palettes, opening and closing.
#include "pages.hpp"

#include <QApplication>
#include <QComboBox>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

namespace keycare::validity {
namespace {

using namespace pages;

bool has_chinese(const QString& text) {
  return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

/// Every text that a person sees or hears on @p page.
QStringList texts_of(QWidget* page) {
  QStringList out;
  for (auto* one : page->findChildren<QWidget*>()) {
    if (!one->isVisible()) continue;
    out << one->accessibleName() << one->accessibleDescription() << one->toolTip();
    if (const auto* label = qobject_cast<QLabel*>(one)) out << label->text();
    if (const auto* button = qobject_cast<QAbstractButton*>(one)) out << button->text();
    if (const auto* line = qobject_cast<QLineEdit*>(one)) out << line->placeholderText();
    if (const auto* box = qobject_cast<QComboBox*>(one))
      for (int i = 0; i < box->count(); ++i) out << box->itemText(i);
    if (const auto* view = qobject_cast<QTableView*>(one))
      for (int i = 0; i < view->model()->columnCount(); ++i)
        out << view->model()->headerData(i, Qt::Horizontal).toString() << view->model()->index(0, i).data().toString();
  }
  return out;
}

TEST(ValidityPages, EveryControlHasAName) {
  page_stage stage({.more_tokens = 1});
  auto* page = certificates(stage, 2);
  ASSERT_TRUE(settled(page, "正常"));
  for (auto* one : {page, stage.page("validity", "home")})
    for (auto* control : one->findChildren<QWidget*>()) {
      if (!control->isVisible() || (control->focusPolicy() & Qt::TabFocus) == 0) continue;
      const auto* button = qobject_cast<QAbstractButton*>(control);
      EXPECT_FALSE(control->accessibleName().isEmpty() && (button == nullptr || button->text().isEmpty()))
          << control->metaObject()->className() << " " << control->objectName().toStdString();
    }
}

TEST(ValidityPages, SpeakTheOtherLanguageAtOnce) {
  page_stage stage({.more_tokens = 2});
  auto* page = certificates(stage, 3);
  auto* card = stage.page("validity", "home");
  ASSERT_TRUE(settled(page, "正常"));
  stage.set_language("en");
  EXPECT_TRUE(settled(page, "good"));
  EXPECT_TRUE(
      wait_until([&] { return child<ui::state_mark>(page, "detailsState")->word().startsWith("Ending soon"); }));
  const auto allowed = QStringList{"广州示例电子有限公司", "软件令牌"};
  for (auto* one : {page, card})
    for (auto text : texts_of(one)) {
      for (const auto& name : allowed) text.remove(name);
      EXPECT_FALSE(has_chinese(text)) << text.toStdString();
    }
  window::picture(page, "validity-page-en");
  window::picture(card, "validity-card-en");
  stage.set_language("zh-CN");
  EXPECT_TRUE(settled(page, "正常"));
  EXPECT_EQ(cell(page, 0, state), "即将到期");
  EXPECT_EQ(child<QPushButton>(page, "refresh")->text(), "刷新");
}

TEST(ValidityPages, OpenAndCloseManyTimesWithoutLeavingAnything) {
  page_stage stage({.more_tokens = 1});
  const auto before = QApplication::allWidgets().size();
  for (int i = 0; i < 30; ++i) {
    auto* page = stage.page("validity", "my-certificates");
    auto* card = stage.page("validity", "home");
    if (i % 3 == 0) {
      EXPECT_TRUE(wait_until([&] { return rows(page) == 2; }));
    }  // else it closes while it is asking
    stage.close(page);
    stage.close(card);
  }
  QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  EXPECT_EQ(QApplication::allWidgets().size(), before);
  stage.unplug();
  stage.plug();
  EXPECT_EQ(rows(certificates(stage, 2)), 2) << "events find the page that is there";
}

TEST(ValidityPages, AreReadableOnADarkGround) {
  page_stage stage({.days = 25, .more_tokens = 2});
  const auto light = QApplication::palette();
  QPalette dark(QColor(0x2b, 0x2d, 0x30), QColor(0x24, 0x26, 0x29));
  dark.setColor(QPalette::Base, QColor(0x1e, 0x1f, 0x22));
  dark.setColor(QPalette::Highlight, QColor(0x2f, 0x65, 0xa6));
  dark.setColor(QPalette::HighlightedText, Qt::white);
  QApplication::setPalette(dark);
  auto* page = certificates(stage, 3);
  auto* card = stage.page("validity", "home");
  EXPECT_TRUE(settled(page, "正常"));
  window::picture(page, "validity-page-dark-zh-CN");
  window::picture(card, "validity-card-dark-zh-CN");
  QApplication::setPalette(light);
}

TEST(ValidityPages, FitASmallWindow) {
  page_stage stage({.more_tokens = 2});
  auto* page = certificates(stage, 3);
  EXPECT_TRUE(settled(page, "正常"));
  for (const auto& size : {QSize(1024, 640), QSize(640, 420)}) {
    page->window()->resize(size);
    ASSERT_TRUE(wait_until([&] { return page->window()->size() == size; })) << "the page may be made that small";
    QTest::qWait(20);
    for (const auto* name : {"refresh", "export", "remind"}) {
      auto* button = child<QPushButton>(page, name);
      EXPECT_GE(button->width(), button->fontMetrics().horizontalAdvance(button->text())) << name;
      EXPECT_LE(button->mapTo(page, QPoint(button->width(), 0)).x(), page->width()) << name;
    }
    window::picture(page, QString("validity-page-%1-zh-CN").arg(size.width()));
  }
}

}  // namespace
}  // namespace keycare::validity
