// timeline_test.cpp - the time axis: what it spans, and what is painted where.
#include "plugins/validity/ui/timeline.hpp"

#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>

#include <limits>

namespace keycare::validity {
namespace {

constexpr std::int64_t day = 86'400;
constexpr std::int64_t today = 1'790'000'000;

certificate_row row(std::int64_t from, std::int64_t until, row_state state = row_state::valid) {
  certificate_row out;
  out.from = from;
  out.until = until;
  out.state = state;
  return out;
}

TEST(TimeAxis, SpansAllCertificatesAndToday) {
  const auto axis =
      axis_of({row(today + 10 * day, today + 375 * day), row(today - 700 * day, today - 335 * day)}, today, 90);
  EXPECT_LT(axis.from, today - 700 * day);
  EXPECT_GT(axis.to, today + 375 * day);
  EXPECT_GT(axis.at(today), 0.5);
  EXPECT_EQ(axis.at(axis.from - 1), 0.0);
  EXPECT_EQ(axis.at(axis.to + 1), 1.0);
}

TEST(TimeAxis, IsNotPressedTogetherByACertificateWithoutAnEnd) {
  constexpr auto least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
  const auto axis = axis_of({row(least, most), row(today - day, today + 365 * day)}, today, 90);
  EXPECT_LT(axis.to - axis.from, 18 * 366 * day);
  EXPECT_EQ(axis.at(least), 0.0);
  EXPECT_EQ(axis.at(most), 1.0);
  EXPECT_GT(axis_of({}, today, 90).to, today) << "an axis there is always";
}

TEST(TimeAxis, PaintsTheBarTheWarningAndTodayWhereTheyAre) {
  QImage image(1000, 30, QImage::Format_RGB32);
  QPalette palette(Qt::white);
  palette.setColor(QPalette::Window, Qt::white);
  palette.setColor(QPalette::Text, Qt::black);
  image.fill(Qt::white);
  const time_axis axis{today - 500 * day, today + 500 * day, today, 90};
  QPainter painter(&image);
  paint_validity(painter, QRectF(0, 0, 1000, 30), row(today - 300 * day, today + 200 * day), axis, palette);
  painter.end();
  const auto good = ui::colour_of(ui::tone::good, palette).rgb();
  EXPECT_EQ(image.pixel(100, 15), QColor(Qt::white).rgb()) << "before it begins";
  EXPECT_EQ(image.pixel(300, 15), good);
  EXPECT_EQ(image.pixel(600, 15), good);
  EXPECT_NE(image.pixel(650, 15), good) << "its last 90 days warn";
  EXPECT_EQ(image.pixel(750, 15), QColor(Qt::white).rgb()) << "after its end";
  EXPECT_EQ(image.pixel(500, 1), QColor(Qt::black).rgb()) << "today";
  EXPECT_EQ(image.pixel(500, 29), QColor(Qt::black).rgb());
}

TEST(TimeAxis, PaintsAnEndedOneHollow) {
  QImage image(1000, 30, QImage::Format_RGB32);
  image.fill(Qt::white);
  const QPalette palette(Qt::white);
  const time_axis axis{today - 500 * day, today + 500 * day, today, 90};
  QPainter painter(&image);
  paint_validity(painter, QRectF(0, 0, 1000, 30), row(today - 400 * day, today - 100 * day, row_state::ended), axis,
                 palette);
  painter.end();
  EXPECT_EQ(image.pixel(250, 15), QColor(Qt::white).rgb());
}

}  // namespace
}  // namespace keycare::validity
