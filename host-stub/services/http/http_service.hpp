// http_service.hpp - keycare.http/1 for one plugin.
#pragma once

#include "host-stub/services/http/signed_time.hpp"
#include "host-stub/services/service.hpp"

namespace keycare::services {

/// @param client shared by all plugins, lives longer;  @param verify for signed_time; null: "unsupported". [any-thread]
std::unique_ptr<service> make_http_service(http_client& client, signed_content verify, const plugin_identity& who);

}  // namespace keycare::services
