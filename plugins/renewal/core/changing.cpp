// changing.cpp - the commands correct, withdraw and continue.
#include "keycare/sdk/json.hpp"
#include "plugins/common/input.hpp"
#include "plugins/renewal/core/commands.hpp"
#include "plugins/renewal/core/form.hpp"
#include "plugins/renewal/core/order_view.hpp"
#include "plugins/renewal/core/progress.hpp"
#include "plugins/renewal/core/sending.hpp"
#include "plugins/renewal/core/signing_steps.hpp"
#include "plugins/renewal/core/texts.hpp"
#include "plugins/renewal/core/token_look.hpp"

namespace keycare::renewal {

namespace {

/// An old key is needed now: its token must be here and open.
result<void> need_token(context& c, const kc_call& call, const order_record& r, situation& now) {
  if (auto looked = look_at_token(c, call, r, now); !looked) return looked;
  const json args = {{"serial", r.token.serial}};
  switch (now.token) {
    case token_state::away:
      return fail_with(KC_E_TOKEN_REMOVED, "KC-RENEWAL-TOKEN-AWAY", args);
    case token_state::busy:
      return fail_with(KC_E_TOKEN_BUSY, "KC-RENEWAL-TOKEN-BUSY", args);
    case token_state::certificate_gone:
      return fail_with(KC_E_NOT_FOUND, "KC-RENEWAL-OLD-KEY-GONE", args);
    case token_state::locked:
      return fail_with(KC_E_PIN_LOCKED, "KC-RENEWAL-PIN-LOCKED", args);
    default:
      return {};
  }
}

result<json> reply_after(context& c, const kc_call& call, held_order& order, situation& now, int acts,
                         std::vector<std::string> first = {}) {
  const auto then = advance(c, call, order, now, acts);
  if (!then) return then.error();
  return order_reply(c, call, order, now, *then, std::move(first));
}

result<step> advance_without_pin(context& c, const kc_call& call, held_order& order, situation& now) {
  for (int turn = 0;; ++turn) {
    auto then = advance(c, call, order, now, 0);
    if (!then || now.delayed || turn == 4) return then;
    if (*then == step::look_at_token) {
      if (auto looked = look_at_token(c, call, order.record, now); !looked) return looked.error();
    } else if (*then == step::send || *then == step::fetch_bundle) {
      then = advance(c, call, order, now, 1);
      if (!then || now.delayed) return then;
    } else {
      return then;
    }
  }
}

/// Refuses a command for what the RA has just said, and keeps what it said: otherwise the same command would be offered
/// again from the old record.
keycare::error refused_by(context& c, held_order& order, const char* code) {
  if (auto saved = c.orders.save(order); !saved) return saved.error();
  if (c.emit) c.emit("order-changed", order.record.uuid);
  return fail(KC_E_CONFLICT, code);
}

/// An application that never reached the RA is dropped here; nothing has to be signed for that.
result<json> discard(context& c, const kc_call& call, held_order& order) {
  auto& r = order.record;
  r.at = stage::closed;
  r.leftovers.push_back(r.container);
  c.drafts.erase(r.uuid);
  if (auto saved = c.orders.save(order); !saved) return saved.error();
  situation now;
  return reply_after(c, call, order, now, 0);
}

}  // namespace

result<json> withdraw(context& c, const kc_call& call, const json& input) {
  auto taken = take_order(c, input);
  if (!taken) return taken.error();
  auto& order = taken->order;
  auto& r = order.record;
  if (r.at == stage::closed) return fail(KC_E_CONFLICT, "KC-RENEWAL-ENDED");
  if (r.at == stage::sign_intent) return discard(c, call, order);
  situation now;
  // Whether the RA has it is not known: it is told first, then asked to forget it.
  if (r.at == stage::signed_)
    if (auto sent = send_pending(c, call, order, now); !sent) return sent.error();
  if (now.delayed) return *now.delayed;
  if (now.ra == ra_state::unasked)
    if (auto asked = ask_ra(c, call, order, now); !asked) return asked.error();
  if (now.delayed) return *now.delayed;
  if (now.ra == ra_state::awaiting_payment && r.to_send.kind != pending::withdrawal) {
    if (auto there = need_token(c, call, r, now); !there) return there.error();
    r.to_send = {};
    r.at = stage::withdraw_intent;
    if (auto saved = c.orders.save(order); !saved) return saved.error();
    return reply_after(c, call, order, now, 2);
  }
  const bool waits = now.ra == ra_state::awaiting_payment || now.ra == ra_state::withdrawing ||
                     now.ra == ra_state::withdrawn || now.ra == ra_state::expired;
  if (!waits) return refused_by(c, order, "KC-RENEWAL-ALREADY-PAID");
  return reply_after(c, call, order, now, 1);
}

result<json> correct(context& c, const kc_call& call, const json& input) {
  auto taken = take_order(c, input);
  if (!taken) return taken.error();
  auto& order = taken->order;
  auto& r = order.record;
  if (r.secret.empty()) return fail(KC_E_CONFLICT, "KC-RENEWAL-NOT-SUBMITTED");
  const auto at = c.host.clock.now();
  const auto form =
      check_correction(common::object_member(input, "form"), common::local_day(at, c.host.clock.utc_offset(at)));
  if (!form.fits()) return form_error(form.problems, text(call.language));
  if (form.value.empty()) return fail(KC_E_ARGUMENT, "KC-RENEWAL-NO-CORRECTION");
  situation now;
  if (auto asked = ask_ra(c, call, order, now); !asked) return asked.error();
  if (now.delayed) return *now.delayed;
  if (now.ra != ra_state::needs_correction) return refused_by(c, order, "KC-RENEWAL-NOTHING-TO-CORRECT");
  if (auto there = need_token(c, call, r, now); !there) return there.error();
  if (auto made = sign_correction(c, call, order, form.value); !made) return made.error();
  return reply_after(c, call, order, now, 1);
}

result<json> continue_order(context& c, const kc_call& call, const json& input) {
  auto taken = take_order(c, input);
  if (!taken) return taken.error();
  situation now;
  if (!common::flag_member(input, "without_pin")) return reply_after(c, call, taken->order, now, 1);
  const auto then = advance_without_pin(c, call, taken->order, now);
  if (!then) return then.error();
  auto reply = order_reply(c, call, taken->order, now, *then);
  if (reply) leave_pin_to_user(*reply, *then);
  return reply;
}

}  // namespace keycare::renewal
