// counter.hpp - the CA's counter: makes a token in software with its first certificate, as a customer takes it home.
#pragma once

#include "host-stub/demo/ra_process.hpp"
#include "host-stub/services/secure/secret.hpp"
#include "host-stub/services/token/backend.hpp"
#include "keycare/sdk/values.hpp"

namespace keycare::demo {

/// Which kind of token is sold: one behind an SKF library (soft-skf), or behind a PKCS#11 module (SoftHSM 2).
enum class token_kind { skf, pkcs11 };

/// What tokens are made with.
struct token_maker {
  token_kind kind = token_kind::skf;
  std::filesystem::path library;     ///< libkeycare_softskf.so, or SoftHSM's module.
  std::filesystem::path folder;      ///< Of the token files; SoftHSM's configuration names its own.
  std::filesystem::path remembered;  ///< Where trials of the library are kept.
};

/// What is handed over the counter.
struct order_at_counter {
  std::string name;          ///< Of the token's file, or its label.
  std::string serial;        ///< Of the token; PKCS#11 modules choose their own.
  std::string organisation;  ///< O and CN of the certificate's subject.
  std::string account;
  std::int64_t not_before = 0;  ///< Unix time.
  std::int64_t not_after = 0;
  nlohmann::json applicant;        ///< The clerk's data, as on a form: what an unlock is later checked against.
  std::uint32_t tries = 10;        ///< Of both PINs.
  std::uint8_t scrypt_log2_n = 0;  ///< 0: the token's default; tests may ask for less.
  std::string algorithm = "rsa-2048";
};

struct handed_over {
  token_ref token;
  octets certificate;  ///< DER
};

/// Makes the token, a key pair on it, and has the RA issue and bind the certificate and keep the admin PIN.
/// [worker-thread]
[[nodiscard]] result<handed_over> hand_over(ra_process& ra, const token_maker& maker, const order_at_counter& order,
                                            const services::secret& user_pin, const services::secret& admin_pin);

}  // namespace keycare::demo
