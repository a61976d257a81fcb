// process.cpp - the services of one running client: each effect behind its point.
#include "tests/sim/world.hpp"

#include "keycare/sdk/statement.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/renewal/core/core.hpp"
#include "plugins/unlock/core/core.hpp"
#include "tests/plugins/fake_services.hpp"
#include "tests/sim/habits.hpp"

#include <algorithm>

namespace keycare::sim {

namespace {

constexpr std::int64_t five_minutes_ns = 300'000'000'000;

error stopped() {
  return fail(KC_E_FAILED, "KC-SIM-STOPPED");
}

/// What a fault makes of a call instead of its effect.
std::optional<error> instead_of(fault what) {
  switch (what) {
    case fault::disk_full:
      return fail(KC_E_FAILED, "KC-STORE-FULL");
    case fault::unreadable:
      return fail(KC_E_FAILED, "KC-STORE-IO");
    case fault::no_connection:
      return fail(KC_E_NETWORK, "KC-NET-CONNECT");
    case fault::lost_request:
      return fail(KC_E_OUTCOME_UNKNOWN, "KC-NET-LOST");
    case fault::hung_before:
      return fail(KC_E_OUTCOME_UNKNOWN, "KC-TOKEN-HUNG");
    case fault::refused:
      return fail(KC_E_FAILED, "KC-TOKEN-REFUSED");
    default:
      return std::nullopt;
  }
}

/// What it makes of the answer after the effect.
std::optional<error> after(fault what) {
  switch (what) {
    case fault::killed_after:
    case fault::torn_write:
      return stopped();
    case fault::lost_answer:
    case fault::delayed_request:
      return fail(KC_E_OUTCOME_UNKNOWN, "KC-NET-LOST");
    case fault::pulled_after:
      return fail(KC_E_TOKEN_REMOVED, "KC-TOKEN-REMOVED");
    case fault::hung_after:
      return fail(KC_E_OUTCOME_UNKNOWN, "KC-TOKEN-HUNG");
    default:
      return std::nullopt;
  }
}

}  // namespace

process::process(world& in, int on_computer, int its_id) : at(on_computer), id(its_id), w_(in) {
  services* shown = this;
  if (w_.habit != nullptr) {
    habit_ = w_.habit(*this, w_);
    shown = habit_.get();
  }
  tables_ = std::make_unique<host_tables>(*shown);
  renewal_ = std::move(*renewal::make_core(host_link(tables_->abi())));
  unlock_ = std::move(*unlock::make_core(host_link(tables_->abi())));
}

process::~process() {
  dead = true;  // A core that closes its grant has no effect any more.
  auto& locks = w_.computers[static_cast<std::size_t>(at)].locks;
  std::erase_if(locks, [&](const auto& held) { return held.second == id; });
}

result<json> process::run(bool unlocking_plugin, std::string_view name, const json& input) {
  command = name;
  unlocking = unlocking_plugin;
  sent_away = false;
  if (w_.tracing)
    w_.note("  client " + std::to_string(id) + ": " + (unlocking ? "unlock " : "") + command + " " + input.dump());
  auto out = (unlocking ? unlock_ : renewal_)->invoke(fakes::fake_call(), name, input);
  if (dead) return stopped();
  if (out) w_.rules.replied(*this, unlocking, *out);
  if (w_.tracing && !out) w_.note("    = " + out.error().code);
  if (w_.tracing && out) {
    const auto& data = (*out)["data"];
    if (data.contains("order"))
      w_.note("    = " + data["order"].value("stage", "") + " " + data["order"].value("state", "") + " next " +
              data["order"].value("next_step", "") + " " + data.value("delayed", ""));
    if (data.contains("unlock"))
      w_.note("    = " + data["unlock"].value("stage", "") + " " + data["unlock"].value("state", ""));
  }
  return out;
}

template <class Effect>
auto process::act(site where, Effect&& effect) -> decltype(effect(std::declval<const planned_fault*>())) {
  if (dead) return stopped();
  const auto* hit = w_.strike(this, where);
  if (dead) return stopped();
  if (hit != nullptr)
    if (const auto why = instead_of(hit->what)) return *why;
  auto out = effect(hit);
  if (hit != nullptr) {
    if (hit->what == fault::killed_after) dead = true;
    if (hit->what == fault::pulled_after) w_.pull();
    if (const auto why = after(hit->what)) return *why;
  }
  if (dead) return stopped();
  return out;
}

std::int64_t process::now() {
  return w_.ra.now + w_.computers[static_cast<std::size_t>(at)].clock_error;
}

std::int64_t process::monotonic() {
  return w_.mono;
}

// ---- token

const container* process::box_of(const token_model& token, const digest& certificate) const {
  for (const auto& [name, box] : token.boxes)
    if (w_.documents.hash(bytes_of(box.certificate)) == certificate) return &box;
  return nullptr;
}

token_model* process::token_here(const token_ref& ref) {
  for (auto* one : {&w_.token, &w_.other})
    if (one->ref == ref && one->place == at) return one;
  return nullptr;
}

result<std::vector<token_info>> process::tokens() {
  return act(site::look, [&](const planned_fault*) -> result<std::vector<token_info>> {
    std::vector<token_info> out;
    for (auto* one : {&w_.token, &w_.other}) {
      if (one->place != at) continue;
      token_info info;
      info.token = one->ref;
      info.backend = "skf";
      info.flags = KC_TOKEN_CAN_UNLOCK;
      if (w_.busy_looks > 0) {
        --w_.busy_looks;
        info.flags |= KC_TOKEN_BUSY;
      }
      out.push_back(std::move(info));
    }
    return out;
  });
}

namespace {

pin_state pin_of(const token_model& token) {
  pin_state out;
  out.max = token.most_tries;
  out.remaining = token.tries;
  out.flags = KC_PIN_STATE_KNOWN;
  if (token.locked()) out.flags |= KC_PIN_LOCKED;
  if (token.tries == 1) out.flags |= KC_PIN_FINAL_TRY;
  out.source = "SKF_GetPINInfo";
  return out;
}

}  // namespace

result<std::vector<certificate_info>> process::certificates(const token_ref* token) {
  return act(site::look, [&](const planned_fault*) -> result<std::vector<certificate_info>> {
    if (token != nullptr && token_here(*token) == nullptr) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-THERE");
    std::vector<certificate_info> out;
    for (auto* one : {&w_.token, &w_.other}) {
      if (one->place != at || (token != nullptr && !(one->ref == *token))) continue;
      for (const auto& [name, box] : one->boxes) {
        if (box.certificate.empty()) continue;
        auto info = *w_.documents.parse(bytes_of(box.certificate));
        info.usage = KC_USAGE_SIGN;
        info.private_key = box.key.empty() || box.half ? KC_KEY_ABSENT : KC_KEY_PRESENT;
        info.token = one->ref;
        info.application = "APP";
        info.container = name;
        info.pin = pin_of(*one);
        out.push_back(std::move(info));
      }
    }
    return out;
  });
}

// ---- store

result<record> process::get(const std::string& key) {
  return act(site::read, [&](const planned_fault*) -> result<record> {
    const auto& c = w_.computers[static_cast<std::size_t>(at)];
    const auto it = c.records.find(key);
    if (it == c.records.end()) return fail(KC_E_NOT_FOUND, "KC-STORE-NOT-FOUND");
    if (c.damaged.contains(key)) return fail(KC_E_DAMAGED, "KC-STORE-DAMAGED");
    w_.rules.read(*this, key, it->second.version);
    return it->second;
  });
}

result<std::uint64_t> process::put_if(const std::string& key, std::uint64_t version, octets data) {
  return act(site::write, [&](const planned_fault* hit) -> result<std::uint64_t> {
    auto& c = w_.computers[static_cast<std::size_t>(at)];
    if (c.full) return fail(KC_E_FAILED, "KC-STORE-FULL");
    const auto it = c.records.find(key);
    const auto found = it != c.records.end() ? it->second.version : 0;
    w_.rules.wrote(*this, key, version, found);
    if (found != version) return fail(KC_E_CONFLICT, "KC-STORE-CONFLICT");
    c.records[key] = {version + 1, std::move(data)};
    c.damaged.erase(key);
    if (hit != nullptr && hit->what == fault::torn_write) {
      c.damaged.insert(key);
      dead = true;
    }
    c.keep_facts(key);
    if (w_.tracing) w_.note("      stored " + key.substr(0, key.find('/')) + " " + c.stage_word(key));
    return version + 1;
  });
}

result<void> process::remove_if(const std::string& key, std::uint64_t version) {
  return act(site::write, [&](const planned_fault*) -> result<void> {
    auto& c = w_.computers[static_cast<std::size_t>(at)];
    const auto it = c.records.find(key);
    if (it == c.records.end()) return {};
    if (it->second.version != version) return fail(KC_E_CONFLICT, "KC-STORE-CONFLICT");
    c.records.erase(it);
    c.damaged.erase(key);
    c.keep_facts(key);
    return {};
  });
}

result<std::vector<std::pair<std::string, std::uint64_t>>> process::list(const std::string& prefix) {
  return act(site::read, [&](const planned_fault*) -> result<std::vector<std::pair<std::string, std::uint64_t>>> {
    std::vector<std::pair<std::string, std::uint64_t>> out;
    for (const auto& [key, value] : w_.computers[static_cast<std::size_t>(at)].records)
      if (key.starts_with(prefix)) out.emplace_back(key, value.version);
    return out;
  });
}

result<kc_lock> process::lock(const std::string& name) {
  if (dead) return stopped();
  auto& locks = w_.computers[static_cast<std::size_t>(at)].locks;
  if (locks.contains(name)) return fail(KC_E_BUSY, "KC-STORE-LOCKED");
  locks[name] = id;
  held_[++last_] = name;
  return last_;
}

void process::unlock(kc_lock lock) {
  const auto it = held_.find(lock);
  if (dead || it == held_.end()) return;  // Its death releases it.
  w_.computers[static_cast<std::size_t>(at)].locks.erase(it->second);
  held_.erase(it);
}

// ---- http

namespace {

http_response plain(int status, std::string_view type, std::string_view body) {
  return {status, {}, {}, std::string(type), octets_of(body)};
}

}  // namespace

void process::spoil(http_response& answer, const http_request& request, const planned_fault& hit) {
  if (hit.what == fault::damaged_answer) {
    switch (hit.how % 5) {
      case 0:
        answer.body.resize(answer.body.size() / 2);
        return;
      case 1:
        answer = plain(200, "text/html", "<html>认证</html>");
        return;
      case 2:
        answer = plain(200, "application/json", "{}");
        return;
      case 3:
        answer = plain(200, "application/json", std::string(200, '['));
        return;
      default:
        answer = plain(502, "text/html", "bad gateway");
        return;
    }
  }
  // A foreign answer: a whole one, but about something else, or from somebody else.
  auto body = json::parse(answer.body.begin(), answer.body.end(), nullptr, false);
  if (!body.is_object() || answer.status != 200) return;
  const auto put = [&](json changed) { answer.body = octets_of(changed.dump()); };
  if (request.path.ends_with("/bundle")) {
    certificate wrong{"平安供应商",           "9", "key-of-a-stranger", w_.ra.now, w_.ra.now + 390 * day,
                      std::string(our_issuer)};
    const auto asked = common::from_base64(body["signing_certificate"].get<std::string>());
    if (asked && hit.how % 3 != 0) {
      const auto right = json::parse(text_of(*asked));
      wrong.key = right["key"];
      wrong.not_after = right["not_after"];
      if (hit.how % 3 == 1) wrong.name = "别的公司";
      if (hit.how % 3 == 2) wrong.issuer = "CN=Somebody else";
    }
    body["signing_certificate"] = common::to_base64(bytes_of(wrong.der()));
    put(body);
    return;
  }
  if (body.contains("receipt") && hit.how % 2 == 0) {
    body["receipt"] = common::to_base64(w_.documents.sign("role:somebody", "{}"));
    put(body);
    return;
  }
  auto& order = body.contains("order") && body["order"].is_object() ? body["order"] : body;
  if (order.contains("uuid")) {
    order["uuid"] = "99999999-9999-4999-8999-999999999999";
    put(body);
  }
}

result<http_response> process::answered(const http_request& request, const planned_fault* hit) {
  if (w_.ra_down > 0) {
    --w_.ra_down;
    return fail(KC_E_NETWORK, "KC-NET-CONNECT");
  }
  const auto error = w_.computers[static_cast<std::size_t>(at)].clock_error;
  if (error > 30 * day || error < -30 * day) return fail(KC_E_TLS_DATE, "KC-TLS-DATE");
  if (hit != nullptr && hit->what == fault::server_error)
    return plain(500, "application/problem+json", R"({"code":"internal","title":"internal"})");
  if (hit != nullptr && hit->what == fault::slow_down)
    return plain(429, "application/problem+json", R"({"code":"unavailable","title":"","retry_after":30})");
  w_.rules.sent(*this, request.method, request.path, request.body);
  if (hit != nullptr && hit->what == fault::delayed_request) {
    w_.delayed.push_back({w_.points + 1 + hit->how % 24, request});
    return http_response{};
  }
  auto answer = w_.ra.answer(request);
  if (hit != nullptr && hit->what == fault::repeated_request) answer = w_.ra.answer(request);
  if (w_.tracing) w_.note("      " + request.method + " " + request.path + " " + std::to_string(answer.status));
  const bool heard = hit == nullptr || !after(hit->what);
  if (heard && answer.status == 200) w_.rules.answered(at, request.path);
  if (hit != nullptr && (hit->what == fault::damaged_answer || hit->what == fault::foreign_answer))
    spoil(answer, request, *hit);
  return answer;
}

result<http_response> process::send(const http_request& request) {
  w_.says_key_works = request.path == "/v1/renewals/list";
  auto out = act(request.method == "PUT" ? site::send : site::ask,
                 [&](const planned_fault* hit) { return answered(request, hit); });
  w_.says_key_works = false;
  return out;
}

result<std::int64_t> process::signed_time() {
  if (dead) return stopped();
  return w_.ra.now;
}

// ---- crypto

digest process::sha256(octets_view data) {
  return w_.documents.hash(data);
}
std::uint8_t process::random() {
  return static_cast<std::uint8_t>(w_.luck.next());
}
result<certificate_info> process::parse_certificate(octets_view der) {
  return w_.documents.parse(der);
}
result<void> process::verify_certificate(octets_view der) {
  const auto parsed = w_.documents.parse(der);
  if (!parsed) return parsed.error();
  if (parsed->issuer != our_issuer) return fail(KC_E_UNTRUSTED, "KC-CRYPTO-CHAIN");
  return {};
}
result<octets> process::verify_signed(const std::string& role, octets_view cms) {
  const auto opened = w_.documents.open(cms);
  if (!opened || opened->signer != "role:" + role) return fail(KC_E_UNTRUSTED, "KC-CRYPTO-SIGNER");
  return octets_of(opened->text);
}
octets process::seal(octets_view data) {
  return w_.documents.seal(data);
}

// ---- signing

result<kc_grant> process::prepare(const grant_ask& ask) {
  if (dead) return stopped();
  grants_[++last_] = {ask, {}, false, 0};
  return last_;
}

result<void> process::add(kc_grant grant, const std::string& kind, const std::string& object) {
  grants_[grant].left.emplace_back(kind, object);
  return {};
}

result<void> process::open(kc_grant grant) {
  return act(site::open, [&](const planned_fault*) -> result<void> {
    auto& g = grants_[grant];
    auto* token = token_here(g.ask.token);
    if (token == nullptr) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-THERE");
    if (token->locked()) return fail(KC_E_PIN_LOCKED, "KC-PIN-LOCKED");
    w_.rules.dialog(*this);
    while (w_.wrong_pins > 0 && !token->locked()) {
      --w_.wrong_pins;
      --token->tries;
    }
    sent_away = true;
    if (token->locked()) return fail(KC_E_PIN_LOCKED, "KC-PIN-LOCKED");
    if (!w_.calm && w_.luck.chance(4)) return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED");
    sent_away = false;
    token->tries = token->most_tries;
    g.open = true;
    g.plugging = w_.plugging;
    return {};
  });
}

result<token_model*> process::spend(kc_grant grant, std::string_view kind, const std::string& object) {
  const auto it = grants_.find(grant);
  if (it == grants_.end() || !it->second.open) return fail(KC_E_GRANT_ENDED, "KC-GRANT-ENDED");
  auto* token = token_here(it->second.ask.token);
  if (token == nullptr) return fail(KC_E_TOKEN_REMOVED, "KC-TOKEN-REMOVED");
  if (it->second.plugging != w_.plugging) return fail(KC_E_GRANT_ENDED, "KC-GRANT-ENDED");
  auto& left = it->second.left;
  const auto found = std::find(left.begin(), left.end(), std::pair<std::string, std::string>(kind, object));
  if (found == left.end()) return fail(KC_E_NO_PERMISSION, "KC-GRANT-OPERATION");
  left.erase(found);
  return token;
}

result<octets> process::sign(kc_grant grant, const std::string& container, octets_view text) {
  return act(site::sign, [&](const planned_fault*) -> result<octets> {
    const auto doc = statement::read(text_of(text));
    if (!doc) return doc.error();
    const auto type = (*doc)["type"].get<std::string>();
    const auto token = spend(grant, container.empty() ? KC_OP_SIGN : KC_OP_SIGN_NEW, type);
    if (!token) return token.error();
    const auto& ask = grants_[grant].ask;
    if ((*doc)["order"] != ask.order) return fail(KC_E_NO_PERMISSION, "KC-GRANT-ORDER");
    const auto* box = container.empty() ? box_of(**token, ask.certificate) : (*token)->box(container);
    if (box == nullptr || box->key.empty() || box->half) return fail(KC_E_NOT_FOUND, "KC-TOKEN-CONTAINER");
    w_.rules.signs(*this, ask, *doc, container);
    return w_.documents.sign(box->key, text_of(text));
  });
}

void process::close(kc_grant grant) {
  grants_.erase(grant);
}

// ---- keys

result<container_state> process::inspect(const token_ref& token, const std::string& name) {
  return act(site::look, [&](const planned_fault*) -> result<container_state> {
    const auto* there = token_here(token);
    if (there == nullptr) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-THERE");
    container_state out;
    const auto* box = there->box(name);
    if (box == nullptr) return out;
    out.state = KC_CONTAINER_EMPTY;
    if (box->half) out.state = KC_CONTAINER_HALF;
    if (!box->key.empty() && !box->half) {
      out.state = box->certificate.empty() ? KC_CONTAINER_PAIR : KC_CONTAINER_CERTIFIED;
      out.public_key = octets_of(subject_key(box->key));
    }
    if (!box->certificate.empty()) out.certificate = w_.documents.hash(bytes_of(box->certificate));
    return out;
  });
}

result<void> process::create(kc_grant grant, const std::string& name) {
  return act(site::create, [&](const planned_fault*) -> result<void> {
    const auto token = spend(grant, KC_OP_CREATE, name);
    if (!token) return token.error();
    w_.rules.creates(*this, grants_[grant].ask, name);
    auto& boxes = (*token)->boxes;
    if (const auto* box = (*token)->box(name); box != nullptr && !box->key.empty())
      return fail(KC_E_CONFLICT, "KC-CONTAINER-NOT-EMPTY");
    if (!boxes.contains(name) && boxes.size() >= (*token)->room) return fail(KC_E_TOKEN_FULL, "KC-TOKEN-FULL");
    boxes.try_emplace(name);
    return {};
  });
}

result<octets> process::generate(kc_grant grant, const std::string& name) {
  return act(site::generate, [&](const planned_fault* hit) -> result<octets> {
    const auto token = spend(grant, KC_OP_GENERATE, name);
    if (!token) return token.error();
    w_.rules.generates(*this, grants_[grant].ask, name);
    auto& boxes = (*token)->boxes;
    if (!boxes.contains(name)) return fail(KC_E_NOT_FOUND, "KC-CONTAINER-NOT-FOUND");
    auto& box = boxes[name];
    if (box.half) box = {};
    if (box.key.empty()) box.key = "key-" + std::to_string(w_.luck.next());
    if (hit != nullptr && hit->what == fault::half_pair) {
      box.half = true;
      if (hit->how % 2 == 0) return fail(KC_E_FAILED, "KC-TOKEN-REFUSED");
      w_.pull();
      return fail(KC_E_TOKEN_REMOVED, "KC-TOKEN-REMOVED");
    }
    return octets_of(subject_key(box.key));
  });
}

result<octets> process::request(kc_grant grant, const std::string& name) {
  return act(site::request, [&](const planned_fault*) -> result<octets> {
    const auto token = spend(grant, KC_OP_REQUEST, name);
    if (!token) return token.error();
    const auto* box = (*token)->box(name);
    if (box == nullptr || box->key.empty() || box->half) return fail(KC_E_NOT_FOUND, "KC-TOKEN-CONTAINER");
    return octets_of("CSR:" + box->key);
  });
}

result<void> process::install(kc_grant grant, const std::string& name, const octets& certificate) {
  return act(site::install, [&](const planned_fault*) -> result<void> {
    const auto token = spend(grant, KC_OP_INSTALL, name);
    if (!token) return token.error();
    const std::string der(text_of(certificate));
    w_.rules.installs(*this, grants_[grant].ask, name, der);
    const auto it = (*token)->boxes.find(name);
    if (it == (*token)->boxes.end()) return fail(KC_E_NOT_FOUND, "KC-TOKEN-CONTAINER");
    const auto parsed = w_.documents.parse(certificate);
    if (!parsed || text_of(parsed->public_key) != subject_key(it->second.key))
      return fail(KC_E_UNTRUSTED, "KC-KEYS-OTHER-KEY");
    it->second.certificate = der;
    return {};
  });
}

result<void> process::prove(kc_grant grant, const std::string& name, const octets& certificate) {
  return act(site::prove, [&](const planned_fault*) -> result<void> {
    const auto token = spend(grant, KC_OP_PROVE, name);
    if (!token) return token.error();
    const auto* box = (*token)->box(name);
    if (box == nullptr) return fail(KC_E_NOT_FOUND, "KC-CONTAINER-NOT-FOUND");
    if (box->certificate.empty() || box->certificate != text_of(certificate))
      return fail(KC_E_UNTRUSTED, "KC-BUNDLE-NOT-INSTALLED");
    return {};
  });
}

result<void> process::reap(kc_grant grant, const std::string& name) {
  return act(site::reap, [&](const planned_fault*) -> result<void> {
    const auto token = spend(grant, KC_OP_REAP, name);
    if (!token) return token.error();
    w_.rules.reaps(*this, grants_[grant].ask, name);
    const auto it = (*token)->boxes.find(name);
    if (it == (*token)->boxes.end()) return {};
    if (!name.starts_with(KC_CONTAINER_PREFIX) || !it->second.certificate.empty())
      return fail(KC_E_CONFLICT, "KC-KEYS-CERTIFIED");
    (*token)->boxes.erase(it);
    return {};
  });
}

// ---- pin

result<pin_state> process::pin(const token_ref& token) {
  return act(site::look, [&](const planned_fault*) -> result<pin_state> {
    const auto* there = token_here(token);
    if (there == nullptr) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-THERE");
    return pin_of(*there);
  });
}

result<std::pair<kc_unlock, std::string>> process::unlock_begin(const token_ref& token, const digest& certificate) {
  return act(site::unlock_begin, [&](const planned_fault*) -> result<std::pair<kc_unlock, std::string>> {
    if (token_here(token) == nullptr) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-THERE");
    octets id(16), nonce(32);
    for (auto& octet : id) octet = random();
    for (auto& octet : nonce) octet = random();
    pending_unlock begun{common::to_uuid(id), common::to_hex(nonce), certificate, w_.mono};
    const json text = {
        {"redemption", begun.redemption}, {"nonce", begun.nonce}, {"ephemeral_key", common::to_base64(nonce)}};
    unlocks_[++last_] = std::move(begun);
    return std::pair<kc_unlock, std::string>(last_, text.dump());
  });
}

/// The host's order of domain.md: next first when it may have been set already, at most one wrong try.
result<octets> process::unlock_finish(kc_unlock handle, octets_view authorisation) {
  const auto it = unlocks_.find(handle);
  if (it == unlocks_.end()) return fail(KC_E_GRANT_ENDED, "KC-UNLOCK-ENDED");
  const auto begun = it->second;
  return act(site::unlock_finish, [&](const planned_fault* hit) -> result<octets> {
    const auto opened = w_.documents.open(authorisation);
    if (!opened || opened->signer != "role:unlock") return fail(KC_E_UNTRUSTED, "KC-PIN-AUTHORISATION");
    const auto doc = json::parse(opened->text);
    if (doc["nonce"] != begun.nonce || doc["serial"] != w_.token.ref.serial)
      return fail(KC_E_UNTRUSTED, "KC-PIN-AUTHORISATION");
    if (w_.mono - begun.began >= five_minutes_ns) return fail(KC_E_TIMEOUT, "KC-UNLOCK-STALE");
    auto* token = token_here(w_.token.ref);
    if (token == nullptr) return fail(KC_E_TOKEN_REMOVED, "KC-TOKEN-REMOVED");
    if (!w_.calm && w_.luck.chance(4)) return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED");
    if (token->admin_tries < 3) return fail(KC_E_FAILED, "KC-UNLOCK-ADMIN-TRIES");
    if (token->admin != doc["current"] && token->admin != doc["next"]) {
      --token->admin_tries;
      return fail(KC_E_FAILED, "KC-UNLOCK-ADMIN");
    }
    token->admin = doc["next"];
    // Cut between the new admin PIN and the unblocking.
    if (hit != nullptr && hit->how % 2 == 1 && after(hit->what)) return octets{};
    token->tries = token->most_tries;
    const auto* box = box_of(*token, begun.certificate);
    if (box == nullptr) return fail(KC_E_NOT_FOUND, "KC-KEY-NOT-FOUND");
    const json proof = {
        {"type", "unlock-proof"}, {"order", doc["unlock"]}, {"redemption", begun.redemption}, {"nonce", begun.nonce}};
    return w_.documents.sign(box->key, proof.dump());
  });
}

void process::unlock_end(kc_unlock handle) {
  unlocks_.erase(handle);
}

void process::open_url(const std::string& url) {
  if (dead) return;
  const auto page = url.substr(url.rfind('/') + 1);
  if (std::find(w_.pages.begin(), w_.pages.end(), page) == w_.pages.end()) w_.pages.push_back(page);
}

}  // namespace keycare::sim
