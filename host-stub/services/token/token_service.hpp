// token_service.hpp - keycare.token/1 for one plugin.
#pragma once

#include "host-stub/services/service.hpp"
#include "host-stub/services/token/registry.hpp"

namespace keycare::services {

/// @p registry lives longer than the service. [any-thread]
[[nodiscard]] std::unique_ptr<service> make_token_service(token_registry& registry, const plugin_identity& plugin);

}  // namespace keycare::services
