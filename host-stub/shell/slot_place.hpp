// slot_place.hpp - where the pages of one slot are shown: pages, or why there is none, or that the client is starting.
#pragma once

#include "host-stub/shell/plugin_pages.hpp"

#include <QCoreApplication>
#include <QLabel>
#include <QWidget>

#include <functional>

class QVBoxLayout;
class QProgressBar;
class QPushButton;

namespace keycare::shell {

class toned_label;

/// [main-thread]
class slot_place final : public QWidget {
  Q_DECLARE_TR_FUNCTIONS(slot_place)

public:
  /// @param cards several small ones below each other, with room between; otherwise one page fills the place.
  slot_place(bool cards, QWidget* parent);
  /// The client is starting.
  void show_starting();
  /// It could not; @p again tries anew.
  void show_failure(const error& why, std::function<void()> again);
  /// Borrows the pages.
  void show(const std::vector<plugin_pages::placed>& pages);
  void retranslate(const std::string& language);

private:
  void empty();
  void add_reason(const plugin_pages::placed& missing);
  bool cards_;
  QVBoxLayout* column_;
  std::string language_ = "zh-CN";
  QProgressBar* busy_ = nullptr;
  QPushButton* again_ = nullptr;
  struct reason {
    toned_label* label;
    plugin_pages::placed about;
  };
  std::vector<reason> reasons_;
};

}  // namespace keycare::shell
