// keyboard.hpp - hands that never leave the keys: each key goes to the window in front, which gives it to what has the
// focus, as it does with those of the X server.
#pragma once

#include "page_stage.hpp"

#include <QWidget>

namespace keycare::window::keyboard {

/// What has the focus, waited for.
QWidget* at();
void press(Qt::Key key, Qt::KeyboardModifiers with = {});
/// Letters, digits and signs of ASCII.
void type(std::string_view text);
/// What an input method makes of keys: other scripts.
void write(const QString& text);
/// Tab until @p wanted has the focus, at most @p presses times; then Shift+Tab as often. Waits until it is enabled.
[[nodiscard]] testing::AssertionResult tab_to(QWidget* wanted, int presses = 30);

}  // namespace keycare::window::keyboard
