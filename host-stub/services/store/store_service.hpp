// store_service.hpp - keycare.store/1 for one plugin.
#pragma once

#include "host-stub/services/service.hpp"
#include "host-stub/services/store/database.hpp"

#include <filesystem>

namespace keycare::services {

/// @param records shared by all plugins, lives longer than the service;  @param locks the folder of the lock files.
/// [any-thread]
std::unique_ptr<service> make_store_service(database& records, std::filesystem::path locks, const plugin_identity& who);

}  // namespace keycare::services
