// ui.cpp - makes the pages of renewal a UI library.
#include "plugins/common/ui/page_library.hpp"
#include "plugins/renewal/ui/home_card.hpp"
#include "plugins/renewal/ui/renewal_page.hpp"

namespace keycare::renewal {

static result<std::unique_ptr<ui_library>> make_ui(host_link host) {
  // What was typed lives as long as the library: it survives closing the page and the window, and nothing else.
  auto kept = std::make_shared<kept_entries>();
  auto wanted = std::make_shared<wanted_order>();
  return ui::page_library::make(
      host, "renewal",
      {{"home", [wanted](const ui::page_links& links) { return std::make_unique<home_card>(links, wanted); }},
       {"renewal", [=](const ui::page_links& links) { return std::make_unique<renewal_page>(links, kept, wanted); }}});
}

}  // namespace keycare::renewal

KEYCARE_UI_PLUGIN("renewal", "1.0.0", keycare::renewal::make_ui)
