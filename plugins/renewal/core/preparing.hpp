// preparing.hpp - what has to be known before an application: eligibility, a quote, the agreement. The preflight.
#pragma once

#include "plugins/renewal/core/context.hpp"

namespace keycare::renewal {

/// The RA's word on a certificate: openapi.json, Eligibility, checked. Compares the clocks first: KC-CLOCK-WRONG.
/// [worker-thread]
[[nodiscard]] result<json> ask_eligibility(context& c, const kc_call& call, const certificate_info& certificate,
                                           const std::string& account);

/// The error for a person when the RA says no; nothing when it says yes. Pure. [any-thread]
[[nodiscard]] std::optional<keycare::error> ineligible(const json& eligibility);

/// The error for a person who wants to apply although this order of the certificate is under way; nothing when it was
/// never signed, and is taken up again. Pure. [any-thread]
[[nodiscard]] std::optional<keycare::error> under_way(const order_record& order);

/// A quote that fits (ra_order.hpp, quote_problem). [worker-thread]
[[nodiscard]] result<json> ask_quote(context& c, const kc_call& call, const certificate_info& certificate,
                                     std::int64_t months, std::int64_t ra_time);

/// 详细信息 of a quote that fits: what the fee contains, and the rule for the new end. Pure. [any-thread]
[[nodiscard]] std::vector<std::string> quote_details(const json& quote, std::string_view language);

/// The service agreement and the personal-data consent in force, hashes compared with the text: {agreement,
/// personal_data}. [worker-thread]
[[nodiscard]] result<json> ask_agreement(context& c, const kc_call& call, std::string_view language);

/// The RA's id, for statements. [worker-thread]
[[nodiscard]] result<std::string> ask_ra_id(context& c, const kc_call& call);

}  // namespace keycare::renewal
