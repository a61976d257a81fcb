// http_client.hpp - one request to a configured endpoint, over TLS to pinned roots and nothing else.
//
// No proxy, no redirect, no cookie, no system trust store, no environment. The certificates' dates are judged by the
// host's clock (time_source), so that tests and the demo move it.
#pragma once

#include "host-stub/services/config/config.hpp"
#include "host-stub/services/http/tls_check.hpp"
#include "host-stub/services/log/log.hpp"
#include "keycare/abi/base.h"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/view.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace keycare::services {

/// Borrowed for the call.
struct http_request {
  std::string_view endpoint;
  std::string_view method;
  std::string_view path;
  std::string_view content_type;
  std::string_view bearer;
  octets_view body;
  std::uint32_t timeout_ms = 0;  ///< 0: 30 s; at most 2 minutes.
};

struct http_response {
  int status = 0;
  std::int64_t retry_after = -1;  ///< Seconds, at most one day; -1: none.
  std::int64_t date = -1;         ///< Unix time; -1: none.
  std::string content_type;
  octets body;
};

/// Keeps connections between requests. The pinned folder of an endpoint holds tls-root.pem. [worker-thread]
class http_client {
public:
  /// @param time, @param log live longer than the client.
  http_client(std::map<std::string, endpoint_config> endpoints, const time_source& time, log_sink& log);
  ~http_client();
  http_client(const http_client&) = delete;
  http_client& operator=(const http_client&) = delete;

  /// Statuses as in http.h; codes KC-NET-*. KC_E_CANCELLED after something was sent only for a GET, which has no
  /// effect.
  result<http_response> send(const kc_call* call, const http_request& request, date_check dates = date_check::strict);

  [[nodiscard]] const endpoint_config* find(std::string_view endpoint) const;

private:
  struct channels;
  std::map<std::string, endpoint_config, std::less<>> endpoints_;
  const time_source& time_;
  log_sink& log_;
  std::unique_ptr<channels> channels_;
};

}  // namespace keycare::services
