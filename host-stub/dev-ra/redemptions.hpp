// redemptions.hpp - a second code against an authorisation that opens one token, once.
#pragma once

#include "call.hpp"

namespace keycare::dev_ra {

result<answer> redeem(const room& at, const call& request);

}  // namespace keycare::dev_ra
