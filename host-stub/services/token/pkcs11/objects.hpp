// objects.hpp - the certificates and keys of a token as they were read, in one pass: three searches, then one call an
// object. What cannot be read is left out and named.
#pragma once

#include "host-stub/services/token/backend.hpp"
#include "host-stub/services/token/pkcs11/calls.hpp"

#include <optional>
#include <set>
#include <vector>

namespace keycare::services::pkcs11 {

/// A half of a pair. An EC private key does not know its public one: then `public_key` is empty.
struct key_object {
  object_handle handle = 0;
  octets id;
  bool is_rsa = true;
  octets public_key;  ///< SubjectPublicKeyInfo
};

struct certificate_object {
  object_handle handle = 0;
  octets id;
  octets der;
  octets public_key;       ///< SubjectPublicKeyInfo; empty when the certificate cannot be read.
  bool exchanges = false;  ///< Its key usage (RFC 5280, 4.2.1.3) is for encryption and not for signatures.
};

struct object_set {
  std::vector<certificate_object> certificates;
  std::vector<key_object> public_keys;
  std::vector<key_object> private_keys;
  std::vector<error> left_out;  ///< Objects that are there but cannot be read.
};

/// All objects of the token, or those with @p id. Without a login most tokens hide the private keys. KC-TOKEN-REMOVED;
/// KC-TOKEN-DAMAGED when the module's lists cannot be believed. Module's worker.
[[nodiscard]] result<object_set> read_objects(calls& module, session_handle session,
                                              const std::optional<octets>& id = std::nullopt);
/// Certificates with @p id only: every further search and object costs a token its time.
[[nodiscard]] result<std::vector<certificate_object>> read_certificates(calls& module, session_handle session,
                                                                        const octets& id);
/// Private keys only.
[[nodiscard]] result<std::vector<key_object>> read_private_keys(calls& module, session_handle session);

/// SubjectPublicKeyInfo from CKA_EC_PARAMS and CKA_EC_POINT: the point as the octets of an OCTET STRING (2.40), or bare
/// as some makers give it. Empty when it is no key that can be read. Pure.
[[nodiscard]] octets ec_public_key(octets_view params, octets_view point);

/// The public keys (SubjectPublicKeyInfo) of which the set has a half.
struct known_keys {
  std::set<octets> public_keys;
  /// An EC private key counts for the public keys and the certificates with its CKA_ID, because it does not say itself.
  std::set<octets> private_keys;
};
/// Sorted once, so that a thousand certificates are a thousand look-ups. Pure.
[[nodiscard]] known_keys keys_of(const object_set& set);

}  // namespace keycare::services::pkcs11
