// library.hpp - loads a token maker's SKF library, after a child process has shown that it can be loaded.
#pragma once

#include "host-stub/services/config/config.hpp"
#include "host-stub/services/token/backend.hpp"

#include <chrono>
#include <filesystem>
#include <memory>

namespace keycare::services::skf {

/// What a library does when it is loaded is found out in a child first, once for each content (SHA-256), and remembered
/// in the folder @p remembered (made when it is not there). Never unloads. KC-MODULE-UNREADABLE; KC-MODULE-UNLOADABLE
/// (its args say why); KC-MODULE-INCOMPLETE (functions are missing); KC-MODULE-CRASHED, KC-MODULE-HANGS (in its start
/// or its first call; native: the signal). [any-thread]
[[nodiscard]] result<std::shared_ptr<token_module>> load(const skf_config& which,
                                                         const std::filesystem::path& remembered,
                                                         std::chrono::milliseconds patience = std::chrono::seconds(10));

}  // namespace keycare::services::skf
