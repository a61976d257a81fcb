// hands.cpp - see hands.hpp.
#include "hands.hpp"

#include <gtest/gtest.h>

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace keycare::window {

QString seen(QWidget* of) {
  QString out;
  for (auto* one : of->findChildren<QWidget*>()) {
    if (!one->isVisible()) continue;
    if (const auto* label = qobject_cast<QLabel*>(one)) out += label->text() + "\n";
    if (const auto* button = qobject_cast<QAbstractButton*>(one)) out += button->text() + "\n";
    if (const auto* edit = qobject_cast<QPlainTextEdit*>(one)) out += edit->toPlainText() + "\n";
  }
  return out.remove(QChar(0x200B));  // where a line may end
}

bool hands::there(const char* name) const {
  return visible_child<QWidget>(page, name) != nullptr;
}

QWidget* hands::find(const char* name) {
  QWidget* found = nullptr;
  EXPECT_TRUE(wait_until([&] { return (found = visible_child<QWidget>(page, name)) != nullptr; }))
      << name << " is not there, but:\n"
      << seen(page).toStdString();
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
  return seen(page).contains(text);
}

bool hands::sees(const QString& text) {
  return wait_until([&] { return sees_now(text); });
}

}  // namespace keycare::window
