// manifest.hpp - what a plugin says about itself, readable without touching its library.
#pragma once

#include "host-stub/loader/version.hpp"
#include "keycare/sdk/result.hpp"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::loader {

/// A library of a plugin. @c file is a plain name beside the manifest.
struct library {
  std::string file;
  std::string sha256;  ///< 64 lower-case hexadecimal digits.
};

struct manifest {
  std::filesystem::path path;
  std::string id;
  std::string name_zh;
  std::string name_en;
  std::string version;
  abi_range abi;
  std::string abi_max;  ///< As written, for messages.
  loader::version min_client_version;
  std::set<std::string, std::less<>> permissions;
  std::vector<std::string> slots;
  library core;
  std::optional<library> ui;
  std::optional<qt_tag> ui_qt;
};

/// Reads and checks a manifest's text: at most 64 KiB, 8 deep, strings of at most 512 octets, no key twice, and the
/// schema plugin-api/schema/manifest.schema.json. @p path is where it came from, and its name stands in the messages.
/// Errors: KC-PLUGIN-MANIFEST-SYNTAX, and KC-PLUGIN-MANIFEST-INVALID with key, found and expected. [any-thread]
[[nodiscard]] result<manifest> parse_manifest(std::string_view text, const std::filesystem::path& path);

/// Reads a manifest from a regular file. Adds KC-PLUGIN-MANIFEST-MISSING and -UNREADABLE. [any-thread]
[[nodiscard]] result<manifest> read_manifest(const std::filesystem::path& path);

/// The manifest's demands, held against what a host is and gives.
struct host_facts {
  abi_version abi;
  loader::version client;
  std::string client_text;
  std::set<std::string, std::less<>> granted;  ///< "token.read", "net:ra" ...
};

/// Pure: versions, then permissions and endpoints. KC-PLUGIN-ABI-TOO-NEW, -ABI-TOO-OLD, -CLIENT-TOO-OLD,
/// -PERMISSION-UNKNOWN, -PERMISSION-FORBIDDEN, -ENDPOINT-UNKNOWN. [any-thread]
[[nodiscard]] result<void> check_manifest(const manifest& m, const host_facts& host);

}  // namespace keycare::loader
