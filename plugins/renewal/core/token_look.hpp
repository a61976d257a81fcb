// token_look.hpp - which token and certificate an order is about, and what stands in the container for its new key.
#pragma once

#include "plugins/renewal/core/context.hpp"

namespace keycare::renewal {

/// Fills now.token and now.container_key_sha256. Needs no PIN. [worker-thread]
[[nodiscard]] result<void> look_at_token(context& c, const kc_call& call, const order_record& r, situation& now);

/// The certificate that a person means: a signing certificate whose key is there. Without a choice the newest of one
/// subject on one token. The codes of plugins/common/selection.hpp. [worker-thread]
[[nodiscard]] result<certificate_info> find_certificate(context& c, const kc_call& call, const json& input);

/// All certificates that could be renewed, under the same rule. [worker-thread]
[[nodiscard]] result<std::vector<certificate_info>> signing_certificates(context& c, const kc_call& call,
                                                                         std::string_view token_serial);

/// KC-RENEWAL-PIN-LOCKED, KC-RENEWAL-PIN-LAST (fewer than two tries are known to be left). Pure. [any-thread]
[[nodiscard]] result<void> pin_usable(const certificate_info& certificate);

}  // namespace keycare::renewal
