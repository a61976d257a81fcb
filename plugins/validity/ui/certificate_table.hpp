// certificate_table.hpp - the table of certificates: no widget a row, so that a thousand are as quick as one.
#pragma once

#include "certificate_model.hpp"

#include <QTableView>

#include <functional>
#include <optional>

namespace keycare::validity {

/// Keeps selection and scroll position when its rows change. [main-thread]
class certificate_table final : public QTableView {
public:
  explicit certificate_table(QWidget* parent = nullptr);
  ~certificate_table() override;
  /// Called when another row is the current one, or its content is another.
  void on_chosen(std::function<void()> tell) { chosen_ = std::move(tell); }
  /// Takes the "data" of a reply to "list".
  void set(const nlohmann::json& data);
  void retranslate();
  /// The current row; null without one. Valid until the next set().
  [[nodiscard]] const certificate_row* chosen() const;
  /// The row of that certificate, or the first one.
  void choose(const QString& sha256);
  /// Shows only rows with every word of @p text and, if given, in @p state.
  void filter(const QString& text, std::optional<row_state> state);
  /// How many rows the filter leaves.
  [[nodiscard]] int shown_rows() const { return filter_.rowCount(); }

  [[nodiscard]] const certificate_model& rows() const { return rows_; }

protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  void size_columns();
  /// The time axis takes the room that the columns before it leave, so that it is seen whole.
  void fit_timeline();
  void tell_chosen();
  certificate_model rows_;
  certificate_filter filter_;
  std::function<void()> chosen_;
  bool setting_ = false;
  int fitted_ = 0;  ///< The time axis' width as it was set here.
};

}  // namespace keycare::validity
