// busy_line.hpp - what is going on and how far it is, once it takes over half a second, with a way to stop it.
#pragma once

#include "plugins/common/ui/page.hpp"

#include <QTimer>

#include <functional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace keycare::ui {

/// Keeps its height while hidden, so that nothing jumps. [main-thread]
class busy_line final : public page {
public:
  explicit busy_line(QWidget* parent = nullptr);
  /// Called when the user presses 取消.
  void on_cancel(std::function<void()> tell) { cancelled_ = std::move(tell); }
  /// Something began or ended. It is shown half a second after the beginning.
  void set_busy(bool busy);
  /// @param total 0: unknown.
  void set_progress(int done, int total, const QString& phase);

protected:
  void retranslate() override;

private:
  QLabel* phase_;
  QProgressBar* bar_;
  QPushButton* cancel_;
  QTimer patience_;
  std::function<void()> cancelled_;
};

}  // namespace keycare::ui
