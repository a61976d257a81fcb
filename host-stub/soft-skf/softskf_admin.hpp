// softskf_admin.hpp - what a test host does with software tokens that SKF has no function for: make, plug, unplug,
// list.
//
// A token is one file. Whoever copies it copies its retry counter and can go on guessing on the copy: the counter holds
// only against those who use the token through this library. A production host refuses soft tokens unless it is told
// otherwise. All functions are [worker-thread], thread-safe, and safe beside other processes. An error's `native` is a
// SAR_ code.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "keycare/sdk/result.hpp"

namespace keycare::soft_skf {

/// Shown where nobody chose another: it fits DEVINFO's 31 octets. The issuer field always says it, and cannot be
/// chosen.
inline constexpr const char* default_label = "软件令牌 SOFT, NOT A DEVICE";

/// One application of a new token. PINs are borrowed, 6 to 16 octets; the caller wipes them.
struct application_spec {
  std::string name = "KEYCARE";  // 1 to 32 octets
  std::span<const char> user_pin;
  std::span<const char> admin_pin;
  std::uint32_t user_tries = 10;   // 1 to 255
  std::uint32_t admin_tries = 10;  // 1 to 255
};

struct token_spec {
  std::string name;                   // of the file and of the SKF device: 1 to 64 octets, no '/', no '.' at the begin
  std::string serial;                 // 1 to 31 hexadecimal digits; empty: 16 random ones
  std::string label = default_label;  // 1 to 31 octets
  std::uint32_t max_containers = 32;  // in each application, 1 to 4096
  std::uint8_t scrypt_log2_n = 0;     // 0: the default. Tests may ask for 4, which protects nothing
  std::vector<application_spec> applications;
};

/// A token file as the folder shows it.
struct token_summary {
  std::string name;
  bool plugged = false;
  std::uint32_t damage = 0;  // 0, or why it cannot be used: SAR_FILEERR damaged, SAR_NOTSUPPORTYETERR newer format
  std::string serial;        // empty if damaged, like what follows
  std::string label;
  std::vector<std::string> applications;
};

/// The folder that libkeycare_softskf.so looks into: $KEYCARE_SOFTSKF_DIR or the user's own.
std::string default_token_folder();

/// Makes a plugged token. KC-SOFTSKF-EXISTS, KC-SOFTSKF-NAME, KC-SOFTSKF-SERIAL, KC-SOFTSKF-PIN, KC-SOFTSKF-FOLDER
/// (it cannot be written), KC-SOFTSKF-BUSY; KC-SOFTSKF for what only a program can get wrong.
result<token_summary> create_token(const std::string& folder, const token_spec& spec);

/// Moves a token's file to <folder>/unplugged, or back. KC-SOFTSKF-UNPLUGGED or KC-SOFTSKF-PLUGGED when it is there
/// already, KC-SOFTSKF-NOT-THERE when there is none of that name, and what create_token says of names and folders.
result<void> unplug(const std::string& folder, const std::string& name);
result<void> plug(const std::string& folder, const std::string& name);

/// Plugged and unplugged tokens, each sorted by name.
std::vector<token_summary> list_tokens(const std::string& folder);

/// Writes a file that everybody may read (as an electronic seal is) into an application, or replaces it.
result<void> put_file(const std::string& folder, const std::string& token, const std::string& application,
                      const std::string& file, std::span<const std::uint8_t> content);

}  // namespace keycare::soft_skf
