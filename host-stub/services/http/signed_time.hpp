// signed_time.hpp - an endpoint's own time, signed, for a computer whose clock may be wrong.
#pragma once

#include "host-stub/services/http/http_client.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace keycare::services {

/// Verifies CMS SignedData by the signer pinned for (endpoint, role) and gives its content; the crypto service's.
using signed_content = std::function<result<octets>(std::string_view endpoint, std::string_view role, octets_view cms)>;

/// The time in the answer's body, which must be about @p nonce. KC-NET-TIME-REFUSED, and what @p verify refuses with.
/// [worker-thread]
result<std::int64_t> read_signed_time(octets_view body, std::string_view nonce, std::string_view endpoint,
                                      const signed_content& verify);

/// GET /v1/time with a nonce of ours; the dates of TLS certificates are left out here and only here, because the answer
/// is signed by itself. KC-NET-TIME-REFUSED when the answer is not what was asked for. [worker-thread]
result<std::int64_t> fetch_signed_time(http_client& client, const kc_call* call, std::string_view endpoint,
                                       const signed_content& verify);

}  // namespace keycare::services
