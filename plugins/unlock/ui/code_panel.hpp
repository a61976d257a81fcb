// code_panel.hpp - the code from the text message: typed without an echo, and kept in its field only, until the RA has
// taken or refused it.
#pragma once

#include "plugins/unlock/ui/panel.hpp"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QTimer>
#include <functional>

class QLabel;
class QLineEdit;

namespace keycare::ui {
class field;
}

namespace keycare::unlock {

/// [main-thread]
class code_panel final : public panel {
  Q_DECLARE_TR_FUNCTIONS(code_panel)
public:
  explicit code_panel(QWidget* parent);
  /// @param sent "code_sent" of the core: the masked telephone, until when it is good, when another may be asked for
  /// @param left redemptions left;  @param first whether it proves who applies (else: it releases the unlock)
  void set_sent(const nlohmann::json& sent, int left, bool first);
  /// Beside the field; the cursor is in it.
  void set_error(const QString& sentence);
  /// It is used up, or was refused: it is wiped.
  void forget_code();
  [[nodiscard]] bool holds_code() const;
  void on_code(std::function<void(const std::string& code)> tell) { entered_ = std::move(tell); }
  void on_resend(std::function<void()> tell) { resend_ = std::move(tell); }

  void retranslate() override;
  [[nodiscard]] QPushButton* primary() override { return confirm_; }
  void focus_first() override;

protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

private:
  void count_down();
  QLabel* why_;
  QLabel* sent_;
  QLineEdit* code_;
  ui::field* field_;
  QPushButton* confirm_;
  QPushButton* again_;
  QTimer each_second_;
  QString phone_;
  std::int64_t until_ = 0;
  std::int64_t resend_at_ = 0;
  int left_ = 0;
  bool first_ = true;
  std::function<void(const std::string&)> entered_;
  std::function<void()> resend_;
};

}  // namespace keycare::unlock
