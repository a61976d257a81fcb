// field_test.cpp - the line below a field is readable in every palette, also in one that comes later.
#include "plugins/common/ui/field.hpp"

#include "plugins/common/ui/tones.hpp"

#include <gtest/gtest.h>

#include <QLineEdit>
#include <QPalette>

namespace keycare::ui {
namespace {

QPalette of(const QColor& window) {
  QPalette out(window);
  out.setColor(QPalette::PlaceholderText, window.lightness() < 128 ? Qt::lightGray : Qt::darkGray);
  return out;
}

TEST(Field, SaysItsLineInTheColoursOfThePaletteThatCameLater) {
  field one(new QLineEdit, true);
  one.set_texts("Name", "As on the document");
  const auto ink = [&] { return one.findChild<QLabel*>("fieldBelow")->palette().color(QPalette::WindowText); };
  for (const auto& palette : {of(Qt::white), of(Qt::black), of(Qt::white)}) {
    one.set_error({});
    EXPECT_EQ(ink(), one.palette().color(QPalette::PlaceholderText));
    one.setPalette(palette);
    EXPECT_EQ(ink(), palette.color(QPalette::PlaceholderText));
    one.set_error("Nobody has this name.");
    EXPECT_EQ(ink(), colour_of(tone::bad, palette));
  }
  one.setPalette(of(Qt::black));
  EXPECT_EQ(ink(), colour_of(tone::bad, of(Qt::black)));
}

}  // namespace
}  // namespace keycare::ui
