// pkcs11_module.hpp - a PKCS#11 module as a token module.
#pragma once

#include "host-stub/services/token/backend.hpp"
#include "host-stub/services/token/pkcs11/calls.hpp"

#include <memory>
#include <string>

namespace keycare::services::pkcs11 {

/// @param name as the configuration calls the library;  @param module initialised, shared with the sessions.
std::shared_ptr<token_module> make_module(std::string name, std::shared_ptr<calls> module);

}  // namespace keycare::services::pkcs11
