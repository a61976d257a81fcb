// loader.hpp - from a manifest to a plugin that may be used, or to the reason why not.
//
// In this order: the manifest alone (schema, versions, permissions, endpoints); a sealed copy of the library, its hash,
// what it exports and needs; a probe in a child process, remembered by hash; and only then dlopen in this process. A
// plugin that fails is a value, not an event: the others go on. Nothing is ever unloaded, because a window or an
// exception may outlive any moment at which one could.
#pragma once

#include "host-stub/loader/elf_scan.hpp"
#include "host-stub/loader/manifest.hpp"
#include "host-stub/loader/sealed_copy.hpp"
#include "keycare/abi/entry.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

namespace keycare::loader {

struct options {
  host_facts host;                                ///< Versions, and the permissions that the host is willing to give.
  sha256_function sha256 = nullptr;               ///< Must be given.
  std::filesystem::path probe;                    ///< keycare-probe; empty: the one beside this program.
  std::filesystem::path cache_dir;                ///< Where probes are remembered; empty: nowhere.
  std::chrono::milliseconds probe_timeout{5000};  ///< For one library.
  std::optional<qt_tag> qt;                       ///< Of a host with a window.
};

/// A plugin in this process. The table lives as long as the process.
struct loaded_plugin {
  manifest about;
  const kc_plugin* table = nullptr;
};

/// Loads a plugin's core. Errors are verdicts (verdict.hpp). Blocks for the probe at most; not for two threads at once.
/// [worker-thread]
[[nodiscard]] result<loaded_plugin> load(const std::filesystem::path& manifest_file, const options& with);

/// Loads the UI library of a plugin whose core is loaded. Adds KC-PLUGIN-QT and KC-PLUGIN-NO-UI. As load(): not for two
/// threads at once. [worker-thread]
[[nodiscard]] result<const kc_plugin*> load_ui(const manifest& about, const options& with);

/// A line of the list of plugins.
struct listed_plugin {
  std::filesystem::path manifest_file;
  result<loaded_plugin> outcome;
};

/// Loads one after the other. Of several with one id the first that loads counts; a later one is
/// KC-PLUGIN-ID-DUPLICATE. [worker-thread]
[[nodiscard]] std::vector<listed_plugin> load_all(std::span<const std::filesystem::path> manifest_files,
                                                  const options& with);

}  // namespace keycare::loader
