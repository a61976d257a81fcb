// message_panel.hpp - a step at which there is only something to read and a button or two: what it is, what comes next.
#pragma once

#include "plugins/common/ui/tones.hpp"
#include "plugins/unlock/ui/panel.hpp"

#include <functional>

class QLabel;

namespace keycare::ui {
class shape;
}

namespace keycare::unlock {

/// [main-thread]
class message_panel final : public panel {
public:
  explicit message_panel(QWidget* parent);
  struct action {
    QString text;  ///< Empty: no such button.
    std::function<void()> pressed;
  };
  /// @p next is what Enter presses.
  void show_message(ui::tone how, const QString& heading, const QString& text, action next, action other = {});
  void retranslate() override {}
  [[nodiscard]] QPushButton* primary() override { return next_; }

private:
  ui::shape* shape_;
  QLabel* heading_;
  QLabel* text_;
  QPushButton* next_;
  QPushButton* other_;
  std::function<void()> on_next_, on_other_;
};

}  // namespace keycare::unlock
