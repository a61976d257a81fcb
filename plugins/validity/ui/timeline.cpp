// timeline.cpp - see timeline.hpp.
#include "timeline.hpp"

#include <QApplication>
#include <QCoreApplication>
#include <QDateTime>
#include <QPainter>

#include <cmath>

namespace keycare::validity {
namespace {

constexpr std::int64_t seconds_a_day = 86'400;

double x_of(const QRectF& area, const time_axis& axis, std::int64_t when) {
  return area.left() + area.width() * axis.at(when);
}

void paint_bar(QPainter& painter, const QRectF& bar, const QColor& ink, bool hollow) {
  painter.setPen(QPen(ink, 1.2));
  painter.setBrush(hollow ? QBrush(Qt::NoBrush) : QBrush(ink));
  painter.drawRoundedRect(bar, bar.height() / 4, bar.height() / 4);
}

/// The part of a bar that warns: stripes, so that it is not told by colour alone.
void paint_soon(QPainter& painter, const QRectF& part, const QColor& ground, const QPalette& on) {
  const auto ink = ui::colour_of(ui::tone::warning, on);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ground);
  painter.drawRect(part);
  painter.setBrush(QBrush(ink, Qt::BDiagPattern));
  painter.drawRect(part);
  painter.setPen(QPen(ink, 1.2));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(part);
}

/// What a cell is painted on when it is selected.
QPalette palette_of(const QStyleOptionViewItem& option) {
  auto palette = option.palette;
  const bool selected = (option.state & QStyle::State_Selected) != 0;
  palette.setColor(QPalette::Window, palette.color(selected ? QPalette::Highlight : QPalette::Base));
  return palette;
}

const certificate_row& row_of(const QModelIndex& index, const certificate_model** model) {
  const auto* proxy = static_cast<const QSortFilterProxyModel*>(index.model());
  *model = static_cast<const certificate_model*>(proxy->sourceModel());
  return (*model)->row(proxy->mapToSource(index).row());
}

/// Room at both sides of the bars; the header and the cells share it.
QRectF bars_area(const QRect& cell) {
  return QRectF(cell).adjusted(6, 0, -6, 0);
}

}  // namespace

void paint_today(QPainter& painter, const QRectF& area, const time_axis& axis, const QPalette& on) {
  painter.setPen(QPen(on.color(QPalette::Text), 1.4, Qt::SolidLine, Qt::FlatCap));
  const double x = x_of(area, axis, axis.now);
  painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() + 1));
}

void paint_validity(QPainter& painter, const QRectF& area, const certificate_row& row, const time_axis& axis,
                    const QPalette& on) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const double height = std::min(area.height() * 0.5, painter.fontMetrics().height() * 0.75);
  const double top = area.center().y() - height / 2;
  const double left = x_of(area, axis, row.from);
  const double right = std::max(x_of(area, axis, row.until), left + 2);
  const bool hollow = row.state == row_state::ended || row.state == row_state::replaced;
  const auto tone = row.state == row_state::ending_soon ? ui::tone::good : tone_of(row.state);
  paint_bar(painter, QRectF(left, top, right - left, height), ui::colour_of(tone, on), hollow);
  if (!hollow) {
    const double soon = std::max(left, x_of(area, axis, row.until - axis.soon_days * seconds_a_day));
    paint_soon(painter, QRectF(soon, top, right - soon, height), on.color(QPalette::Window), on);
  }
  painter.setRenderHint(QPainter::Antialiasing, false);
  paint_today(painter, area, axis, on);
  painter.restore();
}

void certificate_delegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const {
  const int column = index.column();
  if (column != certificate_model::timeline && column != certificate_model::state)
    return QStyledItemDelegate::paint(painter, given, index);
  auto option = given;
  initStyleOption(&option, index);
  option.text.clear();
  const auto* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);  // ground, selection, focus
  const certificate_model* model = nullptr;
  const auto& row = row_of(index, &model);
  const auto on = palette_of(option);
  painter->save();
  painter->setFont(option.font);
  if (column == certificate_model::timeline) {
    painter->setClipRect(option.rect);
    auto inks = on;
    if ((option.state & QStyle::State_Selected) != 0)
      inks.setColor(QPalette::Text, on.color(QPalette::HighlightedText));
    paint_validity(*painter, bars_area(option.rect), row, model->axis(), inks);
  } else {
    const double side = option.fontMetrics.height() * 0.95;
    const QRectF mark(option.rect.left() + 4, option.rect.center().y() - side / 2 + 0.5, side, side);
    ui::paint_shape(*painter, tone_of(row.state), mark, on);
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    painter->setPen(selected ? on.color(QPalette::HighlightedText) : ui::colour_of(tone_of(row.state), on));
    const auto rest = QRectF(option.rect).adjusted(side + 10, 0, -2, 0);
    painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(word_of(row.state), Qt::ElideRight, int(rest.width())));
  }
  painter->restore();
}

QSize certificate_delegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
  return {option.fontMetrics.horizontalAdvance(u'0') * 16, option.fontMetrics.height() * 7 / 4};
}

certificate_header::certificate_header(const certificate_model* model, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent), model_(model) {
  setSectionsClickable(true);
  setHighlightSections(false);
  setSortIndicatorClearable(true);
}

QSize certificate_header::sizeHint() const {
  return {QHeaderView::sizeHint().width(), fontMetrics().height() * 11 / 4};
}

void certificate_header::paintSection(QPainter* painter, const QRect& cell, int section) const {
  painter->save();
  QHeaderView::paintSection(painter, cell, section);
  painter->restore();
  if (section != certificate_model::timeline || model_->rows().empty()) return;
  // The years stand at the lower edge, the section's name above them.
  painter->save();
  painter->setClipRect(cell);
  auto small = font();
  small.setPointSizeF(small.pointSizeF() * 0.8);
  painter->setFont(small);
  const QFontMetricsF metrics(small);
  const auto area = bars_area(cell);
  const auto& axis = model_->axis();
  const auto first = QDateTime::fromSecsSinceEpoch(axis.from).date().year();
  const auto last = QDateTime::fromSecsSinceEpoch(axis.to).date().year();
  const double needed = metrics.horizontalAdvance("0000") + 10;
  const double a_year = area.width() * (366.0 * seconds_a_day) / static_cast<double>(axis.to - axis.from);
  const int step = std::max(1, static_cast<int>(std::ceil(needed / a_year)));
  painter->setPen(palette().color(QPalette::ButtonText));
  for (int year = first + 1; year <= last; ++year) {
    if (year % step != 0) continue;
    const double x = x_of(area, axis, QDate(year, 1, 1).startOfDay().toSecsSinceEpoch());
    painter->drawLine(QPointF(x, cell.bottom() - 3), QPointF(x, cell.bottom()));
    painter->drawText(QRectF(x - needed, cell.bottom() - 4 - metrics.height(), 2 * needed, metrics.height()),
                      Qt::AlignHCenter | Qt::AlignBottom, QString::number(year));
  }
  painter->restore();
}

timeline_legend::timeline_legend(QWidget* parent) : QWidget(parent) {
  setObjectName("timelineLegend");
  auto policy = QSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void timeline_legend::set(const time_axis& axis) {
  axis_ = axis;
  setAccessibleName(words().join("; "));
  updateGeometry();
  update();
}

QStringList timeline_legend::words() const {
  const auto today = QDateTime::fromSecsSinceEpoch(axis_.now).date().toString(Qt::ISODate);
  return {QCoreApplication::translate("timeline_legend", "Valid"),
          QCoreApplication::translate("timeline_legend", "Last %1 days: apply for renewal").arg(axis_.soon_days),
          QCoreApplication::translate("timeline_legend", "Ended, or replaced by a newer one"),
          QCoreApplication::translate("timeline_legend", "Today, %1").arg(today)};
}

std::vector<QPointF> timeline_legend::places(int width, double* height) const {
  const double line = fontMetrics().height() * 1.35;
  const double sign = fontMetrics().horizontalAdvance(u'0') * 4.0;
  std::vector<QPointF> out;
  QPointF at(0, 0);
  for (const auto& word : words()) {
    const double needed = sign + 6 + fontMetrics().horizontalAdvance(word);
    if (at.x() > 0 && at.x() + needed > width) at = QPointF(0, at.y() + line);
    out.push_back(at);
    at.rx() += needed + 20;
  }
  *height = at.y() + line;
  return out;
}

QSize timeline_legend::sizeHint() const {
  return {fontMetrics().horizontalAdvance(u'0') * 60, heightForWidth(std::max(width(), 200))};
}

int timeline_legend::heightForWidth(int width) const {
  double height = 0;
  (void)places(width, &height);
  return static_cast<int>(std::ceil(height));
}

void timeline_legend::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  double height = 0;
  const auto at = places(width(), &height);
  const auto said = words();
  const double line = fontMetrics().height() * 1.35;
  const double sign = fontMetrics().horizontalAdvance(u'0') * 4.0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const QRectF area(at[i], QSizeF(sign, line));
    const auto bar = area.adjusted(1, line * 0.25, -1, -line * 0.25);
    painter.setRenderHint(QPainter::Antialiasing);
    if (i == 0) paint_bar(painter, bar, ui::colour_of(ui::tone::good, palette()), false);
    if (i == 1) paint_soon(painter, bar, palette().color(QPalette::Window), palette());
    if (i == 2) paint_bar(painter, bar, ui::colour_of(ui::tone::faded, palette()), true);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (i == 3) paint_today(painter, area, time_axis{0, 2, 1, 0}, palette());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(area.right() + 6, area.top(), width() - area.right() - 6, line),
                     Qt::AlignLeft | Qt::AlignVCenter, said.at(static_cast<qsizetype>(i)));
  }
}

void timeline_legend::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange && event->type() != QEvent::FontChange) return;
  set(axis_);
}

}  // namespace keycare::validity
