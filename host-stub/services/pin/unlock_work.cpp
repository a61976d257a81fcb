// unlock_work.cpp - admin tries are counted by the token and spent with care.
#include "host-stub/services/pin/unlock_work.hpp"

namespace keycare::services {

namespace {

/// What a failed admin try means to the unlock.
error admin_error(error why, const char* when_wrong, kc_status wrong_status) {
  if (why.status == KC_E_PIN_WRONG) return fail(wrong_status, when_wrong, why.native);
  if (why.status == KC_E_PIN_LOCKED) return fail(KC_E_PIN_LOCKED, "KC-UNLOCK-ADMIN-LOCKED", why.native);
  return why;
}

/// `current` to `next`, one try; a token that cannot change its admin PIN keeps `current`.
result<admin_pin_set> change(token_session& session, const std::string& application, const admin_pins& pins,
                             const char* when_wrong, kc_status wrong_status) {
  if (auto ok = enough_admin_tries(session, application); !ok) return ok.error();
  const auto changed = session.change_pin(application, pin_kind::admin, pins.current, pins.next);
  if (changed) return admin_pin_set::next;
  if (changed.error().status == KC_E_UNSUPPORTED) return admin_pin_set::current;
  auto why = admin_error(changed.error(), when_wrong, wrong_status);
  // Whatever else went wrong, the token may have changed it before it said so.
  if (why.code == changed.error().code && why.status != KC_E_PIN_POLICY) why.status = KC_E_OUTCOME_UNKNOWN;
  return why;
}

}  // namespace

result<void> enough_admin_tries(token_session& session, const std::string& application) {
  const auto admin = session.pin(application, pin_kind::admin);
  if (!admin) return admin.error();
  // A PKCS#11 token has flags and no counter. Then one try is risked, with the PIN that the RA holds to be set, and
  // only while no flag speaks of a miss.
  constexpr std::uint32_t missed = KC_PIN_COUNT_LOW | KC_PIN_FINAL_TRY | KC_PIN_LOCKED;
  const bool has_flags_only = !admin->remaining && admin->source == "token flags";
  const bool enough = has_flags_only ? (admin->flags & missed) == 0 : admin->remaining.value_or(0) >= least_admin_tries;
  if (admin->locked() || !enough) return fail(KC_E_UNSUPPORTED, "KC-UNLOCK-ADMIN-TRIES", admin->remaining.value_or(-1));
  return {};
}

result<admin_pin_set> rotate_admin_pin(token_session& session, const std::string& application, const admin_pins& pins,
                                       bool next_first, bool rotate) {
  if (!rotate) {
    if (auto ok = enough_admin_tries(session, application); !ok) return ok.error();
    return admin_pin_set::current;
  }
  // Where tries cannot be counted, nothing is found out by trying: that is a matter for people.
  const auto admin = session.pin(application, pin_kind::admin);
  if (!admin) return admin.error();
  if (next_first && !admin->remaining) return fail(KC_E_UNSUPPORTED, "KC-UNLOCK-ADMIN-TRIES", -1);
  if (!next_first) return change(session, application, pins, "KC-UNLOCK-ADMIN-PIN", KC_E_OUTCOME_UNKNOWN);
  if (auto ok = enough_admin_tries(session, application); !ok) return ok.error();
  const auto is_next = session.verify_pin(application, pin_kind::admin, pins.next);
  if (is_next) return admin_pin_set::next;
  if (is_next.error().status != KC_E_PIN_WRONG)
    return admin_error(is_next.error(), "KC-UNLOCK-ADMIN-PIN", KC_E_OUTCOME_UNKNOWN);
  return change(session, application, pins, "KC-UNLOCK-ADMIN-PIN-UNKNOWN", KC_E_FAILED);
}

}  // namespace keycare::services
