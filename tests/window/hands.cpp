// hands.cpp - see hands.hpp.
#include "hands.hpp"

#include <gtest/gtest.h>

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace keycare::window {

bool hands::there(const char* name) const {
  return visible_child<QWidget>(page, name) != nullptr;
}

QWidget* hands::find(const char* name) {
  QWidget* found = nullptr;
  EXPECT_TRUE(wait_until([&] { return (found = visible_child<QWidget>(page, name)) != nullptr; })) << name;
  return found;
}

void hands::press(const char* name) {
  QWidget* found = nullptr;
  ASSERT_TRUE(wait_until([&] {
    found = visible_child<QWidget>(page, name);
    return found != nullptr && found->isEnabled();
  })) << name
      << " is not there or not enabled";
  click(found);
}

void hands::press_notice(const char* text) {
  QAbstractButton* found = nullptr;
  ASSERT_TRUE(wait_until([&] {
    auto* notice = visible_child<QWidget>(page, "notice");
    if (notice == nullptr) return false;
    for (auto* one : notice->findChildren<QAbstractButton*>())
      if (one->isVisible() && one->text() == QString::fromUtf8(text)) found = one;
    return found != nullptr;
  })) << text;
  click(found);
}

void hands::type(const char* name, const QString& text) {
  auto* line = find<QLineEdit>(name);
  ASSERT_NE(line, nullptr);
  window::type(line, text);
}

bool hands::sees_now(const QString& text) const {
  for (auto* one : page->findChildren<QWidget*>()) {
    if (!one->isVisible()) continue;
    QString has;
    if (const auto* label = qobject_cast<QLabel*>(one)) has = label->text();
    if (const auto* button = qobject_cast<QAbstractButton*>(one)) has = button->text();
    if (const auto* edit = qobject_cast<QPlainTextEdit*>(one)) has = edit->toPlainText();
    if (has.remove(QChar(0x200B)).contains(text)) return true;
  }
  return false;
}

bool hands::sees(const QString& text) {
  return wait_until([&] { return sees_now(text); });
}

}  // namespace keycare::window
