// cmp_peer.hpp - the peer of a renewal: OpenSSL's CMP client (RFC 4210) updates a key, its server in the same process.
#pragma once

#include "measure.hpp"

#include <memory>

namespace keycare::bench {

/// What one renewal took of the client's time, in seconds.
struct client_time {
  double whole = 0;  ///< Without the time of the RA, but with the key.
  double key = 0;    ///< Generating the key pair.
};

class cmp_peer {
public:
  /// A CA with RSA-2048 and a client with a certificate of it.
  cmp_peer();
  ~cmp_peer();
  cmp_peer(const cmp_peer&) = delete;
  cmp_peer& operator=(const cmp_peer&) = delete;
  /// Generates a key (RSA-2048), asks for its certificate, confirms it (RFC 4210 5.3.5, 5.3.18). Nothing goes to a
  /// disk.
  client_time renew();

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace keycare::bench
