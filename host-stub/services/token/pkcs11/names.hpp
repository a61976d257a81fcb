// names.hpp - containers where there are none: the objects with one CKA_ID are one, and its name stands for the ID.
//
// The objects of our own containers carry the container's name as their CKA_ID and CKA_LABEL, octet by octet, so that
// after a crash whatever was made is found again by the name alone; the exchange pair's ID is the name and ":exchange".
// IDs that are no such text are written "0x" and hexadecimal. Pure.
#pragma once

#include "keycare/sdk/result.hpp"
#include "keycare/sdk/view.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace keycare::services::pkcs11 {

/// A PIN belongs to the token: there is one application, and this is what the host calls it.
inline constexpr std::string_view application = "PKCS11";

inline constexpr std::size_t max_id = 120;  ///< Octets of a CKA_ID; in practice there are 1 to 64.

/// A container's name, taken apart.
struct container_name {
  octets id;                ///< CKA_ID of the signing pair's objects.
  octets exchange_id;       ///< CKA_ID of the exchange pair's objects.
  std::string certificate;  ///< Of several certificates with one CKA_ID: how this one's SHA-256 begins, hexadecimal.
};

/// KC_E_NOT_FOUND "KC-TOKEN-NOT-FOUND" for what stands for no ID.
[[nodiscard]] result<container_name> read_name(std::string_view container);

/// The name for objects with this CKA_ID.
[[nodiscard]] std::string name_of(octets_view id);
/// Whether @p id is that of an exchange pair of our own making: then its signing pair's ID.
[[nodiscard]] std::optional<octets> signing_id(octets_view id);
/// The name of one of several certificates with one CKA_ID. @param sha256 lower-case hexadecimal
[[nodiscard]] std::string name_of(octets_view id, std::string_view sha256);

}  // namespace keycare::services::pkcs11
