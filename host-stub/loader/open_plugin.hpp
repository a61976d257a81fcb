// open_plugin.hpp - the steps that run a plugin's own code: open it, call its entry, read its table. First the probe's
// child process takes them, then, when it came back, the client.
#pragma once

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

#include "keycare/abi/entry.h"
#include "keycare/sdk/table.hpp"
#include "keycare/sdk/view.hpp"

#include <dlfcn.h>
#include <cstddef>
#include <string>

namespace keycare::loader {

using entry_function = kc_status(std::uint16_t host_major, std::uint16_t host_minor, const kc_plugin** out);

/// Opens a library with every symbol bound now: lazily bound, one that lacks a symbol would load and then kill the
/// client at the first call. @p why gets the system's words, without the name of the file. [any-thread]
inline boost::dll::shared_library open_library(const std::string& path, std::string& why) {
  boost::dll::fs::error_code failed;
  boost::dll::shared_library library;
  library.load(path, boost::dll::load_mode::rtld_now, failed);
  if (!failed) return library;
  const char* said = ::dlerror();
  why = said != nullptr ? said : failed.message();
  if (why.starts_with(path + ": ")) why.erase(0, path.size() + 2);
  return {};
}

/// The entry, or nullptr.
inline entry_function* entry_of(const boost::dll::shared_library& library) {
  if (!library.has(KC_PLUGIN_ENTRY_SYMBOL)) return nullptr;
  return &library.get<entry_function>(KC_PLUGIN_ENTRY_SYMBOL);
}

/// What is wrong with a plugin's table, in a few words; empty: nothing. [any-thread]
inline std::string table_fault(const kc_plugin* plugin) {
  if (plugin == nullptr) return "the entry gave none";
  switch (check_table(plugin->table, KC_ABI_MAJOR, 0, sizeof(kc_plugin))) {
    case KC_OK:
      break;
    case KC_E_OTHER_MAJOR:
      return "it is of contract " + std::to_string(plugin->table.major) + ", not " + std::to_string(KC_ABI_MAJOR);
    default:
      return "it has " + std::to_string(plugin->table.size) + " octets, not " + std::to_string(sizeof(kc_plugin));
  }
  if (!functions_present(*plugin, offsetof(kc_plugin, create))) return "a function is missing";
  constexpr std::size_t longest = 64;
  if (text(plugin->id).empty() || plugin->id.size > longest) return "its id is not 1 to 64 octets long";
  if (text(plugin->version).empty() || plugin->version.size > longest) return "its version is not 1 to 64 octets long";
  return {};
}

}  // namespace keycare::loader
