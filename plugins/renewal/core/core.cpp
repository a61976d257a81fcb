// core.cpp - the plugin's commands: names, schemas, and the functions behind them.
#include "plugins/renewal/core/core.hpp"

#include "plugins/common/joined.hpp"
#include "plugins/renewal/core/commands.hpp"
#include "plugins/renewal/core/texts.hpp"

#include <algorithm>
#include <array>

namespace keycare::renewal {
namespace {

using common::joined;
using piece = std::string_view;

// Members that several commands take. Every one is described in both languages: the descriptions are the command line's
// help.
constexpr piece open_object = R"({"type":"object","additionalProperties":false,)";
constexpr piece properties = R"("properties":{)";
constexpr piece comma = ",";
constexpr piece close_object = "}}";
constexpr piece certificate_member =
    R"("certificate":{"type":"string","maxLength":128,"description":"SHA-256 or serial number, hexadecimal; may be left out when there is one","x-description-zh-CN":"证书的 SHA-256 或序列号（十六进制）；只有一张时可以省略"})";
constexpr piece token_member =
    R"("token":{"type":"string","maxLength":64,"description":"serial number of one token","x-description-zh-CN":"介质序列号：只看这一个介质"})";
constexpr piece account_member =
    R"("account":{"type":"string","maxLength":128,"description":"the account that applied for the certificate","x-description-zh-CN":"申请证书时的帐号"})";
constexpr piece months_member =
    R"("months":{"type":"integer","minimum":0,"maximum":1000,"description":"the term in months: 12, 24, 36, 48 or 60","x-description-zh-CN":"续期时间（月）：12、24、36、48 或 60"})";
constexpr piece order_member =
    R"("order":{"type":"string","maxLength":64,"description":"order number or uuid; may be left out when one is under way","x-description-zh-CN":"业务单号或 uuid；只有一个正在办理时可以省略"})";
constexpr piece form_fields = R"(
    "id_type":{"type":"string","maxLength":32,"description":"kind of the applicant's document: resident-id, social-credit-code, hk-macau-permit, taiwan-permit, passport","x-description-zh-CN":"经办人证件类型：resident-id（身份证）、social-credit-code（统一社会信用代码）、hk-macau-permit、taiwan-permit、passport（护照）"},
    "id_number":{"type":"string","maxLength":256,"description":"the applicant's document number; better by --input, because others can see arguments","x-description-zh-CN":"经办人证件号码；建议用 --input 给出，因为参数可能被他人看到"},
    "name":{"type":"string","maxLength":512,"description":"the applicant's name, as on the document","x-description-zh-CN":"经办人姓名，与证件一致"},
    "address":{"type":"string","maxLength":1024,"description":"the applicant's address; may be left out","x-description-zh-CN":"经办人地址；可以省略"},
    "phone":{"type":"string","maxLength":128,"description":"the applicant's mobile number, 11 digits","x-description-zh-CN":"经办人手机号码，11 位"},
    "email":{"type":"string","maxLength":512,"description":"the applicant's e-mail address","x-description-zh-CN":"经办人 email"}}})";
constexpr piece whole_form = R"("form":{"type":"object","additionalProperties":false,"properties":{)";
constexpr piece changed_fields =
    R"("form":{"type":"object","additionalProperties":false,"minProperties":1,"description":"only the fields that change","x-description-zh-CN":"只填写需要修改的项目","properties":{)";
constexpr piece needs_months = R"("required":["months"],)";
constexpr piece needs_form = R"("required":["form"],)";
constexpr piece needs_months_and_form = R"("required":["months","form"],)";
constexpr piece needs_method_and_invoice = R"("required":["method","invoice"],)";

constexpr piece choice_schema =
    joined<open_object, properties, certificate_member, comma, token_member, comma, account_member, close_object>;
constexpr piece quoted_months =
    R"("months":{"type":"integer","minimum":1,"maximum":120,"description":"the term in months: 12, 24, 36, 48 or 60","x-description-zh-CN":"续期时间（月）：12、24、36、48 或 60"})";
constexpr piece quote_schema = joined<open_object, needs_months, properties, certificate_member, comma, token_member,
                                      comma, quoted_months, close_object>;
constexpr piece nothing_schema = joined<open_object, properties, close_object>;
constexpr piece consent_members = R"(
  "fee_fen":{"type":"integer","minimum":0,"maximum":100000000,"description":"the fee that was shown, in fen: another one is refused","x-description-zh-CN":"已确认的费用（分）；费用不同时拒绝提交"},
  "accept_agreement":{"type":"string","maxLength":64,"description":"SHA-256 of the service agreement that was shown","x-description-zh-CN":"已阅读并接受的电子认证服务协议的 SHA-256"},
  "accept_personal_data":{"type":"string","maxLength":64,"description":"SHA-256 of the personal-data consent that was shown","x-description-zh-CN":"已阅读并同意的个人信息处理说明的 SHA-256"},
  "acknowledge_bids":{"type":"boolean","description":"I know that the new certificate cannot open files encrypted to the old one","x-description-zh-CN":"我已了解：新证书不能打开用旧证书加密的文件"},)";
constexpr piece apply_schema =
    joined<open_object, needs_months_and_form, properties, certificate_member, comma, token_member, comma,
           account_member, comma, months_member, comma, consent_members, whole_form, form_fields, close_object>;
constexpr piece remote_member =
    R"("remote":{"type":"boolean","description":"ask the registration authority with the key: for orders of another computer","x-description-zh-CN":"用证书向注册机构查询：在其他电脑上申请的业务"})";
constexpr piece orders_schema =
    joined<open_object, properties, remote_member, comma, certificate_member, comma, token_member, close_object>;
constexpr piece order_schema = joined<open_object, properties, order_member, close_object>;
constexpr piece without_pin_member =
    R"("without_pin":{"type":"boolean","description":"stop before a step that asks for the PIN","x-description-zh-CN":"遇到需要输入密码的步骤时停下"})";
constexpr piece continue_schema =
    joined<open_object, properties, order_member, comma, without_pin_member, close_object>;
constexpr piece method_member =
    R"("method":{"type":"string","minLength":1,"maxLength":32,"description":"one of those that payment-methods lists","x-description-zh-CN":"支付方式，见 payment-methods"})";
constexpr piece invoice_member = R"(
  "invoice":{"type":"object","additionalProperties":false,"properties":{
    "kind":{"type":"string","maxLength":32,"description":"kind of invoice: personal, public-body, enterprise, special","x-description-zh-CN":"发票类型：personal（个人）、public-body（机关事业单位）、enterprise（增值税普通发票）、special（增值税专用发票）"},
    "title":{"type":"string","maxLength":512,"description":"whom the invoice is made out to","x-description-zh-CN":"发票抬头"},
    "taxpayer_number":{"type":"string","maxLength":64,"description":"the unified social credit code","x-description-zh-CN":"纳税人识别号（统一社会信用代码）"},
    "email":{"type":"string","maxLength":512,"description":"where the invoice is sent","x-description-zh-CN":"接收发票的 email"},
    "address":{"type":"string","maxLength":1024,"description":"registered address, for a special invoice","x-description-zh-CN":"注册地址（专用发票）"},
    "telephone":{"type":"string","maxLength":64,"description":"registered telephone, for a special invoice","x-description-zh-CN":"注册电话（专用发票）"},
    "bank":{"type":"string","maxLength":512,"description":"bank, for a special invoice","x-description-zh-CN":"开户银行（专用发票）"},
    "account":{"type":"string","maxLength":128,"description":"bank account, for a special invoice","x-description-zh-CN":"银行账号（专用发票）"}}})";
constexpr piece check_schema =
    joined<open_object, properties, months_member, comma, invoice_member, comma, whole_form, form_fields, close_object>;
constexpr piece pay_schema = joined<open_object, needs_method_and_invoice, properties, order_member, comma,
                                    method_member, comma, invoice_member, close_object>;
constexpr piece correct_schema =
    joined<open_object, needs_form, properties, order_member, comma, changed_fields, form_fields, close_object>;

// Whatever talks to the RA or writes the store is an action, also when a person only looks.
constexpr std::array specs = std::to_array<command_spec>({
    {"eligible", KC_COMMAND_ACTION, "查询证书是否可以续期", "Whether certificates can be renewed now", choice_schema},
    {"quote", KC_COMMAND_ACTION, "查询续期费用和新的有效期", "What a renewal costs, and its new end", quote_schema},
    {"agreement", KC_COMMAND_ACTION, "阅读【网证通电子认证服务协议】和个人信息处理说明",
     "Read the service agreement and the personal-data consent", nothing_schema},
    {"check", KC_COMMAND_QUERY, "检查申请表的每一项", "Check the form, field by field", check_schema},
    {"apply", KC_COMMAND_ACTION, "申请续期：提交申请表并签名", "Apply: sign the form and submit it", apply_schema},
    {"orders", KC_COMMAND_ACTION, "列出续期业务", "List the orders", orders_schema},
    {"show", KC_COMMAND_QUERY, "显示一个续期业务", "Show one order", order_schema},
    {"payment-methods", KC_COMMAND_ACTION, "查询支付方式和发票类型", "How an order can be paid", order_schema},
    {"pay", KC_COMMAND_ACTION, "立即支付：选择支付方式，填写发票信息", "Pay: choose a method and an invoice",
     pay_schema},
    {"correct", KC_COMMAND_ACTION, "按审核要求修改资料", "Correct what the review asks for", correct_schema},
    {"withdraw", KC_COMMAND_ACTION, "撤销申请", "Withdraw an application that is not paid", order_schema},
    {"continue", KC_COMMAND_ACTION, "继续办理：完成下一步，并说明之后做什么",
     "Go on: take the next step, and say what comes after it", continue_schema},
});
// In the order of specs.
constexpr std::array<command_function, specs.size()> functions = {
    eligible, quote, agreement, check, apply, orders, show, payment_methods, pay, correct, withdraw, continue_order};

class core final : public plugin_core {
public:
  explicit core(const host_services& services) : c_(services) {
    c_.emit = [this](std::string_view kind, std::string_view key) { emit(kind, key); };
  }

  [[nodiscard]] std::span<const command_spec> commands() const override { return specs; }

  [[nodiscard]] result<json> invoke(const kc_call& call, std::string_view name, const json& input) override {
    const auto it = std::find_if(specs.begin(), specs.end(), [&](const auto& spec) { return spec.name == name; });
    if (it == specs.end()) return fail(KC_E_NOT_FOUND, "KC-COMMAND-UNKNOWN");
    return functions[static_cast<std::size_t>(it - specs.begin())](c_, call, input);
  }

  [[nodiscard]] std::optional<std::string> explain(std::string_view language, const error& what) const override {
    return texts().explain(what, language);
  }

  /// Nobody is asked for a PIN because of a timer or a token: whoever listens invokes `continue`.
  void deliver(const kc_call& /*call*/, std::string_view kind, std::string_view key) override {
    if (kind == "timer") emit("order-due", key);
    if (kind != "token-changed") return;  // without a key: which token is not known
    emit("tokens-changed", key);          // whoever shows what can be renewed looks again
    const auto all = c_.orders.all();
    if (!all) return;
    for (const auto& one : all->orders)
      if (one.record.at != stage::closed && (key.empty() || one.record.token.serial == key))
        emit("order-due", one.record.uuid);
  }

private:
  context c_;
};

}  // namespace

result<std::unique_ptr<plugin_core>> make_core(host_link host) {
  const auto services = connect(host);
  if (!services) return services.error();
  return std::unique_ptr<plugin_core>(std::make_unique<core>(*services));
}

}  // namespace keycare::renewal
