// ui.cpp - makes the pages of unlock a UI library.
#include "plugins/common/ui/page_library.hpp"
#include "plugins/unlock/ui/home_card.hpp"
#include "plugins/unlock/ui/unlock_page.hpp"

namespace keycare::unlock {

static result<std::unique_ptr<ui_library>> make_ui(host_link host) {
  return ui::page_library::make(
      host, "unlock",
      {{"home", [](const ui::page_links& links) { return std::make_unique<home_card>(links); }},
       {"unlock", [](const ui::page_links& links) { return std::make_unique<unlock_page>(links); }}});
}

}  // namespace keycare::unlock

KEYCARE_UI_PLUGIN("unlock", "1.0.0", keycare::unlock::make_ui)
