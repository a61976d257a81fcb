// sealed_copy.hpp - a copy of a library in memory that nobody can change any more: what was checked is what is loaded.
//
// An open descriptor of the file itself is not enough, because the file can be overwritten in place. Linux only
// (memfd_create, 3.17); elsewhere plugins are refused with KC-PLUGIN-NO-SEAL rather than loaded unsealed.
#pragma once

#include "host-stub/loader/file.hpp"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/values.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace keycare::loader {

/// SHA-256 of octets. The loader has no cryptography of its own: the host gives it.
using sha256_function = digest (*)(std::span<const std::uint8_t>);

/// 64 lower-case hexadecimal digits. [any-thread]
[[nodiscard]] std::string to_hex(const digest& d);

class sealed_copy {
public:
  sealed_copy(sealed_copy&& other) noexcept;
  sealed_copy& operator=(sealed_copy&&) = delete;
  ~sealed_copy();

  /// Copies a regular file of at most 64 MiB. KC-PLUGIN-LIBRARY-MISSING, -LIBRARY-UNREADABLE, -NO-SEAL. [any-thread]
  [[nodiscard]] static result<sealed_copy> make(const std::filesystem::path& file, std::string_view id);

  /// The copy's octets; valid while this object lives. [any-thread]
  [[nodiscard]] std::span<const std::uint8_t> octets() const noexcept { return octets_; }
  [[nodiscard]] int number() const noexcept { return memory_.get(); }
  /// The name under which this process can load it: /proc/self/fd/N. [any-thread]
  [[nodiscard]] std::string path() const;
  /// Keeps the descriptor open for the rest of the process: glibc knows libraries by name, and a reused number would
  /// give the library that was loaded before. [any-thread]
  void keep_open() noexcept { (void)memory_.release(); }

private:
  sealed_copy(descriptor memory, std::span<const std::uint8_t> mapped) : memory_(std::move(memory)), octets_(mapped) {}
  descriptor memory_;
  std::span<const std::uint8_t> octets_;
};

}  // namespace keycare::loader
