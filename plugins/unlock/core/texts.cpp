// texts.cpp - see texts.hpp.
#include "plugins/unlock/core/texts.hpp"

#include "plugins/common/form_texts.hpp"
#include "plugins/common/selection.hpp"

#include <array>

namespace keycare::unlock {
namespace {

constexpr std::array own = std::to_array<common::sentence>({
    // Errors of this plugin.
    {"KC-UNLOCK-FORM", "请核对以下内容后重新提交：", "Please correct the following and submit again:"},
    {"KC-UNLOCK-UNSUPPORTED", "序列号为 {serial} 的数字证书 CA 不支持在线解锁，请联系服务热线。",
     "The token with serial number {serial} cannot be unlocked online. Please call the hotline."},
    {"KC-UNLOCK-NOT-LOCKED", "密码没有锁定，可以继续输入密码。如已忘记密码，请确认“忘记密码”后再申请解锁。",
     "The PIN is not locked; it can still be entered. If you have forgotten it, confirm that, and apply again."},
    {"KC-UNLOCK-OPEN", "该数字证书 CA 已有未完成的解锁申请，请继续办理，不必重新申请。",
     "An unlock of this token is under way already. Go on with it; there is no need to apply again."},
    {"KC-UNLOCK-NONE", "没有未完成的解锁申请。如密码已锁定，请先申请解锁。",
     "No unlock is under way. If the PIN is locked, apply for an unlock first."},
    {"KC-UNLOCK-CHOOSE", "有多个未完成的解锁申请，请按介质序列号选择其中一个：{serials}。",
     "Several unlocks are under way. Choose one by the serial number of its token: {serials}."},
    {"KC-UNLOCK-BUSY", "另一个窗口正在办理解锁，请在那里完成，或关闭后重试。",
     "An unlock is under way in another window. Finish it there, or close that window and try again."},
    {"KC-UNLOCK-CODE-FORMAT", "验证码应为6位数字，请核对短信后重新输入。",
     "The code has six digits. Compare it with the text message and type it again."},
    {"KC-UNLOCK-LIMIT", "本次申请的解锁次数已用完，请联系服务热线，或重新申请解锁。",
     "No attempt is left on this application. Please call the hotline, or apply for another unlock."},
    {"KC-UNLOCK-AUTHORISATION",
     "收到的解锁授权与该数字证书 CA "
     "不符，已拒绝使用；没有消耗任何重试次数。请重新获取验证码后再试，仍不成功请联系服务热线。",
     "The authorisation does not fit this token and was refused; no try was spent. Ask for a new code and try again; "
     "if "
     "that does not help, please call the hotline."},
    {"KC-UNLOCK-OUTCOME-UNKNOWN",
     "解锁过程中断，结果未知。请保持数字证书 CA 插好，继续办理并输入新的验证码即可，不会损坏介质。",
     "The unlock was interrupted and its outcome is not known. Leave the token plugged in and go on with a new code; "
     "nothing is damaged."},
    {"KC-UNLOCK-TIMED-OUT", "解锁授权已超过5分钟，请继续办理并输入新的验证码。",
     "The authorisation is older than five minutes. Go on with a new code."},
    {"KC-UNLOCK-HOST", "客户端返回的解锁数据无法识别，请更新【网证通安全客户端】后重试。",
     "The client's unlock data cannot be read. Update the client and try again."},
    {"KC-UNLOCK-RECORD-DAMAGED", "本机保存的解锁申请记录已损坏，没有改动它。请联系服务热线处理。",
     "The record of an unlock on this computer is damaged; it was left as it is. Please call the hotline."},
    {"KC-UNLOCK-RECORD-NEWER", "本机的解锁申请记录由更新版本的程序保存，请更新【网证通安全客户端】后继续。",
     "A newer program wrote the record of this unlock. Update the client and go on."},
    // Problems of the RA, as they are met here.
    {"KC-RA-CODE-WRONG", "验证码错误，请核对短信后重新输入。",
     "The code is wrong. Compare it with the text message and type it again."},
    {"KC-RA-CODE-EXPIRED", "验证码已失效，请重新获取验证码。", "The code has expired. Ask for a new one."},
    {"KC-RA-TOO-MANY-CODES", "获取验证码过于频繁，请 {seconds} 秒后再试。",
     "Too many codes were asked for. Try again in {seconds} seconds."},
    {"KC-RA-UNLOCK-LIMIT", "该数字证书 CA 的解锁次数已达上限（每天3次，30天内5次），请稍后再试或联系服务热线。",
     "This token was unlocked as often as is allowed (3 times a day, 5 times in 30 days). Try later or call the "
     "hotline."},
    {"KC-RA-UNLOCK-LIMIT-APPROVAL", "本次申请的解锁次数已用完，请联系服务热线，或在申请失效后重新申请。",
     "No attempt is left on this application. Please call the hotline, or apply again after this one has expired."},
    {"KC-RA-UNKNOWN-CERTIFICATE",
     "服务器没有该数字证书 CA 的记录，请确认插上的是正在使用的数字证书 CA，或联系服务热线。",
     "The server does not know this token. Make sure that it is the one in use, or call the hotline."},
    {"KC-RA-OPEN-UNLOCK",
     "该数字证书 CA 已有未完成的解锁申请（可能在另一台电脑上办理），请在那里继续，或联系服务热线。",
     "An unlock of this token is under way, perhaps on another computer. Go on there, or call the hotline."},
    {"KC-RA-UNKNOWN-UNLOCK", "服务器没有这个解锁申请的记录，请联系服务热线。",
     "The server does not know this unlock. Please call the hotline."},
    {"KC-RA-BAD-FIELDS", "服务器没有接受以下内容：{fields}。请核对后重新提交。",
     "The server did not accept: {fields}. Please correct it and submit again."},
    {"KC-RA-TOKEN-MISMATCH", "插上的数字证书 CA 与申请解锁的不一致，请插上序列号一致的那一个。",
     "This is not the token of the application. Plug in the one with the same serial number."},
    {"KC-RA-WRONG-STATE", "申请状态已经变化，请继续办理以查看最新进度。",
     "The application has moved on. Go on to see where it is."},
    {"KC-RA-UNAUTHORISED", "服务器没有认可本机的申请凭据，请联系服务热线。",
     "The server did not accept this computer's secret. Please call the hotline."},
    {"KC-RA-OTHER-PAYLOAD", "该申请编号已用于其他内容，请重新申请。",
     "This number was used for something else. Please apply again."},
    {"KC-RA-REFUSED", "服务器拒绝了请求，请更新【网证通安全客户端】后重试，或联系服务热线。",
     "The server refused the request. Update the client and try again, or call the hotline."},
    {"KC-RA-BAD-REQUEST", "服务器无法识别请求，请更新【网证通安全客户端】后重试。",
     "The server cannot read the request. Update the client and try again."},
    {"KC-RA-BAD-JSON", "服务器无法识别请求，请更新【网证通安全客户端】后重试。",
     "The server cannot read the request. Update the client and try again."},
    {"KC-RA-WRONG-MEDIA-TYPE", "服务器无法识别请求，请更新【网证通安全客户端】后重试。",
     "The server cannot read the request. Update the client and try again."},
    {"KC-RA-TOO-LARGE", "提交的内容过大，请缩短后重新提交。",
     "What was submitted is too large. Shorten it and submit again."},
    {"KC-RA-BAD-STATEMENT", "服务器没有接受申请内容，请更新【网证通安全客户端】后重新申请。",
     "The server did not accept the application. Update the client and apply again."},
    {"KC-RA-SEALED-UNREADABLE", "服务器无法打开加密的申请，请更新【网证通安全客户端】后重新申请。",
     "The server cannot open the sealed application. Update the client and apply again."},
    {"KC-RA-UNTRUSTED-SIGNATURE", "服务器没有认可解锁结果的签名，请继续办理并输入新的验证码；仍不成功请联系服务热线。",
     "The server did not accept the proof's signature. Go on with a new code; if that does not help, call the "
     "hotline."},
    {"KC-RA-WRONG-SIGNER", "服务器没有认可解锁结果的签名，请继续办理并输入新的验证码；仍不成功请联系服务热线。",
     "The server did not accept the proof's signer. Go on with a new code; if that does not help, call the hotline."},
    {"KC-RA-STALE-STATEMENT", "申请的时间与服务器相差过大，请校准电脑的日期、时间和时区后重新申请。",
     "The application's time is too far from the server's. Set the computer's clock and apply again."},
    {"KC-RA-UUID-CLOSED", "该申请已经关闭，请重新申请。", "This application is closed. Please apply again."},
    {"KC-RA-INTERNAL", "服务器暂时无法处理，请稍后继续办理，已提交的内容不会丢失。",
     "The server cannot answer now. Go on later; nothing is lost."},
    {"KC-RA-UNAVAILABLE", "服务器暂时无法处理，请稍后继续办理，已提交的内容不会丢失。",
     "The server cannot answer now. Go on later; nothing is lost."},
    {"KC-RA-ANSWER", "服务器的回答无法识别，请稍后重试，仍不成功请联系服务热线。",
     "The server's answer cannot be read. Try again later; if that does not help, please call the hotline."},
    {"KC-CLOCK-WRONG",
     "本机时间不正确：本机为 {computer_time}，服务器为 {ra_time}，相差约 {minutes} "
     "分钟。请校准电脑的日期、时间和时区后重试。",
     "This computer's clock is wrong by about {minutes} minutes: it says {computer_time}, and the server's {ra_time}. "
     "Set its date, time and zone, and try again."},
    // Fields of the form.
    {"field.id_type", "经办人证件类型", "Kind of document"},
    {"field.id_number", "经办人证件号码", "Document number"},
    {"field.name", "经办人姓名", "Applicant's name"},
    {"field.phone", "手机号码", "Mobile number"},
    {"check.good", "填写无误。", "Everything is filled in correctly."},
    // State.
    {"state.token", "数字证书 CA: {label}，介质序列号: {serial}", "Token: {label}, serial number: {serial}"},
    {"state.pin", "   {pin}", "   {pin}"},
    {"state.pin-of", "   应用 {application}: {pin}", "   Application {application}: {pin}"},
    {"state.locked", "   请填写经办人信息，申请解锁。", "   Fill in the applicant's data and apply for an unlock."},
    {"state.unsupported", "   该介质不支持在线解锁，请联系服务热线。",
     "   This token cannot be unlocked online. Please call the hotline."},
    {"state.busy", "   该介质没有应答，请拔出后重新插上，再次查看。",
     "   This token does not answer. Unplug it, plug it in again, and look again."},
    {"state.none", "没有检测到数字证书 CA，请插上后再次查看。", "No token was found. Plug it in and look again."},
    {"state.open", "未完成的解锁申请: {subject}（介质序列号 {serial}），{progress}",
     "Unlock under way: {subject} (token {serial}), {progress}"},
    // Progress, by the RA's word.
    {"progress.of", "{progress}（介质序列号 {serial}）", "{progress} (token {serial})"},
    {"progress.unasked", "当前进度: 正在提交", "progress: being submitted"},
    {"progress.awaiting-code", "当前进度: 等待验证码", "progress: waiting for the code"},
    {"progress.under-review", "当前进度: 管理员审核", "progress: under review"},
    {"progress.approved", "当前进度: 审核通过，等待解锁", "progress: approved, waiting to be unlocked"},
    {"progress.redeemed", "当前进度: 正在解锁", "progress: being unlocked"},
    {"progress.rejected", "当前进度: 审核未通过", "progress: rejected"},
    {"progress.done", "当前进度: 完成", "progress: complete"},
    {"progress.expired", "当前进度: 已失效", "progress: expired"},
    // Steps.
    {"step.submitted", "解锁申请已经提交成功。", "The application was submitted."},
    {"step.code", "验证码已发送到登记的手机 {phone}，请在 {until} 前输入。",
     "A code was sent to the telephone on record, {phone}. Type it before {until}."},
    {"step.verified", "验证码正确，申请已进入管理员审核，请稍候。",
     "The code is right; the application is under review. Please wait."},
    {"step.review", "管理员正在审核，请稍候。", "The application is under review. Please wait."},
    {"step.token", "请插上序列号为 {serial} 的数字证书 CA，然后继续。",
     "Plug in the token with serial number {serial}, then go on."},
    {"step.ready", "审核已通过。接下来获取短信验证码，然后设置新密码。",
     "It was approved. Next, have a code sent to you, and set a new PIN."},
    {"step.authorised", "审核已通过，身份已确认，请设置新密码。",
     "It was approved, and you have proved who you are. Set the new PIN."},
    {"step.prove", "接下来获取短信验证码，以确认申请人。", "Next, have a code sent to you: it proves who applies."},
    {"step.left", "本次申请还可以解锁 {left} 次。", "Attempts left on this application: {left}."},
    {"step.proved", "密码已重新设置，正在向服务器报告结果。",
     "The new PIN is set; the result is being reported to the server."},
    {"step.repeat", "网络中断，结果未知；请继续，将重复同一请求，不会多计次数。",
     "The network failed and the outcome is not known. Go on: the same request is repeated and not counted twice."},
    {"step.done", "解锁成功，新密码已生效。请务必妥善保管新密码。",
     "Unlocked; the new PIN holds. Please keep it safe."},
    {"step.replug", "请拔出数字证书 CA 后重新插上，再继续使用。",
     "Unplug the token and plug it in again before you use it."},
    {"step.rejected", "解锁申请未通过审核：{reason}。请核对后重新申请，或联系服务热线。",
     "The application was rejected: {reason}. Correct it and apply again, or call the hotline."},
    {"step.expired", "解锁申请已失效，请重新申请。", "The application has expired. Please apply again."},
    {"change.done", "密码修改成功，请务必妥善保管新密码。", "The PIN was changed. Please keep it safe."},
});

}  // namespace

common::catalogue texts() {
  return {own, common::form_texts(), common::selection_texts()};
}

}  // namespace keycare::unlock
