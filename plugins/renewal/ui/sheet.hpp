// sheet.hpp - one page of the way: a heading, a column that scrolls, and a default button for the Enter key.
#pragma once

#include "plugins/common/ui/page.hpp"
#include "plugins/common/ui/tones.hpp"

#include <QLabel>

#include <vector>

class QHBoxLayout;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace keycare::renewal {

/// A line of text of our own or a bounded foreign one: plain, wrapped, and it can be read aloud.
[[nodiscard]] QLabel* plain_label(QWidget* parent, const char* name = nullptr);
/// The same in a tone's colour, on a dark ground as on a light one.
[[nodiscard]] QLabel* toned_label(QWidget* parent, ui::tone what, const char* name = nullptr);
void set_label(QLabel* label, const QString& text);
/// A button whose accessible name is its text.
[[nodiscard]] QPushButton* push_button(QWidget* parent, const char* name);
void set_button(QPushButton* button, const QString& text, const QString& description = {});

class sheet : public ui::page {
public:
  explicit sheet(QWidget* parent = nullptr);
  /// After what is shown has become something else.
  void scroll_to_top();
  /// The page was moved down (up: negative) by so much: its content stays where it was on the screen, so that a second
  /// click hits what the first one did.
  void stay(int down);
  /// The first field or button that can be used now; null when there is none.
  [[nodiscard]] QWidget* first_stop() const;
  void focus_first();

protected:
  /// What follows each other from the top.
  [[nodiscard]] QVBoxLayout* column() const { return column_; }
  /// A row of buttons at the end of the column: further ones to the right.
  [[nodiscard]] QHBoxLayout* add_buttons();
  void set_heading(const QString& text);
  /// Enter presses it, wherever the focus is but on another button.
  void set_default(QPushButton* button);
  /// The Tab key goes through the page as the eye does: from the top, line by line. Again after widgets were added.
  void order_tabs();
  /// Only that button comes last, wherever it stands: who has filled in a page wants to go on, and going back loses it.
  void set_way_back(QPushButton* button) { way_back_ = button; }
  void keyPressEvent(QKeyEvent* event) override;
  void showEvent(QShowEvent* event) override;

private:
  [[nodiscard]] std::vector<QWidget*> tab_stops() const;
  /// Room below the content, so that it can be scrolled further than it is long.
  void leave_below(int height);
  QScrollArea* scroll_;
  QLabel* heading_;
  QVBoxLayout* column_;
  QPushButton *default_ = nullptr, *way_back_ = nullptr;
};

}  // namespace keycare::renewal
