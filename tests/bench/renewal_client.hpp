// renewal_client.hpp - a client with the renewal plugin, put together as client/client.cpp does, with stopwatches
// around the RA and the key.
#pragma once

#include "cmp_peer.hpp"

#include "host-stub/demo/office.hpp"

namespace keycare::bench {

class renewal_client {
public:
  /// The configuration is the office's; the PIN dialog answers at once.
  explicit renewal_client(const demo::office& office);
  ~renewal_client();
  renewal_client(const renewal_client&) = delete;
  renewal_client& operator=(const renewal_client&) = delete;

  /// One renewal from the agreement to the new certificate on the token; the desk pays and approves at once. The
  /// client's time is that of the plugin's commands without their requests: services, token, journal on the disk.
  client_time renew(demo::office& office, const demo::handed_over& token, const std::string& account);

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace keycare::bench
