// token.hpp - what a soft token is: the values that its file holds.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.hpp"

namespace keycare::soft_skf {

// Bounds. A file beyond one of them is damaged; a call beyond one of them is refused.
inline constexpr std::size_t max_token_file = std::size_t{8} << 20;  // octets
inline constexpr std::size_t max_token_name = 64;
inline constexpr std::size_t max_application_name = 32;
inline constexpr std::size_t max_label = 31;  // the DEVINFO field has 32, with its NUL
inline constexpr std::size_t max_applications = 16;
inline constexpr std::size_t max_containers_bound = 4096;
inline constexpr std::size_t max_files = 64;
inline constexpr std::size_t max_file_size = 1 << 20;
inline constexpr std::size_t max_certificate = 64 << 10;
inline constexpr std::size_t min_pin = 6;
inline constexpr std::size_t max_pin = 16;
inline constexpr std::uint32_t max_tries = 255;

inline constexpr std::size_t rsa_octets = 256;  // RSA-2048 is the only size
inline constexpr std::size_t exponent_octets = 4;

/// AES-256-GCM: a 12-octet random nonce, and the ciphertext followed by its 16-octet tag.
struct sealed_box {
  bytes nonce;
  bytes box;
};

/// scrypt's parameters (RFC 7914). They are recorded, so that a later version can raise them.
struct kdf_params {
  std::uint8_t log2_n = 12;
  std::uint32_t r = 8;
  std::uint32_t p = 1;
  bytes salt;
};

/// One PIN: its retry counter, and the application's master key wrapped by it. The GCM tag is the only verifier.
struct pin_record {
  std::uint32_t limit = 10;
  std::uint32_t remaining = 10;
  bool is_default = true;  // not changed since the application was made
  kdf_params kdf;
  sealed_box wrapped_master;
};

/// An RSA-2048 pair: big-endian public numbers, and a PKCS#1 RSAPrivateKey sealed under the application's master key.
struct key_pair {
  bytes modulus;
  bytes exponent;
  sealed_box private_key;
};

/// One half of a container: a pair, its certificate (DER, empty if none), either without the other.
struct key_slot {
  std::optional<key_pair> pair;
  bytes certificate;
};

struct container {
  std::string name;
  key_slot sign;
  key_slot exchange;
  [[nodiscard]] key_slot& slot(bool signing) { return signing ? sign : exchange; }
};

/// A file. What not everybody may read is sealed under the application's master key.
struct token_file {
  std::string name;
  std::uint32_t size = 0;
  std::uint32_t read_rights = 0;
  std::uint32_t write_rights = 0;
  bytes data;               // if everybody may read
  sealed_box private_data;  // if not
};

struct application {
  std::string name;
  std::uint32_t create_file_rights = 0;
  pin_record user;
  pin_record admin;
  std::vector<container> containers;
  std::vector<token_file> files;
};

struct token {
  std::string serial;  // 16 hexadecimal digits
  std::string label;
  std::uint32_t max_containers = 32;  // per application
  std::uint64_t generation = 0;       // counts the writes
  std::vector<application> applications;
};

/// The element of that name, or nullptr.
template <class List>
auto* find_named(List& list, std::string_view name) {
  auto it = std::find_if(list.begin(), list.end(), [name](const auto& item) { return item.name == name; });
  return it == list.end() ? nullptr : &*it;
}

}  // namespace keycare::soft_skf
