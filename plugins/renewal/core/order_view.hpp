// order_view.hpp - an order as a program and as a person read it.
#pragma once

#include "plugins/renewal/core/context.hpp"

namespace keycare::renewal {

/// {uuid, number, stage, state, step, progress, next_step, certificate_sha256, token, subject, ...}: everything but the
/// secret; "fee_details" on the computer that applied. Pure but for the user's zone. [any-thread]
[[nodiscard]] json order_json(const context& c, const order_record& r, step then, std::string_view language);

/// As the store knows it, without asking anybody; with "say", its step_lines(). [any-thread]
[[nodiscard]] json known_order_json(const context& c, const order_record& r, std::string_view language);

/// The order's page: the step bar 用户申请 → 用户缴费 → 管理员审核 → 安装新证书 → 完成, 业务单号, 证书主题, 申请时间,
/// 当前进度, 费用(不包含快递费), 有效期至, 经办人, 备注. [any-thread]
[[nodiscard]] std::vector<std::string> order_lines(const context& c, const order_record& r, std::string_view language);

/// What stands now and what a person has to do, in a sentence or two. [any-thread]
[[nodiscard]] std::vector<std::string> step_lines(const context& c, const order_record& r, const situation& now,
                                                  step then, std::string_view language);

/// The whole reply of a command about one order; data has "order" and "say", the lines of step_lines() after @p first.
/// [worker-thread]
[[nodiscard]] result<json> order_reply(context& c, const kc_call& call, held_order& order, const situation& now,
                                       step then, std::vector<std::string> first = {});

}  // namespace keycare::renewal
