// certificates_page.hpp - 我的证书: all certificates in a table and on one time axis, the details of one, and what can
// be saved of them.
#pragma once

#include "certificate_list.hpp"
#include "file_saver.hpp"
#include "plugins/common/ui/page.hpp"

#include <QCoreApplication>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QSplitter;

namespace keycare::ui {
class busy_line;
class notice;
}  // namespace keycare::ui

namespace keycare::validity {

class certificate_table;
class details_pane;
class timeline_legend;

/// [main-thread]
class certificates_page final : public ui::page {
  Q_DECLARE_TR_FUNCTIONS(certificates_page)
public:
  explicit certificates_page(const ui::page_links& links);

protected:
  void retranslate() override;
  void reload() override;
  void showEvent(QShowEvent* event) override;

private:
  void build();
  void connect_all();
  void listed(const nlohmann::json& data, const std::vector<list_notice>& notices);
  void failed(const error& why, const QString& sentence);
  void show_chosen();
  void filter();
  void show_count();
  /// @param command "export" or "remind"; the text to save is @p member of its reply.
  void save(const std::string& command, const nlohmann::json& input, const char* member, const QString& kind);
  void got_file(const nlohmann::json& reply);
  void show_busy();

  ui::page_links links_;
  QLabel* title_;
  QLabel* count_;
  QLineEdit* search_;
  QComboBox* states_;
  QPushButton* refresh_;
  QPushButton* export_;
  QPushButton* remind_;
  QAction* export_pem_;
  QAction* export_pair_;
  QAction* export_csv_;
  ui::notice* clock_;
  ui::notice* said_;
  certificate_table* table_;
  timeline_legend* legend_;
  details_pane* details_;
  QScrollArea* below_;
  QSplitter* halves_;
  ui::busy_line* busy_;
  bool listing_ = false;
  bool broken_ = false;  ///< What said_ shows is the list's error.
  const char* member_ = "";
  QString kind_, done_text_;
  file_saver saver_;
  ui::conversation export_talk_;
  certificate_list list_;
};

}  // namespace keycare::validity
