// step_bar.cpp - see step_bar.hpp.
#include "plugins/common/ui/step_bar.hpp"

#include "plugins/common/ui/tones.hpp"

#include <QCoreApplication>
#include <QPainter>

namespace keycare::ui {

step_bar::step_bar(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setObjectName("stepBar");
}

void step_bar::set_steps(const QStringList& names, int current) {
  names_ = names;
  current_ = current;
  const auto at = std::min<qsizetype>(current, names.size() - 1);
  if (at >= 0)
    setAccessibleName(
        QCoreApplication::translate("step_bar", "Step %1 of %2: %3").arg(at + 1).arg(names.size()).arg(names.at(at)));
  updateGeometry();
  update();
}

QSize step_bar::sizeHint() const {
  return {static_cast<int>(names_.size()) * fontMetrics().averageCharWidth() * 14, fontMetrics().height() * 7 / 2};
}

QSize step_bar::minimumSizeHint() const {
  return {static_cast<int>(names_.size()) * fontMetrics().averageCharWidth() * 8, fontMetrics().height() * 7 / 2};
}

void step_bar::paintEvent(QPaintEvent*) {
  if (names_.isEmpty()) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const double count = static_cast<double>(names_.size());
  const double each = width() / count;
  const double line = fontMetrics().height();
  const double disc = line * 1.3;
  const double middle = disc / 2 + 1;
  for (int i = 0; i < names_.size(); ++i) {
    const bool done = i < current_;
    const bool here = i == current_;
    const double x = each * (i + 0.5);
    if (i > 0) {
      painter.setPen(QPen(colour_of(done || here ? tone::good : tone::faded, palette()), 2));
      painter.drawLine(QPointF(x - each + disc * 0.7, middle), QPointF(x - disc * 0.7, middle));
    }
    const QRectF at(x - disc / 2, middle - disc / 2, disc, disc);
    if (done) {
      paint_shape(painter, tone::good, at, palette());
    } else {
      const auto ink = colour_of(here ? tone::notice : tone::faded, palette());
      painter.setPen(QPen(ink, 2));
      painter.setBrush(here ? QBrush(ink) : QBrush(Qt::NoBrush));
      painter.drawEllipse(at.adjusted(1, 1, -1, -1));
      painter.setPen(here ? palette().color(QPalette::Window) : ink);
      painter.drawText(at, Qt::AlignCenter, QString::number(i + 1));
    }
    auto font = painter.font();
    font.setBold(here);
    painter.setFont(font);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(x - each / 2, disc + line * 0.3, each, line * 1.4), Qt::AlignHCenter | Qt::AlignTop,
                     names_.at(i));
    font.setBold(false);
    painter.setFont(font);
  }
}

}  // namespace keycare::ui
