// state_mark.cpp - see state_mark.hpp.
#include "plugins/common/ui/state_mark.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

namespace keycare::ui {

shape::shape(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void shape::set_tone(tone what) {
  tone_ = what;
  update();
}

QSize shape::sizeHint() const {
  const int side = fontMetrics().height();
  return {side, side};
}

void shape::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paint_shape(painter, tone_, QRectF(rect()), palette());
}

state_mark::state_mark(QWidget* parent) : QWidget(parent), shape_(new shape(this)), word_(new QLabel(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(shape_);
  row->addWidget(word_, 1);
  word_->setTextFormat(Qt::PlainText);
  word_->setWordWrap(true);
}

void state_mark::set(tone what, const QString& word) {
  tone_ = what;
  shape_->set_tone(what);
  word_->setText(word);
  word_->setAccessibleName(word);
  recolour();
}

void state_mark::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) recolour();
}

void state_mark::recolour() {
  auto colours = word_->palette();
  const auto ink = colour_of(tone_, palette());
  if (colours.color(QPalette::WindowText) == ink) return;
  colours.setColor(QPalette::WindowText, ink);
  word_->setPalette(colours);
}

}  // namespace keycare::ui
