// hands.hpp - a person at a window: presses what is there, types into what is there, and says what she sees.
#pragma once

#include "page_stage.hpp"

#include <QWidget>

#include <string_view>

namespace keycare::window {

[[nodiscard]] inline QString text_of(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// What a person sees of @p of: the texts of its visible labels, buttons and documents, one a line.
[[nodiscard]] QString seen(QWidget* of);

struct hands {
  QWidget* page = nullptr;  ///< The page, or the whole window.

  /// The visible widget of that name, waited for; null and a test failure when it does not come.
  QWidget* find(const char* name);
  template <class T>
  T* find(const char* name) {
    return qobject_cast<T*>(find(name));
  }
  [[nodiscard]] bool there(const char* name) const;
  /// Waits until it is there and enabled, and clicks it.
  void press(const char* name);
  /// A button of the notice.
  void press_notice(const char* text);
  void type(const char* name, const QString& text);
  /// Whether some visible label, button or text holds @p text, waited for.
  [[nodiscard]] bool sees(const QString& text);
  [[nodiscard]] bool sees_now(const QString& text) const;
};

}  // namespace keycare::window
