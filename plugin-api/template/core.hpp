// core.hpp - what the template does: greets (a query), and reminds after a while (an action with keycare.clock/1).
#pragma once

#include "keycare/sdk/plugin_side.hpp"

#include <memory>

namespace keycare::sample {

/// Pure, so that its test needs no host: the greeting for @p name.
[[nodiscard]] std::string greeting(std::string_view name, bool english);

/// Made once for each instance; asks the host for the services that it needs.
[[nodiscard]] result<std::unique_ptr<plugin_core>> make_core(host_link host);

}  // namespace keycare::sample
