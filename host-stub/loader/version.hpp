// version.hpp - versions of clients, of the contract and of Qt, and which of them fit together. Pure.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keycare::loader {

/// A version of three numbers: "4.8.2".
struct version {
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  std::uint32_t patch = 0;
  friend auto operator<=>(const version&, const version&) = default;
};

/// A version of the contract: "1.0".
struct abi_version {
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
  friend auto operator<=>(const abi_version&, const abi_version&) = default;
};

/// What a manifest's "abi" says. Without max_minor ("1.x") every minor version of max_major will do.
struct abi_range {
  abi_version min;
  std::uint16_t max_major = 0;
  std::optional<std::uint16_t> max_minor;
};

/// A Qt build tag: "6.4.2-release".
struct qt_tag {
  version number;
  bool debug = false;
};

enum class fit { ok, plugin_too_new, plugin_too_old };

/// Absent for anything but digits and dots of the right shape. [any-thread]
[[nodiscard]] std::optional<version> parse_version(std::string_view text);
/// [any-thread]
[[nodiscard]] std::optional<abi_version> parse_abi_version(std::string_view text);
/// @p max may end with ".x". [any-thread]
[[nodiscard]] std::optional<abi_range> parse_abi_range(std::string_view min, std::string_view max);
/// [any-thread]
[[nodiscard]] std::optional<qt_tag> parse_qt_tag(std::string_view text);

/// Whether a host that speaks @p host can carry a plugin that works with @p plugin. [any-thread]
[[nodiscard]] fit fits(const abi_range& plugin, abi_version host);
/// Qt keeps old binaries working within a major version: same major, the plugin's minor not above the host's, and the
/// same kind of build (debug and release libraries have different layouts on Windows). [any-thread]
[[nodiscard]] bool fits(const qt_tag& plugin, const qt_tag& host);

/// [any-thread]
[[nodiscard]] std::string to_text(abi_version v);

}  // namespace keycare::loader
