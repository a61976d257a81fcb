// pin_field.hpp - a field for a PIN whose characters are in the secure heap from the key press on, and nowhere else.
//
// A QLineEdit keeps its text in ordinary memory, with copies of its own (undo, layout). This one holds bullets only;
// what was typed goes from the key event into a `secret`. What Qt and the window system kept of the event itself is
// theirs.
#pragma once

#include "host-stub/services/secure/secret.hpp"

#include <QLineEdit>

#include <functional>

namespace keycare::shell {

/// Typing and erasing at the end, nothing else: no paste, no drop, no undo, no input method, no menu. [main-thread]
class pin_field final : public QLineEdit {
public:
  static constexpr std::size_t longest = 64;  ///< Octets of UTF-8.

  explicit pin_field(QWidget* parent = nullptr);
  /// A copy of what was typed; the field keeps it until clear_pin().
  [[nodiscard]] services::secret pin() const;
  [[nodiscard]] bool empty() const noexcept { return used_ == 0; }
  /// Wipes it.
  void clear_pin();
  /// Called after each change.
  void on_changed(std::function<void()> tell) { changed_ = std::move(tell); }

protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  void inputMethodEvent(QInputMethodEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void dropEvent(QDropEvent*) override {}
  void contextMenuEvent(QContextMenuEvent*) override {}

private:
  void append(const QString& text);
  void erase_last();
  void show_bullets();
  services::secret octets_;
  std::size_t used_ = 0;
  std::function<void()> changed_;
};

}  // namespace keycare::shell
