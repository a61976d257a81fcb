// tones.cpp - see tones.hpp.
#include "plugins/common/ui/tones.hpp"

#include <QPainter>
#include <QPainterPath>

namespace keycare::ui {
namespace {

struct shades {
  QColor on_light, on_dark;
};

shades shades_of(tone what) {
  switch (what) {
    case tone::good:
      return {QColor(0x1b, 0x6e, 0x34), QColor(0x7b, 0xd8, 0x8f)};
    case tone::notice:
      return {QColor(0x0b, 0x57, 0x9b), QColor(0x8a, 0xc4, 0xff)};
    case tone::warning:
      return {QColor(0x8a, 0x50, 0x00), QColor(0xff, 0xc8, 0x61)};
    case tone::bad:
      return {QColor(0xb3, 0x1d, 0x1d), QColor(0xff, 0x9a, 0x94)};
    case tone::faded:
      break;
  }
  return {QColor(0x59, 0x5f, 0x66), QColor(0xb4, 0xba, 0xc2)};
}

bool is_dark(const QPalette& palette) {
  return palette.color(QPalette::Window).lightness() < 128;
}

}  // namespace

QColor colour_of(tone what, const QPalette& on) {
  const auto both = shades_of(what);
  return is_dark(on) ? both.on_dark : both.on_light;
}

QColor ground_of(tone what, const QPalette& on) {
  const auto ink = colour_of(what, on);
  const auto base = on.color(QPalette::Window);
  const double share = is_dark(on) ? 0.16 : 0.09;
  const auto mix = [&](int a, int b) { return static_cast<int>(a * (1 - share) + b * share); };
  return {mix(base.red(), ink.red()), mix(base.green(), ink.green()), mix(base.blue(), ink.blue())};
}

void paint_shape(QPainter& painter, tone what, const QRectF& into, const QPalette& on) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const auto ink = colour_of(what, on);
  const double unit = std::min(into.width(), into.height());
  const auto at = [&](double x, double y) { return QPointF(into.x() + x * unit, into.y() + y * unit); };
  painter.setPen(Qt::NoPen);
  painter.setBrush(ink);
  QPen mark(on.color(QPalette::Window), unit * 0.11, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
  switch (what) {
    case tone::good:
      painter.drawEllipse(QRectF(at(0.04, 0.04), at(0.96, 0.96)));
      painter.setPen(mark);
      painter.setBrush(Qt::NoBrush);
      painter.drawPolyline(QPolygonF({at(0.28, 0.52), at(0.44, 0.68), at(0.73, 0.34)}));
      break;
    case tone::notice:
      painter.drawEllipse(QRectF(at(0.04, 0.04), at(0.96, 0.96)));
      painter.setPen(mark);
      painter.drawLine(at(0.5, 0.46), at(0.5, 0.74));
      painter.drawPoint(at(0.5, 0.27));
      break;
    case tone::warning:
      painter.drawPolygon(QPolygonF({at(0.5, 0.04), at(0.98, 0.94), at(0.02, 0.94)}));
      painter.setPen(mark);
      painter.drawLine(at(0.5, 0.38), at(0.5, 0.62));
      painter.drawPoint(at(0.5, 0.79));
      break;
    case tone::bad:
      painter.drawRoundedRect(QRectF(at(0.06, 0.06), at(0.94, 0.94)), unit * 0.12, unit * 0.12);
      painter.setPen(mark);
      painter.drawLine(at(0.32, 0.32), at(0.68, 0.68));
      painter.drawLine(at(0.68, 0.32), at(0.32, 0.68));
      break;
    case tone::faded:
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(ink, unit * 0.12));
      painter.drawEllipse(QRectF(at(0.1, 0.1), at(0.9, 0.9)));
      break;
  }
  painter.restore();
}

}  // namespace keycare::ui
