// softhsm.hpp - SoftHSM 2 with a private store, for tests; and tokens in it.
#pragma once

#include "host-stub/services/token/pkcs11/calls.hpp"
#include "host-stub/services/token/pkcs11/initialise.hpp"
#include "host-stub/services/token/pkcs11/library.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"
#include "tests/host-stub/services/token/test_ca.hpp"

#include <functional>

namespace keycare::test {

using namespace keycare::services;

/// The module of Debian's package softhsm2; empty when it is not installed.
[[nodiscard]] std::filesystem::path softhsm_path();

/// Skipped by name where the package is missing.
#define KEYCARE_NEEDS_SOFTHSM() \
  if (keycare::test::softhsm_path().empty()) GTEST_SKIP() << "SoftHSM 2 (package softhsm2) is not installed"

/// One store; the module is finalised at the end, so that the next store is read anew.
class soft_hsm {
public:
  soft_hsm();
  ~soft_hsm();
  soft_hsm(const soft_hsm&) = delete;
  soft_hsm& operator=(const soft_hsm&) = delete;

  /// User PIN "Test1357", SO PIN "Admin2468".
  [[nodiscard]] token_ref make_token(const std::string& label = "keycare test") const;
  [[nodiscard]] std::shared_ptr<token_module> load() const;
  /// The raw calls, to do what nobody should.
  [[nodiscard]] std::shared_ptr<pkcs11::calls> raw() const;
  /// Makes the module forget everything and read its store again, as a restart does.
  void restart() const;
  /// The folder of the only token's objects.
  [[nodiscard]] std::filesystem::path objects() const;
  [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

private:
  scratch_folder folder_;
};

inline const std::string test_application = "PKCS11";
[[nodiscard]] secret user_pin();
[[nodiscard]] secret admin_pin();

/// A raw session, logged in, for one scope.
class raw_session {
public:
  raw_session(std::shared_ptr<pkcs11::calls> module, const token_ref& token);
  ~raw_session();
  raw_session(const raw_session&) = delete;
  raw_session& operator=(const raw_session&) = delete;
  [[nodiscard]] pkcs11::calls& module() const { return *module_; }
  [[nodiscard]] pkcs11::session_handle get() const { return handle_; }
  /// Every object of a class.
  [[nodiscard]] std::vector<pkcs11::object_handle> all(ck_object_class_t kind) const;

private:
  std::shared_ptr<pkcs11::calls> module_;
  pkcs11::session_handle handle_ = 0;
};

}  // namespace keycare::test
