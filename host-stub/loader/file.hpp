// file.hpp - opening and reading files that nobody vouches for: regular files only, bounded, without waiting.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace keycare::loader {

/// An open descriptor that is closed at the end, unless release() took it.
class descriptor {
public:
  descriptor() = default;
  explicit descriptor(int number) : number_(number) {}
  descriptor(descriptor&& other) noexcept : number_(other.release()) {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~descriptor();

  [[nodiscard]] int get() const noexcept { return number_; }
  [[nodiscard]] int release() noexcept { return std::exchange(number_, -1); }
  explicit operator bool() const noexcept { return number_ >= 0; }

private:
  int number_ = -1;
};

enum class file_fault { none, missing, unreadable };

struct file_octets {
  std::vector<std::uint8_t> octets;
  file_fault fault = file_fault::none;
  std::string detail;  ///< What is wrong, in a few words of English.
};

/// Reads a whole file. A folder, pipe or device, and more than @p limit octets, are faults. [any-thread]
[[nodiscard]] file_octets read_bounded(const std::filesystem::path& path, std::size_t limit);

}  // namespace keycare::loader
