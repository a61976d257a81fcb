// pin_window.hpp - the PIN dialog: what is signed, with which key, how many tries are left; and a new PIN's policy.
//
// It shows what the services say and gives back what was typed; one press of 确定 gives one answer and no more. It
// stays open while the token verifies, so that a wrong PIN is said where it was typed.
#pragma once

#include "host-stub/services/signing/pin_prompt.hpp"

#include <QCoreApplication>
#include <QDialog>

#include <functional>
#include <optional>

class QDialogButtonBox;
class QLabel;
class QProgressBar;
class QScrollArea;
class QToolButton;

namespace keycare::shell {

class toned_label;

class pin_field;

class pin_window final : public QDialog {
  Q_DECLARE_TR_FUNCTIONS(pin_window)

public:
  /// The answer to one question: a PIN, KC-PIN-CANCELLED, or KC-PIN-TOKEN-GONE.
  using answer_function = std::function<void(keycare::result<services::secret>)>;
  /// @param forgotten called for 忘记密码.
  pin_window(QWidget* parent, std::function<void()> forgotten);
  ~pin_window() override;

  /// Asks; @p answered is called once, at the latest when the dialog goes. @p policy for a new PIN.
  void ask(const services::prompt_view& view, const std::optional<services::new_pin_policy>& policy,
           answer_function answered);
  /// Says how it ended; stays until it is closed.
  void tell(const services::prompt_view& view);
  /// The questions are over: closes, unless something was told.
  void over();
  /// What is plugged in now: without the token it asks about, it closes.
  void tokens_are(const std::vector<token_info>& there);

  void accept() override;
  void reject() override;

protected:
  void keyPressEvent(QKeyEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  enum class state { idle, asking, verifying, told };
  void show_view(const services::prompt_view& view);
  void look_at_policy();
  void close_with(const char* code);
  void answer(keycare::result<services::secret> what);
  void retitle();
  /// As high as its lines need at this width, and no higher than the screen: what is signed scrolls then, and nothing
  /// of it is out of reach.
  void fit();

  state state_ = state::idle;
  services::prompt_view view_;
  std::optional<services::new_pin_policy> policy_;
  answer_function answered_;
  std::function<void()> forgotten_;
  QLabel *sentence_, *token_, *first_line_, *more_lines_;
  toned_label *problem_, *warnings_;
  QLabel *pin_label_, *again_label_, *tries_, *policy_lines_;
  QToolButton* details_;
  QScrollArea* more_;
  pin_field *pin_, *again_;
  QProgressBar* busy_;
  QDialogButtonBox* buttons_;
  QPushButton *ok_, *cancel_, *forgotten_button_;
};

}  // namespace keycare::shell
