// unlocks.hpp - opening a locked token: who asks is proved by data and codes, never by the token.
#pragma once

#include "call.hpp"

#include <string_view>

namespace keycare::dev_ra {

result<answer> unlock_apply(const room& at, const call& request);
result<answer> show_unlock(const room& at, const call& request);
result<answer> unlock_code(const room& at, const call& request);
result<answer> unlock_verify(const room& at, const call& request);
result<answer> unlock_report(const room& at, const call& request);

/// A reviewer's "approve" or "reject".
result<void> decide_unlock(const room& at, std::string_view uuid, std::string_view decision, std::string_view reason);
/// Automatic review and expiry of what is due now.
void catch_up_unlocks(const room& at);

}  // namespace keycare::dev_ra
