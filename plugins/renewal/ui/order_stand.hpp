// order_stand.hpp - how an order stands, as its page shows it: one word for each state that has a next step of its own.
#pragma once

#include "plugins/common/ui/tones.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace keycare::renewal {

enum class stand {
  fill,         ///< Never signed, and the form is gone: fill it in again.
  sign,         ///< Filled in, the PIN is missing.
  submit,       ///< Signed; the RA does not have it yet.
  pay,          ///< 用户缴费: no payment is open.
  paying,       ///< A payment is open: browser, QR code, 【支付成功】.
  withdraw,     ///< 撤销申请 was confirmed, the PIN is missing.
  withdrawing,  ///< The RA waits for the payment provider.
  review,       ///< 管理员审核
  correct,      ///< The review asks for other data.
  refund,       ///< Rejected; the money is on its way back.
  token,        ///< The order's token is not plugged in.
  locked,       ///< Its PIN is locked.
  install,      ///< 安装新证书: one press and one PIN.
  binding,      ///< Installed; the portal has to learn of it.
  person,       ///< Only the service desk helps.
  looking,      ///< Nobody has asked the RA yet.
  complete,     ///< 完成
  ended         ///< Withdrawn, expired, refunded, never begun.
};
inline constexpr int stand_count = static_cast<int>(stand::ended) + 1;

/// @param order of a reply of the core. Whatever is not an order is being looked at. Pure. [any-thread]
[[nodiscard]] stand stand_of(const nlohmann::json& order);
/// Its newest payment that is open, or null. Pure. [any-thread]
[[nodiscard]] const nlohmann::json& open_payment(const nlohmann::json& order);

/// What a page offers when an order stands so.
struct stand_row {
  stand what;
  ui::tone tone;
  bool may_withdraw;
  bool may_look;  ///< Asking the RA again can change something.
};
[[nodiscard]] const stand_row& row_of(stand what);

}  // namespace keycare::renewal
