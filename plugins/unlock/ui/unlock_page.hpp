// unlock_page.hpp - 忘记密码 from the locked token to the new PIN. Where it is, the core says; the page shows it.
#pragma once

#include "plugins/common/ui/conversation.hpp"
#include "plugins/common/ui/page.hpp"
#include "plugins/common/ui/page_library.hpp"

#include <QCoreApplication>
#include <QTimer>

class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace keycare::ui {
class busy_line;
class notice;
class step_bar;
}  // namespace keycare::ui

namespace keycare::unlock {

class applicant_panel;
class code_panel;
class message_panel;
class panel;
class token_panel;

/// [main-thread]
class unlock_page final : public ui::page {
  Q_DECLARE_TR_FUNCTIONS(unlock_page)
public:
  explicit unlock_page(const ui::page_links& links);

protected:
  void retranslate() override;
  void reload() override;
  void showEvent(QShowEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

private:
  /// Where the user is; each has one panel and one step of the bar.
  enum class place {
    loading,
    choose,     ///< Which token, and why.
    form,       ///< The applicant's data.
    submitted,  ///< Applied; where it is was not heard yet.
    ready,      ///< A code can be asked for.
    code,       ///< A code was sent.
    review,     ///< The RA decides.
    plug_in,    ///< The right token is missing.
    set_pin,    ///< The authorisation is here; the dialog for the new PIN was closed.
    working,    ///< The network failed in the middle; the same request is repeated.
    done,
    rejected,
    expired,
    limit,
    unsupported
  };
  /// What the last command of flow_ was, to know what its failure means.
  enum class doing { nothing, look, apply, ask, code, set_pin };

  // unlock_page.cpp
  void build();
  void connect_panels();
  void load();
  void look();
  void run(doing what, const std::string& command, const nlohmann::json& input);
  void submit();
  void busy_changed();
  void home();
  // unlock_places.cpp
  void go(place where);
  void present();
  void present_message();
  void present_working();
  [[nodiscard]] panel* panel_of(place where) const;
  [[nodiscard]] int step_of(place where) const;
  // unlock_replies.cpp
  void tokens_came(const nlohmann::json& reply);
  void checked(const nlohmann::json& reply);
  void replied(const nlohmann::json& reply);
  void failed(const error& why, const QString& sentence);
  void complain(const error& why, const QString& sentence, doing what);

  ui::page_links links_;
  place at_ = place::loading;
  doing doing_ = doing::nothing;
  bool forgotten_ = false;
  bool submitting_ = false;
  bool loading_ = false;  ///< `state` was asked for, and the user has not gone on meanwhile.
  bool reload_later_ = false;
  bool keep_notice_ = false;  ///< What is said stays, though the next look succeeds.
  bool first_code_ = true;
  QString serial_;
  QString application_;  ///< Empty where the token has one only.
  QString unlock_;       ///< uuid
  QString said_;         ///< The core's words for this place.

  QPushButton* back_;
  QLabel* title_;
  ui::step_bar* steps_;
  ui::notice* notice_;
  QScrollArea* scroll_;
  QStackedWidget* stack_;
  token_panel* tokens_;
  applicant_panel* form_;
  code_panel* code_;
  message_panel* message_;
  ui::busy_line* busy_;
  QLabel* number_;  ///< The application's, for a call to the hotline.
  QLabel* hotline_;

  QTimer again_;  ///< A look that failed while the review is awaited is repeated.
  // After what their functions touch, so that they end before it.
  ui::conversation state_;
  ui::conversation check_;
  ui::conversation flow_;
  commands_client::subscription events_;
};

}  // namespace keycare::unlock
