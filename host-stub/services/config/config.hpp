// config.hpp - the client's one configuration file (JSON), read strictly.
#pragma once

#include "keycare/sdk/result.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::services {

struct client_config {
  std::string name = "Keycare";
  std::string version = "4.8.2";   ///< What plugins compare their min_client_version with.
  std::string language = "zh-CN";  ///< "zh-CN" or "en"
  std::string hotline;             ///< For people.
  std::string qq;
};

enum class ulong_width { automatic, bits32, bits64 };

/// A token maker's library with the GM/T 0016 interface.
struct skf_config {
  std::string name;
  std::filesystem::path path;
  ulong_width width = ulong_width::automatic;  ///< Of ULONG in the library: makers differ on 64-bit systems.
};

/// A token maker's library with the PKCS#11 interface.
struct pkcs11_config {
  std::string name;
  std::filesystem::path path;
  std::string init;  ///< For C_Initialize, where a library wants words (NSS: its profile folder); usually empty.
};

/// A logical endpoint such as "ra".
struct endpoint_config {
  std::string url;                        ///< https://host[:port], without a path.
  std::filesystem::path pinned;           ///< Folder: tls-roots.pem, roots.pem, time.pem ... (docs of dev-ra).
  std::vector<std::string> open_origins;  ///< Origins that open_url may open: https://host[:port]
};

struct config {
  client_config client;
  std::vector<std::filesystem::path> plugins;  ///< Manifests.
  std::vector<skf_config> skf;
  std::vector<pkcs11_config> pkcs11;
  bool p11_kit = false;  ///< Also the modules that the system's p11-kit files name.
  std::map<std::string, endpoint_config> endpoints;
  std::filesystem::path data_dir;    ///< Store, master key, logs, locks.
  std::int64_t clock_offset = 0;     ///< Seconds that the wall clock is moved by (tests, demo).
  std::filesystem::path clock_file;  ///< Optional: a file with further seconds, read on every look at the clock.
};

/// Parses the file's text. Relative paths are relative to @p folder.
/// KC-CONFIG-INVALID; its arguments say which "key", what was "found" and what was "expected", words in both languages
/// (texts.hpp, in_words). [any-thread]
result<config> parse_config(std::string_view text, const std::filesystem::path& folder);
/// KC-CONFIG-INVALID for an endpoint whose pinned folder is not there or has no roots for TLS in it. [any-thread]
result<void> check_pinned(const config& settings);
/// Reads, parses and checks what is pinned; at most 256 KiB. KC-CONFIG-UNREADABLE, KC-CONFIG-INVALID. [any-thread]
result<config> read_config(const std::filesystem::path& file);

}  // namespace keycare::services
