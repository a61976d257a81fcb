// authority.hpp - the keys and certificates of dev-ra: made at its first start, read at every other.
#pragma once

#include "keycare/sdk/result.hpp"

#include "openssl.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace keycare::dev_ra {

/// What a key of the RA is for; each has its own, so that no signature of one kind passes for another.
enum class role { root, issuing, tls_root, tls_server, encryption, receipt, unlock, time };

struct credential {
  key_ptr key;
  x509_ptr certificate;
};

class authority {
public:
  /// Reads the authority in @p folder, or makes one: private/ (keys, 0600) and pinned/ (<role>.pem: what a client
  /// pins). A first start that was interrupted starts again. KC-RA-KEYS when the folder cannot be read or written.
  static result<authority> open(const std::filesystem::path& folder, std::int64_t now);

  [[nodiscard]] const credential& operator[](role which) const { return all_[static_cast<std::size_t>(which)]; }
  /// Octets that order secrets and the like are derived from; they never leave the process.
  [[nodiscard]] const std::string& master() const { return master_; }
  [[nodiscard]] const std::string& admin_token() const { return admin_token_; }
  /// The Ed25519 key of the stand-in payment provider, whose notices it signs.
  [[nodiscard]] EVP_PKEY* provider_key() const { return provider_.get(); }

  /// A certificate for @p key with @p subject, valid between the two times (seconds since 1970), by the issuing CA; a
  /// new random serial number of 127 bits. Never nullptr for a key that OpenSSL reads.
  [[nodiscard]] x509_ptr issue(const X509_NAME* subject, EVP_PKEY* key, std::int64_t from, std::int64_t until) const;
  /// True when @p certificate chains to this root at @p at (seconds since 1970).
  [[nodiscard]] bool has_issued(X509* certificate, std::int64_t at) const;
  /// Root and issuing CA, for verifying.
  [[nodiscard]] x509_store_ptr store() const;

private:
  std::array<credential, 8> all_;
  key_ptr provider_;
  std::string master_;
  std::string admin_token_;
};

[[nodiscard]] std::string_view name(role which);

}  // namespace keycare::dev_ra
