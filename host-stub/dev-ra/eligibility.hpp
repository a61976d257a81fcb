// eligibility.hpp - may a certificate be renewed, at what price, and how does it stand?
#pragma once

#include "call.hpp"
#include "records.hpp"

#include <string_view>

namespace keycare::dev_ra {

/// Reason of Eligibility (openapi.json): "ok", or why not. Pure but for the look-up of an open order.
[[nodiscard]] std::string_view eligibility_of(const room& at, const certificate_record& certificate,
                                              const std::optional<order>& open);

result<answer> info(const room& at, const call& request);
result<answer> signed_time(const room& at, const call& request);
result<answer> agreement(const room& at, const call& request);
result<answer> eligibility(const room& at, const call& request);
result<answer> quote(const room& at, const call& request);
result<answer> certificate_status(const room& at, const call& request);

}  // namespace keycare::dev_ra
