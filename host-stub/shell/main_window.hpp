// main_window.hpp - the client's window: 主页, 我的证书, 证书续期, 驱动安装, and a status line with the token.
#pragma once

#include "host-stub/client/client.hpp"
#include "host-stub/services/config/driver_list.hpp"
#include "host-stub/shell/plugin_pages.hpp"
#include "host-stub/shell/preferences.hpp"

#include <QCoreApplication>
#include <QMainWindow>
#include <QTranslator>

#include <functional>
#include <memory>

class QLabel;
class QStackedWidget;
class QTabWidget;
class QPushButton;

namespace keycare::shell {

class toned_label;

class drivers_page;
class slot_place;

/// Shows what it is given; knows no thread. [main-thread]
class main_window final : public QMainWindow {
  Q_DECLARE_TR_FUNCTIONS(main_window)

public:
  struct acts {
    std::function<void()> start_again;  ///< Closes the client and opens it anew.
    std::function<void(const std::string& language)> language_chosen;
    std::function<void(services::driver_kind kind, const QString& what, bool add)> change_drivers;
    std::function<QString()> diagnosis;
    std::function<void()> look_for_tokens;
  };
  /// @param about the client's name, hotline and QQ; lives longer, as @p remembered does.
  main_window(const services::client_config& about, preferences& remembered, acts what);
  ~main_window() override;

  void show_starting();
  void show_failure(const error& why);
  /// Borrows the pages, which go after take_pages().
  void show_client(plugin_pages& pages, const std::vector<services::token_registry::driver>& drivers);
  /// Before the pages go.
  void take_pages();
  void show_tokens(const std::vector<token_info>& tokens);
  /// "home", "my-certificates", "renewal", "unlock" or "drivers"; another is ignored.
  void show_slot(const QString& slot);
  void notify(const QString& title, const QString& text);
  /// Offers an address that no browser could be opened for, until the user turns to another tab.
  void offer_page(const QString& address);
  void say_driver_outcome(bool good, const QString& sentence);
  /// Every text in @p language; its translations were installed before.
  void retranslate(const std::string& language);
  [[nodiscard]] const std::string& language() const noexcept { return language_; }

protected:
  void closeEvent(QCloseEvent* event) override;

private:
  /// What was remembered may be of another screen, and what is asked for may be more than there is.
  void fit_into_screen();
  void show_tab(int number);
  void build_options();
  void show_help();
  void show_status();
  const services::client_config& about_;
  preferences& remembered_;
  acts acts_;
  std::string language_ = "zh-CN";
  QTabWidget* tabs_;
  QStackedWidget* home_;
  slot_place *cards_, *unlock_, *certificates_, *renewal_;
  drivers_page* drivers_;
  QWidget* notice_;
  QLabel* notice_text_;
  QPushButton* notice_ok_;
  struct notice {
    QString text;
    QString address;  ///< Of a page to open; then the text is ours, and in the window's language.
  };
  void show_notice();
  QList<notice> notices_;
  toned_label* token_line_;
  QLabel* hotline_;
  QPushButton* options_;
  QPushButton* help_;
  std::vector<token_info> tokens_;
  bool started_ = false;
  bool looked_ = false;
};

}  // namespace keycare::shell
