// standard_services.hpp - the services of this folder, ready to offer; the token side adds its own.
#pragma once

#include "host-stub/services/clock/clock_service.hpp"
#include "host-stub/services/host.hpp"
#include "host-stub/services/http/http_service.hpp"
#include "host-stub/services/shell/shell_service.hpp"
#include "host-stub/services/store/store_service.hpp"

namespace keycare::services {

/// What the services stand on; everything lives longer than every plugin.
struct standard_parts {
  const time_source& time;
  log_sink& log;
  database& records;
  std::filesystem::path locks;  ///< Folder of the store's lock files.
  http_client& client;
  signed_content verify;  ///< For signed_time; null: "unsupported".
  shell_context& shell;
};

/// log, store, http, shell: for a core. The clock is added by the core's session, which keeps its timers. [any-thread]
std::vector<offered_service> core_services(const standard_parts& parts);

/// shell and log: for a UI library; its session adds keycare.commands/1. [any-thread]
std::vector<offered_service> ui_services(const standard_parts& parts);

}  // namespace keycare::services
