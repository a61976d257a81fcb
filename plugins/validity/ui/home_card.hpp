// home_card.hpp - 主页/证书信息: which certificates are plugged in, until when they are good, and what to do.
#pragma once

#include "certificate_list.hpp"
#include "certificate_row.hpp"
#include "plugins/common/ui/page.hpp"

#include <QCoreApplication>

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace keycare::ui {
class busy_line;
class notice;
class state_mark;
}  // namespace keycare::ui

namespace keycare::validity {

/// Compact: at most a few certificates, the most urgent first; the page has them all. [main-thread]
class home_card final : public ui::page {
  Q_DECLARE_TR_FUNCTIONS(home_card)
public:
  explicit home_card(const ui::page_links& links);

protected:
  void retranslate() override;
  void reload() override { list_.refresh(); }
  void showEvent(QShowEvent* event) override;

private:
  struct line {
    QWidget* box;
    ui::state_mark* mark;
    QLabel* name;
    QLabel* until;
    QLabel* days;
    QLabel* advice;
  };
  line make_line();
  void listed(const nlohmann::json& data, const std::vector<list_notice>& notices);
  void failed(const error& why, const QString& sentence);
  void show_rows();
  void open_page();

  ui::page_links links_;
  std::vector<certificate_row> rows_;
  bool known_ = false;
  QLabel* title_;
  ui::busy_line* busy_;
  ui::notice* clock_;
  ui::notice* tokens_;
  QVBoxLayout* column_;
  std::vector<line> lines_;
  QLabel* more_;
  QPushButton* all_;
  certificate_list list_;  ///< Last: it calls the others.
};

}  // namespace keycare::validity
