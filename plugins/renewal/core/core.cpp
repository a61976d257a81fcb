// core.cpp - the plugin's commands: names, schemas, and the functions behind them.
#include "plugins/renewal/core/core.hpp"

#include "plugins/renewal/core/commands.hpp"
#include "plugins/renewal/core/texts.hpp"

#include <algorithm>
#include <array>

namespace keycare::renewal {
namespace {

constexpr const char* choice_schema = R"({"type":"object","additionalProperties":false,"properties":{
  "certificate":{"type":"string","maxLength":128,"description":"SHA-256 or serial number, hexadecimal; may be left out when there is one"},
  "token":{"type":"string","maxLength":64,"description":"serial number of one token"},
  "account":{"type":"string","maxLength":128,"description":"the account that applied for the certificate"}}})";
constexpr const char* quote_schema =
    R"({"type":"object","additionalProperties":false,"required":["months"],"properties":{
  "certificate":{"type":"string","maxLength":128,"description":"SHA-256 or serial number, hexadecimal"},
  "token":{"type":"string","maxLength":64,"description":"serial number of one token"},
  "months":{"type":"integer","minimum":1,"maximum":120,"description":"12, 24, 36, 48 or 60"}}})";
constexpr const char* nothing_schema = R"({"type":"object","additionalProperties":false,"properties":{}})";
constexpr const char* check_schema = R"({"type":"object","additionalProperties":false,"required":["form"],"properties":{
  "months":{"type":"integer","minimum":0,"maximum":1000,"description":"12, 24, 36, 48 or 60"},
  "form":{"type":"object","additionalProperties":false,"properties":{
    "id_type":{"type":"string","maxLength":32,"description":"resident-id, social-credit-code, hk-macau-permit, taiwan-permit, passport"},
    "id_number":{"type":"string","maxLength":256},"name":{"type":"string","maxLength":512},
    "address":{"type":"string","maxLength":1024},"phone":{"type":"string","maxLength":128},
    "email":{"type":"string","maxLength":512}}}}})";
constexpr const char* apply_schema =
    R"({"type":"object","additionalProperties":false,"required":["months","form"],"properties":{
  "certificate":{"type":"string","maxLength":128,"description":"SHA-256 or serial number, hexadecimal; may be left out when there is one"},
  "token":{"type":"string","maxLength":64,"description":"serial number of one token"},
  "account":{"type":"string","maxLength":128,"description":"the account that applied for the certificate"},
  "months":{"type":"integer","minimum":0,"maximum":1000,"description":"12, 24, 36, 48 or 60"},
  "fee_fen":{"type":"integer","minimum":0,"maximum":100000000,"description":"the fee that was shown, in fen: another one is refused"},
  "accept_agreement":{"type":"string","maxLength":64,"description":"SHA-256 of the service agreement that was shown"},
  "accept_personal_data":{"type":"string","maxLength":64,"description":"SHA-256 of the personal-data consent that was shown"},
  "acknowledge_bids":{"type":"boolean","description":"I know that the new certificate cannot open files encrypted to the old one"},
  "form":{"type":"object","additionalProperties":false,"properties":{
    "id_type":{"type":"string","maxLength":32,"description":"resident-id, social-credit-code, hk-macau-permit, taiwan-permit, passport"},
    "id_number":{"type":"string","maxLength":256},"name":{"type":"string","maxLength":512},
    "address":{"type":"string","maxLength":1024},"phone":{"type":"string","maxLength":128},
    "email":{"type":"string","maxLength":512}}}}})";
constexpr const char* orders_schema = R"({"type":"object","additionalProperties":false,"properties":{
  "remote":{"type":"boolean","description":"ask the registration authority with the key: for orders of another computer"},
  "certificate":{"type":"string","maxLength":128,"description":"SHA-256 or serial number, hexadecimal"},
  "token":{"type":"string","maxLength":64,"description":"serial number of one token"}}})";
constexpr const char* order_schema = R"({"type":"object","additionalProperties":false,"properties":{
  "order":{"type":"string","maxLength":64,"description":"order number or uuid; may be left out when one is under way"}}})";
constexpr const char* pay_schema =
    R"({"type":"object","additionalProperties":false,"required":["method","invoice"],"properties":{
  "order":{"type":"string","maxLength":64,"description":"order number or uuid; may be left out when one is under way"},
  "method":{"type":"string","minLength":1,"maxLength":32,"description":"see payment-methods"},
  "invoice":{"type":"object","additionalProperties":false,"properties":{
    "kind":{"type":"string","maxLength":32,"description":"personal, public-body, enterprise, special"},
    "title":{"type":"string","maxLength":512},"taxpayer_number":{"type":"string","maxLength":64},
    "email":{"type":"string","maxLength":512},"address":{"type":"string","maxLength":1024},
    "telephone":{"type":"string","maxLength":64},"bank":{"type":"string","maxLength":512},
    "account":{"type":"string","maxLength":128}}}}})";
constexpr const char* correct_schema =
    R"({"type":"object","additionalProperties":false,"required":["form"],"properties":{
  "order":{"type":"string","maxLength":64,"description":"order number or uuid; may be left out when one is under way"},
  "form":{"type":"object","additionalProperties":false,"minProperties":1,"description":"only the fields that change","properties":{
    "id_type":{"type":"string","maxLength":32,"description":"resident-id, social-credit-code, hk-macau-permit, taiwan-permit, passport"},
    "id_number":{"type":"string","maxLength":256},"name":{"type":"string","maxLength":512},
    "address":{"type":"string","maxLength":1024},"phone":{"type":"string","maxLength":128},
    "email":{"type":"string","maxLength":512}}}}})";

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
     "Go on: take the next step, and say what comes after it", order_schema},
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
    if (kind != "token-changed") return;
    const auto all = c_.orders.all();
    if (!all) return;
    for (const auto& one : all->orders)
      if (one.record.at != stage::closed && one.record.token.serial == key) emit("order-due", one.record.uuid);
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
