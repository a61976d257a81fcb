// console_client.hpp - the client of a command line: configuration, clock, console and PIN prompt around host::client.
#pragma once

#include "host-stub/cli/commands.hpp"
#include "host-stub/cli/output.hpp"
#include "host-stub/client/client.hpp"
#include "host-stub/client/sentence.hpp"
#include "host-stub/services/shell/console.hpp"
#include "host-stub/services/shell/console_pin_prompt.hpp"

#include <string>

namespace keycare::cli {

struct console_choices {
  int pin_fd = -1;  ///< -1: the terminal.
  bool yes = false;
  std::string only;  ///< The one plugin that will be used; empty: all (client::open).
};

class console_client {
public:
  /// Reads the configuration and opens the client. KC-CLI-PIN-FD, KC-CONFIG-*, and what client::open() says.
  /// [main-thread]
  [[nodiscard]] static result<std::unique_ptr<console_client>> open(const invocation& how,
                                                                    const console_choices& choices);

  [[nodiscard]] host::client& core() noexcept { return *core_; }
  [[nodiscard]] const std::string& language() const noexcept { return settings_.client.language; }
  /// Why a plugin is not there, and the sentence for it. One whose manifest was refused has no id: its file's name is
  /// taken for it.
  [[nodiscard]] warning why_not(const std::string& plugin) const;
  /// What people must hear beside a plugin's replies: token drivers that were not loaded, when the plugin reads tokens;
  /// for a plugin that is not there, the manifests that nobody can read.
  [[nodiscard]] warnings warnings_for(const std::string& plugin) const;
  /// Asks for a member of an input that only the user knows, as a PIN is asked for.
  [[nodiscard]] result<std::string> ask(const std::string& member);
  /// Waits; false after an interrupt.
  [[nodiscard]] bool wait(std::int64_t seconds);

  /// While it lives, SIGINT and SIGTERM cancel what the session does. One at a time. [main-thread]
  class interrupt_scope {
  public:
    interrupt_scope(console_client& console, services::plugin_session& session);
    ~interrupt_scope();
    interrupt_scope(const interrupt_scope&) = delete;
    interrupt_scope& operator=(const interrupt_scope&) = delete;

  private:
    struct state;
    std::unique_ptr<state> state_;
  };

private:
  console_client(services::config settings, const console_choices& choices);
  services::config settings_;
  console_choices choices_;
  services::system_time time_;
  services::console shell_;
  services::console_pin_prompt prompt_;
  std::unique_ptr<host::client> core_;
};

using host::sentence_of;

}  // namespace keycare::cli
