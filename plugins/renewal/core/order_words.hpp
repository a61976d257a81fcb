// order_words.hpp - the words in which an order is spoken of: stages, the RA's states, the token's, requests, steps.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keycare::renewal {

/// How far our own intents are: what stands in the store. renewal-order: stored *before* the step is taken.
enum class stage : std::uint8_t {
  sign_intent,      ///< The order's uuid, token, old certificate, agreement and payload hash.
  signed_,          ///< The sealed application.
  accepted,         ///< The RA's order number and the order's secret.
  withdraw_intent,  ///< That the user wants to withdraw.
  key_intent,       ///< The name of the container for the new key.
  key_ready,        ///< The new public key's hash; the request until the RA has it.
  bundle_held,      ///< The new certificates, checked.
  install_intent,   ///< That they are being written to the token.
  proved,           ///< The statement with which the new key confirms itself.
  closed            ///< Nothing more to do: complete, withdrawn, expired, refunded, or never begun.
};
inline constexpr std::array stage_names =
    std::to_array<std::string_view>({"sign-intent", "signed", "accepted", "withdraw-intent", "key-intent", "key-ready",
                                     "bundle-held", "install-intent", "proved", "closed"});

/// The order's state as the RA tells it; `unasked`: not asked in this step yet; `unknown`: the RA knows no such order;
/// `other`: a word that this version does not know.
enum class ra_state : std::uint8_t {
  unasked,
  unknown,
  other,
  awaiting_payment,
  withdrawing,
  withdrawn,
  expired,
  paid,
  under_review,
  needs_correction,
  rejected,
  refunding,
  refunded,
  refund_failed,
  approved,
  issued,
  confirmed,
  rebinding,
  complete,
  support
};
inline constexpr std::array ra_state_names =
    std::to_array<std::string_view>({"unasked",   "unknown",   "other",     "awaiting-payment", "withdrawing",
                                     "withdrawn", "expired",   "paid",      "under-review",     "needs-correction",
                                     "rejected",  "refunding", "refunded",  "refund-failed",    "approved",
                                     "issued",    "confirmed", "rebinding", "complete",         "support"});

/// The token of the order, and what is in the container for the new key.
enum class token_state : std::uint8_t {
  unasked,           ///< Not looked at in this step yet.
  away,              ///< Not plugged in (another one may be).
  busy,              ///< There, but it does not answer.
  certificate_gone,  ///< There, but the old certificate or its key is not on it.
  locked,            ///< The PIN is locked.
  no_pair,           ///< No container, an empty one, or half a pair.
  our_pair,          ///< A pair: the one that the store knows, or the store knows none.
  other_pair,        ///< A pair, or a certificate, that is not what the store knows.
  certified          ///< Our pair with its new certificate.
};
inline constexpr std::array token_state_names = std::to_array<std::string_view>(
    {"unasked", "away", "busy", "certificate-gone", "locked", "no-pair", "our-pair", "other-pair", "certified"});

/// The request that waits to be sent to the RA, octet for octet; `draft`: an application that is filled in but not
/// signed, which lives in memory only.
enum class pending : std::uint8_t {
  none,
  draft,
  application,
  payment,
  withdrawal,
  correction,
  csr,
  generation,
  confirmation
};
inline constexpr std::array pending_names = std::to_array<std::string_view>(
    {"none", "draft", "application", "payment", "withdrawal", "correction", "csr", "generation", "confirmation"});

/// What is to be done next. Words of the first group look; of the second act; of the third wait for somebody.
enum class step : std::uint8_t {
  ask_ra,
  look_at_token,

  sign_application,
  send,
  sign_withdrawal,
  make_request,
  fetch_bundle,
  install,
  new_generation,
  close,

  fill_form,
  pay,
  wait_withdrawal,
  wait_review,
  correct,
  wait_refund,
  await_token,
  unlock_pin,
  ask_person,
  wait_rebinding,
  support,
  done
};
inline constexpr std::array step_names = std::to_array<std::string_view>(
    {"ask-ra",          "look-at-token",  "sign-application", "send",        "sign-withdrawal", "make-request",
     "fetch-bundle",    "install",        "new-generation",   "close",       "fill-form",       "pay",
     "wait-withdrawal", "wait-review",    "correct",          "wait-refund", "await-token",     "unlock-pin",
     "ask-person",      "wait-rebinding", "support",          "done"});

[[nodiscard]] constexpr std::string_view name_of(stage s) {
  return stage_names[static_cast<std::size_t>(s)];
}
[[nodiscard]] constexpr std::string_view name_of(ra_state s) {
  return ra_state_names[static_cast<std::size_t>(s)];
}
[[nodiscard]] constexpr std::string_view name_of(token_state s) {
  return token_state_names[static_cast<std::size_t>(s)];
}
[[nodiscard]] constexpr std::string_view name_of(pending p) {
  return pending_names[static_cast<std::size_t>(p)];
}
[[nodiscard]] constexpr std::string_view name_of(step s) {
  return step_names[static_cast<std::size_t>(s)];
}

/// The value whose name is @p name, or nothing.
template <class Enum, std::size_t N>
[[nodiscard]] constexpr std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace keycare::renewal
