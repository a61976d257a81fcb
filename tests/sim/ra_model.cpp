// ra_model.cpp - see ra_model.hpp; the codes are openapi.json's.
#include "tests/sim/ra_model.hpp"

#include "plugins/common/encoding.hpp"
#include "plugins/renewal/core/ra_order.hpp"
#include "tests/sim/token_model.hpp"

namespace keycare::sim {

using enum order_state;

namespace {

constexpr std::int64_t fen_a_year = 20000;
constexpr std::string_view ra_name = "sim-ra";
constexpr std::size_t most_redemptions = 3;

unlock_model ended(unlock_model u) {
  u.state = "expired";
  u.due = 0;
  return u;
}

bool is_confirmed(order_state s) {
  return s == confirmed || s == rebinding || s == complete;
}

}  // namespace

ra_model::ra_model(paper& documents, certificate old, token_ref token)
    : paper_(documents), old_(std::move(old)), token_(std::move(token)), old_der_(old_.der()) {
  old_sha256_ = paper_.hash_hex(old_der_);
  const auto document = [&](const char* id, const char* text) {
    return json{
        {"id", id}, {"version", "1.0"}, {"language", "zh-CN"}, {"sha256", paper_.hash_hex(text)}, {"text", text}};
  };
  agreements_ = {{"agreement", document("service-agreement", "协议内容")},
                 {"personal_data", document("personal-data", "个人信息")}};
}

http_response ra_model::problem(int status, std::string_view code, json more) {
  more["code"] = code;
  more["title"] = code;
  http_response out{status, {}, {}, "application/problem+json", octets_of(more.dump())};
  if (more.contains("retry_after")) out.retry_after = more["retry_after"].get<std::int64_t>();
  return out;
}

http_response ra_model::ok(const json& body) const {
  return {200, {}, now, "application/json", octets_of(body.dump())};
}

json ra_model::shown(const payment_model& p) {
  json out = {{"uuid", p.uuid},
              {"method", p.method},
              {"state", p.state},
              {"fee_fen", p.invoice["fee_fen"]},
              {"invoice", {{"kind", p.invoice["kind"]}, {"title", p.invoice["title"]}, {"state", "requested"}}},
              {"created_at", p.created}};
  if (p.state == "open") out["pay_url"] = "https://ra.test/pay/" + p.uuid;
  if (!p.refund_reason.empty()) out["refund_reason"] = p.refund_reason;
  return out;
}

json ra_model::view(const order_model& o) const {
  auto payments = json::array();
  for (const auto& p : o.payments)
    if (payments.size() < 32) payments.push_back(shown(p));
  json out = {
      {"uuid", o.uuid},
      {"number", o.number},
      {"state", dev_ra::name(o.state)},
      {"terminal", dev_ra::is_terminal(o.state)},
      {"generation", o.generation},
      {"step", dev_ra::progress_step(o.state)},
      {"certificate_sha256", old_sha256_},
      {"subject", "CN=" + old_.name},
      {"applied_at", o.applied_at},
      {"months", o.months},
      {"fee_fen", o.fee_fen},
      {"old_not_after", old_.not_after},
      {"new_not_after", o.new_not_after},
      {"applicant",
       {{"id_type", "resident-id"}, {"id_number", "1***X"}, {"name", "张*"}, {"phone", "1***0"}, {"email", "z***"}}},
      {"remark", ""},
      {"payments", std::move(payments)},
      {"seal", "valid"},
      {"pay_before", o.pay_before}};
  if (!o.correction.is_null()) out["correction"] = o.correction;
  if (!o.rejection.is_null()) out["rejection"] = o.rejection;
  return out;
}

json ra_model::summary(const order_model& o) {
  return {{"uuid", o.uuid},
          {"number", o.number},
          {"state", dev_ra::name(o.state)},
          {"months", o.months},
          {"fee_fen", o.fee_fen}};
}

std::string ra_model::receipt(const order_model& o, std::string_view type, std::string_view text) {
  const json doc = {
      {"type", "receipt"}, {"version", 1},       {"ra", ra_name},     {"time", now},
      {"order", o.uuid},   {"number", o.number}, {"statement", type}, {"statement_sha256", paper_.hash_hex(text)}};
  return common::to_base64(paper_.sign("role:receipt", doc.dump()));
}

http_response ra_model::receipted(const order_model& o, std::string_view type, std::string_view text) {
  return ok({{"receipt", receipt(o, type, text)}, {"order", view(o)}});
}

std::optional<ra_model::spoken> ra_model::speak(octets_view cms, std::string_view type, const std::string& uuid,
                                                std::string_view key) const {
  const auto opened = paper_.open(cms);
  if (!opened || opened->signer != key) return std::nullopt;
  auto doc = json::parse(opened->text, nullptr, false);
  if (!doc.is_object() || doc["type"] != type || doc["ra"] != ra_name || doc["certificate_sha256"] != old_sha256_ ||
      doc["token"]["serial"] != token_.serial || (!uuid.empty() && doc["order"] != uuid))
    return std::nullopt;
  spoken out;
  out.statement = std::move(doc);
  out.text = opened->text;
  if (const auto it = orders_.find(uuid); it != orders_.end()) out.order = const_cast<order_model*>(&it->second);
  return out;
}

order_model* ra_model::open_order() {
  for (auto& [uuid, o] : orders_)
    if (dev_ra::is_open(o.state)) return &o;
  return nullptr;
}

bool ra_model::move(order_model& o, order_event event) {
  const auto to = dev_ra::after(o.state, event);
  if (!to) return false;
  o.state = *to;
  return true;
}

std::string_view ra_model::ineligible() const {
  for (const auto& [uuid, o] : orders_)
    if (o.state == complete) return "superseded";
  return now > old_.not_after ? "ended" : "ok";
}

http_response ra_model::answer(const http_request& request) {
  const auto& path = request.path;
  const auto body = text_of(request.body);
  if (path == "/v1/info") return ok({{"ra", ra_name}});
  if (path.starts_with("/v1/agreements/current")) return ok(agreements_);
  if (path == "/v1/eligibility") return eligibility();
  if (path == "/v1/quotes") return quote(json::parse(body, nullptr, false));
  if (path == "/v1/renewals/list") return list(request.body);
  if (path.starts_with("/v1/unlocks/")) return unlock(request);
  if (!path.starts_with("/v1/renewals/") || path.size() < 49) return problem(404, "not-found");
  const auto uuid = path.substr(13, 36);
  const auto rest = std::string_view(path).substr(49);
  if (request.method == "PUT") {
    if (rest.empty()) return apply(uuid, request.body);
    if (rest == "/withdrawal") return withdraw(uuid, request.body);
    if (rest == "/correction") return correct(uuid, request.body);
    if (rest == "/generation") return generation(uuid, request.body);
    if (rest == "/csr") return this->request(uuid, json::parse(body, nullptr, false));
    if (rest == "/confirmation") return confirm(uuid, request.body);
  }
  const auto it = orders_.find(uuid);
  if (it == orders_.end()) return problem(404, "unknown-order");
  auto& o = it->second;
  if (request.bearer != o.secret) return problem(401, "unauthorised");
  if (rest.empty()) return ok(view(o));
  if (rest == "/bundle") return bundle(o);
  if (rest.starts_with("/payments/")) return payment(o, std::string(rest.substr(10)), body);
  return problem(404, "not-found");
}

std::string ra_model::key_of(const std::string& certificate_sha256) const {
  if (certificate_sha256 == old_sha256_) return std::string(old_key);
  for (const auto& [uuid, o] : orders_)
    for (const auto& [generation, made] : o.keys)
      if (paper_.hash_hex(made.second) == certificate_sha256) return made.first;
  return {};
}

http_response ra_model::eligibility() {
  auto reason = ineligible();
  json out = {{"account_hint", "p***1"}, {"server_time", now}};
  if (const auto* open = open_order(); open != nullptr && reason == "ok") {
    reason = "open-order";
    out["order"] = summary(*open);
  }
  out["reason"] = reason;
  out["eligible"] = reason == "ok";
  return ok(out);
}

http_response ra_model::quote(const json& asked) {
  if (ineligible() != "ok") return problem(409, "not-eligible");
  const auto months = asked["months"].get<std::int64_t>();
  const auto fee = months / 12 * fen_a_year;
  const auto number = std::to_string(10000000 + quotes_.size());
  const auto id = number + "-1111-4111-8111-111111111111";
  const json out = {
      {"id", id},
      {"certificate_sha256", asked["certificate_sha256"]},
      {"months", months},
      {"fee_fen", fee},
      {"currency", "CNY"},
      {"items", {{{"code", "renewal-year"}, {"quantity", months / 12}, {"unit_fen", fen_a_year}, {"amount_fen", fee}}}},
      {"delivery_included", false},
      {"old_not_after", old_.not_after},
      {"new_not_after", renewal::plus_months(old_.not_after, months)},
      {"rule", "old-end-plus-months"},
      {"issued", now},
      {"expires", now + 3600}};
  quotes_[id] = out;
  return ok(out);
}

http_response ra_model::apply(const std::string& uuid, octets_view body) {
  if (closed_.contains(uuid)) return problem(410, "quote-expired");
  const auto cms = paper_.unseal(body);
  if (!cms) return problem(400, "sealed-unreadable");
  const auto said = speak(*cms, "apply", uuid, old_key);
  if (!said) return problem(403, "untrusted-signature");
  const auto& doc = said->statement;
  const auto payload = doc["payload_sha256"].get<std::string>();
  auto* known = said->order;
  if (known != nullptr && known->payload != payload) return problem(422, "other-payload");
  if (known == nullptr) {
    if (ineligible() != "ok") return problem(409, "not-eligible");
    const auto quoted = quotes_.find(doc["quote"]["id"].get<std::string>());
    if (quoted == quotes_.end()) return problem(422, "quote-mismatch");
    for (const char* member : {"months", "fee_fen", "new_not_after", "expires"})
      if (doc["quote"][member] != quoted->second[member]) return problem(422, "quote-mismatch");
    if (now > doc["quote"]["expires"].get<std::int64_t>()) {
      closed_.insert(uuid);
      return problem(410, "quote-expired");
    }
    if (const auto* open = open_order()) return problem(409, "open-order", {{"order", summary(*open)}});
    order_model o;
    o.uuid = uuid;
    o.number = "KC" + std::to_string(20260001 + orders_.size());
    o.secret = std::string(40, static_cast<char>('a' + orders_.size() % 26));
    o.payload = payload;
    o.applied_at = now;
    o.months = doc["quote"]["months"];
    o.fee_fen = doc["quote"]["fee_fen"];
    o.new_not_after = doc["quote"]["new_not_after"];
    o.pay_before = std::min(now + 7 * day, old_.not_after);
    known = &orders_.emplace(uuid, std::move(o)).first->second;
  }
  return ok(
      {{"order_secret", known->secret}, {"receipt", receipt(*known, "apply", said->text)}, {"order", view(*known)}});
}

http_response ra_model::withdraw(const std::string& uuid, octets_view body) {
  const auto said = speak(body, "withdraw", uuid, old_key);
  if (!said) return problem(403, "untrusted-signature");
  if (said->order == nullptr) return problem(404, "unknown-order");
  auto& o = *said->order;
  if (move(o, order_event::withdrawal_asked)) {
    if (!close_payment(o)) move(o, order_event::payment_closed);
  } else if (o.state == expired) {
    return problem(409, "wrong-state");
  } else if (o.state != withdrawing && o.state != withdrawn) {
    return problem(409, "already-paid");
  }
  return receipted(o, "withdraw", said->text);
}

http_response ra_model::correct(const std::string& uuid, octets_view body) {
  const auto cms = paper_.unseal(body);
  const auto said = cms ? speak(*cms, "correct", uuid, old_key) : std::nullopt;
  if (!said) return problem(403, "untrusted-signature");
  if (said->order == nullptr) return problem(404, "unknown-order");
  auto& o = *said->order;
  // A repetition finds the order already under review.
  const auto meaning = said->statement["form"].dump();
  if (o.state != needs_correction && !o.corrected.contains(meaning)) return problem(409, "wrong-state");
  if (move(o, order_event::corrected)) {
    o.correction = nullptr;
    o.corrected.insert(meaning);
  }
  return receipted(o, "correct", said->text);
}

http_response ra_model::generation(const std::string& uuid, octets_view body) {
  const auto said = speak(body, "new-generation", uuid, old_key);
  if (!said) return problem(403, "untrusted-signature");
  if (said->order == nullptr) return problem(404, "unknown-order");
  auto& o = *said->order;
  const auto wanted = said->statement["generation"].get<std::int64_t>();
  if (wanted == o.generation && wanted > 1) return receipted(o, "new-generation", said->text);
  if (wanted != o.generation + 1) return problem(409, "generation-differs");
  if (o.state != approved && o.state != issued)
    return problem(409, is_confirmed(o.state) ? "already-confirmed" : "wrong-state");
  if (!o.new_certificate.empty()) o.revoked.insert(o.new_certificate);
  o.new_certificate.clear();
  o.generation = wanted;
  move(o, order_event::new_generation);
  return receipted(o, "new-generation", said->text);
}

http_response ra_model::request(const std::string& uuid, const json& body) {
  const auto bind = common::from_base64(body["bind_csr"].get<std::string>());
  const auto csr = common::from_base64(body["csr"].get<std::string>());
  const auto said = bind ? speak(*bind, "bind-csr", uuid, old_key) : std::nullopt;
  if (!said || !csr) return problem(403, "untrusted-signature");
  if (said->order == nullptr) return problem(404, "unknown-order");
  auto& o = *said->order;
  if (said->statement["generation"] != o.generation) return problem(409, "generation-differs");
  const std::string asked(text_of(*csr));
  if (!asked.starts_with("CSR:") || said->statement["csr_sha256"] != paper_.hash_hex(asked))
    return problem(422, "bad-fields");
  const auto key = asked.substr(4);
  const auto known = o.keys.find(o.generation);
  if (known != o.keys.end() && known->second.first != key) return problem(409, "csr-key-differs");
  if (known == o.keys.end()) {
    if (o.state != approved) return problem(409, "wrong-state");
    for (const auto& [id, other] : orders_)
      for (const auto& [number, made] : other.keys)
        if (made.first == key) return problem(422, "bad-fields");
    const certificate made{
        old_.name, "2" + std::to_string(++certificates_), key, now - 300, o.new_not_after, std::string(our_issuer)};
    o.keys[o.generation] = {key, made.der()};
    o.new_certificate = made.der();
  }
  move(o, order_event::certificate_issued);
  return receipted(o, "bind-csr", said->text);
}

http_response ra_model::bundle(const order_model& o) {
  const auto key = o.keys.find(o.generation);
  if (key == o.keys.end()) return problem(409, "not-issued-yet", {{"retry_after", 5}});
  return ok({{"generation", o.generation},
             {"signing_certificate", common::to_base64(bytes_of(key->second.second))},
             {"chain", json::array()}});
}

http_response ra_model::confirm(const std::string& uuid, octets_view body) {
  const auto opened = paper_.open(body);
  if (!opened) return problem(403, "untrusted-signature");
  const auto it = orders_.find(uuid);
  if (it == orders_.end()) return problem(404, "unknown-order");
  auto& o = it->second;
  const auto doc = json::parse(opened->text, nullptr, false);
  if (!doc.is_object() || doc["type"] != "confirm" || doc["order"] != uuid) return problem(403, "wrong-signer");
  if (doc["generation"] != o.generation) return problem(409, "generation-differs");
  if (o.new_certificate.empty() || doc["signing_certificate_sha256"] != paper_.hash_hex(o.new_certificate))
    return problem(409, "confirmation-mismatch");
  if (opened->signer != o.keys[o.generation].first) return problem(403, "untrusted-signature");
  if (o.state != issued && !is_confirmed(o.state)) return problem(409, "wrong-state");
  move(o, order_event::confirmation);
  o.confirmed_certificate = o.new_certificate;
  return receipted(o, "confirm", opened->text);
}

http_response ra_model::payment(order_model& o, const std::string& id, std::string_view body) {
  for (const auto& p : o.payments)
    if (p.uuid == id) return p.request == body ? ok(shown(p)) : problem(422, "other-payload");
  if (o.state != awaiting_payment) {
    const bool unpaid = o.state == withdrawing || o.state == withdrawn || o.state == expired;
    return problem(409, unpaid ? "wrong-state" : "already-paid");
  }
  if (close_payment(o)) return problem(409, "payment-closing", {{"retry_after", 1}});
  const auto asked = json::parse(body, nullptr, false);
  payment_model p;
  p.uuid = id;
  p.method = asked["method"];
  p.request = body;
  p.invoice = {{"kind", asked["invoice"]["kind"]}, {"title", asked["invoice"]["title"]}, {"fee_fen", o.fee_fen}};
  p.created = now;
  o.payments.insert(o.payments.begin(), std::move(p));
  return ok(shown(o.payments.front()));
}

bool ra_model::close_payment(order_model& o) {
  for (auto& p : o.payments) {
    if (p.state != "open" && p.state != "closing") continue;
    if (p.state == "open") {
      p.state = "closing";
      p.asked = "close";
      p.was_closing = true;
    }
    return true;
  }
  return false;
}

http_response ra_model::list(octets_view body) {
  const auto opened = paper_.open(body);
  const auto doc = opened ? json::parse(opened->text, nullptr, false) : json();
  if (!doc.is_object() || doc["type"] != "list") return problem(403, "untrusted-signature");
  const auto certificate = doc["certificate_sha256"].get<std::string>();
  if (opened->signer != key_of(certificate)) return problem(403, "untrusted-signature");
  auto out = json::array();
  for (auto& [uuid, o] : orders_) {
    const bool by_new = !o.new_certificate.empty() && certificate == paper_.hash_hex(o.new_certificate);
    if (!by_new && certificate != old_sha256_) continue;
    // Any statement by the new key proves that it is on the token and works.
    if (by_new && move(o, order_event::confirmation)) o.confirmed_certificate = o.new_certificate;
    out.push_back({{"order_secret", o.secret}, {"order", view(o)}});
  }
  return ok({{"orders", std::move(out)}});
}

// ---- the world outside

order_model* ra_model::order_of(const std::string& payment) {
  for (auto& [uuid, o] : orders_)
    for (const auto& p : o.payments)
      if (p.uuid == payment) return &o;
  return nullptr;
}

std::optional<notice> ra_model::pay(const std::string& payment) {
  auto* o = order_of(payment);
  if (o == nullptr) return std::nullopt;
  for (auto& p : o->payments) {
    if (p.uuid != payment || p.provider == "closed" || p.provider == "refunded") continue;
    p.provider = "paid";
    return notice{payment, "succeeded", o->fee_fen};
  }
  return std::nullopt;
}

std::vector<notice> ra_model::provider_answers() {
  std::vector<notice> out;
  for (auto& [uuid, o] : orders_)
    for (auto& p : o.payments) {
      if (p.asked.empty()) continue;
      if (p.asked == "close") {
        if (p.provider == "open") p.provider = "closed";
        out.push_back({p.uuid, p.provider == "paid" ? "succeeded" : "closed", o.fee_fen});
      } else {
        p.provider = "refunded";
        out.push_back({p.uuid, "refunded", o.fee_fen});
      }
      p.asked.clear();
    }
  return out;
}

void ra_model::accept(const notice& said) {
  auto* o = order_of(said.payment);
  if (o == nullptr || said.fee_fen != o->fee_fen) return;
  for (auto& p : o->payments) {
    if (p.uuid != said.payment) continue;
    if (said.event == "succeeded" && (p.state == "open" || p.state == "closing" || p.state == "closed")) {
      if (move(*o, order_event::payment_succeeded)) {
        p.state = "succeeded";
        close_payment(*o);
      } else {
        p.state = "refunding";
        p.refund_reason = o->state == withdrawn || o->state == expired ? "late" : "second";
        p.asked = "refund";
      }
    } else if (said.event == "closed" && (p.state == "open" || p.state == "closing")) {
      p.state = "closed";
      if (o->state == withdrawing) move(*o, order_event::payment_closed);
    } else if (said.event == "refunded" && p.state == "refunding") {
      p.state = "refunded";
      if (p.refund_reason == "rejected") move(*o, order_event::refund_done);
    }
    return;
  }
}

void ra_model::review(order_model& o, order_event decision) {
  if (!move(o, decision)) return;
  if (decision == order_event::correction_asked)
    o.correction = {{"reason", "请更正"}, {"fields", {{{"field", "phone"}, {"code", "differs"}}}}};
  if (decision == order_event::rejection) o.rejection = {{"reason", "资料不符"}};
}

void ra_model::go_on() {
  for (auto& [uuid, u] : unlocks_)
    if (u.due != 0 && now >= u.due) u = ended(std::move(u));
  for (auto& [uuid, o] : orders_) {
    switch (o.state) {
      case awaiting_payment:
        if (now > o.pay_before) {
          move(o, order_event::unpaid_too_long);
          close_payment(o);
        }
        break;
      case paid:
        move(o, order_event::review_opened);
        break;
      case rejected:
        move(o, order_event::refund_started);
        for (auto& p : o.payments)
          if (p.state == "succeeded") {
            p.state = "refunding";
            p.refund_reason = "rejected";
            p.asked = "refund";
          }
        break;
      case confirmed:
        move(o, order_event::rebinding_started);
        break;
      case rebinding:
        move(o, order_event::portal_acknowledged);
        break;
      default:
        break;
    }
  }
}

// ---- unlock

json ra_model::view(const unlock_model& u) const {
  return {{"uuid", u.uuid},
          {"state", u.state},
          {"token", {{"manufacturer", token_.manufacturer}, {"serial", u.serial}}},
          {"application", "APP"},
          {"certificate_sha256", u.certificate_sha256},
          {"applied_at", now},
          {"phone", "138****8000"},
          {"redemptions_left", most_redemptions - std::min(most_redemptions, u.redemptions.size())},
          {"exposed", false},
          {"remark", ""}};
}

void ra_model::approve_unlocks() {
  for (auto& [uuid, u] : unlocks_)
    if (u.state == "under-review") {
      u.state = "approved";
      u.due = now + 7 * day;
    }
}

http_response ra_model::unlock(const http_request& request) {
  const auto uuid = request.path.substr(12, 36);
  const auto rest = std::string_view(request.path).substr(48);
  const auto it = unlocks_.find(uuid);
  if (rest.empty() && request.method == "PUT") {
    const auto text = paper_.unseal(request.body);
    const auto doc = text ? json::parse(text->begin(), text->end(), nullptr, false) : json();
    if (!doc.is_object() || doc["type"] != "unlock-apply" || doc["order"] != uuid) return problem(400, "bad-statement");
    auto meaning = doc;
    meaning.erase("time");
    if (it != unlocks_.end()) {
      if (it->second.payload != meaning.dump()) return problem(422, "other-payload");
      return ok({{"unlock_secret", it->second.secret}, {"unlock", view(it->second)}});
    }
    for (const auto& [id, u] : unlocks_)
      if (u.state == "awaiting-code" || u.state == "under-review" || u.state == "approved")
        return problem(409, "open-unlock");
    unlock_model u;
    u.uuid = uuid;
    u.secret = std::string(40, static_cast<char>('A' + unlocks_.size() % 26));
    u.payload = meaning.dump();
    u.serial = doc["token"]["serial"];
    u.certificate_sha256 = doc["certificate_sha256"];
    if (key_of(u.certificate_sha256).empty()) return problem(404, "unknown-certificate");
    u.due = now + day;
    const auto& made = unlocks_.emplace(uuid, std::move(u)).first->second;
    return ok({{"unlock_secret", made.secret}, {"unlock", view(made)}});
  }
  if (it == unlocks_.end()) return problem(404, "unknown-unlock");
  auto& u = it->second;
  if (rest == "/report") {
    const auto opened = paper_.open(request.body);
    if (!opened || opened->signer != key_of(u.certificate_sha256)) return problem(403, "untrusted-signature");
    const auto doc = json::parse(opened->text, nullptr, false);
    const auto redeemed = u.redemptions.find(doc["redemption"].get<std::string>());
    if (doc["order"] != uuid || redeemed == u.redemptions.end() || redeemed->second.nonce != doc["nonce"])
      return problem(409, "wrong-state");
    // A report may come after another unlock of this token was reported: then its pair is history.
    if (u.state != "done" && redeemed->second.next == admin_next_) {
      admin_current_ = admin_next_;
      admin_next_.clear();
    }
    u.state = "done";
    return ok(view(u));
  }
  if (request.bearer != u.secret) return problem(401, "unauthorised");
  if (rest.empty()) return ok(view(u));
  if (rest == "/code") {
    ++sms_codes;
    return ok({{"phone", "138****8000"}, {"expires_at", now + 300}, {"resend_at", now + 60}});
  }
  const auto body = json::parse(text_of(request.body), nullptr, false);
  if (rest == "/verification") {
    if (u.state != "awaiting-code") return ok(view(u));
    if (body["code"] != right_code) return problem(403, "code-wrong");
    u.state = "under-review";
    u.due = 0;
    return ok(view(u));
  }
  if (rest.starts_with("/redemptions/")) return redeem(u, std::string(rest.substr(13)), body);
  return problem(404, "not-found");
}

http_response ra_model::redeem(unlock_model& u, const std::string& id, const json& body) {
  const auto nonce = body["nonce"].get<std::string>();
  auto known = u.redemptions.find(id);
  if (known != u.redemptions.end() && known->second.nonce != nonce) return problem(422, "other-payload");
  if (known == u.redemptions.end()) {
    if (u.state != "approved" && u.state != "redeemed") return problem(409, "wrong-state");
    if (body["token"]["serial"] != u.serial) return problem(409, "token-mismatch");
    if (body["code"] != right_code) return problem(403, "code-wrong");
    if (u.redemptions.size() >= most_redemptions) return problem(409, "unlock-limit-approval");
    // In escrow before anybody sees it, and the same until it is reported.
    if (admin_next_.empty()) admin_next_ = "admin-" + std::to_string(++admins_);
    const json text = {{"unlock", u.uuid},   {"redemption", id},          {"nonce", nonce},
                       {"serial", u.serial}, {"current", admin_current_}, {"next", admin_next_}};
    const auto signed_text = paper_.sign("role:unlock", text.dump());
    known = u.redemptions.insert({id, {nonce, common::to_base64(signed_text), admin_next_}}).first;
    u.state = "redeemed";
    u.due = 0;
  }
  return ok({{"authorisation", known->second.authorisation}});
}

}  // namespace keycare::sim
