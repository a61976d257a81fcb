// container_work.hpp - what is done to one container on an opened token: each step can be repeated.
//
// Plain functions over a session, so that they can be tested with a session that is a script. The grant is checked by
// whoever calls. All of them: the module's worker.
#pragma once

#include "host-stub/services/token/backend.hpp"

namespace keycare::services {

struct container_ref {
  std::string application;
  std::string container;
};

/// Makes it, or finds it empty. KC-CONTAINER-NOT-EMPTY (KC_E_CONFLICT).
result<void> create_container(token_session& session, const container_ref& where);
/// The SubjectPublicKeyInfo of the pair that is there, or of a new one. KC_E_NOT_FOUND without the container.
result<octets> generate_pair(token_session& session, const container_ref& where, std::string_view algorithm);
/// A certification request with @p subject (Name, DER).
result<octets> request_certificate(token_session& session, const container_ref& where, octets_view subject);
/// Writes what is not there yet. KC-BUNDLE-OTHER-KEY (KC_E_UNTRUSTED), KC-CONTAINER-NOT-EMPTY when another certificate
/// is there, KC-BUNDLE-INCOMPLETE.
result<void> install_bundle(token_session& session, const container_ref& where, const bundle& what);
/// Compares what @p fresh (a handle that wrote nothing) reads with the bundle, and proves the keys with @p session.
/// KC-BUNDLE-NOT-INSTALLED (KC_E_UNTRUSTED), KC-KEY-NOT-PROVED.
result<void> prove_bundle(token_session& session, token_session& fresh, const container_ref& where, const bundle& what);
/// Deletes one that holds neither a certificate nor an exchange pair. KC-CONTAINER-IN-USE (KC_E_CONFLICT).
result<void> reap_container(token_session& session, const container_ref& where);

}  // namespace keycare::services
