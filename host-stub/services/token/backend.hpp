// backend.hpp - what a token library can do, whichever interface it speaks: SKF now, PKCS#11 next.
//
// A back end is plain and synchronous: it may hang, and it trusts nothing that the library says. Whoever calls it does
// so on the module's own worker (device_worker.hpp), which gives up on a call that does not come back.
#pragma once

#include "host-stub/services/secure/secret.hpp"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/values.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::services {

enum class key_usage : std::uint32_t { sign = KC_USAGE_SIGN, exchange = KC_USAGE_EXCHANGE };

/// Where a key and its certificate live. Names are UTF-8; octets that are none are written "\xHH", reversibly.
struct key_place {
  std::string application;
  std::string container;
  key_usage usage = key_usage::sign;
  friend bool operator==(const key_place&, const key_place&) = default;
};

/// A certificate as it was read: nothing of it is parsed yet.
struct found_certificate {
  key_place place;
  octets der;
  octets public_key;      ///< SubjectPublicKeyInfo of the pair beside it; empty when there is none.
  bool key_known = true;  ///< False: the token did not say whether there is a pair.
  pin_state pin;          ///< Of the application.
};

struct found_file {
  std::string application;
  std::string name;
  std::uint32_t octets = 0;
};

/// A list, and what was left out of it and why (for the log: names and codes only).
template <class T>
struct listing {
  std::vector<T> items;
  std::vector<error> left_out;
};

/// What is in one container. An absent thing is empty.
struct container_contents {
  std::uint32_t state = KC_CONTAINER_ABSENT;  ///< kc_container_state
  std::string algorithm;                      ///< Of the signing pair: "rsa-2048".
  octets public_key;                          ///< SubjectPublicKeyInfo of the signing pair.
  octets exchange_public_key;
  octets certificate;
  octets exchange_certificate;
};

enum class pin_kind { user, admin };

/// One token, opened. It knows which rights it holds; closing it gives them back. Support codes: KC-TOKEN-REMOVED,
/// KC-TOKEN-BUSY, KC-TOKEN-FULL, KC-TOKEN-DAMAGED, KC-TOKEN-REFUSED, KC-PIN-WRONG, KC-PIN-LOCKED, KC-PIN-REFUSED; the
/// native code is the library's own. All functions: the module's worker only.
class token_session {
public:
  /// Logs out (see logout) and closes every handle.
  virtual ~token_session() = default;

  /// Asks the device anew who it is.
  virtual result<token_ref> identity() = 0;
  /// Keeps other processes from the device, where it can; success where it cannot.
  virtual result<void> lock(std::chrono::milliseconds wait) = 0;
  virtual void unlock() noexcept = 0;

  virtual result<pin_state> pin(const std::string& application, pin_kind kind) = 0;
  /// Exactly one verification. KC_E_PIN_WRONG, KC_E_PIN_LOCKED; KC-PIN-REFUSED: the token did not like its shape.
  virtual result<void> verify_pin(const std::string& application, pin_kind kind, const secret& pin) = 0;
  virtual result<void> change_pin(const std::string& application, pin_kind kind, const secret& old_pin,
                                  const secret& new_pin) = 0;
  /// Sets a new user PIN by the right of the admin PIN. One admin try.
  virtual result<void> unblock_pin(const std::string& application, const secret& admin_pin, const secret& new_pin) = 0;
  /// Gives back the rights of @p application for this process.
  virtual void logout(const std::string& application) noexcept = 0;

  /// KC_E_NOT_FOUND when there is none.
  virtual result<octets> certificate(const key_place& place) = 0;
  virtual result<container_contents> inspect(const std::string& application, const std::string& container) = 0;
  virtual result<void> create_container(const std::string& application, const std::string& container) = 0;
  virtual result<void> delete_container(const std::string& application, const std::string& container) = 0;
  /// @return SubjectPublicKeyInfo. KC_E_UNSUPPORTED for an algorithm that it cannot do.
  virtual result<octets> generate(const std::string& application, const std::string& container,
                                  std::string_view algorithm) = 0;
  virtual result<void> import_certificate(const key_place& place, octets_view der) = 0;
  /// The exchange pair, enveloped to the signing key of the same container. KC_E_UNSUPPORTED for an unknown format.
  virtual result<void> import_exchange_pair(const std::string& application, const std::string& container,
                                            std::string_view format, octets_view envelope) = 0;
  /// Signs @p digest, made by @p hash ("SHA256"), with PKCS #1 v1.5 for RSA. Not verified here.
  virtual result<octets> sign(const key_place& place, std::string_view hash, octets_view digest) = 0;
  /// Encrypts something random to @p public_key (SubjectPublicKeyInfo) and has the token decrypt it. KC_E_UNTRUSTED
  /// when something else comes out.
  virtual result<void> prove_exchange(const std::string& application, const std::string& container,
                                      octets_view public_key) = 0;
};

/// One token maker's library, loaded.
class token_module {
public:
  virtual ~token_module() = default;
  [[nodiscard]] virtual const std::string& name() const noexcept = 0;
  /// What the library says of itself, for people: its name and version; empty where the interface has no such question
  /// (SKF). Module's worker.
  virtual std::string description() { return {}; }

  /// Which tokens are there. Module's worker.
  virtual result<listing<token_info>> tokens() = 0;
  /// Names of the token's applications, in its own order. Module's worker.
  virtual result<std::vector<std::string>> applications(const token_ref& token) = 0;
  /// Module's worker.
  virtual result<listing<found_certificate>> certificates(const token_ref& token) = 0;
  /// Module's worker.
  virtual result<listing<found_file>> files(const token_ref& token) = 0;
  /// At most 1 MiB. Module's worker.
  virtual result<octets> read_file(const token_ref& token, const std::string& application, const std::string& name) = 0;
  /// KC_E_NOT_FOUND; KC_E_CONFLICT when two tokens call themselves the same. Module's worker.
  virtual result<std::unique_ptr<token_session>> open(const token_ref& token) = 0;

  /// Waits for a token to come or go; KC_E_UNSUPPORTED where the library has no events. A thread of its own.
  virtual result<void> wait_event() = 0;
  /// Makes wait_event return. [any-thread]
  virtual void cancel_wait() noexcept = 0;
};

}  // namespace keycare::services
