// small_disk.hpp - folders on a disk of their own that is soon full, and folders that cannot be written.
//
// Needs mounts, in a namespace of this process's own: as root, or where the system lets users have their own.
#pragma once

#include <filesystem>
#include <string>

namespace keycare::e2e {

/// Gives this process, and what it starts from now on, mounts of its own. Call it while there is one thread.
/// @return why that is not possible; empty when it is.
[[nodiscard]] std::string own_mounts();

/// A disk (tmpfs) of its own over a folder, with the folder's content on it; the folder is back at the end.
class small_disk {
public:
  small_disk(std::filesystem::path folder, std::size_t octets);
  ~small_disk();
  small_disk(const small_disk&) = delete;
  small_disk& operator=(const small_disk&) = delete;

  /// Fills it, but for about @p left octets.
  void fill(std::size_t left = 0);
  /// Makes room again.
  void clear();

private:
  std::filesystem::path folder_;
};

/// A folder that nobody can write, not even root, as long as this lives.
class read_only {
public:
  explicit read_only(std::filesystem::path folder);
  ~read_only();
  read_only(const read_only&) = delete;
  read_only& operator=(const read_only&) = delete;

private:
  std::filesystem::path folder_;
};

}  // namespace keycare::e2e
