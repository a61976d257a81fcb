// order_table.hpp - a renewal order as one table: what may stand in the store, and which step follows from what is
// known.
//
// next_step.hpp reads `rules` from the top; the first row that fits counts. Nothing else in this plugin decides what
// comes next: start, reconnect, the insertion of a token and every command end here.
#pragma once

#include "plugins/renewal/core/order_words.hpp"

namespace keycare::renewal {

/// A set of an enum's values.
template <class Enum>
struct set_of {
  std::uint32_t bits = 0;
  [[nodiscard]] constexpr bool has(Enum e) const { return ((bits >> static_cast<unsigned>(e)) & 1U) != 0; }
};
template <class Enum, class... More>
[[nodiscard]] constexpr set_of<Enum> in(Enum first, More... more) {
  return {((1U << static_cast<unsigned>(first)) | ... | (1U << static_cast<unsigned>(more)))};
}
template <class Enum>
inline constexpr set_of<Enum> any{~0U};

/// What a record of each stage must hold, and the stage to which it falls back when the program starts again: never
/// forward, and never to a stage that claims an effect.
struct stage_row {
  stage at;
  stage stable;
  bool number_and_secret;  ///< The RA has accepted the order.
  bool container;
  bool public_key;
  bool bundle;
};
inline constexpr std::array stages = std::to_array<stage_row>({
    // at                    falls back to         number container key    bundle
    {stage::sign_intent, stage::sign_intent, false, true, false, false},
    {stage::signed_, stage::signed_, false, true, false, false},
    {stage::accepted, stage::accepted, true, true, false, false},
    {stage::withdraw_intent, stage::accepted, true, true, false, false},
    {stage::key_intent, stage::accepted, true, true, false, false},
    {stage::key_ready, stage::key_ready, true, true, true, false},
    {stage::bundle_held, stage::bundle_held, true, true, true, true},
    {stage::install_intent, stage::bundle_held, true, true, true, true},
    {stage::proved, stage::proved, true, true, true, true},
    {stage::closed, stage::closed, false, false, false, false},
});

/// How a pending request reaches the RA, and the RA's states in which it still has a purpose; in any other it is
/// dropped.
struct pending_row {
  pending kind;
  std::string_view path;  ///< After "/v1/renewals/{uuid}".
  std::string_view content_type;
  std::string_view statement;  ///< The statement's type; empty: it is not signed.
  set_of<ra_state> while_ra;
};
inline constexpr std::array requests = std::to_array<pending_row>({
    {pending::application, "", "application/cms", "apply", in(ra_state::unasked, ra_state::unknown)},
    {pending::payment, "/payments/", "application/json", "", in(ra_state::awaiting_payment)},
    {pending::withdrawal, "/withdrawal", "application/cms", "withdraw", in(ra_state::awaiting_payment)},
    {pending::correction, "/correction", "application/cms", "correct", in(ra_state::needs_correction)},
    {pending::csr, "/csr", "application/json", "bind-csr", in(ra_state::approved)},
    {pending::generation, "/generation", "application/cms", "new-generation", in(ra_state::issued)},
    {pending::confirmation, "/confirmation", "application/cms", "confirm", in(ra_state::issued)},
});

struct rule {
  set_of<stage> at;
  set_of<pending> held;
  set_of<ra_state> ra;
  set_of<token_state> token;
  step then;
};

namespace table {
using s = stage;
using p = pending;
using r = ra_state;
using t = token_state;
inline constexpr auto absent = in(t::away, t::busy);
inline constexpr auto there = in(t::no_pair, t::our_pair, t::other_pair, t::certified);
inline constexpr auto pair_there = in(t::our_pair, t::certified);
inline constexpr auto without_bundle = in(s::accepted, s::withdraw_intent, s::key_intent, s::key_ready);
inline constexpr auto with_bundle = in(s::bundle_held, s::install_intent, s::proved);
}  // namespace table

inline constexpr std::array rules = [] {
  using namespace table;
  constexpr auto every_s = any<s>;
  constexpr auto every_p = any<p>;
  constexpr auto every_r = any<r>;
  constexpr auto every_t = any<t>;
  return std::to_array<rule>({
      {in(s::closed), every_p, every_r, every_t, step::done},

      // 用户申请: until the RA has accepted it, there is nothing to ask the RA. The form is not kept on this computer,
      // so that an application that was not signed when the program ended is filled in again.
      {in(s::sign_intent), in(p::draft), every_r, in(t::unasked), step::look_at_token},
      {in(s::sign_intent), in(p::draft), every_r, absent, step::await_token},
      {in(s::sign_intent), in(p::draft), every_r, in(t::certificate_gone), step::await_token},
      {in(s::sign_intent), in(p::draft), every_r, in(t::locked), step::unlock_pin},
      {in(s::sign_intent), in(p::draft), every_r, there, step::sign_application},
      {in(s::sign_intent), every_p, every_r, every_t, step::fill_form},
      {in(s::signed_), every_p, every_r, every_t, step::send},

      // From here on the RA's word comes first.
      {every_s, every_p, in(r::unasked), every_t, step::ask_ra},
      {every_s, every_p, in(r::withdrawn, r::expired, r::refunded, r::complete), every_t, step::close},
      {every_s, every_p, in(r::unknown, r::other, r::support, r::refund_failed), every_t, step::support},
      {every_s, every_p, in(r::withdrawing), every_t, step::wait_withdrawal},
      {every_s, every_p, in(r::rejected, r::refunding), every_t, step::wait_refund},

      // 用户缴费
      {every_s, in(p::payment, p::withdrawal), in(r::awaiting_payment), every_t, step::send},
      {in(s::withdraw_intent), every_p, in(r::awaiting_payment), in(t::unasked), step::look_at_token},
      {in(s::withdraw_intent), every_p, in(r::awaiting_payment), absent, step::await_token},
      {in(s::withdraw_intent), every_p, in(r::awaiting_payment), in(t::certificate_gone), step::ask_person},
      {in(s::withdraw_intent), every_p, in(r::awaiting_payment), in(t::locked), step::unlock_pin},
      {in(s::withdraw_intent), every_p, in(r::awaiting_payment), there, step::sign_withdrawal},
      {every_s, every_p, in(r::awaiting_payment), every_t, step::pay},

      // 管理员审核
      {every_s, every_p, in(r::paid, r::under_review), every_t, step::wait_review},
      {every_s, in(p::correction), in(r::needs_correction), every_t, step::send},
      {every_s, every_p, in(r::needs_correction), every_t, step::correct},

      // 安装新证书: the key. A pair that is there is reused; the RA has not bound any yet, or a person there has
      // decided for the same key once more: then its certificate may be on the token already.
      {every_s, in(p::csr), in(r::approved), every_t, step::send},
      {every_s, every_p, in(r::approved), in(t::unasked), step::look_at_token},
      {every_s, every_p, in(r::approved), absent, step::await_token},
      {every_s, every_p, in(r::approved), in(t::certificate_gone), step::ask_person},
      {every_s, every_p, in(r::approved), in(t::locked), step::unlock_pin},
      {every_s, every_p, in(r::approved), there, step::make_request},

      // 安装新证书: the certificate.
      {every_s, in(p::confirmation, p::generation), in(r::issued), every_t, step::send},
      {in(s::key_ready), every_p, in(r::issued), every_t, step::fetch_bundle},
      {every_s, every_p, in(r::issued), in(t::unasked), step::look_at_token},
      {every_s, every_p, in(r::issued), absent, step::await_token},
      {every_s, every_p, in(r::issued), in(t::certificate_gone), step::ask_person},
      {every_s, every_p, in(r::issued), in(t::locked), step::unlock_pin},
      {without_bundle, every_p, in(r::issued), pair_there, step::fetch_bundle},
      {with_bundle, every_p, in(r::issued), pair_there, step::install},
      {every_s, every_p, in(r::issued), in(t::no_pair, t::other_pair), step::new_generation},

      {every_s, every_p, in(r::confirmed, r::rebinding), every_t, step::wait_rebinding},
      {every_s, every_p, every_r, every_t, step::support},
  });
}();

/// How a step appears: whom it waits for (command.h, "wait"), and the command that comes next.
struct step_row {
  step what;
  std::string_view wait;     ///< "none": it can be taken at once.
  std::string_view command;  ///< Empty: nothing comes next.
};
inline constexpr std::array steps = std::to_array<step_row>({
    {step::ask_ra, "none", "continue"},           {step::look_at_token, "none", "continue"},
    {step::sign_application, "none", "continue"}, {step::send, "none", "continue"},
    {step::sign_withdrawal, "none", "continue"},  {step::make_request, "none", "continue"},
    {step::fetch_bundle, "none", "continue"},     {step::install, "none", "continue"},
    {step::new_generation, "none", "continue"},   {step::close, "none", "continue"},
    {step::fill_form, "user", "apply"},           {step::pay, "user", "pay"},
    {step::wait_withdrawal, "ra", "continue"},    {step::wait_review, "ra", "continue"},
    {step::correct, "user", "correct"},           {step::wait_refund, "ra", "continue"},
    {step::await_token, "token", "continue"},     {step::unlock_pin, "user", "continue"},
    {step::ask_person, "user", "continue"},       {step::wait_rebinding, "ra", "continue"},
    {step::support, "user", "continue"},          {step::done, "none", ""},
});

// The tables are read by index.
static_assert([] {
  for (std::size_t i = 0; i < stages.size(); ++i)
    if (stages[i].at != static_cast<stage>(i)) return false;
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (steps[i].what != static_cast<step>(i)) return false;
  return stages.size() == stage_names.size() && steps.size() == step_names.size();
}());

[[nodiscard]] constexpr const stage_row& row_of(stage s) {
  return stages[static_cast<std::size_t>(s)];
}
[[nodiscard]] constexpr const step_row& row_of(step s) {
  return steps[static_cast<std::size_t>(s)];
}
/// The row of @p kind, or nullptr for none and draft.
[[nodiscard]] constexpr const pending_row* row_of(pending kind) {
  for (const auto& row : requests)
    if (row.kind == kind) return &row;
  return nullptr;
}

}  // namespace keycare::renewal
