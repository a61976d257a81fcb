// core.hpp - the validity plugin: which certificates are there, and until when are they good.
#pragma once

#include "keycare/sdk/plugin_side.hpp"

#include <memory>

namespace keycare::validity {

/// Makes the core from the host's services: token, http, clock. [worker-thread]
[[nodiscard]] result<std::unique_ptr<plugin_core>> make_core(host_link host);

}  // namespace keycare::validity
