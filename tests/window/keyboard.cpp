// keyboard.cpp - see keyboard.hpp.
#include "keyboard.hpp"

#include <QApplication>
#include <QInputMethodEvent>
#include <QWindow>

namespace keycare::window::keyboard {

namespace {

/// Without a window manager, nobody else gives the activity back that a closed dialog had.
void bring_to_front() {
  auto* front = QApplication::activeModalWidget();
  for (auto* one : QApplication::topLevelWidgets())
    if (front == nullptr && one->isVisible() && one->isWindow()) front = one;
  if (front != nullptr) front->activateWindow();
}

QWindow* window_in_front() {
  at();
  return QGuiApplication::focusWindow();
}

std::string name_of(const QWidget* of) {
  return of == nullptr ? "nothing" : (of->metaObject()->className() + (" " + of->objectName())).toStdString();
}

}  // namespace

QWidget* at() {
  EXPECT_TRUE(wait_until([] {
    if (QGuiApplication::focusWindow() == nullptr) bring_to_front();
    return QGuiApplication::focusWindow() != nullptr && QApplication::focusWidget() != nullptr;
  })) << "nothing has the focus";
  return QApplication::focusWidget();
}

void press(Qt::Key key, Qt::KeyboardModifiers with) {
  auto* front = window_in_front();
  ASSERT_NE(front, nullptr);
  QTest::keyClick(front, key, with);
}

void type(std::string_view text) {
  auto* front = window_in_front();
  ASSERT_NE(front, nullptr);
  for (const char one : text) QTest::keyClick(front, one);
}

void write(const QString& text) {
  QInputMethodEvent event;
  event.setCommitString(text);
  QApplication::sendEvent(at(), &event);
}

testing::AssertionResult tab_to(QWidget* wanted, int presses) {
  if (wanted == nullptr || !wait_until([&] { return wanted->isVisible() && wanted->isEnabled(); }))
    return testing::AssertionFailure() << name_of(wanted) << " cannot be used";
  std::string way;
  for (const auto key : {Qt::Key_Tab, Qt::Key_Backtab})
    for (int i = 0; i <= presses; ++i) {
      auto* now = at();
      if (now == wanted) return testing::AssertionSuccess();
      way += "\n" + name_of(now);
      press(key, key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
    }
  return testing::AssertionFailure() << name_of(wanted) << " is not reached by Tab:" << way;
}

}  // namespace keycare::window::keyboard
