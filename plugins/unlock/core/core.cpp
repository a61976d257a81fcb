// core.cpp - the commands state, change, check, apply and continue.
#include "plugins/unlock/core/core.hpp"

#include "keycare/sdk/json.hpp"
#include "keycare/sdk/statement.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/input.hpp"
#include "plugins/common/narrow.hpp"
#include "plugins/common/reading.hpp"
#include "plugins/common/selection.hpp"
#include "plugins/unlock/core/applicant.hpp"
#include "plugins/unlock/core/flow.hpp"
#include "plugins/unlock/core/texts.hpp"

#include <algorithm>
#include <array>

namespace keycare::unlock {
namespace {

constexpr std::size_t max_records = 256;

constexpr std::array specs = std::to_array<command_spec>({
    {"state", KC_COMMAND_ACTION, "查看密码状态：剩余重试次数、是否锁定、如何处理",
     "The state of each token's PIN, and what to do about it",
     R"({"type":"object","additionalProperties":false,"properties":{
       "token":{"type":"string","maxLength":64,"description":"serial number of one token","x-description-zh-CN":"介质序列号：只看这一个介质"}}})"},
    {"change", KC_COMMAND_ACTION, "修改密码", "Change the PIN",
     R"({"type":"object","additionalProperties":false,"properties":{
       "token":{"type":"string","maxLength":64,"description":"serial number; may be left out when one token is plugged in","x-description-zh-CN":"介质序列号；只插了一个介质时可以省略"},
       "application":{"type":"string","maxLength":64,"description":"application on the token; its first one otherwise","x-description-zh-CN":"介质上的应用；省略时为第一个应用"}}})"},
    {"check", KC_COMMAND_QUERY, "检查经办人信息的每一项", "Check the applicant's data, field by field",
     R"({"type":"object","additionalProperties":false,"properties":{
       "id_type":{"type":"string","maxLength":32,"default":"resident-id","description":"kind of the applicant's document, as in apply","x-description-zh-CN":"经办人证件类型，与 apply 相同"},
       "id_number":{"type":"string","maxLength":128,"description":"the applicant's document number; better by --input, because others can see arguments","x-description-zh-CN":"经办人证件号码；建议用 --input 给出，因为参数可能被他人看到"},
       "name":{"type":"string","maxLength":256,"description":"the applicant's name, as on the document","x-description-zh-CN":"经办人姓名，与证件一致"},
       "phone":{"type":"string","maxLength":64,"description":"the mobile number on record, 11 digits","x-description-zh-CN":"登记的手机号码，11 位"}}})"},
    {"apply", KC_COMMAND_ACTION, "忘记密码：申请解锁", "Apply for an unlock",
     R"({"type":"object","additionalProperties":false,"required":["id_number","name","phone"],"properties":{
       "token":{"type":"string","maxLength":64,"description":"serial number; may be left out when one token is plugged in","x-description-zh-CN":"介质序列号；只插了一个介质时可以省略"},
       "application":{"type":"string","maxLength":64,"description":"application on the token; the locked one otherwise","x-description-zh-CN":"介质上的应用；省略时为密码已锁定的应用"},
       "certificate":{"type":"string","maxLength":128,"description":"SHA-256 or serial number; may be left out when there is one application","x-description-zh-CN":"证书的 SHA-256 或序列号；只有一个应用时可以省略"},
       "id_type":{"type":"string","maxLength":32,"default":"resident-id","description":"kind of the applicant's document: resident-id, hk-macau-permit, taiwan-permit, passport or social-credit-code","x-description-zh-CN":"经办人证件类型：resident-id（身份证）、hk-macau-permit、taiwan-permit、passport（护照）、social-credit-code（统一社会信用代码）"},
       "id_number":{"type":"string","maxLength":128,"description":"the applicant's document number; better by --input, because others can see arguments","x-description-zh-CN":"经办人证件号码；建议用 --input 给出，因为参数可能被他人看到"},
       "name":{"type":"string","maxLength":256,"description":"the applicant's name, as on the document","x-description-zh-CN":"经办人姓名，与证件一致"},
       "phone":{"type":"string","maxLength":64,"description":"the mobile number on record, 11 digits","x-description-zh-CN":"登记的手机号码，11 位"},
       "forgotten":{"type":"boolean","default":false,"description":"the PIN is not locked, but forgotten","x-description-zh-CN":"密码没有锁定，但已忘记"}}})"},
    {"continue", KC_COMMAND_ACTION, "继续办理解锁：执行下一步", "Take the next step of an unlock",
     R"({"type":"object","additionalProperties":false,"properties":{
       "unlock":{"type":"string","maxLength":36,"description":"the unlock's uuid; may be left out when one is under way","x-description-zh-CN":"解锁申请的 uuid；只有一个未完成时可以省略"},
       "token":{"type":"string","maxLength":64,"description":"serial number of the token to be unlocked","x-description-zh-CN":"要解锁的介质的序列号"},
       "code":{"type":"string","maxLength":32,"writeOnly":true,"description":"the six digits from the text message","x-description-zh-CN":"短信中的六位验证码"},
       "look":{"type":"boolean","default":false,"description":"only see where it is: no code is sent and no dialog opens","x-description-zh-CN":"只查看进度：不发送验证码，不弹出对话框"}}})"},
});

/// The certificate whose application is to be unlocked: the longest lasting signing certificate (its key proves the
/// unlock) of @p application, or when it is empty of the one that is locked, or of the only one there is.
result<certificate_info> certificate_to_unlock(const std::vector<certificate_info>& all, const token_ref& token,
                                               const std::string& application, const std::string& name) {
  std::vector<certificate_info> fit;
  std::copy_if(all.begin(), all.end(), std::back_inserter(fit), [&](const auto& one) {
    return one.token == token && (application.empty() || one.application == application);
  });
  if (!name.empty()) return common::choose_certificate(fit, name, token.serial);
  const auto narrow = [&](auto wanted) {
    std::vector<certificate_info> some;
    std::copy_if(fit.begin(), fit.end(), std::back_inserter(some), wanted);
    if (!some.empty()) fit = std::move(some);
  };
  narrow([](const auto& one) { return one.pin && one.pin->locked(); });
  narrow([](const auto& one) { return one.usage == KC_USAGE_SIGN && one.private_key != KC_KEY_ABSENT; });
  const bool one_application =
      std::all_of(fit.begin(), fit.end(), [&](const auto& one) { return one.application == fit.front().application; });
  if (fit.empty() || !one_application) return common::choose_certificate(fit, {}, token.serial);
  return *std::max_element(fit.begin(), fit.end(),
                           [](const auto& a, const auto& b) { return a.not_after < b.not_after; });
}

/// All records, and the first one that cannot be read: it is left as it is, and said.
struct shelf {
  std::vector<record> records;
  std::optional<keycare::error> trouble;
};

class core final : public plugin_core {
public:
  explicit core(const services& host) : host_(host), ra_(host.http, host.clock), flow_(host) {}

  std::span<const command_spec> commands() const override { return specs; }

  result<json> invoke(const kc_call& call, std::string_view name, const json& input) override {
    if (name == "state") return state(call, input);
    if (name == "change") return change(call, input);
    if (name == "check") return check(call, input);
    if (name != "apply" && name != "continue")
      return fail_with(KC_E_NOT_FOUND, "KC-PLUGIN-COMMAND", {{"command", std::string(name)}});
    const auto lock = host_.store.lock("unlock");
    if (!lock) return lock.error().status == KC_E_BUSY ? fail(KC_E_BUSY, "KC-UNLOCK-BUSY") : lock.error();
    return name == "apply" ? apply(call, input) : go_on(call, input);
  }

  std::optional<std::string> explain(std::string_view language, const error& what) const override {
    if (what.code == "KC-UNLOCK-FORM") {
      const auto args = json::parse(what.args, nullptr, /*allow_exceptions=*/false);
      return explain_form(args.is_object() ? common::text_member(args, "problems") : std::string{}, language);
    }
    return texts().explain(what, language);
  }

  void deliver(const kc_call&, std::string_view kind, std::string_view key) override {
    if (kind == "token-changed") emit("pin-state-changed", key);
  }

private:
  result<shelf> load() const {
    const auto keys = host_.store.list(record_prefix);
    if (!keys) return keys.error();
    shelf out;
    for (const auto& key : *keys) {
      if (out.records.size() == max_records) break;
      auto stored = host_.store.get(key);
      auto one = stored ? read_record(text_of(stored->data)) : result<record>(stored.error());
      if (one && record_key(one->uuid) != key) one = fail(KC_E_DAMAGED, "KC-UNLOCK-RECORD-DAMAGED");
      if (one) {
        one->version = stored->version;
        out.records.push_back(*std::move(one));
      } else if (!out.trouble && one.error().status != KC_E_NOT_FOUND) {
        out.trouble = one.error();
      }
    }
    return out;
  }

  result<json> state(const kc_call& call, const json& input) const {
    const auto language = text(call.language);
    const auto serial = common::text_member(input, "token");
    auto tokens = host_.tokens.tokens(call);
    if (!tokens) return tokens.error();
    if (!serial.empty()) {
      auto chosen = common::choose_token(*tokens, serial);
      if (!chosen) return chosen.error();
      tokens = std::vector{*std::move(chosen)};
    }
    const auto certificates = common::certificates_on(host_.tokens, call, serial);
    if (!certificates) return certificates.error();
    const auto shelf = load();
    if (!shelf) return shelf.error();

    json data = {{"tokens", json::array()}, {"unlocks", json::array()}};
    std::vector<std::string> lines;
    for (const auto& token : *tokens) data["tokens"].push_back(token_state(call, token, *certificates, lines));
    if (tokens->empty()) lines.push_back(texts().text("state.none", language));
    for (const auto& twin : common::twins(*tokens))
      lines.push_back(texts().text("KC-TOKEN-AMBIGUOUS", language, {{"serial", twin}}));
    for (const auto& one : shelf->records) {
      if (!one.is_open() || one.is_spent() || (!serial.empty() && one.token.serial != serial)) continue;
      data["unlocks"].push_back(unlock_json(one));
      lines.push_back(
          texts().text("state.open", language,
                       {{"subject", one.subject},
                        {"serial", one.token.serial},
                        {"progress", texts().text("progress." + std::string(name(one.ra.state)), language)}}));
    }
    if (shelf->trouble) lines.push_back(explain(language, *shelf->trouble).value_or(shelf->trouble->code));
    return json{{"data", std::move(data)}, {"text", std::move(lines)}};
  }

  /// One token: the PIN of each application that holds a certificate, as the token reports it now.
  json token_state(const kc_call& call, const token_info& token, const std::vector<certificate_info>& certificates,
                   std::vector<std::string>& lines) const {
    const auto language = text(call.language);
    const bool can_unlock = (token.flags & KC_TOKEN_CAN_UNLOCK) != 0;
    const bool busy = (token.flags & KC_TOKEN_BUSY) != 0;
    json out = {{"manufacturer", token.token.manufacturer},
                {"serial", token.token.serial},
                {"label", token.label},
                {"can_unlock", can_unlock},
                {"busy", busy},
                {"applications", json::array()}};
    lines.push_back(texts().text("state.token", language, {{"label", token.label}, {"serial", token.token.serial}}));
    if (busy) {
      lines.push_back(texts().text("state.busy", language));
      return out;
    }
    std::vector<std::pair<std::string, pin_state>> pins;
    for (const auto& one : certificates) {
      if (one.token != token.token || !one.pin) continue;
      if (std::none_of(pins.begin(), pins.end(), [&](const auto& pin) { return pin.first == one.application; }))
        pins.emplace_back(one.application, *one.pin);
    }
    if (pins.empty()) pins.emplace_back("", token.pin);
    for (auto& [application, pin] : pins) {
      if (const auto now = host_.pin.state(call, token.token, application)) pin = *now;
      const auto said = common::pin_text(pin, language);
      out["applications"].push_back({{"application", application}, {"pin", common::pin_json(pin)}, {"text", said}});
      const auto* words = pins.size() > 1 ? "state.pin-of" : "state.pin";
      lines.push_back(texts().text(words, language, {{"pin", said}, {"application", application}}));
      if (pin.locked()) lines.push_back(texts().text(can_unlock ? "state.locked" : "state.unsupported", language));
    }
    return out;
  }

  result<json> change(const kc_call& call, const json& input) const {
    const auto tokens = host_.tokens.tokens(call);
    if (!tokens) return tokens.error();
    const auto token = common::choose_token(*tokens, common::text_member(input, "token"));
    if (!token) return token.error();
    if (const auto done = host_.pin.change(call, token->token, common::text_member(input, "application")); !done)
      return done.error();
    emit("pin-state-changed", token->token.serial);
    return json{{"data", {{"token", {{"manufacturer", token->token.manufacturer}, {"serial", token->token.serial}}}}},
                {"text", json::array({texts().text("change.done", text(call.language))})}};
  }

  /// What is wrong, field by field, while the form is being filled in: nothing leaves the computer and nothing is
  /// stored.
  result<json> check(const kc_call& call, const json& input) const {
    const auto now = host_.clock.now();
    const auto form = check_applicant(input, common::local_day(now, host_.clock.utc_offset(now)));
    auto problems = json::array();
    auto lines = json::array();
    for (const auto& problem : form.problems) {
      auto said = texts().text(problem.code, text(call.language));
      lines.push_back(texts().text("field." + problem.field, text(call.language)) + ": " + said);
      problems.push_back({{"field", problem.field}, {"code", problem.code}, {"text", std::move(said)}});
    }
    if (problems.empty()) lines.push_back(texts().text("check.good", text(call.language)));
    return json{{"data", {{"problems", std::move(problems)}}}, {"text", std::move(lines)}};
  }

  result<json> apply(const kc_call& call, const json& input) {
    const auto now = host_.clock.now();
    const auto form = check_applicant(input, common::local_day(now, host_.clock.utc_offset(now)));
    if (!form.problems.empty()) return form_error(form.problems);

    const auto tokens = host_.tokens.tokens(call);
    if (!tokens) return tokens.error();
    const auto token = common::choose_token(*tokens, common::text_member(input, "token"));
    if (!token) return token.error();
    if ((token->flags & KC_TOKEN_CAN_UNLOCK) == 0)
      return fail_with(KC_E_UNSUPPORTED, "KC-UNLOCK-UNSUPPORTED", {{"serial", token->token.serial}});
    const auto certificates = host_.tokens.certificates(call, token->token);
    if (!certificates) return certificates.error();
    const auto certificate =
        certificate_to_unlock(*certificates, token->token, common::text_member(input, "application"),
                              common::text_member(input, "certificate"));
    if (!certificate) return certificate.error();

    const auto pin = host_.pin.state(call, token->token, certificate->application);
    if (!pin) return pin.error();
    if (!pin->locked() && !input.value("forgotten", false)) return fail(KC_E_ARGUMENT, "KC-UNLOCK-NOT-LOCKED");

    const auto shelf = load();
    if (!shelf) return shelf.error();
    for (const auto& one : shelf->records) {
      if (one.token != token->token || one.application != certificate->application) continue;
      if (one.is_open() && !one.is_spent()) return fail_with(KC_E_CONFLICT, "KC-UNLOCK-OPEN", {{"unlock", one.uuid}});
      if (auto gone = host_.store.remove_if(record_key(one.uuid), one.version); !gone) return gone.error();
    }

    auto made = make_record(call, form.value, *certificate, now);
    if (!made) return made.error();
    if (auto saved = flow_.save(*made); !saved) return saved.error();
    emit("unlock-changed", made->uuid);
    return flow_.submit(call, *made);
  }

  /// The application, sealed to the RA: from here on its bytes never change.
  result<record> make_record(const kc_call& call, const applicant& who, const certificate_info& certificate,
                             std::int64_t now) const {
    const auto info = ra_.get(call, "/v1/info");
    if (!info) return info.error();
    if (!info->ok()) return common::problem_error(*info);
    auto random = host_.crypto.random(16);
    if (!random) return random.error();

    record out;
    out.uuid = common::to_uuid(*std::move(random));
    out.token = certificate.token;
    out.application = certificate.application;
    out.certificate = certificate.sha256;
    out.subject = certificate.common_name.empty() ? certificate.subject : certificate.common_name;
    out.created = now;

    auto told = statement::make({"unlock-apply", common::text_member(info->body, "ra"), out.uuid, 0, "",
                                 out.token.manufacturer, out.token.serial, common::to_hex(out.certificate), now});
    told["applicant"] = {
        {"id_type", who.id_type}, {"id_number", who.id_number}, {"name", who.name}, {"phone", who.phone}};
    told["application"] = out.application;
    if (auto fits = statement::check(told); !fits) return fits.error();
    const auto canonical = statement::canonical(told);
    if (!canonical) return canonical.error();
    const auto sealed = host_.crypto.seal("ra", bytes_of(*canonical));
    if (!sealed) return sealed.error();
    out.sealed = common::to_base64(*sealed);
    return out;
  }

  result<json> go_on(const kc_call& call, const json& input) {
    std::string code;
    if (const auto typed = common::text_member(input, "code"); !typed.empty()) {
      auto narrowed = common::narrow_number(typed);
      const bool six = narrowed && narrowed->size() == 6 &&
                       std::all_of(narrowed->begin(), narrowed->end(), [](char c) { return c >= '0' && c <= '9'; });
      if (!six) return fail(KC_E_ARGUMENT, "KC-UNLOCK-CODE-FORMAT");
      code = *std::move(narrowed);
    }
    auto chosen = choose(common::text_member(input, "unlock"), common::text_member(input, "token"));
    if (!chosen) return chosen.error();
    const auto before = chosen->version;
    auto outcome = flow_.go_on(call, *chosen, code, common::flag_member(input, "look"));
    if (chosen->version != before) emit("unlock-changed", chosen->uuid);
    return outcome;
  }

  /// The unlock that is meant: by its uuid (a closed one too), or the only open one.
  result<record> choose(const std::string& uuid, const std::string& serial) const {
    const auto shelf = load();
    if (!shelf) return shelf.error();
    std::vector<record> fit;
    std::copy_if(shelf->records.begin(), shelf->records.end(), std::back_inserter(fit), [&](const record& one) {
      return (uuid.empty() ? one.is_open() : one.uuid == uuid) && (serial.empty() || one.token.serial == serial);
    });
    if (fit.size() == 1) return fit.front();
    if (fit.empty()) return shelf->trouble ? *shelf->trouble : fail(KC_E_NOT_FOUND, "KC-UNLOCK-NONE");
    std::string serials;
    for (const auto& one : fit)
      if (serials.size() < 200) serials += (serials.empty() ? "" : ", ") + one.token.serial;
    return fail_with(KC_E_ARGUMENT, "KC-UNLOCK-CHOOSE", {{"serials", serials}});
  }

  services host_;
  common::ra_client ra_;
  flow flow_;
};

}  // namespace

result<std::unique_ptr<plugin_core>> make_core(host_link host) {
  const auto tokens = host.get<token_client>();
  if (!tokens) return tokens.error();
  const auto pin = host.get<pin_client>();
  if (!pin) return pin.error();
  const auto crypto = host.get<crypto_client>();
  if (!crypto) return crypto.error();
  const auto http = host.get<http_client>();
  if (!http) return http.error();
  const auto store = host.get<store_client>();
  if (!store) return store.error();
  const auto clock = host.get<clock_client>();
  if (!clock) return clock.error();
  const auto log = host.get<log_client>();
  if (!log) return log.error();
  return std::unique_ptr<plugin_core>(
      std::make_unique<core>(services{*tokens, *pin, *crypto, *http, *store, *clock, *log}));
}

}  // namespace keycare::unlock
