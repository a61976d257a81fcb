// renewal_kit.hpp - a clerk at the tab 证书续期: presses what is there, types into what is there, and says what she
// sees.
#pragma once

#include "renewal_steps.hpp"

#include <QWidget>

namespace keycare::renewal_pages {

struct clerk : steps {
  explicit clerk(window::stage_options how = {});

  window::page_stage stage;
  std::string language;

  /// Opens the tab; again after a restart.
  void sit_down();
  void picture(const char* state);

  // Pieces of the way that need the PIN or other people.
  void submit();
  void to_order() {
    fill_in();
    submit();
  }
  void provider_is_paid();
  void to_review() {
    to_order();
    to_open_payment();
    provider_is_paid();
    press("mainAct");
  }
  void review(const nlohmann::json& decision);

  /// What stands in the page's lines, those that are not shown too.
  [[nodiscard]] QStringList typed() const;
  /// The newest order, as the core tells it.
  nlohmann::json order();
  /// Another window takes the order one step on.
  void goes_on_elsewhere() { ask_core("continue", "{}"); }
  [[nodiscard]] bool stands(const char* state);

private:
  /// Through the clerk's own client, as another window would.
  nlohmann::json ask_core(const std::string& command, const std::string& input);
};

}  // namespace keycare::renewal_pages
