// routes.cpp - the table of paths.
#include "routes.hpp"

#include "eligibility.hpp"
#include "installation.hpp"
#include "orders.hpp"
#include "payments.hpp"
#include "redemptions.hpp"
#include "unlocks.hpp"

#include <array>

namespace keycare::dev_ra {

namespace {

constexpr std::array table = std::to_array<route>({
    {"GET", "/v1/info", media::none, "", info},
    {"GET", "/v1/time", media::none, "", signed_time},
    {"POST", "/v1/eligibility", media::json, "EligibilityRequest", eligibility},
    {"POST", "/v1/quotes", media::json, "QuoteRequest", quote},
    {"GET", "/v1/agreements/current", media::none, "", agreement},
    {"PUT", "/v1/renewals/{uuid}", media::cms, "", apply},
    {"GET", "/v1/renewals/{uuid}", media::none, "", show_order},
    {"PUT", "/v1/renewals/{uuid}/withdrawal", media::cms, "", withdraw},
    {"PUT", "/v1/renewals/{uuid}/correction", media::cms, "", correct},
    {"PUT", "/v1/renewals/{uuid}/generation", media::cms, "", new_generation},
    {"POST", "/v1/renewals/list", media::cms, "", list_orders},
    {"GET", "/v1/renewals/{uuid}/payment-methods", media::none, "", payment_methods},
    {"PUT", "/v1/renewals/{uuid}/payments/{payment}", media::json, "PaymentRequest", pay},
    {"GET", "/v1/renewals/{uuid}/payments/{payment}", media::none, "", show_payment},
    {"PUT", "/v1/renewals/{uuid}/csr", media::json, "CsrRequest", submit_request},
    {"GET", "/v1/renewals/{uuid}/bundle", media::none, "", bundle},
    {"PUT", "/v1/renewals/{uuid}/confirmation", media::cms, "", confirm},
    {"PUT", "/v1/unlocks/{uuid}", media::cms, "", unlock_apply},
    {"GET", "/v1/unlocks/{uuid}", media::none, "", show_unlock},
    {"POST", "/v1/unlocks/{uuid}/code", media::none, "", unlock_code},
    {"PUT", "/v1/unlocks/{uuid}/verification", media::json, "CodeRequest", unlock_verify},
    {"PUT", "/v1/unlocks/{uuid}/redemptions/{redemption}", media::json, "RedemptionRequest", redeem},
    {"PUT", "/v1/unlocks/{uuid}/report", media::cms, "", unlock_report},
    {"GET", "/v1/certificates/{sha256}/status", media::none, "", certificate_status},
});

}  // namespace

std::span<const route> routes() {
  return table;
}

}  // namespace keycare::dev_ra
