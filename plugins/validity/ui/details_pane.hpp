// details_pane.hpp - every field of one certificate, each with a button that copies it, and what the RA says of it.
#pragma once

#include "certificate_row.hpp"
#include "plugins/common/ui/conversation.hpp"
#include "plugins/common/ui/page.hpp"
#include "plugins/common/ui/page_library.hpp"

#include <QCoreApplication>

#include <functional>
#include <optional>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace keycare::validity {
class wrapped_text;
}

namespace keycare::ui {
class state_mark;
}

namespace keycare::validity {

/// [main-thread]
class details_pane final : public ui::page {
  Q_DECLARE_TR_FUNCTIONS(details_pane)
public:
  explicit details_pane(const ui::page_links& links);
  /// Shows @p row; nothing: no certificate is chosen. The RA is asked once it stays for a moment.
  void show_row(const certificate_row* row);
  /// Stops asking the RA until the next show_row(): commands of a plugin wait for each other.
  void pause();
  /// What was copied, for the page to say so.
  void on_copied(std::function<void(const QString& what)> tell) { copied_ = std::move(tell); }
  /// Every field as "name: value", one a line.
  [[nodiscard]] QString everything() const;
  void copy_all();

protected:
  void retranslate() override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

private:
  struct field {
    const char* id;  ///< For object names.
    bool wide;       ///< Over the whole width.
    QLabel* name;
    wrapped_text* value;
    QToolButton* copy;
    bool used;
  };
  void add_field(const char* id, bool wide);
  void put(const char* id, const QString& name, const QString& value);
  void fill();
  void lay_out();
  void recolour();
  void copy(const QString& what, const QString& text);
  void ask_server();
  void answered(const nlohmann::json& data);

  ui::page_links links_;
  std::optional<certificate_row> row_;
  QString status_, seal_;  ///< The core's words; empty: not known yet.
  std::function<void(const QString&)> copied_;
  QLabel* title_;
  ui::state_mark* mark_;
  QPushButton* renew_;
  QPushButton* copy_all_;
  QGridLayout* grid_;
  std::vector<field> fields_;
  int across_ = 0;  ///< Fields beside each other: 1 or 2.
  QTimer patience_;
  ui::conversation talk_;
};

}  // namespace keycare::validity
