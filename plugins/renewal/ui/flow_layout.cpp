// flow_layout.cpp - see flow_layout.hpp.
#include "plugins/renewal/ui/flow_layout.hpp"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace keycare::renewal {

flow_layout::~flow_layout() = default;

QLayoutItem* flow_layout::itemAt(int index) const {
  return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* flow_layout::takeAt(int index) {
  if (index < 0 || index >= count()) return nullptr;
  auto* out = items_[static_cast<std::size_t>(index)].release();
  items_.erase(items_.begin() + index);
  return out;
}

QSize flow_layout::minimumSize() const {
  QSize out;
  for (const auto& one : items_)
    if (!one->isEmpty()) out = out.expandedTo(one->minimumSize());
  return out;
}

void flow_layout::setGeometry(const QRect& into) {
  QLayout::setGeometry(into);
  place(into, true);
}

int flow_layout::place(const QRect& into, bool really) const {
  const int gap = spacing() >= 0 ? spacing() : 8;
  int x = into.x(), y = into.y(), height = 0;
  for (const auto& one : items_) {
    if (one->isEmpty()) continue;
    const auto size = one->sizeHint().expandedTo(one->minimumSize());
    if (x > into.x() && x + size.width() > into.x() + into.width()) {
      x = into.x();
      y += height + gap;
      height = 0;
    }
    if (really) one->setGeometry(QRect(QPoint(x, y), size));
    x += size.width() + gap;
    height = std::max(height, size.height());
  }
  return y + height - into.y();
}

}  // namespace keycare::renewal
