// order_states.cpp - the table of a renewal order's transitions.
#include "order_states.hpp"

#include <algorithm>
#include <array>

namespace keycare::dev_ra {

namespace {

using enum order_state;
using event = order_event;

constexpr std::array transitions = std::to_array<order_transition>({
    {awaiting_payment, event::payment_succeeded, paid},  {awaiting_payment, event::withdrawal_asked, withdrawing},
    {awaiting_payment, event::unpaid_too_long, expired}, {withdrawing, event::payment_closed, withdrawn},
    {withdrawing, event::payment_succeeded, paid},  // the money was faster
    {paid, event::review_opened, under_review},          {under_review, event::correction_asked, needs_correction},
    {under_review, event::approval, approved},           {under_review, event::rejection, rejected},
    {needs_correction, event::corrected, under_review},  {needs_correction, event::rejection, rejected},
    {rejected, event::refund_started, refunding},        {refunding, event::refund_done, refunded},
    {refunding, event::refund_refused, refund_failed},   {refund_failed, event::refund_started, refunding},
    {approved, event::certificate_issued, issued},       {approved, event::new_generation, approved},
    {issued, event::new_generation, approved},           {issued, event::confirmation, confirmed},
    {confirmed, event::rebinding_started, rebinding},    {rebinding, event::portal_acknowledged, complete},
    {approved, event::support_opened, support},          {issued, event::support_opened, support},
    {support, event::support_closed, approved},  // a person decided: a new generation, or the same key once more
});

struct state_facts {
  order_state state;
  std::string_view name;
  int step;
  bool terminal;
  bool open;
  bool waiting;
};

constexpr std::array facts = std::to_array<state_facts>({
    {awaiting_payment, "awaiting-payment", 2, false, true, true},
    {withdrawing, "withdrawing", 2, false, true, true},
    {withdrawn, "withdrawn", 2, true, false, false},
    {expired, "expired", 2, true, false, false},
    {paid, "paid", 3, false, true, true},
    {under_review, "under-review", 3, false, true, true},
    {needs_correction, "needs-correction", 3, false, true, false},
    {rejected, "rejected", 3, false, false, true},
    {refunding, "refunding", 3, false, false, true},
    {refunded, "refunded", 3, true, false, false},
    {refund_failed, "refund-failed", 3, false, false, true},
    {approved, "approved", 4, false, true, false},
    {issued, "issued", 4, false, true, false},
    {confirmed, "confirmed", 4, false, true, true},
    {rebinding, "rebinding", 4, false, true, true},
    {complete, "complete", 5, true, false, false},
    {support, "support", 4, false, true, true},
});

constexpr std::array states = [] {
  std::array<order_state, facts.size()> all{};
  for (std::size_t i = 0; i < facts.size(); ++i) all[i] = facts[i].state;
  return all;
}();

// facts is indexed by the state's value.
static_assert([] {
  for (std::size_t i = 0; i < facts.size(); ++i)
    if (static_cast<std::size_t>(facts[i].state) != i) return false;
  return true;
}());

const state_facts& of(order_state state) {
  return facts[static_cast<std::size_t>(state)];
}

}  // namespace

std::span<const order_transition> order_transitions() {
  return transitions;
}

std::optional<order_state> after(order_state state, order_event what) {
  const auto it = std::find_if(transitions.begin(), transitions.end(),
                               [&](const auto& t) { return t.from == state && t.event == what; });
  if (it == transitions.end()) return std::nullopt;
  return it->to;
}

std::span<const order_state> all_order_states() {
  return states;
}

std::string_view name(order_state state) {
  return of(state).name;
}

std::optional<order_state> order_state_named(std::string_view name) {
  const auto it = std::find_if(facts.begin(), facts.end(), [&](const auto& f) { return f.name == name; });
  if (it == facts.end()) return std::nullopt;
  return it->state;
}

bool is_terminal(order_state state) {
  return of(state).terminal;
}
bool is_open(order_state state) {
  return of(state).open;
}
int progress_step(order_state state) {
  return of(state).step;
}
bool is_waiting(order_state state) {
  return of(state).waiting;
}

}  // namespace keycare::dev_ra
