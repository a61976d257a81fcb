// crypto_service.hpp - keycare.crypto/1 for one plugin.
#pragma once

#include "host-stub/services/crypto/trust.hpp"
#include "host-stub/services/service.hpp"

namespace keycare::services {

/// @param trust lives longer than the service. [any-thread]
[[nodiscard]] std::unique_ptr<service> make_crypto_service(const trust_store& trust, const plugin_identity& plugin);

}  // namespace keycare::services
