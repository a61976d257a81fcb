// pins.hpp - PINs and their retry counters: what may be tried, what a try costs, what a PIN opens.
#pragma once

#include <string_view>

#include "status.hpp"
#include "token_store.hpp"

namespace keycare::soft_skf {

enum class role : std::uint8_t { admin = 0, user = 1 };  // ADMIN_TYPE, USER_TYPE

pin_record& pin_of(application& app, role who);

/// Makes an application with a fresh master key under both PINs. SAR_PIN_LEN_RANGE, SAR_INVALIDPARAMERR (limits: 1 to
/// 255).
struct pin_choice {
  std::string_view pin;  // borrowed
  std::uint32_t tries = 10;
};
result<application> make_application(std::string_view serial, std::string_view name, pin_choice user, pin_choice admin,
                                     std::uint8_t scrypt_log2_n);

/// Tries a PIN. The try is spent on disk before anything is compared; if that cannot be made durable, nothing is
/// compared. The answer is the application's master key, and the counter is full again *in memory*: the caller commits.
/// SAR_PIN_INCORRECT (spent; also for the try that leaves none), SAR_PIN_LOCKED and SAR_PIN_LEN_RANGE (nothing spent).
result<secret> try_pin(token_guard& guard, std::string_view application_name, role who, std::string_view pin);

/// Wraps the master key under another PIN, in memory; sets the counter to its limit. SAR_PIN_LEN_RANGE.
result<void> set_pin(token& state, std::string_view application_name, role who, byte_view master, std::string_view pin);

/// What a private key's seal is bound to: token, application, container, usage, algorithm and public key.
bytes key_association(std::string_view serial, std::string_view application_name, std::string_view container_name,
                      bool signing, const key_pair& pair);

/// What a file's seal is bound to.
bytes file_association(std::string_view serial, std::string_view application_name, const token_file& file);

/// scrypt's cost for new PINs: N = 2^n, about 5 ms a try.
inline constexpr std::uint8_t default_scrypt_log2_n = 11;

}  // namespace keycare::soft_skf
