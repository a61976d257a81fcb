// pin_field.cpp - see pin_field.hpp.
#include "host-stub/shell/pin_field.hpp"

#include <QInputMethodEvent>
#include <QKeyEvent>

#include <algorithm>

namespace keycare::shell {

pin_field::pin_field(QWidget* parent) : QLineEdit(parent), octets_(longest) {
  setEchoMode(QLineEdit::Password);
  setAttribute(Qt::WA_InputMethodEnabled, false);
  setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
  setAcceptDrops(false);
  setDragEnabled(false);
  setContextMenuPolicy(Qt::NoContextMenu);
}

services::secret pin_field::pin() const {
  return services::secret(octets_.bytes().first(used_));
}

void pin_field::clear_pin() {
  const auto all = octets_.bytes();
  services::wipe(all);
  used_ = 0;
  show_bullets();
}

void pin_field::keyPressEvent(QKeyEvent* event) {
  const auto key = event->key();
  // The dialog's: its default button, its cancel, the next field.
  if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Escape || key == Qt::Key_Tab ||
      key == Qt::Key_Backtab) {
    event->ignore();
    return;
  }
  event->accept();
  if (key == Qt::Key_Backspace && (event->modifiers() & Qt::ControlModifier) == 0) return erase_last();
  if (key == Qt::Key_Delete || key == Qt::Key_Backspace) return clear_pin();
  if ((event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) != 0) return;
  append(event->text());
}

bool pin_field::event(QEvent* event) {
  // Otherwise a shortcut such as "paste" or "undo" would be the line edit's.
  if (event->type() == QEvent::ShortcutOverride) {
    event->ignore();
    return true;
  }
  return QLineEdit::event(event);
}

void pin_field::inputMethodEvent(QInputMethodEvent* event) {
  event->accept();
}

void pin_field::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::MiddleButton) return event->accept();  // X11 would paste
  QLineEdit::mouseReleaseEvent(event);
  end(false);
}

void pin_field::append(const QString& text) {
  auto octets = text.toUtf8();
  const bool visible = !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint(); });
  const auto size = static_cast<std::size_t>(octets.size());
  if (visible && used_ + size <= longest) {
    std::copy(octets.begin(), octets.end(), octets_.bytes().begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += size;
  }
  services::wipe({reinterpret_cast<std::uint8_t*>(octets.data()), size});
  show_bullets();
}

void pin_field::erase_last() {
  const auto all = octets_.bytes();
  while (used_ > 0) {
    const bool first_of_character = (all[--used_] & 0xC0U) != 0x80U;
    all[used_] = 0;
    if (first_of_character) break;
  }
  show_bullets();
}

void pin_field::show_bullets() {
  const auto all = octets_.bytes().first(used_);
  const auto characters = std::count_if(all.begin(), all.end(), [](std::uint8_t c) { return (c & 0xC0U) != 0x80U; });
  setText(QString(characters, QChar(0x25CF)));
  if (changed_) changed_();
}

}  // namespace keycare::shell
