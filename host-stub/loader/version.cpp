// version.cpp - versions of clients, of the contract and of Qt, and which of them fit together.
#include "host-stub/loader/version.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <span>

namespace keycare::loader {
namespace {

/// Reads exactly numbers.size() numbers of at most @p limit, separated by dots and nothing else.
bool read_numbers(std::string_view text, std::span<std::uint32_t> numbers, std::uint32_t limit) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), numbers[i]);
    if (error != std::errc{} || numbers[i] > limit) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const bool last = i + 1 == numbers.size();
    if (last) return text.empty();
    if (!text.starts_with('.')) return false;
    text.remove_prefix(1);
  }
  return text.empty();
}

constexpr std::uint32_t abi_limit = std::numeric_limits<std::uint16_t>::max();

}  // namespace

std::optional<version> parse_version(std::string_view text) {
  std::array<std::uint32_t, 3> n{};
  if (!read_numbers(text, n, 999'999)) return std::nullopt;
  return version{n[0], n[1], n[2]};
}

std::optional<abi_version> parse_abi_version(std::string_view text) {
  std::array<std::uint32_t, 2> n{};
  if (!read_numbers(text, n, abi_limit)) return std::nullopt;
  return abi_version{static_cast<std::uint16_t>(n[0]), static_cast<std::uint16_t>(n[1])};
}

std::optional<abi_range> parse_abi_range(std::string_view min, std::string_view max) {
  const auto low = parse_abi_version(min);
  if (!low) return std::nullopt;
  if (max.ends_with(".x")) {
    std::array<std::uint32_t, 1> n{};
    if (!read_numbers(max.substr(0, max.size() - 2), n, abi_limit)) return std::nullopt;
    return abi_range{*low, static_cast<std::uint16_t>(n[0]), std::nullopt};
  }
  const auto high = parse_abi_version(max);
  if (!high) return std::nullopt;
  return abi_range{*low, high->major, high->minor};
}

std::optional<qt_tag> parse_qt_tag(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto number = parse_version(text.substr(0, dash));
  const auto build = text.substr(dash + 1);
  if (!number || (build != "release" && build != "debug")) return std::nullopt;
  return qt_tag{*number, build == "debug"};
}

fit fits(const abi_range& plugin, abi_version host) {
  if (host < plugin.min) return fit::plugin_too_new;
  if (host.major > plugin.max_major) return fit::plugin_too_old;
  if (host.major == plugin.max_major && plugin.max_minor && host.minor > *plugin.max_minor) return fit::plugin_too_old;
  return fit::ok;
}

bool fits(const qt_tag& plugin, const qt_tag& host) {
  return plugin.number.major == host.number.major && plugin.number.minor <= host.number.minor &&
         plugin.debug == host.debug;
}

std::string to_text(abi_version v) {
  return std::to_string(v.major) + "." + std::to_string(v.minor);
}

}  // namespace keycare::loader
