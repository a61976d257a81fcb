// focus_style_test.cpp - a button that has the focus looks different, whatever kind it is.
#include "host-stub/shell/focus_style.hpp"

#include <QPushButton>
#include <QStyleOptionButton>

#include <gtest/gtest.h>

namespace keycare::shell {
namespace {

QImage drawn(const QPushButton& button, bool focused) {
  const focus_style style;
  QStyleOptionButton option;
  option.initFrom(&button);
  option.rect = QRect(0, 0, 80, 24);
  option.text = button.text();
  option.state |= QStyle::State_Enabled;
  option.state.setFlag(QStyle::State_HasFocus, focused);
  if (button.isFlat()) option.features |= QStyleOptionButton::Flat;
  if (button.isDefault()) option.features |= QStyleOptionButton::DefaultButton;
  QImage out(option.rect.size(), QImage::Format_RGB32);
  out.fill(Qt::white);
  QPainter painter(&out);
  style.drawControl(QStyle::CE_PushButton, &option, &painter, &button);
  return out;
}

TEST(FocusStyle, MarksPlainFlatAndDefaultButtons) {
  QPushButton button("OK");
  EXPECT_NE(drawn(button, true), drawn(button, false));
  button.setFlat(true);
  EXPECT_NE(drawn(button, true), drawn(button, false));
  button.setFlat(false);
  button.setDefault(true);
  EXPECT_NE(drawn(button, true), drawn(button, false));
  EXPECT_EQ(drawn(button, false), drawn(button, false));
}

}  // namespace
}  // namespace keycare::shell
