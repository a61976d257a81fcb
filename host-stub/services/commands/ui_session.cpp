// ui_session.cpp - see ui_session.hpp.
#include "host-stub/services/commands/ui_session.hpp"

#include "keycare/abi/commands.h"
#include "keycare/sdk/host_side.hpp"

namespace keycare::services {

result<std::unique_ptr<ui_session>> ui_session::start(const kc_plugin* library, plugin_session& core,
                                                      std::vector<offered_service> offers, main_executor& main,
                                                      std::function<std::string()> language, log_sink& log) {
  std::unique_ptr<ui_session> out(new ui_session());
  out->library_ = library;
  offers.push_back({KC_COMMANDS_SERVICE, "", [&core, &main, language = std::move(language)](const plugin_identity&) {
                      return make_commands_service(core, main, language);
                    }});
  out->host_ = std::make_unique<host_table>(core.who(), std::move(offers), log);
  const auto made = detail::make_instance(library, out->host_->abi());
  if (!made) return made.error();
  out->instance_ = *made;
  const auto pages =
      detail::extension_of<kc_page_qwidget_extension>(library, *made, KC_PAGE_QWIDGET_EXTENSION, KC_PAGE_QWIDGET_MINOR);
  if (!pages) return pages.error();
  out->pages_ = *pages;
  return out;
}

ui_session::~ui_session() {
  if (instance_ != nullptr) library_->destroy(instance_);
}

result<void*> ui_session::create_page(std::string_view slot) {
  void* page = nullptr;
  const auto outcome =
      detail::called([&](kc_error* why) { return pages_->create_page(instance_, borrow(slot), &page, why); });
  if (!outcome) return outcome.error();
  if (page == nullptr) return fail(KC_E_FAILED, "KC-PLUGIN-TABLE");
  return page;
}

void ui_session::destroy_page(void* page) noexcept {
  pages_->destroy_page(instance_, page);
}

void ui_session::set_language(std::string_view language) noexcept {
  pages_->set_language(instance_, borrow(language));
}

}  // namespace keycare::services
