// notice.hpp - a sentence that must be seen: what happened, what to do next, the support code, and a button or two.
#pragma once

#include "keycare/sdk/result.hpp"
#include "plugins/common/ui/page.hpp"
#include "plugins/common/ui/tones.hpp"

#include <functional>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace keycare::ui {

/// Hidden until it has something to say. [main-thread]
class notice final : public QWidget {
public:
  explicit notice(QWidget* parent = nullptr);
  /// Shows @p text; it is plain text. What was there goes, its buttons too.
  void say(tone how, const QString& text);
  /// Shows an error's sentence with its support code.
  void say(const error& why, const QString& sentence);
  void clear();
  /// A button beside what was said last.
  QPushButton* add_button(const QString& text, std::function<void()> pressed);
  [[nodiscard]] QString text() const;

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  void drop_buttons();
  tone tone_ = tone::notice;
  QWidget* shape_;
  QLabel* text_;
  QLabel* code_;
  QHBoxLayout* buttons_;
};

}  // namespace keycare::ui
