// ui_session.hpp - one running instance of a plugin's UI library: what it is offered, and its pages.
//
// It is offered keycare.commands/1 of its own core, shell and log, and never a table of the core's (the architecture's
// "two libraries of a plugin"). Everything here is [main-thread].
#pragma once

#include "host-stub/services/commands/commands_service.hpp"
#include "host-stub/services/host.hpp"
#include "keycare/abi/page_qwidget.h"

namespace keycare::services {

class ui_session {
public:
  /// @param library checked by the loader. @param core its plugin's session; @param main and @p log: all live longer.
  /// @param offers shell and log; keycare.commands/1 is added here. @param language see make_commands_service().
  /// The library's own error, or KC-PLUGIN-TABLE. [main-thread]
  static result<std::unique_ptr<ui_session>> start(const kc_plugin* library, plugin_session& core,
                                                   std::vector<offered_service> offers, main_executor& main,
                                                   std::function<std::string()> language, log_sink& log);
  /// Every page was destroyed before.
  ~ui_session();
  ui_session(const ui_session&) = delete;
  ui_session& operator=(const ui_session&) = delete;

  /// A new page without a parent: a QWidget*. KC-PAGE-SLOT, KC-PLUGIN-TABLE when it gave none. [main-thread]
  [[nodiscard]] result<void*> create_page(std::string_view slot);
  void destroy_page(void* page) noexcept;
  void set_language(std::string_view language) noexcept;

private:
  ui_session() = default;
  const kc_plugin* library_ = nullptr;
  std::unique_ptr<host_table> host_;  // before the instance: goes after it
  kc_instance* instance_ = nullptr;
  const kc_page_qwidget_extension* pages_ = nullptr;
};

}  // namespace keycare::services
