// certificate_model.hpp - certificates as a table for Qt's views, and what filters and sorts it.
#pragma once

#include "certificate_row.hpp"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <optional>

namespace keycare::validity {

/// The time axis that all rows share, Unix seconds.
struct time_axis {
  std::int64_t from = 0, to = 1;
  std::int64_t now = 0;
  std::int64_t soon_days = 90;

  /// 0 to 1 within the axis, clamped.
  [[nodiscard]] double at(std::int64_t when) const;
  friend bool operator==(const time_axis&, const time_axis&) = default;
};
/// From the first beginning to the last end, today always within; at most @p years around today, so that one
/// certificate until 9999 does not press all others to a point.
[[nodiscard]] time_axis axis_of(const std::vector<certificate_row>& rows, std::int64_t now, std::int64_t soon_days,
                                int years = 8);

/// [main-thread]
class certificate_model final : public QAbstractTableModel {
public:
  enum column { name, state, days_left, until, timeline, token, serial, issuer, from, columns };
  /// What columns are sorted by.
  static constexpr int sort_role = Qt::UserRole + 1;
  using QAbstractTableModel::QAbstractTableModel;

  /// Takes the "data" of a reply to "list".  @return whether anything is another now; else nothing is reset.
  bool set(const nlohmann::json& data);
  /// The words are those of another language now.
  void retranslate();

  [[nodiscard]] const certificate_row& row(int number) const { return rows_.at(static_cast<std::size_t>(number)); }
  [[nodiscard]] const std::vector<certificate_row>& rows() const { return rows_; }
  [[nodiscard]] const time_axis& axis() const { return axis_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  [[nodiscard]] QString text(const certificate_row& row, int column) const;
  [[nodiscard]] QVariant sort_key(const certificate_row& row, int column) const;
  std::vector<certificate_row> rows_;
  time_axis axis_;
};

/// Filters by text and by state; without a sorted column the rows stay as the core ordered them. [main-thread]
class certificate_filter final : public QSortFilterProxyModel {
public:
  explicit certificate_filter(QObject* parent = nullptr);
  /// All words of @p text must be somewhere in the row.
  void set_text(const QString& text);
  void set_state(std::optional<row_state> state);

protected:
  [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
  QStringList words_;
  std::optional<row_state> state_;
};

}  // namespace keycare::validity
