// secret.hpp - bytes that must not leak (PINs, keys, bearer secrets), and the process around them.
#pragma once

#include "keycare/sdk/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace keycare::services {

/// Octets in OpenSSL's secure heap (locked, not in a core file), wiped when they go. Movable, never copied by accident.
/// Not safe to share between threads without a lock; different objects are independent. [any-thread]
class secret {
public:
  secret() noexcept = default;
  /// @p size zero octets. Throws std::bad_alloc when the secure heap is full.
  explicit secret(std::size_t size);
  /// A copy of @p bytes; the caller wipes his own.
  explicit secret(std::span<const std::uint8_t> bytes);
  explicit secret(std::string_view text);
  secret(secret&& other) noexcept;
  secret& operator=(secret&& other) noexcept;
  secret(const secret&) = delete;
  secret& operator=(const secret&) = delete;
  ~secret();

  /// A second copy, made on purpose.
  [[nodiscard]] secret copy() const { return secret(bytes()); }
  [[nodiscard]] std::span<std::uint8_t> bytes() noexcept { return {data_, size_}; }
  [[nodiscard]] std::span<const std::uint8_t> bytes() const noexcept { return {data_, size_}; }
  /// The same octets as text; not terminated by a zero.
  [[nodiscard]] std::string_view text() const noexcept { return {reinterpret_cast<const char*>(data_), size_}; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  /// Keeps the first @p size octets and wipes the rest; never grows.
  void shrink(std::size_t size) noexcept;
  /// Wipes and frees.
  void clear() noexcept;
  /// Compares in constant time for equal sizes.
  friend bool operator==(const secret& a, const secret& b) noexcept;

private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// Overwrites octets that held a secret elsewhere, in a way that no compiler leaves out. [any-thread]
void wipe(std::span<std::uint8_t> octets) noexcept;

/// Once, first thing in main: the secure heap, no core files, no ptrace by siblings, and no file of ours in the place
/// of a standard descriptor that was closed. KC-SECURE-MEMORY when the platform refuses. [main-thread]
result<void> harden_process();

}  // namespace keycare::services
