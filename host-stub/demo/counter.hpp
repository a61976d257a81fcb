// counter.hpp - the CA's counter: makes a software token with its first certificate, as a customer takes it home.
#pragma once

#include "host-stub/demo/ra_process.hpp"
#include "host-stub/services/secure/secret.hpp"
#include "host-stub/services/token/backend.hpp"
#include "keycare/sdk/values.hpp"

namespace keycare::demo {

/// What is handed over the counter.
struct order_at_counter {
  std::string name;          ///< Of the token's file.
  std::string serial;        ///< Of the token.
  std::string organisation;  ///< O and CN of the certificate's subject.
  std::string account;
  std::int64_t not_before = 0;  ///< Unix time.
  std::int64_t not_after = 0;
  nlohmann::json applicant;        ///< The clerk's data, as on a form: what an unlock is later checked against.
  std::uint32_t tries = 10;        ///< Of both PINs.
  std::uint8_t scrypt_log2_n = 0;  ///< 0: the token's default; tests may ask for less.
};

struct handed_over {
  token_ref token;
  octets certificate;  ///< DER
};

/// Makes the token file in @p folder (where libkeycare_softskf.so looks), a key pair on it, and has the RA issue and
/// bind the certificate and keep the admin PIN. @param library libkeycare_softskf.so;  @param remembered where probes
/// are kept. [worker-thread]
[[nodiscard]] result<handed_over> hand_over(ra_process& ra, const std::filesystem::path& library,
                                            const std::filesystem::path& folder,
                                            const std::filesystem::path& remembered, const order_at_counter& order,
                                            const services::secret& user_pin, const services::secret& admin_pin);

}  // namespace keycare::demo
