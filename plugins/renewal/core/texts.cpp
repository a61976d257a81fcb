// texts.cpp - the catalogue, and the errors of this plugin: what happened, and what to do next.
#include "plugins/renewal/core/texts.hpp"

#include "keycare/sdk/json.hpp"
#include "plugins/common/form_texts.hpp"
#include "plugins/common/selection.hpp"

#include <array>

namespace keycare::renewal {
namespace {

constexpr std::array errors = std::to_array<common::sentence>({
    {"KC-RENEWAL-FORM", "以下各项需要修改：{names}。请改正后重新提交。",
     "These fields need another look: {names}. Correct them and submit again."},
    {"KC-RENEWAL-MONTHS", "续期时间只能选择12、24、36、48或60个月。", "Choose a term of 12, 24, 36, 48 or 60 months."},
    {"KC-RENEWAL-ACCEPT-AGREEMENT",
     "请认真阅读【网证通电子认证服务协议】，勾选【我接受电子认证服务协议内容】后再提交。",
     "Read the service agreement (command: agreement) and accept it by its SHA-256, then submit again."},
    {"KC-RENEWAL-ACCEPT-PERSONAL-DATA", "请阅读并同意个人信息处理说明后再提交。",
     "Read the personal-data consent (command: agreement) and accept it by its SHA-256, then submit again."},
    {"KC-RENEWAL-ACKNOWLEDGE-BIDS",
     "续期后的新证书不能打开用旧证书加密的文件（例如投标文件），请妥善保留旧证书。请勾选已了解后再提交。",
     "A renewed certificate cannot open files that were encrypted to the old one (bids, for example); keep the old "
     "one. "
     "Tick that you know this, then submit again."},
    {"KC-RENEWAL-NOT-SHOWN", "该协议内容尚未在本机显示过，请先阅读协议再接受。",
     "These words have not been shown on this computer. Read the agreement first, then accept it."},
    {"KC-RENEWAL-AGREEMENT-CHANGED", "协议内容已更新，请重新阅读并接受新的协议。",
     "The agreement has changed meanwhile. Read the new one and accept it."},
    {"KC-RENEWAL-AGREEMENT-HASH", "收到的协议内容与其校验值不符，未作显示，请稍后重试；如仍出现请联系服务热线。",
     "The agreement that arrived does not match its checksum and is not shown. Try again later; if it happens again, "
     "call the hotline."},
    {"KC-RENEWAL-FEE-CHANGED", "费用已有变化，请重新查看报价并确认后再提交。",
     "The fee has changed. Look at the quote again, then submit."},
    {"KC-RENEWAL-QUOTE-CERTIFICATE", "收到的报价不是为此证书作出的，未被采用，请联系服务热线。",
     "The quote that arrived is for another certificate and is refused. Please call the hotline."},
    {"KC-RENEWAL-QUOTE-MONTHS",
     "收到的报价（{months}个月，{amount}元）与所选续期时间不符，未被采用，请重试或联系服务热线。",
     "The quote that arrived ({months} months, {amount} CNY) is for another term and is refused. Try again or call the "
     "hotline."},
    {"KC-RENEWAL-QUOTE-EXPIRED", "报价已过期，请重新获取报价。", "The quote has expired. Ask for another one."},
    {"KC-RENEWAL-QUOTE-SUM", "收到的报价（{amount}元）与其明细不符，未被采用，请联系服务热线。",
     "The quote that arrived ({amount} CNY) does not agree with its own items and is refused. Please call the "
     "hotline."},
    {"KC-RENEWAL-QUOTE-END", "收到的报价所给的有效期（至{new}）与规则不符，未被采用，请联系服务热线。",
     "The quote's new end ({new}) does not follow its rule and is refused. Please call the hotline."},
    {"KC-RENEWAL-NOT-UNKNOWN-CERTIFICATE",
     "注册机构没有此证书的记录，请确认插入的是本系统的数字证书 CA，或联系服务热线。",
     "The registration authority does not know this certificate. Check that the right token is in, or call the "
     "hotline."},
    {"KC-RENEWAL-NOT-NOT-YET-VALID", "此证书尚未生效，暂不能续期。",
     "This certificate is not valid yet; renew it later."},
    {"KC-RENEWAL-NOT-ENDED", "数字证书 CA 已过期，请重新新申请。",
     "This certificate has ended and cannot be renewed. Please apply for a new one."},
    {"KC-RENEWAL-NOT-REVOKED", "此证书已被吊销，不能续期，请重新新申请。",
     "This certificate was revoked and cannot be renewed. Please apply for a new one."},
    {"KC-RENEWAL-NOT-SUPERSEDED", "此证书已被新证书取代，请选择新证书。",
     "A newer certificate has taken this one's place; choose that one."},
    {"KC-RENEWAL-NOT-ACCOUNT-DIFFERS", "此证书不是由该账号申请的，请使用申请 CA 时的帐号登录。",
     "This certificate belongs to another account. Use the account that applied for it."},
    {"KC-RENEWAL-NOT-NOT-YET-OPEN", "此证书的续期尚未开放，请在临近到期时再办理。",
     "The renewal of this certificate is not open yet; come back nearer to its end."},
    {"KC-RENEWAL-NOT-OPEN-ORDER",
     "此证书或账号已有一个正在办理的续期业务（业务单号 "
     "{number}，{months}个月，{amount}元），请继续办理该业务，或先撤销它。",
     "An order ({number}, {months} months, {amount} CNY) for this certificate or account is open already. Go on with "
     "it (orders, with remote, finds "
     "it), or "
     "withdraw it first."},
    {"KC-RENEWAL-UNDER-WAY", "此证书已有正在办理的续期业务（业务单号 {number}），请继续办理该业务，或先撤销申请。",
     "An order ({number}) for this certificate is under way. Go on with it, or withdraw it first."},
    {"KC-RENEWAL-BUSY", "另一个窗口正在办理此证书的业务，请稍后重试。",
     "Another window is working on this certificate. Try again in a moment."},
    {"KC-RENEWAL-NO-ORDER", "没有正在办理的续期业务。可以点击【申请续期】开始办理。",
     "No order is under way. Begin with an application."},
    {"KC-RENEWAL-CHOOSE-ORDER", "有多个正在办理的业务，请按业务单号选择其中一个。",
     "Several orders are under way. Name one by its order number."},
    {"KC-RENEWAL-ORDER-NOT-FOUND", "本机没有业务 {order} 的记录。如在其他电脑上申请，请插上数字证书 CA 后查询。",
     "Order {order} is not known on this computer. If it was begun on another one, ask for it with the token (orders, "
     "with remote)."},
    {"KC-RENEWAL-REMOTE-ENDED",
     "介质 {token} 上的证书已于 {end} "
     "过期，注册机构不再接受它的签名，无法查询它的业务。尚有未完成的业务请联系服务热线；"
     "需要证书请重新新申请。",
     "The certificate on token {token} ended on {end}, and the registration authority does not accept its signature "
     "any "
     "more, so its orders cannot be asked for. Call the hotline about an open order; apply for a new certificate if "
     "you "
     "need one."},
    {"KC-RENEWAL-RECORD-NEWER",
     "业务 {order} 的记录由更新版本的客户端写入，本版本不能读取，记录未被改动。请升级客户端。",
     "The record of order {order} was written by a later version; it was left untouched. Please update the client."},
    {"KC-RENEWAL-RECORD-OLDER", "业务 {order} 的记录由过旧版本写入，本版本不能读取，记录未被改动。请联系服务热线。",
     "The record of order {order} is of a version that is not read any more; it was left untouched. Call the hotline."},
    {"KC-RENEWAL-RECORD-DAMAGED",
     "业务 {order} 的本机记录已损坏，记录未被改动，业务本身不受影响。请插上数字证书 CA，从注册机构重新获取。",
     "This computer's record of order {order} is damaged and was left untouched; the order itself is not affected. "
     "Fetch "
     "it again with the token (orders, with remote)."},
    {"KC-RENEWAL-NOT-SUBMITTED", "申请尚未提交成功，请先继续提交。",
     "The application has not reached the registration authority yet. Continue first."},
    {"KC-RENEWAL-ENDED", "该业务已经结束，没有可以撤销的内容。", "This order has ended; there is nothing to withdraw."},
    {"KC-RENEWAL-ALREADY-PAID", "该业务已经缴费，不能撤销。如需退款请联系服务热线。",
     "This order has been paid and cannot be withdrawn. Please call the hotline about a refund."},
    {"KC-RENEWAL-NOTHING-TO-CORRECT", "该业务目前没有需要修改的资料。",
     "Nothing of this order has to be corrected now."},
    {"KC-RENEWAL-NO-CORRECTION", "请填写需要修改的资料。", "Type at least one corrected field."},
    {"KC-RENEWAL-NO-DRAFT", "申请资料未保留，请重新填写后提交。",
     "The form was not kept. Fill it in and submit again."},
    {"KC-RENEWAL-PIN-LOCKED", "密码已锁定，请在【网证通安全客户端】-【忘记密码】，按照提示操作解锁，然后继续。",
     "The PIN is locked. Unlock it first (Forgotten PIN), then continue."},
    {"KC-RENEWAL-PIN-LAST", "密码只剩最后一次重试机会。请先确认密码，或使用【忘记密码】，以免数字证书 CA 被锁定。",
     "Only one PIN try is left. Make sure of the PIN, or use Forgotten PIN, before you begin."},
    {"KC-RENEWAL-TOKEN-AWAY", "请插上序列号为 {serial} 的数字证书 CA 后重试。",
     "Plug in the token with serial number {serial} and try again."},
    {"KC-RENEWAL-TOKEN-BUSY", "序列号为 {serial} 的数字证书 CA 没有响应，请重新插拔后重试。",
     "The token with serial number {serial} does not answer. Plug it out and in, and try again."},
    {"KC-RENEWAL-OLD-KEY-GONE", "序列号为 {serial} 的数字证书 CA 中已没有原证书，需要人工处理，请联系服务热线。",
     "The old certificate is not on the token {serial} any more. A person has to decide: please call the hotline."},
    {"KC-RENEWAL-RECEIPT", "注册机构的回执无法验证，申请是否已被受理尚不确定。请稍后继续；如仍出现请联系服务热线。",
     "The registration authority's receipt does not verify. Continue later; if it happens again, call the hotline."},
    {"KC-RENEWAL-ORDER-DIFFERS", "注册机构登记的费用或有效期与您签名确认的报价不一致，请勿缴费，请联系服务热线。",
     "The order's fee or new end is not what you agreed to. Do not pay; please call the hotline."},
    {"KC-RENEWAL-BUNDLE-GENERATION", "收到的新证书不属于当前的密钥，未安装。请稍后继续；如仍出现请联系服务热线。",
     "The new certificate is for another generation of the key and was not installed. Continue later, or call the "
     "hotline."},
    {"KC-RENEWAL-BUNDLE-KEY", "收到的新证书与介质中的新密钥不符，未安装，业务仍然有效。请联系服务热线。",
     "The new certificate is not for the key on the token and was not installed. The order stays open; call the "
     "hotline."},
    {"KC-RENEWAL-BUNDLE-SUBJECT", "收到的新证书主题与原证书不一致，未安装，业务仍然有效。请联系服务热线。",
     "The new certificate's subject is not the old one's; it was not installed. The order stays open; call the "
     "hotline."},
    {"KC-RENEWAL-BUNDLE-DATES", "收到的新证书有效期与报价不一致，未安装，业务仍然有效。请联系服务热线。",
     "The new certificate's dates are not those of the quote; it was not installed. The order stays open; call the "
     "hotline."},
    {"KC-RENEWAL-BUNDLE-SERIAL", "收到的新证书序列号不是新的，未安装，业务仍然有效。请联系服务热线。",
     "The new certificate's serial number is not new; it was not installed. The order stays open; call the hotline."},
    {"KC-RENEWAL-BUNDLE-CHAIN", "收到的新证书无法追溯到受信任的根证书，未安装，业务仍然有效。请联系服务热线。",
     "The new certificate does not chain to the trusted root; it was not installed. The order stays open; call the "
     "hotline."},
    {"KC-RENEWAL-BUNDLE-ENVELOPE", "收到的加密证书不完整，未安装，业务仍然有效。请联系服务热线。",
     "The encryption certificate came without its key; nothing was installed. The order stays open; call the hotline."},
    {"KC-CLOCK-WRONG",
     "电脑的日期或时间不正确：电脑时间为 {computer_time}，注册机构时间为 "
     "{ra_time}，相差{minutes}分钟。请先校正电脑时间，然后重试。",
     "This computer's clock is wrong: it says {computer_time}, and the registration authority's {ra_time}; they are "
     "{minutes} minutes apart. Set it right, then try again."},
    {"KC-COMMAND-UNKNOWN", "没有这个命令。", "There is no such command."},
    {"KC-CANCELLED", "操作已取消。", "Cancelled."},
});

}  // namespace

std::span<const common::sentence> error_texts() {
  return errors;
}

const common::catalogue& texts() {
  static const common::catalogue all{order_texts(), error_texts(), ra_texts(), common::form_texts(),
                                     common::selection_texts()};
  return all;
}

keycare::error form_error(std::span<const common::field_problem> problems, std::string_view language) {
  std::string fields, names, code;
  for (const auto& problem : problems) {
    if (problem.warning) continue;
    if (code.empty()) code = problem.code;
    fields += (fields.empty() ? "" : " ") + problem.field;
    if (!names.empty()) names += common::is_english(language) ? ", " : "、";
    names += texts().text("field." + problem.field, language);
  }
  return fail_with(KC_E_ARGUMENT, "KC-RENEWAL-FORM", {{"fields", fields}, {"names", names}, {"code", code}});
}

}  // namespace keycare::renewal
