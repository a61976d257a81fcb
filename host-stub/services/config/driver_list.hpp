// driver_list.hpp - token makers' libraries in the configuration file: added and removed by the window, for the next
// start of the client.
#pragma once

#include "keycare/sdk/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace keycare::services {

enum class driver_kind { skf, pkcs11 };

/// @p text, a whole configuration, with @p library in it; its name follows from the file's. KC-DRIVER-LISTED
/// (KC_E_CONFLICT) when it is there already. Everything else stays as it is, in its order. Pure. [any-thread]
[[nodiscard]] result<std::string> with_driver(std::string_view text, driver_kind kind,
                                              const std::filesystem::path& library);
/// Without the library of that name; KC-DRIVER-NOT-LISTED (KC_E_NOT_FOUND). Pure. [any-thread]
[[nodiscard]] result<std::string> without_driver(std::string_view text, driver_kind kind, std::string_view name);

/// The same on the file: durable, and only when what comes out is a good configuration. KC-CONFIG-*, KC-FILE-*.
/// [any-thread]
result<void> add_driver(const std::filesystem::path& config_file, driver_kind kind,
                        const std::filesystem::path& library);
result<void> remove_driver(const std::filesystem::path& config_file, driver_kind kind, std::string_view name);

}  // namespace keycare::services
