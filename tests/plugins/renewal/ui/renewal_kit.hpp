// renewal_kit.hpp - a clerk at the tab 证书续期: presses what is there, types into what is there, and says what she
// sees.
#pragma once

#include "../../../window/page_stage.hpp"

#include <QWidget>

namespace keycare::renewal_pages {

struct clerk {
  explicit clerk(window::stage_options how = {});

  window::page_stage stage;
  QWidget* page = nullptr;
  std::string language;

  /// Opens the tab; again after a restart.
  void sit_down();
  /// The visible widget of that name, waited for; null and a test failure when it does not come.
  QWidget* find(const char* name);
  template <class T>
  T* find(const char* name) {
    return qobject_cast<T*>(find(name));
  }
  [[nodiscard]] bool there(const char* name) const;
  /// Waits until it is there and enabled, and clicks it.
  void press(const char* name);
  /// A button of the notice.
  void press_notice(const char* zh_text);
  void type(const char* name, const QString& text);
  /// Whether some visible label, button or text holds @p text, waited for.
  [[nodiscard]] bool sees(const QString& text);
  [[nodiscard]] bool sees_now(const QString& text) const;
  void picture(const char* state);

  // Pieces of the way. Each ends where its name says.
  void to_agreement();
  void accept_agreement();
  void fill_form();
  void tick_bids();
  void submit();
  void to_order() {
    to_agreement();
    accept_agreement();
    fill_form();
    tick_bids();
    submit();
  }
  void to_payment_page();
  void to_open_payment();
  void provider_is_paid();
  void to_review() {
    to_order();
    to_open_payment();
    provider_is_paid();
    press("mainAct");
  }
  void review(const nlohmann::json& decision);

  /// The newest order, as the core tells it.
  nlohmann::json order();
  [[nodiscard]] bool stands(const char* state);

private:
  /// Through the clerk's own client, as another window would.
  nlohmann::json ask_core(const std::string& command, const std::string& input);
};

}  // namespace keycare::renewal_pages
