// core.hpp - the unlock plugin (忘记密码): a token whose PIN was entered wrongly too often is opened again.
#pragma once

#include "keycare/sdk/plugin_side.hpp"

#include <memory>

namespace keycare::unlock {

/// Makes the core from the host's services: token, pin, crypto, http, store, clock, log. [worker-thread]
[[nodiscard]] result<std::unique_ptr<plugin_core>> make_core(host_link host);

}  // namespace keycare::unlock
