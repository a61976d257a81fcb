// seal.hpp - AES-256-GCM around one value: what is at rest in the store.
#pragma once

#include "host-stub/services/secure/secret.hpp"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/view.hpp"

#include <filesystem>
#include <string_view>

namespace keycare::services {

/// Octets of a master key.
inline constexpr std::size_t seal_key_octets = 32;

/// Seals @p plain for the place that @p place names: a value that was moved to another place does not open.
/// Layout: format (1), nonce (12), ciphertext, tag (16). [any-thread]
result<octets> seal_value(const secret& key, std::string_view place, octets_view plain);

/// Opens it; KC_E_DAMAGED "KC-STORE-DAMAGED-RECORD" for anything that seal_value did not make for this key and place.
/// [any-thread]
result<secret> open_value(const secret& key, std::string_view place, octets_view sealed);

/// Reads the master key at @p file, or makes one when @p may_create. Two processes that start at once agree on one.
/// The key is a file of mode 0600 because this is a stand-in: a real client keeps it in the keyring of the operating
/// system (Secret Service, DPAPI, Keychain), and only this function changes. KC-STORE-KEY-MISSING,
/// KC-STORE-KEY-DAMAGED. [any-thread]
result<secret> master_key(const std::filesystem::path& file, bool may_create);

}  // namespace keycare::services
