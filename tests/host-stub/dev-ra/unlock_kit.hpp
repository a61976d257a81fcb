// unlock_kit.hpp - somebody whose token is locked, and the host's side of a redemption.
#pragma once

#include "ra_kit.hpp"

#include <string>

namespace keycare::dev_ra::test {

/// A redemption as the host sees it: what it sent, and what it opened.
struct redeemed {
  std::string uuid;
  std::string path;
  json request;
  std::string nonce;
  reply answer;
  json statement;  // of the authorisation
  std::string statement_text;
  json pins;  // {current, next}
};

class unlock_kit {
public:
  /// @p escrowed: hands the token's admin PIN "admin-pin-0" to the RA first.
  unlock_kit(ra_kit& ra, const person& who, bool escrowed = true, bool can_rotate = true);

  [[nodiscard]] const std::string& uuid() const { return uuid_; }
  [[nodiscard]] const std::string& secret() const { return secret_; }
  [[nodiscard]] std::string path(const std::string& rest = {}) const { return "/v1/unlocks/" + uuid_ + rest; }
  json& applicant() { return applicant_; }

  reply apply();
  /// Asks for a code and reads it from the telephone.
  std::string send_code();
  reply verify();
  /// Applies, proves, and lets the automatic review pass.
  void approve();
  reply show() { return ra_.get(path(), secret_); }
  [[nodiscard]] std::string state() { return show().body.value("state", ""); }
  /// With a fresh ephemeral key and nonce, and the code that was sent last.
  json redemption_request();
  redeemed redeem();
  json proof(const redeemed& what, const std::string& admin_pin);
  reply report(const redeemed& what, const std::string& admin_pin);

private:
  json open(const json& sealed, const std::string& nonce, const std::string& redemption) const;

  ra_kit& ra_;
  const person& who_;
  std::string uuid_;
  std::string secret_;
  std::string code_ = "000000";
  json applicant_;
  key_ptr ephemeral_;
};

}  // namespace keycare::dev_ra::test
