// commands_service.hpp - keycare.commands/1: a plugin's UI library drives the commands of its own core.
#pragma once

#include "host-stub/services/commands/plugin_session.hpp"

#include <functional>
#include <string>

namespace keycare::services {

/// The client's main thread: runs what it is given there, in order, after the function that runs now.
class main_executor {
public:
  virtual ~main_executor() = default;
  virtual void post(std::function<void()> work) = 0;  ///< [any-thread]
};

/// @param session the core's; @param main lives as long. After the service is destroyed (on the main thread) none of
/// its sinks is called any more; its commands are cancelled. [main-thread]
/// @param language asked on the main thread before each command: what its texts are to be in.
std::unique_ptr<service> make_commands_service(plugin_session& session, main_executor& main,
                                               std::function<std::string()> language);

}  // namespace keycare::services
