// unlock_stage.hpp - the unlock page's parts by name, and the other people of an unlock: telephone, reviewer, thief.
#pragma once

#include "tests/window/hands.hpp"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>

#include <stdexcept>

namespace keycare::window {

/// A token that three wrong PINs lock, and @p more others.
inline stage_options locked_soon(const std::string& language, int more = 0) {
  stage_options how;
  how.language = language;
  how.tries = 3;
  how.more_tokens = more;
  return how;
}

/// Waits until a person sees @p what.
inline bool sees(QWidget* of, const QString& what) {
  const bool there = wait_until([&] { return seen(of).contains(what); }, std::chrono::seconds(10));
  EXPECT_TRUE(there) << "not there: " << what.toStdString() << "\nbut:\n" << seen(of).toStdString();
  return there;
}

/// Waits until the button or field can be used. Without it the test cannot go on: it throws.
template <class T>
T* usable(QWidget* of, const char* name) {
  T* found = nullptr;
  const auto ready = [&] {
    found = of->findChild<T*>(name);
    return found != nullptr && found->isVisible() && found->isEnabled();
  };
  if (!wait_until(ready, std::chrono::seconds(10)))
    throw std::runtime_error(std::string("cannot be used: ") + name + "\nbut:\n" + seen(of).toStdString());
  return found;
}
inline void press(QWidget* of, const char* name) {
  click(usable<QPushButton>(of, name));
}

/// Enters wrong PINs until the token is locked, in the dialog that changes the PIN.
inline void lock_token(page_stage& stage, int tries, std::size_t number = 0) {
  for (int i = 0; i < tries; ++i) stage.prompt().will_type(demo::cast::wrong_pin);
  auto* card = stage.page("unlock", "home");
  const auto serial = text_of(stage.token(number).token.serial);
  QPushButton* change = nullptr;
  const bool there = wait_until([&] {
    for (auto* one : card->findChildren<QPushButton*>("changePin"))
      if (one->isEnabled() && one->accessibleName().contains(serial)) change = one;
    return change != nullptr;
  });
  if (!there) throw std::runtime_error("no such token");
  click(change);
  if (!wait_until([&] { return card->findChild<QWidget*>("urgent")->isVisible(); }))
    throw std::runtime_error("not locked:\n" + seen(card).toStdString());
  stage.close(card);
}

/// The page's application number, by which the others know it.
inline std::string number_of(QWidget* page) {
  auto* label = child<QLabel>(page, "unlockNumber");
  EXPECT_TRUE(wait_until([&] { return label->isVisible(); })) << seen(page).toStdString();
  return label->text().right(36).toStdString();
}
/// What the text message says.
inline QString code_for(office_stage& stage, QWidget* page) {
  return QString::fromStdString(stage.desk("sms", {{"uuid", number_of(page)}}).value("code", std::string()));
}
/// The reviewer decides, and the clerk looks.
inline void review(office_stage& stage, QWidget* page, const char* decision, const char* reason = "") {
  stage.desk("review", {{"uuid", number_of(page)}, {"decision", decision}, {"reason", reason}});
  press(page, "messageNext");
}

/// Fills in the demo's clerk.
inline void fill_in(QWidget* page) {
  type(usable<QLineEdit>(page, "idNumber"), text_of(demo::cast::id_number));
  auto* name = usable<QLineEdit>(page, "name");
  click(name);
  name->setText(text_of(demo::cast::clerk));  // an input method's work
  type(usable<QLineEdit>(page, "phone"), text_of(demo::cast::phone));
}
/// From the first step to the code that proves who applies.
inline void apply(QWidget* page) {
  press(page, "next");
  fill_in(page);
  press(page, "submit");
  usable<QLineEdit>(page, "code");
}
inline void enter_code(office_stage& stage, QWidget* page) {
  auto* code = usable<QLineEdit>(page, "code");  // not before it was sent
  type(code, code_for(stage, page));
  press(page, "confirmCode");
}

}  // namespace keycare::window
