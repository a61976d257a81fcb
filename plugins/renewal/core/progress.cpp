// progress.cpp - one step at a time.
#include "plugins/renewal/core/progress.hpp"

#include "keycare/sdk/json.hpp"
#include "plugins/common/input.hpp"
#include "plugins/common/polling.hpp"
#include "plugins/renewal/core/install_steps.hpp"
#include "plugins/renewal/core/ra_order.hpp"
#include "plugins/renewal/core/sending.hpp"
#include "plugins/renewal/core/signing_steps.hpp"
#include "plugins/renewal/core/token_look.hpp"

namespace keycare::renewal {

namespace {

constexpr std::int64_t slow_down_adds = 5;  // seconds, for good
constexpr std::int64_t day = 86400;
constexpr std::int64_t second_ns = 1'000'000'000;

result<void> close_order(context& c, held_order& order, const situation& now) {
  auto& r = order.record;
  r.at = stage::closed;
  r.to_send = {};
  // A completed order's container holds the new certificate; any other one is empty or has a key without a certificate.
  if (now.ra != ra_state::complete && !r.container.empty()) r.leftovers.push_back(r.container);
  c.grants.close();
  c.drafts.erase(r.uuid);
  c.host.clock.cancel_timer(r.uuid);
  return c.orders.save(order);
}

result<void> perform(context& c, const kc_call& call, held_order& order, situation& now, step what) {
  switch (what) {
    case step::ask_ra:
      return ask_ra(c, call, order, now);
    case step::look_at_token:
      return look_at_token(c, call, order.record, now);
    case step::sign_application:
      return sign_application(c, call, order);
    case step::send:
      return send_pending(c, call, order, now);
    case step::sign_withdrawal:
      return sign_withdrawal(c, call, order);
    case step::make_request:
      now.token = token_state::unasked;
      return make_request(c, call, order);
    case step::fetch_bundle:
      return fetch_bundle(c, call, order, now);
    case step::install:
      now.token = token_state::unasked;
      return install(c, call, order);
    case step::new_generation:
      return sign_generation(c, call, order);
    case step::close:
      return close_order(c, order, now);
    default:
      return {};
  }
}

bool is_look(step s) {
  return s <= step::look_at_token;
}
bool is_act(step s) {
  return s > step::look_at_token && s <= step::close;
}

}  // namespace

result<step> advance(context& c, const kc_call& call, held_order& order, situation& now, int acts) {
  // Each look answers one question, so that this ends; the bound is for bugs.
  for (int turn = 0; turn < 16; ++turn) {
    const auto then = next_step(now.ra, now.token, view_of(c, order.record));
    if (now.delayed || !(is_look(then) || is_act(then))) return then;
    // Closing is a note in the store, not something that a person has to ask for.
    if (is_act(then) && then != step::close && acts-- == 0) return then;
    if (is_look(then) && acts <= 0 && turn > 0) return then;
    if (cancelled(call)) return fail(KC_E_CANCELLED, "KC-CANCELLED");
    const auto before = state_of(order.record.order);
    if (auto done = perform(c, call, order, now, then); !done) return done.error();
    if (is_act(then)) c.host.log.info("order.step", json_text({{"order", order.record.uuid}, {"step", name_of(then)}}));
    const bool news = is_look(then) && state_of(order.record.order) != before;
    // Who hears of a change reads the store: it must be there by then. An act has stored its own.
    if (news)
      if (auto saved = c.orders.save(order); !saved) return saved.error();
    if (c.emit && (news || is_act(then))) c.emit("order-changed", order.record.uuid);
  }
  return fail(KC_E_FAILED, "KC-PLUGIN-BUG");
}

result<json> next_of(context& c, held_order& order, const situation& now, step then) {
  const auto& row = row_of(then);
  if (row.command.empty()) return json();
  auto& r = order.record;
  const bool paying = then == step::pay && !current_payment(r.order).is_null();
  std::string wait(now.delayed ? "ra" : paying ? "payment" : row.wait);
  json next = {{"command", paying ? "continue" : row.command}, {"input", {{"order", r.uuid}}}, {"wait", wait}};
  if (now.delayed) next["command"] = "continue";
  if (then == step::fill_form) next["input"] = {{"certificate", r.certificate_sha256}};
  std::int64_t after = wait == "token" ? 5 : 0;
  if (wait == "ra" || wait == "payment") {
    const auto random = c.host.crypto.random(1);
    if (!random) return random.error();
    if (now.slow_down) r.poll.extra = std::min(r.poll.extra + slow_down_adds, day);
    after = std::min(common::poll_delay(now.retry_after, r.poll.looks, random->front()) + r.poll.extra, day);
    r.poll.looks = std::min<std::int64_t>(r.poll.looks + 1, 1000);
    // A host without timers still polls by "after_seconds".
    (void)c.host.clock.set_timer(r.uuid, c.host.clock.monotonic() + after * second_ns);
  }
  next["after_seconds"] = after;
  // What the RA said is kept for a look without a network.
  if (auto saved = c.orders.save(order); !saved) return saved.error();
  return next;
}

bool is_released_by_pin(step then) {
  return then == step::sign_application || then == step::sign_withdrawal || then == step::make_request ||
         then == step::install || then == step::new_generation;
}

void leave_pin_to_user(json& reply, step then) {
  if (is_released_by_pin(then) && reply.contains("next")) reply["next"]["wait"] = "user";
}

result<held_order> find_order(const context& c, const json& input) {
  const auto wanted = common::text_member(input, "order");
  if (wanted.size() == 36) return c.orders.peek(wanted);
  auto all = c.orders.all();
  if (!all) return all.error();
  const held_order* found = nullptr;
  int fitting = 0;
  for (const auto& one : all->orders) {
    const bool fits = wanted.empty() ? one.record.at != stage::closed : one.record.number == wanted;
    if (!fits) continue;
    ++fitting;
    if (found == nullptr) found = &one;
  }
  if (fitting > 1) return fail(KC_E_ARGUMENT, "KC-RENEWAL-CHOOSE-ORDER");
  if (found != nullptr) return *found;
  if (!all->unreadable.empty() && wanted.empty()) return all->unreadable.front();
  if (wanted.empty()) return fail(KC_E_NOT_FOUND, "KC-RENEWAL-NO-ORDER");
  return fail_with(KC_E_NOT_FOUND, "KC-RENEWAL-ORDER-NOT-FOUND", {{"order", wanted.substr(0, 64)}});
}

result<locked_order> take_order(context& c, const json& input) {
  auto found = find_order(c, input);
  if (!found) return found.error();
  auto lock = c.orders.lock(found->record.certificate_sha256);
  if (!lock) return lock.error();
  // Looked at again under the lock: another process may have gone on meanwhile.
  auto order = c.orders.load(*std::move(found));
  if (!order) return order.error();
  return locked_order{std::move(*lock), std::move(*order)};
}

}  // namespace keycare::renewal
