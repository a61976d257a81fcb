// probe_cache.hpp - remembers what a probe found, for each hash: a client's start pays for a new library only.
#pragma once

#include "host-stub/loader/probe_report.hpp"
#include "host-stub/loader/version.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>

namespace keycare::loader {

/// Whether a finding belongs to the octets of a library. Hanging may be the computer's load, and an unresolved symbol
/// the system's libraries: those are looked at again. [any-thread]
[[nodiscard]] bool is_lasting(const result<probed_plugin>& finding);

/// The findings in the text of a cache file, by hash@abi; none when it is damaged. Pure. [any-thread]
[[nodiscard]] std::map<std::string, result<probed_plugin>> read_findings(std::span<const std::uint8_t> text);

/// One small JSON file, <folder>/plugin-probes.json. A file that is missing, damaged, of another format, too large, or
/// not this user's alone to write counts as empty. Several processes may use it: the last to write wins, and a lost
/// entry costs one probe.
class probe_cache {
public:
  /// @param folder empty: nothing is read or written. [any-thread]
  explicit probe_cache(std::filesystem::path folder);

  /// @p id replaces the id in a remembered verdict's arguments. [any-thread]
  [[nodiscard]] std::optional<result<probed_plugin>> find(const std::string& sha256, abi_version abi,
                                                          const std::string& id) const;
  /// Writes the file anew, if the finding is lasting. Without room or right to write, nothing is remembered.
  void remember(const std::string& sha256, abi_version abi, const result<probed_plugin>& finding);

private:
  std::filesystem::path file_;
  std::map<std::string, result<probed_plugin>> findings_;  ///< By hash@abi.
};

}  // namespace keycare::loader
