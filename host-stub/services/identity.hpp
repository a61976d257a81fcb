// identity.hpp - who is calling: the plugin that a service was made for.
#pragma once

#include <set>
#include <string>

namespace keycare::services {

/// From the manifest, after the loader held the library against it.
struct plugin_identity {
  std::string id;
  std::string version;
  std::set<std::string> permissions;  ///< "token.read", "token.sign", "token.write", "token.unlock", "net:<endpoint>"
};

}  // namespace keycare::services
