// core.hpp - the renewal plugin: from the application to the new certificate on the token.
#pragma once

#include "keycare/sdk/plugin_side.hpp"

#include <memory>

namespace keycare::renewal {

/// Makes the core from the host's services. [worker-thread]
[[nodiscard]] result<std::unique_ptr<plugin_core>> make_core(host_link host);

}  // namespace keycare::renewal
