// pin_service.hpp - keycare.pin/1 for one plugin.
#pragma once

#include "host-stub/services/crypto/trust.hpp"
#include "host-stub/services/pin/unlock_journal.hpp"
#include "host-stub/services/service.hpp"
#include "host-stub/services/signing/pin_dialog.hpp"
#include "host-stub/services/token/registry.hpp"

namespace keycare::services {

/// What the service stands on; all of it lives longer than the service.
struct pin_parts {
  token_registry& registry;
  pin_dialog& dialog;
  const trust_store& trust;
  unlock_journal& journal;
  const time_source& time;
  log_sink& log;
};

[[nodiscard]] std::unique_ptr<service> make_pin_service(const pin_parts& parts, const plugin_identity& plugin);

}  // namespace keycare::services
