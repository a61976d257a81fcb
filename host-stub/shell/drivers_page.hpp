// drivers_page.hpp - 驱动安装: the token makers' libraries, whether each loads, and the tokens that are seen.
#pragma once

#include "host-stub/client/client.hpp"
#include "host-stub/services/config/driver_list.hpp"

#include <QCoreApplication>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace keycare::shell {

class toned_label;

/// [main-thread]
class drivers_page final : public QWidget {
  Q_DECLARE_TR_FUNCTIONS(drivers_page)

public:
  struct acts {
    /// Adds or removes a library in the configuration, and starts the client anew.
    std::function<void(services::driver_kind kind, const QString& file)> add;
    std::function<void(services::driver_kind kind, const QString& name)> remove;
    std::function<QString()> diagnosis;  ///< For the clipboard.
    std::function<void()> look_again;
  };
  drivers_page(acts what, QWidget* parent);
  void show(const std::vector<services::token_registry::driver>& drivers);
  void show(const std::vector<token_info>& tokens);
  /// The client is starting or could not: nothing is known.
  void clear();
  /// What add or remove came to, a sentence.
  void say_outcome(bool good, const QString& sentence);
  void retranslate(const std::string& language);

private:
  void fill();
  void choose_library(services::driver_kind kind);
  acts acts_;
  std::string language_ = "zh-CN";
  std::vector<services::token_registry::driver> drivers_;
  std::vector<token_info> tokens_;
  QLabel *drivers_title_, *tokens_title_;
  toned_label* outcome_;
  QLabel* hint_;
  QTreeWidget *driver_list_, *token_list_;
  QPushButton *add_skf_, *add_pkcs11_, *remove_, *copy_, *again_;
};

}  // namespace keycare::shell
