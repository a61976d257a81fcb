// step_bar.hpp - the steps of something long, and which one it is at: 用户申请 → 用户缴费 → …
#pragma once

#include <QStringList>
#include <QWidget>

namespace keycare::ui {

/// Done steps have a tick, the present one is filled, later ones are rings. [main-thread]
class step_bar final : public QWidget {
public:
  explicit step_bar(QWidget* parent = nullptr);
  /// @param current 0 is the first; as many as there are steps: all are done.
  void set_steps(const QStringList& names, int current);
  [[nodiscard]] int current() const noexcept { return current_; }
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  QStringList names_;
  int current_ = 0;
};

}  // namespace keycare::ui
