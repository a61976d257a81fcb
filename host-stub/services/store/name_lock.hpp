// name_lock.hpp - a named lock between processes, held by an open file: the death of its holder releases it.
#pragma once

#include "keycare/sdk/result.hpp"

#include <filesystem>
#include <string_view>
#include <utility>

namespace keycare::services {

/// Holds the lock as long as it lives. Movable. [any-thread]
class name_lock {
public:
  /// Takes the lock that @p name names in @p folder, which is made if need be; never waits. KC_E_BUSY
  /// "KC-STORE-LOCKED".
  /// @param name any octets; only its hash stands in the file's name.
  static result<name_lock> take(const std::filesystem::path& folder, std::string_view name);
  name_lock(name_lock&& other) noexcept : file_(std::move(other.file_)), fd_(std::exchange(other.fd_, -1)) {}
  name_lock& operator=(name_lock&&) = delete;
  ~name_lock();

private:
  name_lock(std::filesystem::path file, int fd) : file_(std::move(file)), fd_(fd) {}
  std::filesystem::path file_;
  int fd_;
};

}  // namespace keycare::services
