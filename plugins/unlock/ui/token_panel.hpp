// token_panel.hpp - the first step: which token (and which of its PINs), its state, and why one would unlock it.
#pragma once

#include "plugins/unlock/ui/panel.hpp"
#include "plugins/unlock/ui/pin_view.hpp"

#include <QCoreApplication>
#include <functional>
#include <optional>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QVBoxLayout;

namespace keycare::unlock {

/// With several PINs nothing is chosen beforehand. [main-thread]
class token_panel final : public panel {
  Q_DECLARE_TR_FUNCTIONS(token_panel)
public:
  explicit token_panel(QWidget* parent);
  /// Keeps the choice when it is still there.
  void set_pins(std::vector<pin_view> pins);
  /// Called with the chosen PIN, and whether it is forgotten rather than locked.
  void on_chosen(std::function<void(const pin_view&, bool forgotten)> tell) { chosen_ = std::move(tell); }
  void on_again(std::function<void()> tell) { again_ = std::move(tell); }

  void retranslate() override;
  [[nodiscard]] QPushButton* primary() override { return next_; }
  void focus_first() override;

private:
  [[nodiscard]] const pin_view* selected() const;
  void build();
  void describe();
  std::vector<pin_view> pins_;
  std::optional<pin_view> choice_;  ///< As it was when it was chosen.
  QLabel* intro_;
  QWidget* list_ = nullptr;
  QVBoxLayout* place_;
  QButtonGroup* group_ = nullptr;
  QLabel* advice_;
  QCheckBox* forgotten_;
  QPushButton* look_;
  QPushButton* next_;
  std::function<void(const pin_view&, bool)> chosen_;
  std::function<void()> again_;
};

}  // namespace keycare::unlock
