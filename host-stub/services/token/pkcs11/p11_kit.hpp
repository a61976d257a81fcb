// p11_kit.hpp - the modules that a system's own files name (pkcs11.conf(5), "module configuration").
#pragma once

#include "host-stub/services/config/config.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace keycare::services::pkcs11 {

/// Where those files are; a later folder's file wins over an earlier one's of the same name.
struct module_folders {
  std::vector<std::filesystem::path> configured{"/usr/share/p11-kit/modules", "/etc/pkcs11/modules"};
  /// What a module's relative path is relative to: the first folder that has the file.
  std::vector<std::filesystem::path> libraries{"/usr/lib/x86_64-linux-gnu/pkcs11", "/usr/lib/aarch64-linux-gnu/pkcs11",
                                               "/usr/lib64/pkcs11", "/usr/lib/pkcs11"};
};

/// Every module that is named there, in the files' order, without what is disabled for @p program, stores of trusted
/// certificates, and p11-kit's own proxy. Files that cannot be read are passed over. [any-thread]
[[nodiscard]] std::vector<pkcs11_config> system_modules(const module_folders& where, std::string_view program);

}  // namespace keycare::services::pkcs11
