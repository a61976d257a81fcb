// token_panel.hpp - the first step: which token, what its PIN's state is, and why one would unlock it.
#pragma once

#include "plugins/unlock/ui/panel.hpp"
#include "plugins/unlock/ui/token_view.hpp"

#include <QCoreApplication>
#include <functional>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QVBoxLayout;

namespace keycare::unlock {

/// With several tokens nothing is chosen beforehand. [main-thread]
class token_panel final : public panel {
  Q_DECLARE_TR_FUNCTIONS(token_panel)
public:
  explicit token_panel(QWidget* parent);
  /// Keeps the choice when its token is still there.
  void set_tokens(std::vector<token_view> tokens);
  /// Called with the chosen token, and whether its PIN is forgotten rather than locked.
  void on_chosen(std::function<void(const token_view&, bool forgotten)> tell) { chosen_ = std::move(tell); }
  void on_again(std::function<void()> tell) { again_ = std::move(tell); }

  void retranslate() override;
  [[nodiscard]] QPushButton* primary() override { return next_; }
  void focus_first() override;

private:
  [[nodiscard]] const token_view* selected() const;
  void build();
  void describe();
  std::vector<token_view> tokens_;
  QString serial_;  ///< Of the chosen one.
  QLabel* intro_;
  QWidget* list_ = nullptr;
  QVBoxLayout* place_;
  QButtonGroup* group_ = nullptr;
  QLabel* advice_;
  QCheckBox* forgotten_;
  QPushButton* look_;
  QPushButton* next_;
  std::function<void(const token_view&, bool)> chosen_;
  std::function<void()> again_;
};

}  // namespace keycare::unlock
