// qr_view.cpp - see qr_view.hpp.
#include "plugins/renewal/ui/qr_view.hpp"

#include <QPainter>

namespace keycare::renewal {

namespace {
constexpr int quiet_zone = 4;  // modules, ISO/IEC 18004 6.3.8
}

qr_view::qr_view(QWidget* parent) : QWidget(parent) {
  setObjectName("payCode");
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  hide();
}

void qr_view::show_text(const QString& text) {
  if (text == text_) return;
  text_ = text;
  code_ = make_qr_code(text.toStdString());
  setAccessibleName(text);
  setVisible(code_.size > 0);
  updateGeometry();
  update();
}

QSize qr_view::sizeHint() const {
  // A telephone reads modules of about a third of a millimetre; a line of text is twelve times that.
  const int module = std::max(3, fontMetrics().height() / 5);
  const int side = (code_.size + 2 * quiet_zone) * module;
  return {side, side};
}

void qr_view::paintEvent(QPaintEvent*) {
  if (code_.size == 0) return;
  QPainter painter(this);
  painter.fillRect(rect(), Qt::white);
  const int module = width() / (code_.size + 2 * quiet_zone);
  const int margin = (width() - module * code_.size) / 2;
  for (int y = 0; y < code_.size; ++y)
    for (int x = 0; x < code_.size; ++x)
      if (code_.at(x, y)) painter.fillRect(margin + x * module, margin + y * module, module, module, Qt::black);
}

}  // namespace keycare::renewal
