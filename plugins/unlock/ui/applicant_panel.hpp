// applicant_panel.hpp - the second step: the applicant's data of the last business, each error beside its field.
#pragma once

#include "plugins/unlock/ui/panel.hpp"
#include "plugins/unlock/ui/pin_view.hpp"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <array>
#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace keycare::ui {
class field;
}

namespace keycare::unlock {

/// What is typed stays in its editors, until clear(). The core's `check` is the judge. [main-thread]
class applicant_panel final : public panel {
  Q_DECLARE_TR_FUNCTIONS(applicant_panel)
public:
  explicit applicant_panel(QWidget* parent);
  /// Which PIN it is about.
  void set_pin(const pin_view& which);
  /// The members id_type, id_number, name and phone.
  [[nodiscard]] nlohmann::json form() const;
  /// A field was left: ask the core, then show().
  void on_check(std::function<void()> tell) { check_ = std::move(tell); }
  void on_submit(std::function<void()> tell) { submit_ = std::move(tell); }
  void on_back(std::function<void()> tell) { back_ = std::move(tell); }
  /// @p problems of `check`: shown beside the fields that were left. True when there is none at all.
  bool show_problems(const nlohmann::json& problems);
  /// Every field counts as left; the cursor goes to the first wrong one. True when there is none.
  bool show_all_problems(const nlohmann::json& problems);
  /// Whether a field was left already.
  [[nodiscard]] bool touched() const;
  void clear();

  void retranslate() override;
  [[nodiscard]] QPushButton* primary() override { return send_; }
  void focus_first() override;

private:
  struct row {
    const char* member;
    ui::field* shown;
    bool left = false;
  };
  void left(std::size_t which);
  pin_view pin_;
  QLabel* token_;
  QLabel* intro_;
  QComboBox* kind_;
  QLineEdit* number_;
  QLineEdit* name_;
  QLineEdit* phone_;
  std::array<row, 4> rows_;
  QPushButton* send_;
  QPushButton* previous_;
  std::function<void()> check_, submit_, back_;
};

}  // namespace keycare::unlock
