// choice_row.hpp - one thing of a list: an order or a certificate, what is to be known of it, and its button.
#pragma once

#include "plugins/common/ui/state_mark.hpp"

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace keycare::renewal {

class choice_row final : public QFrame {
public:
  explicit choice_row(QWidget* parent = nullptr);
  /// All may come from outside.
  void set_texts(const QString& title, const QString& below);
  void set_state(ui::tone how, const QString& sentence);
  /// Its one button; @p about tells it from those of other rows.
  QPushButton* set_action(const QString& text, const QString& about, std::function<void()> pressed);

private:
  QLabel* title_;
  QLabel* below_;
  ui::state_mark* state_;
  QPushButton* action_;
};

}  // namespace keycare::renewal
