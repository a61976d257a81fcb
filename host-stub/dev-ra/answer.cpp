// answer.cpp - the table of problems: code, HTTP status, title.
#include "answer.hpp"

#include "keycare/sdk/json.hpp"

#include <algorithm>
#include <array>

namespace keycare::dev_ra {

namespace {

struct problem_rule {
  std::string_view code;
  int status;
  std::string_view title;
};

constexpr std::array rules = std::to_array<problem_rule>({
    {"bad-request", 400, "The request is malformed"},
    {"bad-json", 400, "The body is not the JSON that this path declares"},
    {"bad-statement", 400, "The body holds no statement that this path takes"},
    {"sealed-unreadable", 400, "The body cannot be opened with the RA's encryption key"},
    {"unauthorised", 401, "The secret of this order or unlock is missing or wrong"},
    {"untrusted-signature", 403, "The signature does not verify with the certificate that the statement names"},
    {"wrong-signer", 403, "This certificate may not make this statement"},
    {"stale-statement", 403, "The statement is older than ten minutes, or from the future"},
    {"consent-mismatch", 403, "The consent is not to the documents in force"},
    {"account-differs", 403, "The certificate is bound to another account"},
    {"unknown-certificate", 404, "This RA does not know the certificate"},
    {"unknown-order", 404, "There is no such order"},
    {"unknown-payment", 404, "There is no such payment"},
    {"unknown-unlock", 404, "There is no such unlock"},
    {"not-found", 404, "There is nothing at this path"},
    {"not-eligible", 409, "The certificate cannot be renewed now"},
    {"open-order", 409, "An order for this account or certificate is open"},
    {"uuid-closed", 410, "This uuid was closed and cannot be used again"},
    {"quote-expired", 410, "The quote has expired: this uuid is closed, ask for a new quote"},
    {"wrong-state", 409, "Not possible in the present state"},
    {"already-paid", 409, "The order is paid"},
    {"payment-closing", 409, "Another payment is being closed first: repeat this request"},
    {"not-issued-yet", 409, "There is no new certificate yet"},
    {"csr-key-differs", 409, "This generation has another key: ask for a new generation"},
    {"generation-differs", 409, "The order is at another generation"},
    {"already-confirmed", 409, "The new certificate is confirmed"},
    {"confirmation-mismatch", 409, "The confirmed certificate is not this order's"},
    {"code-wrong", 403, "The code is wrong"},
    {"code-expired", 403, "There is no code, it has expired, or it was wrong too often: ask for another"},
    {"too-many-codes", 429, "Too many codes were sent"},
    {"unlock-limit", 429, "This token was unlocked too often lately"},
    {"unlock-limit-approval", 409, "The redemptions of this approval are used up"},
    {"token-mismatch", 409, "The approval is for another token, application or certificate"},
    {"open-unlock", 409, "Another unlock of this token is open"},
    {"other-payload", 422, "This uuid was used for something else"},
    {"quote-mismatch", 422, "The quote in the application is not the RA's"},
    {"bad-fields", 422, "Some fields are refused"},
    {"too-large", 413, "The body is too large"},
    {"wrong-media-type", 415, "The body is not of the media type that this path declares"},
    {"internal", 500, "dev-ra failed; see its log"},
});

}  // namespace

error problem(std::string_view code, nlohmann::json members, std::string_view detail) {
  if (!detail.empty()) members["detail"] = detail.substr(0, 120);
  return fail_with(KC_E_FAILED, std::string(code), members);
}

nlohmann::json field_error(std::string_view field, std::string_view code) {
  return {{"fields", nlohmann::json::array({{{"field", field}, {"code", code}}})}};
}

answer to_answer(const error& why) {
  const auto it = std::find_if(rules.begin(), rules.end(), [&](const auto& rule) { return rule.code == why.code; });
  const auto& rule = it != rules.end() ? *it : rules.back();
  auto members = nlohmann::json::parse(why.args, nullptr, false);
  if (!members.is_object()) members = nlohmann::json::object();
  answer made{rule.status, {{"code", rule.code}, {"title", rule.title}}, std::nullopt, 0};
  if (const auto detail = members.find("detail"); detail != members.end()) {
    made.body["title"] = std::string(rule.title) + ": " + detail->get<std::string>();
    members.erase(detail);
  }
  made.body.update(members);
  if (const auto wait = made.body.find("retry_after"); wait != made.body.end())
    made.retry_after = wait->get<std::int64_t>();
  return made;
}

answer to_answer(const result<answer>& made) {
  return made ? *made : to_answer(made.error());
}

}  // namespace keycare::dev_ra
