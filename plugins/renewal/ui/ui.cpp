// ui.cpp - makes the pages of renewal a UI library.
#include "plugins/common/ui/page_library.hpp"

namespace keycare::renewal {

static result<std::unique_ptr<ui_library>> make_ui(host_link host) {
  return ui::page_library::make(host, "renewal", {});
}

}  // namespace keycare::renewal

KEYCARE_UI_PLUGIN("renewal", "1.0.0", keycare::renewal::make_ui)
