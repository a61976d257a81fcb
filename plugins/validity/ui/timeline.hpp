// timeline.hpp - all validities on one time axis: the bar in a row, the years above them, and what the signs mean.
#pragma once

#include "certificate_model.hpp"

#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QWidget>

namespace keycare::validity {

/// Paints one validity into @p area: its bar, hatched where it ends soon, hollow when it is over or replaced, and
/// today's line from top to bottom, so that rows below each other share it. @p on has what it is painted on as Window.
void paint_validity(QPainter& painter, const QRectF& area, const certificate_row& row, const time_axis& axis,
                    const QPalette& on);
void paint_today(QPainter& painter, const QRectF& area, const time_axis& axis, const QPalette& on);

/// The column of the bars and the column of the states. It asks the model behind the proxy.
class certificate_delegate final : public QStyledItemDelegate {
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// A header that has the years above the bars.
class certificate_header final : public QHeaderView {
public:
  certificate_header(const certificate_model* model, QWidget* parent);
  [[nodiscard]] QSize sizeHint() const override;

protected:
  void paintSection(QPainter* painter, const QRect& area, int section) const override;

private:
  const certificate_model* model_;
};

/// What the signs in the bars mean. [main-thread]
class timeline_legend final : public QWidget {
public:
  explicit timeline_legend(QWidget* parent = nullptr);
  void set(const time_axis& axis);
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override;

protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

private:
  [[nodiscard]] QStringList words() const;
  /// Lays the entries out from left to right, on a new line where one does not fit.
  [[nodiscard]] std::vector<QPointF> places(int width, double* height) const;
  time_axis axis_;
};

}  // namespace keycare::validity
