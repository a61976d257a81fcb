// ui.cpp - makes the pages of validity a UI library.
#include "certificates_page.hpp"
#include "home_card.hpp"
#include "plugins/common/ui/page_library.hpp"

namespace keycare::validity {

static result<std::unique_ptr<ui_library>> make_ui(host_link host) {
  return ui::page_library::make(
      host, "validity",
      {{"home", [](const ui::page_links& links) { return std::make_unique<home_card>(links); }},
       {"my-certificates", [](const ui::page_links& links) { return std::make_unique<certificates_page>(links); }}});
}

}  // namespace keycare::validity

KEYCARE_UI_PLUGIN("validity", "1.0.0", keycare::validity::make_ui)
