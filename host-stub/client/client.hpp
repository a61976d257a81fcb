// client.hpp - a whole client but for its surface: configuration in, loaded plugins with running sessions out.
#pragma once

#include "host-stub/loader/loader.hpp"
#include "host-stub/services/commands/plugin_session.hpp"
#include "host-stub/services/config/config.hpp"
#include "host-stub/services/shell/shell_port.hpp"
#include "host-stub/services/signing/pin_prompt.hpp"
#include "host-stub/services/token/registry.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace keycare::host {

/// What the client's surface gives; everything lives longer than the client.
struct surface {
  services::pin_prompt& prompt;
  services::shell_port& shell;
  const services::time_source& time;
  /// The Qt of a client with a window: then plugins' UI libraries are loaded as well.
  std::optional<loader::qt_tag> qt = {};
};

class client {
public:
  /// A plugin of the configuration: running, or why not.
  struct plugin {
    std::filesystem::path manifest_file;
    loader::manifest about;                             ///< Empty when the manifest itself was refused.
    std::unique_ptr<services::plugin_session> session;  ///< Null when it was not loaded.
    error refused;                                      ///< Why not.
    const kc_plugin* ui = nullptr;  ///< Its UI library; null without a window, without pages, or when it was refused.
    error ui_refused;               ///< Why not; KC_OK when there is nothing to say.
  };

  /// Opens the store, the log and the token libraries, loads every plugin and starts it. A plugin that fails is listed;
  /// what the client itself needs fails here: KC-STORE-*, KC-LOG-*, KC-FILE-*. Blocks for what is found out in child
  /// processes the first time. [any-thread]
  /// @param only the id of the one plugin that will be used; the others are not loaded. Empty: every plugin. All are
  /// looked at when none says that it has this id.
  [[nodiscard]] static result<std::unique_ptr<client>> open(services::config settings, const surface& with,
                                                            std::string_view only = {});
  /// Ends every session, and waits for each, at most as long as plugin_session does. One caller at a time. [any-thread]
  ~client();
  /// Whether a plugin of some client in this process did not come back at the end: then the process leaves with _exit,
  /// so that nothing goes under the plugin's feet. [any-thread]
  [[nodiscard]] static bool anything_left_behind() noexcept;
  client(const client&) = delete;
  client& operator=(const client&) = delete;

  [[nodiscard]] const services::config& settings() const noexcept;
  [[nodiscard]] const std::vector<plugin>& plugins() const noexcept;
  /// Null when there is none of that id, or it was not loaded.
  [[nodiscard]] services::plugin_session* find(std::string_view id) const noexcept;
  [[nodiscard]] services::token_registry& tokens() noexcept;
  [[nodiscard]] services::log_sink& log() noexcept;
  /// What a UI library may ask for beside keycare.commands/1: shell and log. They live as long as the client.
  [[nodiscard]] std::vector<services::offered_service> ui_offers();
  /// Called on another thread, and quick, when a token came or went; set before anybody plugs. [main-thread]
  void on_tokens_changed(std::function<void()> tell);

private:
  struct parts;
  explicit client(std::unique_ptr<parts> made);
  std::unique_ptr<parts> parts_;
};

/// The configuration of a client that was given none: no tokens, no endpoints, data in $XDG_DATA_HOME/keycare.
[[nodiscard]] services::config default_config();

}  // namespace keycare::host
