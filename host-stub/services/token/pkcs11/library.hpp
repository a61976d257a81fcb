// library.hpp - loads a PKCS#11 module, after a child process has shown that it can be loaded and called.
#pragma once

#include "host-stub/services/config/config.hpp"
#include "host-stub/services/token/backend.hpp"

#include <chrono>
#include <filesystem>
#include <memory>

namespace keycare::services::pkcs11 {

/// As load() of skf/library.hpp: tried in a child first, once for each content, and remembered in @p remembered. Only
/// C_GetFunctionList is looked for. A module that crashes later takes the client with it; one that hangs later is set
/// aside by its worker. KC-MODULE-*; KC-MODULE-INITIALIZE with "ckr" when C_Initialize fails (native: its code).
/// [any-thread]
[[nodiscard]] result<std::shared_ptr<token_module>> load(const pkcs11_config& which,
                                                         const std::filesystem::path& remembered,
                                                         std::chrono::milliseconds patience = std::chrono::seconds(10));

}  // namespace keycare::services::pkcs11
