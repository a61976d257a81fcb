// keys_service.hpp - keycare.keys/1 for one plugin.
#pragma once

#include "host-stub/services/service.hpp"
#include "host-stub/services/signing/grants.hpp"

#include <string_view>

namespace keycare::services {

/// Whether @p name is a container of a plugin's making: "KC1-", then letters, digits and hyphens, 64 octets at most.
/// Pure.
[[nodiscard]] bool is_own_container(std::string_view name) noexcept;

/// Both live longer than the service. [any-thread]
[[nodiscard]] std::unique_ptr<service> make_keys_service(token_registry& registry, grant_table& grants,
                                                         const plugin_identity& plugin);

}  // namespace keycare::services
