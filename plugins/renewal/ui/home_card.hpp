// home_card.hpp - 主页: the order that is under way, and the way to it. Nothing when there is none.
#pragma once

#include "plugins/common/ui/conversation.hpp"
#include "plugins/common/ui/page.hpp"
#include "plugins/common/ui/page_library.hpp"
#include "plugins/renewal/ui/quiet_look.hpp"
#include "plugins/renewal/ui/wanted_order.hpp"

#include <QCoreApplication>

class QLabel;
class QPushButton;

namespace keycare::ui {
class state_mark;
}

namespace keycare::renewal {

class home_card final : public ui::page {
  Q_DECLARE_TR_FUNCTIONS(home_card)
public:
  home_card(const ui::page_links& links, std::shared_ptr<wanted_order> wanted);

protected:
  void retranslate() override;
  void reload() override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

private:
  void take(const nlohmann::json& data);
  ui::page_links links_;
  std::shared_ptr<wanted_order> wanted_;
  nlohmann::json order_;
  int more_ = 0;
  bool look_follows_ = false;  ///< The card was just shown: the RA may know more than this computer.
  QLabel *head_, *number_, *subject_, *others_;
  ui::state_mark *progress_, *what_now_;
  QPushButton* go_on_;
  commands_client::subscription events_;
  ui::conversation asking_;
  quiet_look look_;
};

}  // namespace keycare::renewal
