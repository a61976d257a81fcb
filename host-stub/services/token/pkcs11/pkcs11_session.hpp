// pkcs11_session.hpp - one token behind an open PKCS#11 session, and what the module's lists share with it.
#pragma once

#include "host-stub/services/token/backend.hpp"
#include "host-stub/services/token/pkcs11/calls.hpp"

#include <memory>

namespace keycare::services::pkcs11 {

/// A session, closed at the end of a scope.
class owned_session {
public:
  owned_session(calls& module, session_handle value) : module_(&module), value_(value) {}
  owned_session(owned_session&& other) noexcept
      : module_(other.module_), value_(std::exchange(other.value_, CK_INVALID_HANDLE)) {}
  owned_session& operator=(owned_session&&) = delete;
  ~owned_session() {
    if (value_ != CK_INVALID_HANDLE) module_->close(value_);
  }
  [[nodiscard]] session_handle get() const noexcept { return value_; }
  [[nodiscard]] session_handle release() noexcept { return std::exchange(value_, CK_INVALID_HANDLE); }

private:
  calls* module_;
  session_handle value_;
};

/// The token's name for good, from its own information. Pure.
[[nodiscard]] token_ref ref_of(const token_facts& facts);
/// What the token's flags say about a PIN. PKCS#11 has no counter: only "the next miss locks" and "locked" are figures,
/// and a flag that is absent proves nothing. Pure.
[[nodiscard]] pin_state pin_of(ck_flags_t flags, pin_kind kind);

/// @p session may write where the token allows it; @p token is who answered when it was opened.
[[nodiscard]] std::unique_ptr<token_session> make_session(std::shared_ptr<calls> module, owned_session session,
                                                          token_ref token);

}  // namespace keycare::services::pkcs11
