// panel.hpp - what every panel of the unlock page has: one button that Enter presses, and where the cursor begins.
#pragma once

#include <QPushButton>
#include <QWidget>

namespace keycare::unlock {

class panel : public QWidget {
public:
  using QWidget::QWidget;
  virtual void retranslate() = 0;
  /// What Enter presses anywhere on the panel.
  [[nodiscard]] virtual QPushButton* primary() = 0;
  /// Puts the cursor where the user begins.
  virtual void focus_first() { primary()->setFocus(Qt::OtherFocusReason); }
};

/// A button for the keyboard too: Enter presses it when it has the focus.
inline QPushButton* make_button(QWidget* parent, const char* name) {
  auto* button = new QPushButton(parent);
  button->setObjectName(QString::fromLatin1(name));
  button->setAutoDefault(true);
  return button;
}
/// Sets a button's text for eyes and screen readers.
inline void set_button(QPushButton* button, const QString& text) {
  button->setText(text);
  button->setAccessibleName(text);
}

}  // namespace keycare::unlock
