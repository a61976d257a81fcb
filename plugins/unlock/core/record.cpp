// record.cpp - see record.hpp.
#include "plugins/unlock/core/record.hpp"

#include "keycare/sdk/json.hpp"
#include "keycare/sdk/statement.hpp"
#include "plugins/common/encoding.hpp"

#include <algorithm>

namespace keycare::unlock {

using nlohmann::json;

namespace {

constexpr std::size_t max_base64 = 96 * 1024;

/// Reads the members of an object with a bound each; `ok` says whether all were there and fitted.
class reader {
public:
  explicit reader(const json& object) : object_(object), ok_(object.is_object()) {}

  std::string text(const char* name, std::size_t max) {
    const auto* value = find(name);
    if (value == nullptr || !value->is_string() || value->get_ref<const std::string&>().size() > max) return bad();
    return value->get<std::string>();
  }
  std::int64_t number(const char* name, std::int64_t max) {
    const auto* value = find(name);
    if (value == nullptr || !value->is_number_integer()) return bad(), 0;
    const auto number = value->get<std::int64_t>();
    if (number < 0 || number > max) return bad(), 0;
    return number;
  }
  bool flag(const char* name) {
    const auto* value = find(name);
    if (value == nullptr || !value->is_boolean()) return bad(), false;
    return value->get<bool>();
  }
  const json& object(const char* name) {
    static const json none;
    const auto* value = find(name);
    if (value == nullptr || !value->is_object()) return bad(), none;
    return *value;
  }
  [[nodiscard]] bool has(const char* name) { return find(name) != nullptr; }
  std::string bad() {
    ok_ = false;
    return {};
  }
  [[nodiscard]] bool ok() const { return ok_; }

private:
  const json* find(const char* name) const {
    if (!object_.is_object()) return nullptr;
    const auto it = object_.find(name);
    return it == object_.end() ? nullptr : &*it;
  }
  const json& object_;
  bool ok_;
};

json ra_json(const ra_view& ra) {
  return {{"state", name(ra.state)}, {"phone", ra.phone},   {"redemptions_left", ra.redemptions_left},
          {"exposed", ra.exposed},   {"remark", ra.remark}, {"rejection", ra.rejection}};
}

ra_view stored_ra(reader& outer) {
  reader in(outer.object("ra"));
  ra_view out;
  const auto state = read_ra_state(in.text("state", 32));
  if (!state) outer.bad();
  out.state = state.value_or(ra_state::unasked);
  out.phone = in.text("phone", 32);
  out.redemptions_left = in.number("redemptions_left", 3);
  out.exposed = in.flag("exposed");
  out.remark = in.text("remark", 800);
  out.rejection = in.text("rejection", 800);
  if (!in.ok()) outer.bad();
  return out;
}

keycare::error broken_answer() {
  return fail(KC_E_DAMAGED, "KC-RA-ANSWER");
}

}  // namespace

std::string record_key(std::string_view uuid) {
  return std::string(record_prefix) + std::string(uuid);
}

std::string write_record(const record& what) {
  const json out = {{"schema", record_schema},
                    {"uuid", what.uuid},
                    {"stage", name(what.stage)},
                    {"manufacturer", what.token.manufacturer},
                    {"serial", what.token.serial},
                    {"application", what.application},
                    {"certificate_sha256", common::to_hex(what.certificate)},
                    {"subject", what.subject},
                    {"created", what.created},
                    {"sealed", what.sealed},
                    {"secret", what.secret},
                    {"redemption", what.redemption},
                    {"proof", what.proof},
                    {"outcome", what.outcome},
                    {"looks", what.looks},
                    {"ra", ra_json(what.ra)}};
  return json_text(out);
}

result<record> read_record(std::string_view text) {
  const auto damaged = [] { return fail(KC_E_DAMAGED, "KC-UNLOCK-RECORD-DAMAGED"); };
  const auto parsed = read_json(text, {KC_STORE_MAX_VALUE, 4});
  if (!parsed || !parsed->is_object()) return damaged();
  reader in(*parsed);
  const auto schema = in.number("schema", 1'000'000);
  if (!in.ok()) return damaged();
  if (schema > record_schema) return fail(KC_E_UNSUPPORTED, "KC-UNLOCK-RECORD-NEWER");

  record out;
  out.uuid = in.text("uuid", 36);
  const auto stage = read_stage(in.text("stage", 16));
  out.stage = stage.value_or(stage::closed);
  out.token = {in.text("manufacturer", 64), in.text("serial", 64)};
  out.application = in.text("application", 64);
  const auto certificate = common::from_hex(in.text("certificate_sha256", 64));
  out.subject = in.text("subject", 1024);
  out.created = in.number("created", 253'402'300'799);
  out.sealed = in.text("sealed", max_base64);
  out.secret = in.text("secret", 64);
  out.redemption = in.text("redemption", 36);
  out.proof = in.text("proof", max_base64);
  out.outcome = in.text("outcome", 48);
  out.looks = in.number("looks", 1'000'000'000);
  out.ra = stored_ra(in);
  const bool whole = in.ok() && schema == record_schema && stage && statement::is_uuid(out.uuid) && certificate &&
                     certificate->size() == out.certificate.size() && (out.secret.empty() || is_secret(out.secret)) &&
                     (out.redemption.empty() || statement::is_uuid(out.redemption)) &&
                     // What a stage needs must be there, or the next step could not be taken.
                     (out.stage != stage::applying || !out.sealed.empty()) &&
                     (out.stage == stage::applying || out.stage == stage::closed || !out.secret.empty()) &&
                     (out.stage != stage::proved || !out.proof.empty());
  if (!whole) return damaged();
  std::copy(certificate->begin(), certificate->end(), out.certificate.begin());
  return out;
}

bool is_secret(std::string_view text) {
  return text.size() >= 32 && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

result<ra_view> read_ra_view(const json& body, const record& mine) {
  reader in(body);
  ra_view out;
  const auto state = read_ra_state(in.text("state", 32));
  out.phone = in.text("phone", 32);
  out.redemptions_left = in.number("redemptions_left", 3);
  out.exposed = in.flag("exposed");
  out.remark = in.text("remark", 800);
  reader token(in.object("token"));
  const bool same = in.text("uuid", 36) == mine.uuid && token.text("serial", 64) == mine.token.serial &&
                    in.text("certificate_sha256", 64) == common::to_hex(mine.certificate);
  if (in.has("rejection")) {
    reader rejection(in.object("rejection"));
    out.rejection = rejection.text("reason", 800);
    if (!rejection.ok()) return broken_answer();
  }
  if (!in.ok() || !token.ok() || !same || !state || *state == ra_state::unasked) return broken_answer();
  out.state = *state;
  return out;
}

}  // namespace keycare::unlock
