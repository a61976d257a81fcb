// log_service.hpp - keycare.log/1 for one plugin.
#pragma once

#include "host-stub/services/log/log.hpp"
#include "host-stub/services/service.hpp"

namespace keycare::services {

/// @param sink lives longer than the service. [any-thread]
std::unique_ptr<service> make_log_service(log_sink& sink, const plugin_identity& who);

}  // namespace keycare::services
