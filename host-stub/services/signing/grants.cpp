// grants.cpp - the life of a grant: prepared, opened by a PIN, used up, ended.
#include "host-stub/services/signing/grants.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/signing/statement_view.hpp"
#include "keycare/abi/keys.h"
#include "keycare/sdk/statement.hpp"

#include <algorithm>
#include <array>

namespace keycare::services {

namespace {

constexpr std::size_t most_operations = 32;
constexpr std::size_t most_grants = 64;  // Not closed yet, of one plugin.
constexpr auto keeper_glance = std::chrono::milliseconds(200);

error ended() {
  return fail(KC_E_GRANT_ENDED, "KC-GRANT-ENDED");
}

bool is_key_operation(std::string_view kind) {
  constexpr auto kinds = std::to_array<std::string_view>(
      {KC_OP_CREATE, KC_OP_GENERATE, KC_OP_REQUEST, KC_OP_INSTALL, KC_OP_PROVE, KC_OP_REAP});
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// After these nothing good can come of the grant.
bool is_final(const error& why) {
  return why.status == KC_E_TOKEN_REMOVED || why.status == KC_E_OUTCOME_UNKNOWN || why.status == KC_E_GRANT_ENDED ||
         why.status == KC_E_CANCELLED || why.code == "KC-CERTIFICATE-CHANGED";
}

void log_out(const token_device& device, const std::string& application) {
  if (!device.session) return;
  device.module->worker.post([session = device.session, application] { session->logout(application); });
}

std::string language_of(const kc_call* call) {
  return call == nullptr ? std::string("zh-CN") : std::string(text(call->language));
}

}  // namespace

grant_table::grant_table(token_registry& registry, pin_dialog& dialog, const time_source& time, log_sink& log)
    : registry_(registry), dialog_(dialog), time_(time), log_(log), keeper_([this] { keep(); }) {}

grant_table::~grant_table() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  keeper_.join();
  for (auto& [number, one] : grants_) end(one, "client-ends");
}

grant_table::record* grant_table::find(const plugin_identity& plugin, kc_grant grant) {
  const auto found = grants_.find(grant);
  return found == grants_.end() || found->second.plugin != plugin.id ? nullptr : &found->second;
}

result<kc_grant> grant_table::prepare(const plugin_identity& plugin, grant_request request) {
  const std::lock_guard lock(mutex_);
  const auto mine = std::count_if(grants_.begin(), grants_.end(),
                                  [&](const auto& entry) { return entry.second.plugin == plugin.id; });
  if (static_cast<std::size_t>(mine) >= most_grants) return fail(KC_E_BUSY, "KC-GRANT-TOO-MANY");
  record one;
  one.plugin = plugin.id;
  one.request = std::move(request);
  grants_.emplace(next_, std::move(one));
  return next_++;
}

result<void> grant_table::add(const plugin_identity& plugin, kc_grant grant, grant_operation operation) {
  const bool signs = operation.kind == KC_OP_SIGN || operation.kind == KC_OP_SIGN_NEW;
  if (!signs && !is_key_operation(operation.kind)) return fail(KC_E_UNSUPPORTED, "KC-GRANT-OPERATION");
  if (!plugin.permissions.contains(signs ? "token.sign" : "token.write"))
    return fail(KC_E_NO_PERMISSION, "KC-PLUGIN-NO-PERMISSION");
  const std::lock_guard lock(mutex_);
  auto* one = find(plugin, grant);
  if (one == nullptr || one->at == stage::ended) return ended();
  if (one->at != stage::prepared) return fail(KC_E_ARGUMENT, "KC-GRANT-OPEN-ALREADY");
  if (one->operations.size() >= most_operations) return fail(KC_E_TOO_LARGE, "KC-GRANT-TOO-MANY");
  one->operations.push_back(std::move(operation));
  return {};
}

result<void> grant_table::open(const plugin_identity& plugin, const kc_call* call, kc_grant grant) {
  record copy;
  {
    const std::lock_guard lock(mutex_);
    auto* one = find(plugin, grant);
    if (one == nullptr || one->at == stage::ended) return ended();
    if (one->at != stage::prepared || one->operations.empty()) return fail(KC_E_ARGUMENT, "KC-GRANT-OPEN-ALREADY");
    // Logging out at the end of one grant would take the rights of another one on the same token.
    for (const auto& [number, other] : grants_)
      if ((other.at == stage::open || other.at == stage::opening) && other.request.token == one->request.token)
        return fail(KC_E_BUSY, "KC-GRANT-BUSY");
    one->at = stage::opening;
    copy = *one;
  }
  const auto opened = open_device(plugin, call, copy);
  const std::lock_guard lock(mutex_);
  auto* one = find(plugin, grant);
  const bool closed_meanwhile = one == nullptr || one->at != stage::opening;
  if (closed_meanwhile || !opened) {
    log_out(copy.device, copy.certificate.application);
    if (!closed_meanwhile) one->at = stage::ended;
    return opened ? ended() : opened.error();
  }
  copy.at = stage::open;
  copy.ends_at = time_.monotonic_ns() + lifetime_ns;
  *one = std::move(copy);
  auto operations = nlohmann::json::array();
  for (const auto& operation : one->operations) operations.push_back(operation.kind + " " + operation.object);
  log_.audit(plugin.id, "grant.opened",
             {{"grant", grant},
              {"plugin_version", plugin.version},
              {"serial", one->request.token.serial},
              {"certificate", hex(one->request.certificate)},
              {"purpose", plain_line(one->request.purpose, 64)},
              {"operations", operations}});
  wake_.notify_all();
  return {};
}

result<void> grant_table::open_device(const plugin_identity& plugin, const kc_call* call, record& copy) {
  auto certificate = registry_.find(call, copy.request.token, copy.request.certificate);
  if (!certificate) return certificate.error();
  copy.certificate = std::move(*certificate);
  if (copy.certificate.usage != KC_USAGE_SIGN || copy.certificate.private_key == KC_KEY_ABSENT)
    return fail(KC_E_NOT_FOUND, "KC-KEY-NOT-FOUND");
  auto device = registry_.open(call, copy.request.token);
  if (!device) return device.error();
  copy.device = std::move(*device);
  const auto dialog = dialog_.take();
  if (!dialog) return dialog.error();
  return ask_and_verify(plugin, call, copy);
}

result<void> grant_table::ask_and_verify(const plugin_identity& plugin, const kc_call* call, record& copy) {
  const auto token = registry_.describe(call, copy.request.token);
  if (!token) return token.error();
  const auto application = copy.certificate.application;
  std::string problem;
  for (int attempt = 1; attempt <= most_pin_attempts; ++attempt) {
    // Anew each time: what is left is the token's to say, never ours to count.
    const auto pin = registry_.act<pin_state>(
        call, copy.device, patience::usual, device_effect::reads,
        [application](token_session& session) { return session.pin(application, pin_kind::user); });
    if (!pin) return pin.error();
    copy.certificate.pin = *pin;
    auto view = view_of(plugin, call, copy, *token);
    view.attempt = attempt;
    view.problem = problem;
    if (pin->locked()) {
      view.problem = pin_problem_sentence("KC-PIN-LOCKED", view.language);
      dialog_.prompt().tell(view);
      return fail(KC_E_PIN_LOCKED, "KC-PIN-LOCKED");
    }
    auto typed = dialog_.prompt().ask(call, view);
    if (!typed) return typed.error();
    auto outcome = check_typed_pin(*typed);
    if (outcome) {
      // One press of 确定, one verification; on a handle that is this token's and has this certificate.
      auto shared = std::make_shared<secret>(std::move(*typed));
      outcome = registry_.act<void>(call, copy.device, patience::usual, device_effect::writes,
                                    [shared, certificate = copy.certificate](token_session& session) -> result<void> {
                                      if (auto same = same_certificate(session, certificate); !same) return same;
                                      return session.verify_pin(certificate.application, pin_kind::user, *shared);
                                    });
      if (!outcome)
        log_.audit(plugin.id, "pin.not-verified",
                   {{"serial", copy.request.token.serial},
                    {"code", outcome.error().code},
                    {"native", outcome.error().native}});
    }
    if (outcome) return {};
    const auto status = outcome.error().status;
    if (status != KC_E_PIN_WRONG && status != KC_E_PIN_POLICY && status != KC_E_PIN_LOCKED) return outcome;
    problem = pin_problem_sentence(outcome.error().code, view.language);
    if (status == KC_E_PIN_LOCKED) {
      // The token's word counts, also where its counter says something else.
      view.problem = problem;
      view.pin.flags |= KC_PIN_LOCKED;
      dialog_.prompt().tell(view);
      return outcome;
    }
  }
  return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED");
}

prompt_view grant_table::view_of(const plugin_identity& plugin, const kc_call* call, const record& copy,
                                 const token_info& token) const {
  prompt_view view;
  view.language = language_of(call);
  const auto& certificate = copy.certificate;
  view.subject = plain_line(certificate.common_name.empty() ? certificate.subject : certificate.common_name);
  view.sentence = signing_sentence(view.subject, view.language);
  view.token = token.token;
  view.token_label = plain_line(token.label);
  view.plugin = plain_line(plugin.id);
  std::vector<std::string> token_work;
  for (const auto& operation : copy.operations) {
    const auto statement = operation.statement.empty() ? result<nlohmann::json>(nlohmann::json())
                                                       : statement::read(text_of(operation.statement));
    if (statement && statement->is_object()) {
      auto lines = statement_lines(*statement, view.language, [this](std::int64_t at) { return time_.utc_offset(at); });
      std::move(lines.begin(), lines.end(), std::back_inserter(view.lines));
    } else if (is_key_operation(operation.kind)) {
      token_work.push_back(operation_line(operation.kind, operation.object, view.language));
    } else {
      view.lines.push_back(statement_title(operation.object, view.language));
    }
  }
  // What is signed comes first: that is what the PIN is asked for.
  std::move(token_work.begin(), token_work.end(), std::back_inserter(view.lines));
  if (certificate.pin) view.pin = *certificate.pin;
  view.warnings = pin_warnings(view.pin, view.language);
  return view;
}

result<void> grant_table::same_certificate(token_session& session, const certificate_info& certificate) {
  const auto der = session.certificate({certificate.application, certificate.container, key_usage::sign});
  if (!der) return der.error();
  if (sha256(*der) != certificate.sha256) return fail(KC_E_CONFLICT, "KC-CERTIFICATE-CHANGED");
  return {};
}

result<grant_facts> grant_table::facts(const plugin_identity& plugin, kc_grant grant, std::string_view kind,
                                       std::string_view object, octets_view statement) {
  const std::lock_guard lock(mutex_);
  const auto* one = find(plugin, grant);
  if (one == nullptr || one->at != stage::open) return ended();
  const error not_granted = fail(KC_E_NO_PERMISSION, "KC-GRANT-NOT-GRANTED");
  bool spent = false;
  for (const auto& operation : one->operations) {
    if (operation.kind != kind || operation.object != object) continue;
    const bool is_shown =
        operation.statement.empty() ||
        std::equal(operation.statement.begin(), operation.statement.end(), statement.begin(), statement.end());
    if (is_shown && !operation.spent) return grant_facts{one->request, one->certificate, one->installed};
    spent = spent || is_shown;
  }
  return spent ? fail(KC_E_GRANT_ENDED, "KC-GRANT-SPENT") : not_granted;
}

result<grant_table::begun_operation> grant_table::begin(const plugin_identity& plugin, const kc_call* call,
                                                        kc_grant grant, std::string_view kind,
                                                        std::string_view object) {
  const std::lock_guard lock(mutex_);
  auto* one = find(plugin, grant);
  if (one == nullptr || one->at != stage::open) return ended();
  if (time_.monotonic_ns() >= one->ends_at) {
    end(*one, "time");
    return ended();
  }
  if (is_cancelled(call)) {
    end(*one, "cancelled");
    return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
  }
  if (one->busy) return fail(KC_E_BUSY, "KC-GRANT-BUSY");
  bool spent = false;
  for (std::size_t i = 0; i < one->operations.size(); ++i) {
    const auto& operation = one->operations[i];
    if (operation.kind != kind || operation.object != object) continue;
    spent = true;
    if (operation.spent) continue;
    one->busy = true;
    return begun_operation{one->device, {one->request, one->certificate, one->installed}, i};
  }
  return spent ? fail(KC_E_GRANT_ENDED, "KC-GRANT-SPENT") : fail(KC_E_NO_PERMISSION, "KC-GRANT-NOT-GRANTED");
}

void grant_table::finish(const plugin_identity& plugin, const kc_call* call, kc_grant grant, std::size_t index,
                         const error* why) {
  const std::lock_guard lock(mutex_);
  auto* one = find(plugin, grant);
  if (one == nullptr) return;
  one->busy = false;
  auto& operation = one->operations[index];
  nlohmann::json fields{{"grant", grant},
                        {"plugin_version", plugin.version},
                        {"kind", operation.kind},
                        {"object", operation.object},
                        {"serial", one->request.token.serial},
                        {"certificate", hex(one->request.certificate)}};
  if (why != nullptr) {
    fields["code"] = why->code;
    log_.audit(plugin.id, "grant.operation-failed", fields);
    if (is_final(*why) || is_cancelled(call)) end(*one, why->code);
    return;
  }
  log_.audit(plugin.id, "grant.operation", fields);
  operation.spent = true;
  if (operation.kind == KC_OP_INSTALL) one->installed.insert(operation.object);
  const bool all_spent =
      std::all_of(one->operations.begin(), one->operations.end(), [](const auto& each) { return each.spent; });
  if (all_spent) end(*one, "used-up");
}

void grant_table::close(const plugin_identity& plugin, kc_grant grant) noexcept {
  try {
    const std::lock_guard lock(mutex_);
    auto* one = find(plugin, grant);
    if (one == nullptr) return;
    end(*one, "closed");
    grants_.erase(grant);
  } catch (...) {
  }
}

void grant_table::close_all(const plugin_identity& plugin) noexcept {
  try {
    const std::lock_guard lock(mutex_);
    for (auto& [number, one] : grants_)
      if (one.plugin == plugin.id) end(one, "plugin-ends");
    std::erase_if(grants_, [&](const auto& entry) { return entry.second.plugin == plugin.id; });
  } catch (...) {
  }
}

result<grant_request> grant_table::request_of(const plugin_identity& plugin, kc_grant grant) {
  const std::lock_guard lock(mutex_);
  const auto* one = find(plugin, grant);
  if (one == nullptr || one->at == stage::ended) return ended();
  return one->request;
}

void grant_table::end(record& one, std::string_view why) {
  const bool was_open = one.at == stage::open;
  one.at = stage::ended;
  if (!was_open) return;
  log_out(one.device, one.certificate.application);
  one.device = {};
  log_.audit(one.plugin, "grant.ended", {{"serial", one.request.token.serial}, {"why", why}});
}

void grant_table::tokens_changed() noexcept {
  const std::lock_guard lock(mutex_);
  look_again_ = true;
  wake_.notify_all();
}

void grant_table::keep() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const bool any_open =
        std::any_of(grants_.begin(), grants_.end(), [](const auto& entry) { return entry.second.at == stage::open; });
    const auto woken = [this] { return stopping_ || look_again_; };
    if (any_open)
      wake_.wait_for(lock, keeper_glance, woken);
    else
      wake_.wait(lock);
    if (stopping_) return;
    const auto now = time_.monotonic_ns();
    for (auto& [number, one] : grants_)
      if (one.at == stage::open && !one.busy && now >= one.ends_at) end(one, "time");
    if (!look_again_) continue;
    look_again_ = false;
    lock.unlock();
    end_removed();
    lock.lock();
  }
}

void grant_table::end_removed() {
  std::vector<std::pair<kc_grant, token_device>> open;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [number, one] : grants_)
      if (one.at == stage::open) open.emplace_back(number, one.device);
  }
  for (const auto& [number, device] : open) {
    const auto who = device.module->worker.run<token_ref>(nullptr, std::chrono::seconds(2), device_effect::reads,
                                                          [session = device.session] { return session->identity(); });
    const bool is_gone = who ? *who != device.token : who.error().status == KC_E_TOKEN_REMOVED;
    if (!is_gone) continue;
    const std::lock_guard lock(mutex_);
    const auto found = grants_.find(number);
    if (found != grants_.end()) end(found->second, "KC-TOKEN-REMOVED");
  }
}

}  // namespace keycare::services
