// home_card.hpp - the card 忘记密码 on 主页: each token's PIN in words, and what one can do about it.
#pragma once

#include "plugins/common/ui/conversation.hpp"
#include "plugins/common/ui/page.hpp"
#include "plugins/common/ui/page_library.hpp"
#include "plugins/unlock/ui/pin_view.hpp"

#include <QCoreApplication>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace keycare::ui {
class busy_line;
class notice;
class state_mark;
}  // namespace keycare::ui

namespace keycare::unlock {

/// [main-thread]
class home_card final : public ui::page {
  Q_DECLARE_TR_FUNCTIONS(home_card)
public:
  explicit home_card(const ui::page_links& links);

protected:
  void retranslate() override;
  void reload() override;
  void showEvent(QShowEvent* event) override;

private:
  /// One PIN: whose it is, its state, and its button.
  struct row {
    QWidget* whole;
    QLabel* token;
    ui::state_mark* state;
    QPushButton* change;
    QString serial;
    QString application;
  };
  void load();
  void show_pins();
  [[nodiscard]] row make_row();
  void show_row(row& at, const pin_view& pin);
  void change(const QString& serial, const QString& application);
  void busy_changed();

  ui::page_links links_;
  std::vector<pin_view> pins_;
  bool known_ = false;  ///< The core has answered.
  bool load_later_ = false;
  QLabel* title_;
  QLabel* none_;
  QWidget* list_;
  QVBoxLayout* place_;
  std::vector<row> rows_;
  ui::notice* urgent_;  ///< Locked, or an unlock under way.
  ui::notice* notice_;  ///< How the last press ended.
  ui::busy_line* busy_;
  QPushButton* forgotten_;
  ui::conversation state_;
  ui::conversation change_;
  commands_client::subscription events_;
};

}  // namespace keycare::unlock
