// stores.hpp - SoftHSM stores as they are measured on: so many tokens, so many certificates.
#pragma once

#include "measure.hpp"
#include "tests/host-stub/services/token/pkcs11/softhsm.hpp"
#include "tests/host-stub/services/token/soft_host.hpp"

#include <mutex>

namespace keycare::bench {

/// One store. Only the last one that was made is seen by SoftHSM in this process; its environment names another one to
/// a program.
class certificate_store {
public:
  /// @p certificates on each of @p tokens; each with a subject and serial number of its own, on one key.
  certificate_store(int tokens, int certificates);
  /// SOFTHSM2_CONF of this store.
  [[nodiscard]] std::string configuration() const { return (hsm_.folder() / "softhsm2.conf").string(); }
  [[nodiscard]] std::filesystem::path folder() const { return hsm_.folder(); }
  [[nodiscard]] const std::vector<token_ref>& tokens() const { return tokens_; }

private:
  test::soft_hsm hsm_;
  std::vector<token_ref> tokens_;
};

/// A client's configuration beside the store, as the demo writes one: three plugins, SoftHSM, an RA that nobody
/// answers for.
[[nodiscard]] std::filesystem::path configure(const certificate_store& store);

/// The token side of a host over SoftHSM, with nobody to ask. State goes to @p data.
struct softhsm_host {
  explicit softhsm_host(const std::filesystem::path& data);

  services::system_time time;
  services::memory_log log{time};
  test::scripted_prompt nobody;
  std::mutex one_dialog;
  services::config settings;
  services::token_side side;
};

/// cannot_measure where the package softhsm2 is missing.
void need_softhsm();

}  // namespace keycare::bench
