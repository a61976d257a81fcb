// wrapped_text.cpp - see wrapped_text.hpp.
#include "wrapped_text.hpp"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace keycare::validity {
namespace {
/// Breaks at words where it can.  @return its height.
double lay_out(QTextLayout& layout, double width) {
  QTextOption how;
  how.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout.setTextOption(how);
  double height = 0;
  layout.beginLayout();
  for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(width);
    line.setPosition(QPointF(0, height));
    height += line.height();
  }
  layout.endLayout();
  return height;
}
}  // namespace

wrapped_text::wrapped_text(QWidget* parent) : QWidget(parent) {
  auto policy = QSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void wrapped_text::set_text(const QString& text) {
  if (text == text_) return;
  text_ = text;
  updateGeometry();
  update();
}

QSize wrapped_text::sizeHint() const {
  const int line = fontMetrics().height();
  return {line * 12, heightForWidth(std::max(width(), line * 12))};
}

QSize wrapped_text::minimumSizeHint() const {
  const int line = fontMetrics().height();
  return {line * 6, line + contentsMargins().top()};
}

int wrapped_text::heightForWidth(int width) const {
  const auto sides = contentsMargins();
  QTextLayout layout(text_, font(), this);
  const double height = lay_out(layout, std::max(1, width - sides.left() - sides.right()));
  return static_cast<int>(std::ceil(height)) + sides.top() + sides.bottom();
}

void wrapped_text::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(palette().color(QPalette::WindowText));
  QTextLayout layout(text_, font(), this);
  lay_out(layout, contentsRect().width());
  layout.draw(&painter, contentsRect().topLeft());
}

}  // namespace keycare::validity
