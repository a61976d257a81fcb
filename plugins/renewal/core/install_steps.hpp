// install_steps.hpp - 安装新证书: the new key and its request, the bundle, the token, the proof.
#pragma once

#include "plugins/renewal/core/context.hpp"

namespace keycare::renewal {

/// Stores the intent, makes (or finds) the pair in the order's container, and stores the request that the old key bound
/// to it. [worker-thread]
[[nodiscard]] result<void> make_request(context& c, const kc_call& call, held_order& order);

/// Fetches the new certificates, checks them against the order, and stores them. KC-RENEWAL-BUNDLE-… when they do not
/// fit: the order stays open. [worker-thread]
[[nodiscard]] result<void> fetch_bundle(context& c, const kc_call& call, held_order& order, situation& now);

/// Stores the intent, writes and proves the certificates, and stores the new key's confirmation. [worker-thread]
[[nodiscard]] result<void> install(context& c, const kc_call& call, held_order& order);

}  // namespace keycare::renewal
