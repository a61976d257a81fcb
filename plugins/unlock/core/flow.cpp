// flow.cpp - see flow.hpp.
#include "plugins/unlock/core/flow.hpp"

#include "keycare/sdk/json.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/polling.hpp"
#include "plugins/unlock/core/texts.hpp"

#include <algorithm>

namespace keycare::unlock {

using common::ra_answer;
using nlohmann::json;

namespace {

constexpr int repeats = 3;  // of the same bytes at once, when an answer was lost: sleeping is the caller's business

std::string path(const record& what, std::string_view rest = {}) {
  return "/v1/unlocks/" + what.uuid + std::string(rest);
}

octets body_of(const json& value) {
  const auto text = json_text(value);
  return {text.begin(), text.end()};
}

/// A refusal that repeating cannot change; a gateway's may be gone tomorrow.
bool is_final(const ra_answer& answer) {
  return answer.problem->from_ra && answer.http_status >= 400 && answer.http_status < 500 &&
         answer.http_status != 408 && answer.http_status != 429;
}

std::string say(const kc_call& call, std::string_view code, const json& args = json::object()) {
  return texts().text(code, text(call.language), args);
}

std::string progress(const kc_call& call, const record& what) {
  return say(call, "progress.of",
             {{"progress", say(call, "progress." + std::string(name(what.ra.state)))}, {"serial", what.token.serial}});
}

json next(const record& what, std::int64_t after_seconds, std::string_view wait, bool look_only = false) {
  json input = {{"unlock", what.uuid}};
  if (look_only) input["look"] = true;
  return {{"command", "continue"}, {"input", std::move(input)}, {"after_seconds", after_seconds}, {"wait", wait}};
}

json reply(const record& what, std::vector<std::string> text, std::optional<json> next_step = {}) {
  json out = {{"data", {{"unlock", unlock_json(what)}}}, {"text", std::move(text)}};
  if (next_step) out["next"] = *std::move(next_step);
  return out;
}

}  // namespace

json unlock_json(const record& what) {
  json out = {{"uuid", what.uuid},
              {"stage", name(what.stage)},
              {"state", name(what.ra.state)},
              {"token", {{"manufacturer", what.token.manufacturer}, {"serial", what.token.serial}}},
              {"application", what.application},
              {"certificate_sha256", common::to_hex(what.certificate)},
              {"subject", what.subject},
              {"created", what.created},
              {"phone", what.ra.phone},
              {"redemptions_left", what.ra.redemptions_left},
              {"exposed", what.ra.exposed}};
  if (!what.outcome.empty()) out["outcome"] = what.outcome;
  if (!what.ra.rejection.empty()) out["rejection"] = what.ra.rejection;
  return out;
}

result<void> flow::save(record& what) const {
  const auto text = write_record(what);
  const auto version = host_.store.put_if(record_key(what.uuid), what.version, bytes_of(text));
  if (!version) return version.error();
  what.version = *version;
  host_.log.info("unlock.stored", json_text({{"unlock", what.uuid}, {"stage", name(what.stage)}}));
  return {};
}

result<json> flow::submit(const kc_call& call, record& what) {
  const auto sealed = common::from_base64(what.sealed);
  if (!sealed) return fail(KC_E_DAMAGED, "KC-UNLOCK-RECORD-DAMAGED");
  const auto answer = ra_.send(call, "PUT", path(what), "application/cms", *sealed);
  if (!answer) return answer.error();
  if (!answer->ok()) {
    auto why = common::problem_error(*answer);
    if (!is_final(*answer)) return why;
    what.stage = stage::closed;
    what.outcome = why.code;
    what.sealed.clear();
    if (auto saved = save(what); !saved) return saved.error();
    return why;
  }
  const auto secret = answer->body.find("unlock_secret");
  const auto body = answer->body.find("unlock");
  const bool whole = secret != answer->body.end() && secret->is_string() &&
                     is_secret(secret->get_ref<const std::string&>()) && body != answer->body.end();
  if (!whole) return fail(KC_E_DAMAGED, "KC-RA-ANSWER");
  auto view = read_ra_view(*body, what);
  if (!view) return view.error();
  what.stage = stage::open;
  what.secret = secret->get<std::string>();
  what.sealed.clear();
  what.ra = *std::move(view);
  if (auto saved = save(what); !saved) return saved.error();
  return reply(what, {say(call, "step.submitted"), progress(call, what)}, next(what, 0, "none"));
}

result<void> flow::look(const kc_call& call, record& what, std::optional<std::int64_t>& retry_after) {
  const auto answer = ra_.get(call, path(what), what.secret);
  if (!answer) return answer.error();
  if (!answer->ok()) return common::problem_error(*answer);
  auto view = read_ra_view(answer->body, what);
  if (!view) return view.error();
  retry_after = answer->retry_after;
  what.looks = view->state == what.ra.state ? what.looks + 1 : 0;
  what.ra = *std::move(view);
  return {};
}

result<json> flow::go_on(const kc_call& call, record& what, std::string_view code, bool look_only) {
  facts known{what.stage, ra_state::unasked, !code.empty()};
  std::optional<std::int64_t> retry_after;
  if (what.stage != stage::applying && what.stage != stage::closed) {
    if (auto looked = look(call, what, retry_after); !looked) return looked.error();
    known.ra = what.ra.state;
    const bool redeemable = known.ra == ra_state::approved || known.ra == ra_state::redeemed;
    if (redeemable && what.stage != stage::proved) {
      const auto there = is_there(call, what.token);
      if (!there) return there.error();
      known.token = *there;
    }
    if (live_ && !live_->is_live(what.uuid, what.redemption, host_.clock.monotonic())) live_.reset();
    known.live = live_ != nullptr;
    known.spent = what.ra.redemptions_left == 0;
  }
  if (cancelled(call)) return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");

  const auto then = next_step(known);
  if (look_only && (then == step::ask_code || then == step::go_on)) {
    if (auto saved = save(what); !saved) return saved.error();
    return ready(call, what);
  }
  switch (then) {
    case step::submit:
      return submit(call, what);
    case step::ask_code:
      return ask_code(call, what);
    case step::verify_code:
      return verify(call, what, code, look_only);
    case step::wait_review:
      if (auto saved = save(what); !saved) return saved.error();
      return reply(what, {progress(call, what), say(call, "step.review")},
                   next(what, delay(what, retry_after), "ra", look_only));
    case step::wait_token:
      if (auto saved = save(what); !saved) return saved.error();
      return reply(what, {progress(call, what), say(call, "step.token", {{"serial", what.token.serial}})},
                   next(what, delay(what, retry_after), "token"));
    case step::redeem:
      return redeem(call, what, code);
    case step::go_on:
      return live_->authorisation ? finish(call, what) : exchange(call, what);
    case step::report:
      return report(call, what);
    case step::limit:
      // A redemption that died with its process is no more than one that is used up: another application may follow.
      what.stage = stage::open;
      if (auto saved = save(what); !saved) return saved.error();
      return fail(KC_E_FAILED, "KC-UNLOCK-LIMIT");
    case step::close:
      return close(call, what);
    case step::nothing:
      break;
  }
  return reply(what, last_words(call, what));
}

json flow::ready(const kc_call& call, const record& what) const {
  const bool first = what.ra.state == ra_state::awaiting_code;
  const bool authorised = live_ != nullptr;  // by a code that was right: another one would be for nothing
  lines said{progress(call, what), say(call, first ? "step.prove" : authorised ? "step.authorised" : "step.ready")};
  if (!first && !authorised) said.push_back(say(call, "step.left", {{"left", what.ra.redemptions_left}}));
  auto out = reply(what, std::move(said), next(what, 0, "user"));
  out["data"]["authorised"] = authorised;
  return out;
}

result<json> flow::ask_code(const kc_call& call, record& what) {
  if (auto saved = save(what); !saved) return saved.error();
  const auto answer = ra_.send(call, "POST", path(what, "/code"), {}, {}, what.secret);
  if (!answer) return answer.error();
  if (!answer->ok()) return common::problem_error(*answer);
  const auto number = [&](const char* member) {
    const auto it = answer->body.find(member);
    return it != answer->body.end() && it->is_number_integer() ? it->get<std::int64_t>() : 0;
  };
  const auto phone = answer->body.find("phone");
  json sent = {{"phone", phone != answer->body.end() && phone->is_string() ? phone->get<std::string>() : what.ra.phone},
               {"expires_at", number("expires_at")},
               {"resend_at", number("resend_at")}};
  const auto until = number("expires_at");
  lines said{progress(call, what),
             say(call, "step.code",
                 {{"phone", sent["phone"]}, {"until", common::date_time_text(until, host_.clock.utc_offset(until))}})};
  if (what.ra.state != ra_state::awaiting_code)
    said.push_back(say(call, "step.left", {{"left", what.ra.redemptions_left}}));
  auto out = reply(what, std::move(said), next(what, 0, "user"));
  out["next"]["ask"] = json::array({"code"});
  out["data"]["code_sent"] = std::move(sent);
  return out;
}

result<json> flow::verify(const kc_call& call, record& what, std::string_view code, bool look_only) {
  const auto answer = ra_.send(call, "PUT", path(what, "/verification"), "application/json",
                               body_of({{"code", std::string(code)}}), what.secret);
  if (!answer) return answer.error();
  if (!answer->ok()) return common::problem_error(*answer);
  auto view = read_ra_view(answer->body, what);
  if (!view) return view.error();
  what.ra = *std::move(view);
  what.looks = 0;
  if (auto saved = save(what); !saved) return saved.error();
  return reply(what, {say(call, "step.verified"), progress(call, what)},
               next(what, delay(what, answer->retry_after), "ra", look_only));
}

result<json> flow::redeem(const kc_call& call, record& what, std::string_view code) {
  live_.reset();
  const auto began = host_.clock.monotonic();
  auto begun = host_.pin.unlock_begin(call, what.token, what.certificate, what.uuid);
  if (!begun) {
    if (begun.error().status != KC_E_UNSUPPORTED) return begun.error();
    return keycare::error{KC_E_UNSUPPORTED, "KC-UNLOCK-UNSUPPORTED", begun.error().native,
                          json_text({{"serial", what.token.serial}})};
  }
  live_ = std::make_unique<redemption>(host_.pin, begun->unlock, what.uuid, began);
  const auto request = read_host_request(begun->request);
  if (!request) {
    live_.reset();
    return request.error();
  }
  what.stage = stage::redeeming;
  what.redemption = live_->id = request->redemption;
  if (auto saved = save(what); !saved) {
    live_.reset();
    return saved.error();
  }
  live_->body = redemption_body(*request, what, code);
  return exchange(call, what);
}

result<json> flow::exchange(const kc_call& call, record& what) {
  // A lost answer is asked for again with the same id and key: the RA gives the same one and does not count it.
  std::optional<result<ra_answer>> answer;
  for (int i = 0; i < repeats && (!answer || (!answer->ok() && answer->error().status == KC_E_OUTCOME_UNKNOWN)); ++i)
    answer.emplace(ra_.send(call, "PUT", path(what, "/redemptions/" + what.redemption), "application/json", live_->body,
                            what.secret));
  if (!answer->ok()) {
    if (answer->error().status != KC_E_OUTCOME_UNKNOWN) return answer->error();
    return reply(what, {say(call, "step.repeat")}, next(what, delay(what, {}), "ra"));
  }
  const auto& got = **answer;
  if (!got.ok()) {
    auto why = common::problem_error(got);
    if (is_final(got) || got.problem->code == "unlock-limit") {
      if (auto back = fall_back(what); !back) return back.error();
    }
    return why;
  }
  const auto it = got.body.find("authorisation");
  auto cms = it != got.body.end() && it->is_string() ? common::from_base64(it->get_ref<const std::string&>())
                                                     : std::optional<octets>{};
  if (!cms || cms->empty()) {
    if (auto back = fall_back(what); !back) return back.error();
    return fail(KC_E_DAMAGED, "KC-RA-ANSWER");
  }
  live_->authorisation = std::move(cms);
  return finish(call, what);
}

result<json> flow::finish(const kc_call& call, record& what) {
  what.stage = stage::finishing;
  if (auto saved = save(what); !saved) return saved.error();
  const auto proof = host_.pin.unlock_finish(call, live_->handle(), *live_->authorisation);
  if (proof) {
    live_.reset();
    what.stage = stage::proved;
    what.proof = common::to_base64(*proof);
    if (auto saved = save(what); !saved) return saved.error();
    return reply(what, {say(call, "step.proved")}, next(what, 0, "none"));
  }
  const auto& why = proof.error();
  // The dialog was closed, another one is open, or the new PIN was too weak: the same authorisation is still good.
  if (why.status == KC_E_CANCELLED || why.status == KC_E_BUSY || why.status == KC_E_PIN_POLICY) return why;
  if (auto back = fall_back(what); !back) return back.error();
  const auto as = [&](const char* code) { return fail_with(why.status, code, {{"reason", why.code}}, why.native); };
  if (why.status == KC_E_TIMEOUT || why.status == KC_E_GRANT_ENDED || why.code == "KC-UNLOCK-STALE")
    return as("KC-UNLOCK-TIMED-OUT");
  if (why.status == KC_E_UNTRUSTED) return as("KC-UNLOCK-AUTHORISATION");
  if (why.status == KC_E_OUTCOME_UNKNOWN) return as("KC-UNLOCK-OUTCOME-UNKNOWN");
  return why;
}

result<json> flow::report(const kc_call& call, record& what) {
  const auto proof = common::from_base64(what.proof);
  if (!proof) return fail(KC_E_DAMAGED, "KC-UNLOCK-RECORD-DAMAGED");
  const auto answer = ra_.send(call, "PUT", path(what, "/report"), "application/cms", *proof, what.secret);
  if (!answer) return answer.error();
  if (!answer->ok()) {
    auto why = common::problem_error(*answer);
    // A proof that the RA refuses for good helps nobody; another redemption makes another one.
    if (answer->http_status == 400 || answer->http_status == 403) {
      if (auto back = fall_back(what); !back) return back.error();
    }
    return why;
  }
  auto view = read_ra_view(answer->body, what);
  if (!view) return view.error();
  what.ra = *std::move(view);
  if (what.ra.state != ra_state::done) {
    if (auto saved = save(what); !saved) return saved.error();
    return reply(what, {progress(call, what)}, next(what, delay(what, answer->retry_after), "ra"));
  }
  return close(call, what);
}

result<json> flow::close(const kc_call& call, record& what) {
  live_.reset();
  what.stage = stage::closed;
  what.outcome = name(what.ra.state);
  for (auto* used_up : {&what.sealed, &what.secret, &what.redemption, &what.proof}) used_up->clear();
  if (auto saved = save(what); !saved) return saved.error();
  return reply(what, last_words(call, what));
}

flow::lines flow::last_words(const kc_call& call, const record& what) const {
  lines said{progress(call, what)};
  if (what.ra.state == ra_state::rejected) said.push_back(say(call, "step.rejected", {{"reason", what.ra.rejection}}));
  if (what.ra.state == ra_state::expired) said.push_back(say(call, "step.expired"));
  if (what.ra.state != ra_state::done) return said;
  said.push_back(say(call, "step.done"));
  // PKCS#11: another process's sessions keep the old login state until the token was away.
  if (const auto tokens = host_.tokens.tokens(call);
      tokens && std::any_of(tokens->begin(), tokens->end(),
                            [&](const auto& one) { return one.token == what.token && one.backend == "pkcs11"; }))
    said.push_back(say(call, "step.replug"));
  return said;
}

result<void> flow::fall_back(record& what) {
  live_.reset();
  what.stage = stage::open;
  what.proof.clear();
  return save(what);
}

result<bool> flow::is_there(const kc_call& call, const token_ref& token) const {
  const auto tokens = host_.tokens.tokens(call);
  if (!tokens) return tokens.error();
  return std::any_of(tokens->begin(), tokens->end(),
                     [&](const auto& one) { return one.token == token && (one.flags & KC_TOKEN_BUSY) == 0; });
}

std::int64_t flow::delay(const record& what, std::optional<std::int64_t> retry_after) const {
  const auto random = host_.crypto.random(1);
  return common::poll_delay(retry_after, what.looks, random && !random->empty() ? random->front() : std::uint8_t{128});
}

}  // namespace keycare::unlock
