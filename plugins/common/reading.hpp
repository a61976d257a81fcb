// reading.hpp - the certificates of the token that a person named; another one beside it cannot get in the way.
#pragma once

#include "keycare/sdk/services.hpp"
#include "plugins/common/selection.hpp"

#include <string_view>
#include <vector>

namespace keycare::common {

/// Every certificate on the token with serial number @p serial, or on every token when @p serial is empty.
/// As token_client::certificates; KC-TOKEN-NONE, KC-TOKEN-NOT-THERE, KC-TOKEN-AMBIGUOUS as choose_token.
/// [worker-thread]
[[nodiscard]] inline result<std::vector<certificate_info>> certificates_on(const token_client& service,
                                                                           const kc_call& call,
                                                                           std::string_view serial) {
  if (serial.empty()) return service.certificates(call);
  const auto tokens = service.tokens(call);
  if (!tokens) return tokens.error();
  const auto chosen = choose_token(*tokens, serial);
  if (!chosen) return chosen.error();
  return service.certificates(call, chosen->token);
}

}  // namespace keycare::common
