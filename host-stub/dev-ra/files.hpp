// files.hpp - small files, written whole or not at all.
#pragma once

#include "keycare/sdk/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace keycare::dev_ra {

enum class file_access { owner, everyone };  // 0600, 0644

/// Replaces @p file: a temporary file beside it, fsync, rename, fsync of the folder. KC-RA-FILE with errno otherwise.
[[nodiscard]] result<void> write_file(const std::filesystem::path& file, std::string_view octets, file_access access);
/// The whole file, or nothing when it cannot be read or is larger than @p limit octets.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& file, std::size_t limit);

}  // namespace keycare::dev_ra
