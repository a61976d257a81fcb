// plugin_pages.hpp - the pages of a client's plugins, by slot; and for one that is not there, why.
#pragma once

#include "host-stub/client/client.hpp"
#include "host-stub/services/commands/ui_session.hpp"

#include <QWidget>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace keycare::shell {

/// Owns the pages; they go before the client does. [main-thread]
class plugin_pages {
public:
  /// @param client and @p main live longer. @param language the one that pages are shown in now.
  plugin_pages(host::client& client, services::main_executor& main, std::function<std::string()> language);
  ~plugin_pages();
  plugin_pages(const plugin_pages&) = delete;
  plugin_pages& operator=(const plugin_pages&) = delete;

  /// A page, or the reason why it is not there.
  struct placed {
    std::string plugin;  ///< Its id, or its manifest's name when nobody can read the id.
    std::string name_zh, name_en;
    QWidget* page = nullptr;  ///< Owned here; a layout may borrow it.
    error why;
  };
  /// Everything that wants to be in @p slot, in the order of the configuration. Makes the pages; once a slot.
  [[nodiscard]] std::vector<placed> for_slot(const std::string& slot);
  /// Plugins whose manifests cannot be read: nobody knows their slots.
  [[nodiscard]] std::vector<placed> without_slot() const;
  void set_language(const std::string& language);

private:
  struct made_page {
    services::ui_session* by;
    QWidget* page;
  };
  host::client& client_;
  std::map<std::string, std::unique_ptr<services::ui_session>> sessions_;
  std::map<std::string, error> refused_;
  std::vector<made_page> pages_;
};

}  // namespace keycare::shell
