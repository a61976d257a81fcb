// shell_service.hpp - keycare.shell/1 for one plugin.
#pragma once

#include "host-stub/services/config/config.hpp"
#include "host-stub/services/service.hpp"
#include "host-stub/services/shell/shell_port.hpp"

#include <mutex>

namespace keycare::services {

/// What the shell services of all plugins share; lives longer than they do.
struct shell_context {
  shell_port& port;
  const config& settings;
  std::mutex one_dialog;  ///< One at a time, whichever plugin asks; the PIN dialog takes the same (token_side).
};

/// [any-thread]
std::unique_ptr<service> make_shell_service(shell_context& context, const plugin_identity& who);

/// Whether @p url is https, without user, control characters or blanks, and of one of the endpoint's origins.
/// [any-thread]
bool may_open(std::string_view url, const endpoint_config& endpoint);

}  // namespace keycare::services
