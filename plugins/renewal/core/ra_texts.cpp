// ra_texts.cpp - the RA's problem codes (openapi.json, ProblemCode) as sentences.
#include "plugins/renewal/core/texts.hpp"

#include <array>

namespace keycare::renewal {
namespace {

constexpr std::array texts_of_ra = std::to_array<common::sentence>({
    {"KC-RA-ANSWER", "注册机构的应答无法识别，未采取任何操作。请稍后重试；如仍出现请联系服务热线。",
     "The registration authority's answer does not make sense; nothing was done. Try again later, or call the "
     "hotline."},
    {"KC-RA-UNAVAILABLE", "注册机构暂时不可用，请稍后重试。",
     "The registration authority is not available at the moment. Try again later."},
    {"KC-RA-INTERNAL", "注册机构暂时无法办理，已提交的内容不会丢失。请稍后继续。",
     "The registration authority cannot do that at the moment; nothing that was submitted is lost. Go on later."},
    {"KC-RA-REFUSED", "注册机构拒绝了请求，请联系服务热线。",
     "The registration authority refused the request. Please call the hotline."},
    {"KC-RA-BAD-REQUEST", "注册机构不接受该请求，请升级客户端或联系服务热线。",
     "The registration authority does not accept this request. Update the client, or call the hotline."},
    {"KC-RA-BAD-JSON", "注册机构不接受该请求，请升级客户端或联系服务热线。",
     "The registration authority does not accept this request. Update the client, or call the hotline."},
    {"KC-RA-BAD-STATEMENT", "注册机构不接受签名内容，请升级客户端或联系服务热线。",
     "The registration authority does not accept what was signed. Update the client, or call the hotline."},
    {"KC-RA-BAD-FIELDS", "注册机构退回了以下填写内容：{fields}。请改正后重新提交。",
     "The registration authority returned these fields: {fields}. Correct them and submit again."},
    {"KC-RA-WRONG-MEDIA-TYPE", "注册机构不接受该请求，请升级客户端或联系服务热线。",
     "The registration authority does not accept this request. Update the client, or call the hotline."},
    {"KC-RA-TOO-LARGE", "提交的内容过大，请缩短填写内容后重试。", "What was submitted is too large; shorten it."},
    {"KC-RA-UNAUTHORISED", "本机的业务凭据无效。请插上数字证书 CA，从注册机构重新获取该业务。",
     "This computer's secret for the order is not accepted. Fetch the order again with the token (orders, with "
     "remote)."},
    {"KC-RA-UNTRUSTED-SIGNATURE", "注册机构无法验证签名，请确认使用的是申请时的数字证书 CA，或联系服务热线。",
     "The signature was not accepted. Check that the right token is in, or call the hotline."},
    {"KC-RA-WRONG-SIGNER", "签名的证书不是该业务的证书，请插上正确的数字证书 CA。",
     "Another certificate signed this than the order's. Plug in the right token."},
    {"KC-RA-STALE-STATEMENT", "签名时间与注册机构的时间不符，请校正电脑时间后重试。",
     "The signature's time is too far from the registration authority's. Set the computer's clock right and try "
     "again."},
    {"KC-RA-SEALED-UNREADABLE", "注册机构无法打开提交的内容，请升级客户端或联系服务热线。",
     "The registration authority cannot open what was submitted. Update the client, or call the hotline."},
    {"KC-RA-CONSENT-MISMATCH", "协议内容已更新，请重新阅读并接受后再提交。",
     "The agreement has changed meanwhile. Read it again, accept it, and submit again."},
    {"KC-RA-ACCOUNT-DIFFERS", "此证书不是由该账号申请的，请使用申请 CA 时的帐号。",
     "This certificate belongs to another account. Use the account that applied for it."},
    {"KC-RA-NOT-ELIGIBLE", "此证书目前不能续期，请查看原因或联系服务热线。",
     "This certificate cannot be renewed now. See why (eligible), or call the hotline."},
    {"KC-RA-UNKNOWN-CERTIFICATE", "注册机构没有此证书的记录，请联系服务热线。",
     "The registration authority does not know this certificate. Please call the hotline."},
    {"KC-RA-UNKNOWN-ORDER", "注册机构没有此业务的记录，请联系服务热线。",
     "The registration authority does not know this order. Please call the hotline."},
    {"KC-RA-UNKNOWN-PAYMENT", "注册机构没有此缴费的记录，请重新发起支付。",
     "The registration authority does not know this payment. Pay again."},
    {"KC-RA-OTHER-PAYLOAD", "该编号已用于另一份申请，请重新提交。",
     "This id was used for another application. Submit again."},
    {"KC-RA-OPEN-ORDER",
     "此证书或账号已有一个正在办理的业务（业务单号 "
     "{number}，{months}个月，{amount}元），请继续办理该业务，或先撤销它。",
     "An order ({number}, {months} months, {amount} CNY) for this certificate or account is open already. Go on with "
     "it, or withdraw it first."},
    {"KC-RA-QUOTE-EXPIRED", "报价已过期，本次申请已关闭，未产生费用。请重新提交申请。",
     "The quote has expired and this application was closed; nothing has to be paid. Apply again."},
    {"KC-RA-QUOTE-MISMATCH", "报价与注册机构的记录不符，请重新提交申请。",
     "The quote is not what the registration authority has. Apply again."},
    {"KC-RA-UUID-CLOSED", "该申请已关闭，请重新提交申请。", "This application was closed for good. Apply again."},
    {"KC-RA-WRONG-STATE", "该业务的当前进度不允许此操作，请查看当前进度。",
     "This is not possible at the order's present state. Look at the order first."},
    {"KC-RA-ALREADY-PAID", "该业务已经缴费，不能撤销，也无需重复缴费。",
     "This order has been paid: it cannot be withdrawn, and need not be paid again."},
    {"KC-RA-PAYMENT-OPEN", "已有一笔支付正在进行，请先完成或等待其关闭。",
     "A payment is open already. Finish it, or wait until it is closed."},
    {"KC-RA-PAYMENT-CLOSING", "上一笔支付正在关闭，稍后将自动重新发起。",
     "The last payment is being closed; this one is repeated in a moment."},
    {"KC-RA-NOT-ISSUED-YET", "新证书尚未签发，请稍候。", "The new certificate has not been issued yet. Wait a moment."},
    {"KC-RA-CSR-KEY-DIFFERS", "注册机构已收到另一份密钥的请求，请继续；如仍出现请联系服务热线。",
     "The registration authority holds a request for another key. Continue; if it happens again, call the hotline."},
    {"KC-RA-GENERATION-DIFFERS", "密钥的代次与注册机构的记录不符，请继续。",
     "The key's generation is not the registration authority's. Continue."},
    {"KC-RA-ALREADY-CONFIRMED", "新证书已经确认，请继续。",
     "The new certificate has been confirmed already. Continue."},
    {"KC-RA-CONFIRMATION-MISMATCH", "确认内容与签发的证书不符，请继续；如仍出现请联系服务热线。",
     "The confirmation is not for the certificate that was issued. Continue; if it happens again, call the hotline."},
});

}  // namespace

std::span<const common::sentence> ra_texts() {
  return texts_of_ra;
}

}  // namespace keycare::renewal
