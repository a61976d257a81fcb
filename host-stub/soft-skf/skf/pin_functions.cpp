// pin_functions.cpp - SKF_GetPINInfo, VerifyPIN, ChangePIN, UnblockPIN, ClearSecureState.
#include "api.hpp"

using namespace keycare;
using namespace keycare::soft_skf;

namespace {

result<role> role_argument(ULONG type) {
  if (type == USER_TYPE) return role::user;
  if (type == ADMIN_TYPE) return role::admin;
  return sar(SAR_USER_TYPE_INVALID);
}

/// Tries a PIN, tells the caller what is left, and drops this process's right after a miss, as a card does.
result<secret> try_and_tell(application_operation& op, role who, std::string_view pin, ULONG* retries) {
  auto master = try_pin(op.guard, op.name, who, pin);
  *retries = pin_of(*op.app, who).remaining;
  if (!master && master.error().native == SAR_PIN_INCORRECT) process::get().log_out(op.dev->ref, op.name, who);
  return master;
}

}  // namespace

ULONG DEVAPI SKF_GetPINInfo(HAPPLICATION hApplication, ULONG ulPINType, ULONG* pulMaxRetryCount,
                            ULONG* pulRemainRetryCount, BOOL* pbDefaultPin) {
  return call("SKF_GetPINInfo", [&]() -> result<void> {
    const auto who = role_argument(ulPINType);
    if (!who) return who.error();
    if (pulMaxRetryCount == nullptr || pulRemainRetryCount == nullptr || pbDefaultPin == nullptr) {
      return sar(SAR_INVALIDPARAMERR);
    }
    const auto op = begin_application(hApplication, access::look);
    if (!op) return op.error();
    const pin_record& record = pin_of(*op->app, *who);
    *pulMaxRetryCount = record.limit;
    *pulRemainRetryCount = record.remaining;
    *pbDefaultPin = record.is_default ? TRUE : FALSE;
    return {};
  });
}

ULONG DEVAPI SKF_VerifyPIN(HAPPLICATION hApplication, ULONG ulPINType, LPSTR szPIN, ULONG* pulRetryCount) {
  return call("SKF_VerifyPIN", [&]() -> result<void> {
    const auto who = role_argument(ulPINType);
    if (!who) return who.error();
    const auto pin = pin_argument(szPIN);
    if (!pin || pulRetryCount == nullptr) return sar(SAR_INVALIDPARAMERR);
    auto op = begin_application(hApplication, access::use);
    if (!op) return op.error();
    auto master = try_and_tell(*op, *who, *pin, pulRetryCount);
    if (!master) return master.error();
    if (auto done = op->guard.commit(); !done) return done;
    process::get().log_in(op->dev->ref, op->dev->epoch, op->name, *who, std::move(*master));
    return {};
  });
}

ULONG DEVAPI SKF_ChangePIN(HAPPLICATION hApplication, ULONG ulPINType, LPSTR szOldPin, LPSTR szNewPin,
                           ULONG* pulRetryCount) {
  return call("SKF_ChangePIN", [&]() -> result<void> {
    const auto who = role_argument(ulPINType);
    if (!who) return who.error();
    const auto old_pin = pin_argument(szOldPin);
    const auto new_pin = pin_argument(szNewPin);
    if (!old_pin || !new_pin || pulRetryCount == nullptr) return sar(SAR_INVALIDPARAMERR);
    // Before a try is spent for nothing.
    if (new_pin->size() < min_pin || new_pin->size() > max_pin) return sar(SAR_PIN_LEN_RANGE);
    auto op = begin_application(hApplication, access::use);
    if (!op) return op.error();
    auto master = try_and_tell(*op, *who, *old_pin, pulRetryCount);
    if (!master) return master.error();
    if (auto set = set_pin(op->guard.state, op->name, *who, *master, *new_pin); !set) return set;
    return op->guard.commit();
  });
}

ULONG DEVAPI SKF_UnblockPIN(HAPPLICATION hApplication, LPSTR szAdminPIN, LPSTR szNewUserPIN, ULONG* pulRetryCount) {
  return call("SKF_UnblockPIN", [&]() -> result<void> {
    const auto admin_pin = pin_argument(szAdminPIN);
    const auto new_pin = pin_argument(szNewUserPIN);
    if (!admin_pin || !new_pin || pulRetryCount == nullptr) return sar(SAR_INVALIDPARAMERR);
    if (new_pin->size() < min_pin || new_pin->size() > max_pin) return sar(SAR_PIN_LEN_RANGE);
    auto op = begin_application(hApplication, access::use);
    if (!op) return op.error();
    auto master = try_and_tell(*op, role::admin, *admin_pin, pulRetryCount);
    if (!master) return master.error();
    // Both counters and the new PIN become true in one write.
    if (auto set = set_pin(op->guard.state, op->name, role::user, *master, *new_pin); !set) return set;
    process::get().log_out(op->dev->ref, op->name, role::user);
    return op->guard.commit();
  });
}

ULONG DEVAPI SKF_ClearSecureState(HAPPLICATION hApplication) {
  return call("SKF_ClearSecureState", [&]() -> result<void> {
    // No look at the token: a right must go away also when the token cannot be read.
    const auto found = process::get().find<application_handle>(hApplication);
    if (!found) return sar(SAR_INVALIDHANDLEERR);
    process::get().log_out(found->dev->ref, found->name, std::nullopt);
    return {};
  });
}
