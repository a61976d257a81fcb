// skf_module.hpp - a token maker's SKF library as a token module.
#pragma once

#include "host-stub/services/token/backend.hpp"
#include "host-stub/services/token/skf/port.hpp"

#include <memory>
#include <string>

namespace keycare::services::skf {

/// @param name as the configuration calls the library;  @param calls shared with the sessions that it opens.
std::shared_ptr<token_module> make_module(std::string name, std::shared_ptr<port> calls);

}  // namespace keycare::services::skf
