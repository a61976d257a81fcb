// container_work.cpp - the steps of keycare.keys/1 on one container.
#include "host-stub/services/keys/container_work.hpp"

#include "host-stub/services/crypto/certificate.hpp"
#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/signing/made_by_token.hpp"

#include <openssl/err.h>
#include <openssl/rand.h>

#include <algorithm>

namespace keycare::services {

namespace {

key_place place(const container_ref& where, key_usage usage) {
  return {where.application, where.container, usage};
}

error conflict(const char* code) {
  return fail(KC_E_CONFLICT, code);
}

/// A bundle whose certificates can be read.
struct read_bundle {
  certificate_info signing;
  std::optional<certificate_info> encryption;
};

result<read_bundle> read(const bundle& what) {
  auto signing = parse_certificate(what.signing_certificate);
  if (!signing) return signing.error();
  read_bundle out{std::move(*signing), {}};
  if (what.encryption_certificate.empty()) return out;
  if (what.key_envelope.empty() || what.envelope_format.empty()) return fail(KC_E_UNTRUSTED, "KC-BUNDLE-INCOMPLETE");
  auto encryption = parse_certificate(what.encryption_certificate);
  if (!encryption) return encryption.error();
  out.encryption = std::move(*encryption);
  return out;
}

result<container_contents> existing(token_session& session, const container_ref& where) {
  auto there = session.inspect(where.application, where.container);
  if (there && there->state == KC_CONTAINER_ABSENT) return fail(KC_E_NOT_FOUND, "KC-CONTAINER-NOT-FOUND");
  return there;
}

/// A signature over something that only this proof would sign, checked with the certificate's key.
result<void> prove_signing(token_session& session, const container_ref& where, octets_view public_key) {
  octets test(bytes_of("keycare prove ").begin(), bytes_of("keycare prove ").end());
  const auto text = test.size();
  test.resize(text + 32);
  if (RAND_bytes(test.data() + text, 32) != 1) {
    ERR_clear_error();
    return fail(KC_E_FAILED, "KC-CRYPTO-FAILED");
  }
  const auto key = read_public_key(public_key);
  if (!key) return key.error();
  const auto signature = session.sign(place(where, key_usage::sign), "SHA256", sha256(test));
  if (!signature) return signature.error();
  if (!verifies(key->get(), test, *signature)) return fail(KC_E_UNTRUSTED, "KC-KEY-NOT-PROVED");
  return {};
}

}  // namespace

result<void> create_container(token_session& session, const container_ref& where) {
  const auto there = session.inspect(where.application, where.container);
  if (!there) return there.error();
  if (there->state == KC_CONTAINER_EMPTY) return {};
  if (there->state != KC_CONTAINER_ABSENT) return conflict("KC-CONTAINER-NOT-EMPTY");
  return session.create_container(where.application, where.container);
}

result<octets> generate_pair(token_session& session, const container_ref& where, std::string_view algorithm) {
  auto there = existing(session, where);
  if (!there) return there.error();
  if (!there->public_key.empty()) {
    if (there->algorithm != algorithm) return conflict("KC-CONTAINER-NOT-EMPTY");
    return std::move(there->public_key);
  }
  if (there->state == KC_CONTAINER_CERTIFIED || !there->exchange_public_key.empty())
    return conflict("KC-CONTAINER-NOT-EMPTY");
  if (there->state == KC_CONTAINER_HALF) {
    if (auto ok = session.delete_container(where.application, where.container); !ok) return ok.error();
    if (auto ok = session.create_container(where.application, where.container); !ok) return ok.error();
  }
  const auto made = session.generate(where.application, where.container, algorithm);
  if (!made) return made.error();
  // Read anew: what counts is what the token will sign with.
  auto after = existing(session, where);
  if (!after) return after.error();
  if (after->public_key != *made) return fail(KC_E_UNTRUSTED, "KC-KEY-NOT-PROVED");
  return std::move(after->public_key);
}

result<octets> request_certificate(token_session& session, const container_ref& where, octets_view subject) {
  const auto there = existing(session, where);
  if (!there) return there.error();
  if (there->public_key.empty()) return fail(KC_E_NOT_FOUND, "KC-KEY-NOT-FOUND");
  return make_request(there->public_key, subject, [&](std::string_view hash, octets_view digest) {
    return session.sign(place(where, key_usage::sign), hash, digest);
  });
}

result<void> install_bundle(token_session& session, const container_ref& where, const bundle& what) {
  const auto parts = read(what);
  if (!parts) return parts.error();
  const auto there = existing(session, where);
  if (!there) return there.error();
  if (there->public_key.empty()) return fail(KC_E_NOT_FOUND, "KC-KEY-NOT-FOUND");
  // Everything is checked before anything is written.
  if (parts->signing.public_key != there->public_key) return fail(KC_E_UNTRUSTED, "KC-BUNDLE-OTHER-KEY");
  if (!there->certificate.empty() && there->certificate != what.signing_certificate)
    return conflict("KC-CONTAINER-NOT-EMPTY");
  if (!there->exchange_certificate.empty() && there->exchange_certificate != what.encryption_certificate)
    return conflict("KC-CONTAINER-NOT-EMPTY");
  if (parts->encryption) {
    if (there->exchange_public_key.empty()) {
      if (auto ok =
              session.import_exchange_pair(where.application, where.container, what.envelope_format, what.key_envelope);
          !ok)
        return ok;
      const auto after = existing(session, where);
      if (!after) return after.error();
      if (after->exchange_public_key != parts->encryption->public_key)
        return fail(KC_E_UNTRUSTED, "KC-BUNDLE-OTHER-KEY");
    } else if (there->exchange_public_key != parts->encryption->public_key) {
      return fail(KC_E_UNTRUSTED, "KC-BUNDLE-OTHER-KEY");
    }
    if (there->exchange_certificate.empty())
      if (auto ok = session.import_certificate(place(where, key_usage::exchange), what.encryption_certificate); !ok)
        return ok;
  }
  // The signing certificate last: what shows as installed is whole.
  if (!there->certificate.empty()) return {};
  return session.import_certificate(place(where, key_usage::sign), what.signing_certificate);
}

result<void> prove_bundle(token_session& session, token_session& fresh, const container_ref& where,
                          const bundle& what) {
  const auto parts = read(what);
  if (!parts) return parts.error();
  const auto there = existing(fresh, where);
  if (!there) return there.error();
  if (there->certificate != what.signing_certificate || there->exchange_certificate != what.encryption_certificate ||
      there->public_key != parts->signing.public_key)
    return fail(KC_E_UNTRUSTED, "KC-BUNDLE-NOT-INSTALLED");
  if (auto ok = prove_signing(session, where, parts->signing.public_key); !ok) return ok;
  if (!parts->encryption) return {};
  if (there->exchange_public_key != parts->encryption->public_key)
    return fail(KC_E_UNTRUSTED, "KC-BUNDLE-NOT-INSTALLED");
  return session.prove_exchange(where.application, where.container, parts->encryption->public_key);
}

result<void> reap_container(token_session& session, const container_ref& where) {
  const auto there = session.inspect(where.application, where.container);
  if (!there) return there.error();
  if (there->state == KC_CONTAINER_ABSENT) return {};
  if (there->state == KC_CONTAINER_CERTIFIED || !there->exchange_public_key.empty())
    return conflict("KC-CONTAINER-IN-USE");
  return session.delete_container(where.application, where.container);
}

}  // namespace keycare::services
