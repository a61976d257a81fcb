// durable_file.hpp - small private files that survive a crash: the old or the new content, never a half. Mode 0600.
#pragma once

#include "host-stub/services/secure/secret.hpp"
#include "keycare/sdk/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace keycare::services {

/// Makes @p folder, with its parents, for this user only (0700). KC-FILE-UNWRITABLE. [any-thread]
result<void> make_private_folder(const std::filesystem::path& folder);

/// Reads a whole regular file of at most @p most octets. KC_E_NOT_FOUND, KC_E_TOO_LARGE, KC-FILE-UNREADABLE.
/// [any-thread]
result<secret> read_private_file(const std::filesystem::path& file, std::size_t most);

/// Replaces @p file: temporary file, fsync, rename, fsync of the folder. Full disk: KC-STORE-FULL; read-only:
/// KC-STORE-READ-ONLY; otherwise KC-FILE-UNWRITABLE. [any-thread]
result<void> write_durably(const std::filesystem::path& file, std::span<const std::uint8_t> bytes);

/// As write_durably, but leaves an existing file alone: KC_E_CONFLICT, also when another process was faster.
/// [any-thread]
result<void> create_durably(const std::filesystem::path& file, std::span<const std::uint8_t> bytes);

/// The error for errno @p code on @p file: what a full and a read-only disk are called everywhere. [any-thread]
error file_error(int code, const std::filesystem::path& file);

}  // namespace keycare::services
