// texts.cpp - see texts.hpp.
#include "plugins/validity/core/texts.hpp"

#include "plugins/common/selection.hpp"

#include <array>

namespace keycare::validity {
namespace {

constexpr std::array own = std::to_array<common::sentence>({
    {"clock.wrong",
     "请注意：本机时间 {computer} 与服务器时间 {ra} 不一致。请先校准电脑的日期、时间和时区；以下结果按服务器时间计算。",
     "Please note: this computer's clock says {computer}, the server's says {ra}. Set the computer's date, time and "
     "zone "
     "first; what follows is reckoned by the server's time."},
    {"clock.not-compared",
     "未能连接服务器核对本机时间（{computer}），以下结果按本机时间计算；如与实际不符，请联网或校准电脑时间后再次查看。",
     "The computer's clock ({computer}) could not be compared with the server's; what follows is reckoned by it. If it "
     "looks wrong, connect to the network or set the clock, and look again."},
    {"list.title", "我的证书（共 {count} 张）", "My certificates ({count})"},
    {"list.none", "没有检测到证书。请插上数字证书 CA 后再次查看。",
     "No certificate was found. Plug in the token and look again."},
    {"show.title", "证书信息", "Certificate"},
    {"entry.state", "{number}{name}：{state}", "{number}{name}: {state}"},
    {"valid", "有效，剩余 {days} 天", "valid, {days} days left"},
    {"ending-soon", "即将到期，剩余 {days} 天，请到【证书续期】办理",
     "ending soon, {days} days left; please renew it under Renewal"},
    {"ending-today", "今天到期，请立即到【证书续期】办理", "ends today; please renew it at once under Renewal"},
    {"replaced", "已有新证书；请保留此证书，用于打开以前用它加密的文件（剩余 {days} 天）",
     "there is a newer certificate; keep this one for files encrypted to it ({days} days left)"},
    {"replaced-ended", "已过期，已有新证书；请保留此证书，用于打开以前用它加密的文件",
     "has ended, and there is a newer certificate; keep this one for files encrypted to it"},
    {"ended", "已过期，请重新新申请", "has ended; please apply for a new certificate"},
    {"not-yet-valid", "尚未生效，{from} 起可以使用", "not yet valid; it can be used from {from}"},
    {"entry.period", "   有效期: {from} 至 {until}", "   Valid: {from} to {until}"},
    {"entry.serial", "   证书序列号: {serial}，用途: {usage}", "   Serial number: {serial}, usage: {usage}"},
    {"entry.token", "   数字证书 CA: {label}，介质序列号: {token}", "   Token: {label}, serial number: {token}"},
    {"entry.pin", "   {pin}", "   {pin}"},
    {"entry.subject", "   证书主题: {subject}", "   Subject: {subject}"},
    {"entry.issuer", "   颁发机构: {issuer}", "   Issuer: {issuer}"},
    {"entry.fingerprint", "   SHA-256: {sha256}", "   SHA-256: {sha256}"},
    {"usage.sign", "签名", "signing"},
    {"usage.exchange", "加密", "encryption"},
    {"usage.both", "签名、加密", "signing, encryption"},
    {"usage.unknown", "未知", "unknown"},
    {"key.absent", "   请注意：介质中没有该证书对应的私钥，无法用它签名或解密，请联系服务热线。",
     "   Please note: the token has no private key to this certificate; it cannot sign or decrypt. Please call the "
     "hotline."},
    {"token.busy", "序列号为 {token} 的数字证书 CA 没有应答，请拔出后重新插上，再次查看。",
     "The token with serial number {token} does not answer. Unplug it, plug it in again, and look again."},
    {"token.empty", "序列号为 {token} 的数字证书 CA 中没有证书，请联系服务热线。",
     "There is no certificate on the token with serial number {token}. Please call the hotline."},
    {"entry.status", "   证书状态: {status}", "   Status: {status}"},
    {"entry.seal", "   电子印章: {seal}", "   Electronic seal: {seal}"},
    {"status.good", "正常", "good"},
    {"status.superseded", "已续期，由新证书代替；请保留旧证书，用于打开以前加密的文件（如投标文件）",
     "replaced by its renewed certificate; keep it to open files that were encrypted to it (bids)"},
    {"status.revoked", "已吊销，不能再使用，请重新新申请",
     "revoked; it can no longer be used, please apply for a new certificate"},
    {"status.unknown", "服务器没有该证书的记录，请联系服务热线",
     "the server does not know this certificate; please call the hotline"},
    {"status.not-asked", "未能连接服务器查询，请联网后再次查看",
     "the server could not be asked; connect to the network and look again"},
    {"seal.valid", "正常", "good"},
    {"seal.none", "无", "none"},
    {"seal.awaiting-reissue", "印章待更新", "waiting to be issued again"},
    {"export.done", "证书 {name}（序列号 {serial}，介质 {token}）已导出为 PEM 文本，不含私钥。",
     "Certificate {name} (serial number {serial}, token {token}) was exported as PEM; no private key is in it."},
    {"csv.done", "已导出 {count} 张证书的清单（CSV），可用表格软件打开。",
     "A table was exported (CSV), which a spreadsheet opens; certificates in it: {count}."},
    {"csv.name", "证书名称", "Name"},
    {"csv.state", "状态", "State"},
    {"csv.days", "剩余天数", "Days left"},
    {"csv.from", "有效期起", "Valid from"},
    {"csv.until", "有效期至", "Valid until"},
    {"csv.serial", "证书序列号", "Serial number"},
    {"csv.usage", "用途", "Usage"},
    {"csv.algorithm", "密钥算法", "Key"},
    {"csv.subject", "证书主题", "Subject"},
    {"csv.issuer", "颁发机构", "Issuer"},
    {"csv.label", "数字证书 CA", "Token"},
    {"csv.token", "介质序列号", "Token's serial number"},
    {"csv.sha256", "SHA-256", "SHA-256"},
    {"csv.valid", "有效", "valid"},
    {"csv.ending-soon", "即将到期", "ending soon"},
    {"csv.replaced", "已有新证书", "replaced"},
    {"csv.ended", "已过期", "ended"},
    {"csv.not-yet-valid", "尚未生效", "not yet valid"},
    {"remind.done", "已生成 {count} 张证书的到期提醒（到期前 90、30、7 天）。请保存为 .ics 文件并导入日历。",
     "A calendar was made; certificates in it: {count} (alarms 90, 30 and 7 days before). Save it as an .ics file and "
     "import it."},
    {"remind.none", "没有需要提醒的证书：没有证书，或都已过期，或已有新证书。",
     "There is nothing to be reminded of: no certificate, or all have ended or have a newer one."},
    {"remind.summary", "数字证书到期: {name}", "Certificate ends: {name}"},
    {"remind.until", "有效期至 {until}。", "Valid until {until}."},
    {"remind.renew", "请提前在【网证通安全客户端】的【证书续期】办理；过期后只能重新新申请。",
     "Please apply for renewal in the client before that day; afterwards only a new application is possible."},
    {"remind.serial", "证书序列号: {serial}", "Serial number: {serial}"},
    {"remind.token", "数字证书 CA: {label}，介质序列号: {token}", "Token: {label}, serial number: {token}"},
});

}  // namespace

common::catalogue texts() {
  return {own, common::selection_texts()};
}

}  // namespace keycare::validity
