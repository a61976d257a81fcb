// story.cpp - the chapters. Each tells what it does, does it through a plugin's command, and holds the result against
// it.
#include "host-stub/demo/story.hpp"

#include "host-stub/cli/console_client.hpp"
#include "host-stub/cli/exit_codes.hpp"
#include "host-stub/demo/cast.hpp"
#include "host-stub/demo/interruption.hpp"
#include "host-stub/demo/window.hpp"

#include <iostream>

namespace keycare::demo {
namespace {

using nlohmann::json;

/// A member deep in a reply, or null: "order.state"
json at(const json& from, std::string_view path) {
  const json* here = &from;
  while (!path.empty()) {
    const auto dot = path.find('.');
    const std::string step(path.substr(0, dot));
    if (!here->is_object() || !here->contains(step)) return {};
    here = &(*here)[step];
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  return *here;
}

json data_of(const result<json>& reply) {
  return reply ? reply->value("data", json::object()) : json::object();
}
std::string code_of(const result<json>& reply) {
  return reply ? std::string{} : reply.error().code;
}

bool shows(const std::string& dialog, std::string_view what) {
  return dialog.find(what) != std::string::npos;
}

/// In either language.
bool shows_no_count(const std::string& dialog) {
  return shows(dialog, "剩余密码重试次数: 未知") || shows(dialog, "unknown");
}

json full_form() {
  return {{"id_type", "resident-id"}, {"id_number", cast::id_number}, {"name", cast::clerk},
          {"address", cast::address}, {"phone", cast::phone},         {"email", cast::email}};
}

/// Reads the agreement, fills in the form, and applies; the PIN dialog answers what was scripted before.
result<json> apply(stage& s) {
  const auto read = s.run("renewal", "agreement");
  if (!read) return read.error();
  const auto documents = data_of(read);
  return s.run("renewal", "apply",
               {{"token", s.token().token.serial},
                {"account", cast::account},
                {"months", 12},
                {"accept_agreement", at(documents, "agreement.sha256")},
                {"accept_personal_data", at(documents, "personal_data.sha256")},
                {"acknowledge_bids", true},
                {"form", full_form()}});
}

result<json> pay(stage& s, const json& order) {
  return s.run("renewal", "pay",
               {{"order", order.at("uuid")},
                {"method", "wechat"},
                {"invoice",
                 {{"kind", "enterprise"},
                  {"title", cast::company},
                  {"taxpayer_number", cast::taxpayer_number},
                  {"email", cast::email}}}});
}

/// The user pays on the provider's page; 【支付成功】 is `continue`.
result<json> pay_through(stage& s, const json& order) {
  // Without an order there is nothing to pay: the application failed, or the story was interrupted.
  if (!at(order, "uuid").is_string()) return fail(KC_E_NOT_FOUND, "KC-CALL-CANCELLED");
  const auto opened = pay(s, order);
  const auto payments = at(data_of(opened), "order.payments");
  if (!s.told().expect(payments.is_array() && !payments.empty(), "支付页面已打开", "the payment page is open"))
    return opened;
  s.told().remark("（用户在支付页面完成付款，回到客户端点击【支付成功】）",
                  "(the user pays on the provider's page, comes back and presses 支付成功)");
  s.desk("pay", {{"payment", payments.back().at("uuid")}});
  return s.go_on("renewal", {{"order", order.at("uuid")}},
                 [](const json& data) { return at(data, "order.state") == "under-review"; });
}

void plugins_are_there(stage& s) {
  s.told().chapter("打开客户端：三个插件", "The client opens: three plugins");
  for (const auto& one : s.client().plugins())
    s.told().expect(one.session != nullptr, "已加载：" + one.about.name_zh + " " + one.about.version,
                    "loaded: " + one.about.name_en + " " + one.about.version);
}

bool before(stage& s) {
  s.told().chapter("主页：证书还有 25 天到期", "Home: the certificate ends in 25 days");
  const auto list = s.run("validity", "list", {{"token", s.token().token.serial}});
  const auto certificates = at(data_of(list), "certificates");
  return s.told().expect(certificates.is_array() && certificates.size() == 1 && certificates[0]["days_left"] == 25 &&
                             certificates[0]["state"] == "ending-soon",
                         "证书即将到期，剩余 25 天", "the certificate ends soon: 25 days left");
}

void ended(stage& s) {
  s.told().chapter("已过期的证书不能续期", "A certificate that has ended cannot be renewed");
  const auto reply = s.run("renewal", "eligible", {{"token", s.ended_token().token.serial}});
  const auto certificates = at(data_of(reply), "certificates");
  const bool refused = reply
                           ? certificates.is_array() && certificates.size() == 1 && certificates[0]["eligible"] == false
                           : code_of(reply) == "KC-RENEWAL-NOT-ENDED";
  s.told().expect(refused, "已过期：请重新新申请", "it has ended: apply for a new one");
}

void form_is_checked(stage& s) {
  s.told().chapter("申请表逐项检查", "The form, field by field");
  auto form = full_form();
  form["id_number"] = "110105194912310021";
  form["phone"] = "12345";
  const auto reply = s.run("renewal", "check", {{"months", 12}, {"form", form}});
  const auto problems = at(data_of(reply), "problems");
  s.told().expect(problems.is_array() && problems.size() == 2 && problems[0]["field"] == "id_number" &&
                      problems[1]["field"] == "phone",
                  "证件号码和手机号码各有一条说明", "the identity number and the telephone each have their sentence");
}

bool quoted(stage& s) {
  s.told().chapter("申请续期：能否续期，费用多少", "Renewal: may it be renewed, and what does it cost");
  const auto eligible = s.run("renewal", "eligible", {{"token", s.token().token.serial}});
  if (!s.told().expect(eligible.ok(), "可以续期", "it may be renewed")) return false;
  const auto quote = s.run("renewal", "quote", {{"token", s.token().token.serial}, {"months", 12}});
  return s.told().expect(at(data_of(quote), "quote.fee_fen") == 20'000, "费用 200 元/年（不包含快递费）",
                         "the fee is 200 yuan a year, without delivery");
}

bool withdrawn(stage& s) {
  s.told().chapter("提交申请：密码先输错一次；然后撤销申请", "Apply, with one wrong PIN on the way; then withdraw");
  s.clerk().will_type(cast::wrong_pin);
  s.clerk().will_type(cast::pin);
  s.clerk().dialogs_since();
  const auto applied = apply(s);
  const auto order = at(data_of(applied), "order");
  const int dialogs = s.clerk().dialogs_since();
  bool ok = s.counts_tries() ? s.told().expect(dialogs == 2 && shows(s.clerk().last_dialog(), "9"),
                                               "密码错误后对话框显示剩余密码重试次数: 9",
                                               "after the wrong PIN the dialog shows 9 tries left")
                             : s.told().expect(dialogs == 2 && shows_no_count(s.clerk().last_dialog()),
                                               "此介质不报告重试次数，对话框也不编造",
                                               "this token reports no count of tries, and the dialog invents none");
  ok &= s.told().expect(at(order, "state") == "awaiting-payment" && !at(order, "number").get<std::string>().empty(),
                        "申请已提交，得到业务单号", "the application is submitted and has its order number");
  if (!ok) return false;
  s.clerk().will_type(cast::pin);
  const auto reply = s.run("renewal", "withdraw", {{"order", order["uuid"]}});
  const auto state = at(data_of(reply), "order.state");
  if (state == "withdrawn" || !reply)
    return s.told().expect(state == "withdrawn", "申请已撤销", "the application is withdrawn");
  const auto later = s.go_on("renewal", {{"order", order["uuid"]}},
                             [](const json& data) { return at(data, "order.state") == "withdrawn"; });
  return s.told().expect(at(data_of(later), "order.state") == "withdrawn", "申请已撤销",
                         "the application is withdrawn");
}

bool rejected(stage& s) {
  s.told().chapter("再次申请并缴费：审核不通过，退款",
                   "Apply again and pay: the review rejects it, and the fee is refunded");
  s.clerk().will_type(cast::pin);
  const auto order = at(data_of(apply(s)), "order");
  if (!s.told().expect(at(order, "state") == "awaiting-payment", "可以再次申请", "one can apply again")) return false;
  const auto paid = pay_through(s, order);
  if (!s.told().expect(at(data_of(paid), "order.state") == "under-review", "缴费成功，等待管理员审核",
                       "paid, and waiting for the review"))
    return false;
  s.desk("review", {{"uuid", order["uuid"]}, {"decision", "reject"}, {"reason", "营业执照已注销"}});
  const auto refunded = s.go_on("renewal", {{"order", order["uuid"]}},
                                [](const json& data) { return at(data, "order.state") == "refunded"; });
  return s.told().expect(at(data_of(refunded), "order.state") == "refunded", "审核未通过，费用已退回",
                         "rejected, and the fee came back");
}

bool renewed(stage& s) {
  s.told().chapter("第三次申请：缴费、审核、安装新证书", "The third application: payment, review, the new certificate");
  s.clerk().will_type(cast::pin);
  s.clerk().dialogs_since();
  const auto order = at(data_of(apply(s)), "order");
  bool ok = s.counts_tries()
                ? s.told().expect(shows(s.clerk().last_dialog(), cast::company) && shows(s.clerk().last_dialog(), "10"),
                                  "对话框：正在使用…的证书对应的私钥进行签名，剩余密码重试次数: 10",
                                  "the dialog names the certificate and shows 10 tries left")
                : s.told().expect(shows(s.clerk().last_dialog(), cast::company),
                                  "对话框：正在使用…的证书对应的私钥进行签名", "the dialog names the certificate");
  ok &= s.told().expect(s.clerk().dialogs_since() == 1, "一次申请只输入一次密码", "one application asks for one PIN");
  const auto paid = pay_through(s, order);
  ok &= s.told().expect(at(data_of(paid), "order.state") == "under-review", "缴费成功，等待管理员审核",
                        "paid, and waiting for the review");
  if (!ok) return false;
  s.told().remark("（此时关闭客户端也不会丢失：重新打开后接着办理）",
                  "(closing the client now loses nothing: after a restart it goes on)");
  if (const auto again = s.restart(); !s.told().expect(again.ok(), "客户端已重新打开", "the client is open again"))
    return false;
  s.desk("review", {{"uuid", order["uuid"]}, {"decision", "approve"}});
  s.clerk().will_type(cast::pin);
  const auto done = s.go_on("renewal", {{"order", order["uuid"]}},
                            [](const json& data) { return at(data, "order.state") == "complete"; });
  ok &= s.told().expect(at(data_of(done), "order.state") == "complete", "新证书已安装并经过验证，业务完成",
                        "the new certificate is installed and proved, and the order is complete");
  ok &= s.told().expect(s.clerk().dialogs_since() == 1, "安装新证书只输入一次密码",
                        "everything after the approval asks for one PIN");
  return ok;
}

bool after(stage& s) {
  s.told().chapter("我的证书：新旧证书都在", "My certificates: the new one, and the old one still there");
  const auto list = s.run("validity", "list", {{"token", s.token().token.serial}});
  const auto certificates = at(data_of(list), "certificates");
  return s.told().expect(certificates.is_array() && certificates.size() == 2 && certificates[0]["state"] == "valid" &&
                             certificates[1]["days_left"] == 25,
                         "新证书有效，旧证书仍在（用于打开旧文件）",
                         "the new one is valid, and the old one stays for old files");
}

/// Signs a `list` statement, which is all that it takes to use a key: the RA answers with the certificate's orders.
result<json> sign_something(stage& s) {
  const auto list = s.run("validity", "list", {{"token", s.token().token.serial}});
  const auto certificates = at(data_of(list), "certificates");
  const auto newest = certificates.is_array() && !certificates.empty() ? certificates[0]["sha256"] : json("");
  s.clerk().dialogs_since();
  return s.run("renewal", "orders", {{"remote", true}, {"token", s.token().token.serial}, {"certificate", newest}});
}

bool locked(stage& s) {
  s.told().chapter("密码连续输错，证书被锁定", "Wrong PINs, until the token is locked");
  s.clerk().will_type(cast::wrong_pin, 10);
  const auto reply = sign_something(s);
  bool ok = s.told().expect(code_of(reply) == "KC-PIN-LOCKED", "第 10 次输错后锁定", "locked after the tenth miss");
  ok &= s.told().expect(s.clerk().dialogs_since() == 10, "每按一次确定只验证一次", "one verification for each press");
  const auto state = s.run("unlock", "state", {{"token", s.token().token.serial}});
  const auto tokens = at(data_of(state), "tokens");
  return ok && s.told().expect(
                   tokens.is_array() && tokens.size() == 1 && at(tokens[0]["applications"][0], "pin.locked") == true,
                   "状态：已锁定，可通过【忘记密码】解锁", "its state: locked, and 忘记密码 helps");
}

/// SoftHSM never locks: the clerk has forgotten the PIN and gives up.
bool forgotten(stage& s) {
  s.told().chapter("忘记了密码（此介质从不锁定）", "The PIN is forgotten (this kind of token never locks)");
  s.clerk().will_type(cast::wrong_pin, 3);
  const auto reply = sign_something(s);
  bool ok = s.told().expect(code_of(reply) == "KC-PIN-CANCELLED" && s.clerk().dialogs_since() == 4,
                            "三次输错后取消；每按一次确定只验证一次",
                            "three misses, then 取消; one verification for each press");
  const auto state = s.run("unlock", "state", {{"token", s.token().token.serial}});
  const auto tokens = at(data_of(state), "tokens");
  const auto pin = tokens.is_array() && tokens.size() == 1 ? at(tokens[0]["applications"][0], "pin") : json();
  ok &=
      s.told().expect(at(pin, "locked") == false && !at(pin, "remaining").is_number(),
                      "状态：没有锁定；剩余次数未知，不编造", "its state: not locked, and the tries left are unknown");
  return ok;
}

bool unlocked(stage& s) {
  s.told().chapter("忘记密码：申请、审核、短信验证码、新密码", "Forgotten PIN: application, review, code, new PIN");
  const auto applied = s.run("unlock", "apply",
                             {{"token", s.token().token.serial},
                              {"id_type", "resident-id"},
                              {"id_number", cast::id_number},
                              {"name", cast::clerk},
                              {"phone", cast::phone},
                              {"forgotten", !s.counts_tries()}});
  const auto uuid = at(data_of(applied), "unlock.uuid");
  if (!s.told().expect(uuid.is_string(), "解锁申请已提交", "the application for an unlock is submitted")) return false;
  // A code to the telephone on record proves who asks; the reviewer decides; a second code releases the unlock.
  bool reviewed = false;
  const auto answers = [&](const std::string&) { return s.desk("sms", {{"uuid", uuid}}).value("code", std::string{}); };
  s.clerk().will_type(cast::new_pin);
  const auto done = s.go_on(
      "unlock", {{"unlock", uuid}},
      [&](const json& data) {
        const auto state = at(data, "unlock.state");
        if (state == "under-review" && !reviewed) {
          reviewed = true;
          s.told().remark("（管理员审核通过）", "(the reviewer approves)");
          s.desk("review", {{"uuid", uuid}, {"decision", "approve"}});
        }
        return state == "done";
      },
      answers);
  return s.told().expect(at(data_of(done), "unlock.state") == "done", "证书已解锁，新密码已设置",
                         "the token is open again, with the new PIN");
}

void signs_again(stage& s) {
  s.told().chapter("用新密码签名", "Signing with the new PIN");
  s.clerk().will_type(cast::new_pin);
  const auto reply = sign_something(s);
  s.told().expect(reply.ok() && s.clerk().dialogs_since() == 1, "签名成功：已向网证通查询全部业务",
                  "the signature works: the RA listed the orders");
}

}  // namespace

int play(const demo_options& how) {
  const interruption watching;
  auto set = stage::set(how);
  const auto interrupted = [&]() -> int {
    const auto why = fail(KC_E_CANCELLED, how.keep.empty() ? "KC-DEMO-INTERRUPTED" : "KC-DEMO-INTERRUPTED-KEPT");
    std::cerr << cli::sentence_of(why, how.language) << std::endl;
    return cli::exit_cancelled;
  };
  if (!set && interruption::asked()) return interrupted();
  if (!set) {
    std::cerr << cli::sentence_of(set.error(), how.language) << "  [" << set.error().code << "]" << std::endl;
    return 1;
  }
  auto& s = **set;
  plugins_are_there(s);
  ended(s);
  const bool to_the_end = before(s) && (form_is_checked(s), quoted(s)) && withdrawn(s) && rejected(s) && renewed(s) &&
                          after(s) && (s.counts_tries() ? locked(s) : forgotten(s)) && unlocked(s);
  if (to_the_end) signs_again(s);
  if (interruption::asked()) {
    (*set).reset();  // Ends the client and the RA, and removes the folder.
    return interrupted();
  }
  if (!how.keep.empty() && !how.json)
    s.told().remark("状态保留在 " + how.keep.string(), "the state is kept in " + how.keep.string());
  if (to_the_end && !how.json && has_display())
    s.told().remark("要在窗口中亲自操作: ./dev gui", "to do it yourself, in a window: ./dev gui");
  s.told().end();
  return to_the_end && !s.told().failed() ? 0 : 1;
}

}  // namespace keycare::demo
