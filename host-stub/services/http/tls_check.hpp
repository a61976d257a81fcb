// tls_check.hpp - how a server's certificate is judged: pinned roots, its name, and the host's own clock.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <string>

namespace keycare::services {

enum class date_check { strict, ignore };

/// Judges one connection's chain; lives as long as the connection is being made.
struct tls_check {
  std::int64_t now = 0;  ///< Unix time at which the certificates must be valid.
  std::string host;      ///< Name or address that the certificate must be for.
  date_check dates = date_check::strict;
  bool dates_only = false;  ///< Out: refused, and nothing but dates was wrong.
  int reason = 0;           ///< Out: X509_V_ERR_*, 0 when nothing was refused.
};

/// Puts @p check in charge of @p context. @return false when OpenSSL refuses. [any-thread]
bool install(tls_check& check, SSL_CTX* context);

}  // namespace keycare::services
