// order_record.cpp - records to JSON and back, strictly.
#include "plugins/renewal/core/order_record.hpp"

#include "keycare/abi/store.h"
#include "keycare/sdk/json.hpp"
#include "keycare/sdk/statement.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/renewal/core/order_table.hpp"
#include "plugins/renewal/core/ra_order.hpp"

#include <algorithm>

namespace keycare::renewal {

namespace {

constexpr std::size_t max_name = 128;
constexpr std::size_t max_leftovers = 16;
constexpr int max_depth = 8;

keycare::error refused(std::string_view code, std::string_view uuid, kc_status status = KC_E_DAMAGED) {
  return fail_with(status, std::string(code), {{"order", std::string(uuid.substr(0, 36))}});
}

/// Reads members one after another; the first that does not fit makes everything after it moot.
class reader {
public:
  explicit reader(const json& doc) : doc_(doc) {}

  std::string text(const char* name, std::size_t max = max_name) {
    const auto* value = member(name);
    if (value == nullptr || !value->is_string() || value->get_ref<const std::string&>().size() > max) return bad("");
    return *value;
  }
  std::string hash_or_empty(const char* name) {
    auto value = text(name);
    return value.empty() || statement::is_sha256(value) ? value : bad("");
  }
  std::int64_t number(const char* name, std::int64_t min, std::int64_t max) {
    const auto* value = member(name);
    if (value == nullptr || !value->is_number_integer()) return bad(0);
    const auto got = value->get<std::int64_t>();
    return got < min || got > max ? bad(0) : got;
  }
  octets data(const char* name) {
    const auto* value = member(name);
    auto got = value != nullptr && value->is_string() ? common::from_base64(value->get_ref<const std::string&>())
                                                      : std::nullopt;
    if (!got) ok_ = false;
    return got ? std::move(*got) : octets{};
  }
  json object_or_null(const char* name) {
    const auto* value = member(name);
    if (value == nullptr || !(value->is_null() || value->is_object())) return bad(json());
    return *value;
  }
  template <class Enum, std::size_t N>
  Enum word(const char* name, const std::array<std::string_view, N>& names) {
    const auto found = named<Enum>(names, text(name));
    if (!found) ok_ = false;
    return found.value_or(Enum{});
  }
  reader object(const char* name) {
    static const json nothing = json::object();
    const auto* value = member(name);
    if (value == nullptr || !value->is_object()) ok_ = false;
    return reader(value != nullptr && value->is_object() ? *value : nothing);
  }
  std::vector<std::string> names(const char* name, std::size_t max) {
    std::vector<std::string> out;
    const auto* value = member(name);
    if (value == nullptr || !value->is_array() || value->size() > max) return bad(out);
    for (const auto& item : *value) {
      if (!item.is_string() || item.get_ref<const std::string&>().size() > max_name) return bad(out);
      out.push_back(item);
    }
    return out;
  }
  /// True when everything fitted and nothing unknown was left over.
  [[nodiscard]] bool whole() const { return ok_ && taken_ == doc_.size(); }
  void require(bool condition) { ok_ = ok_ && condition; }

private:
  const json* member(const char* name) {
    const auto it = doc_.find(name);
    if (it == doc_.end()) {
      ok_ = false;
      return nullptr;
    }
    ++taken_;
    return &*it;
  }
  template <class T>
  T bad(T value) {
    ok_ = false;
    return value;
  }
  std::string bad(const char* value) {
    ok_ = false;
    return value;
  }

  const json& doc_;
  std::size_t taken_ = 0;
  bool ok_ = true;
};

bool keeps_promises(const order_record& r) {
  const auto& row = row_of(r.at);
  if (row.number_and_secret && (r.number.empty() || r.secret.empty())) return false;
  if (row.container && r.container.empty()) return false;
  if (row.public_key && r.public_key_sha256.empty()) return false;
  if (row.bundle && r.certificates.signing_certificate.empty()) return false;
  if (r.at == stage::signed_ && r.to_send.kind != pending::application) return false;
  return (r.to_send.kind == pending::none) == r.to_send.body.empty();
}

/// Whether @p kept is what @p read (read_order, read_quote) would give: who shows it reads its members unasked.
bool is_as_read(const json& kept, result<json> (*read)(const json&)) {
  if (kept.is_null()) return true;
  const auto again = read(kept);
  return again && *again == kept;
}

}  // namespace

bool operator==(const order_record& a, const order_record& b) {
  return write_record(a) == write_record(b);
}

std::string container_name(std::string_view uuid, std::int64_t generation) {
  const auto raw = common::from_uuid(uuid).value_or(octets{});
  return KC_CONTAINER_PREFIX + common::to_base32(raw) + "-" + std::to_string(generation);
}

std::string write_record(const order_record& r) {
  const json doc = {
      {"schema", record_schema},
      {"uuid", r.uuid},
      {"stage", name_of(r.at)},
      {"generation", r.generation},
      {"created", r.created},
      {"account", r.account},
      {"ra", r.ra},
      {"token", {{"manufacturer", r.token.manufacturer}, {"serial", r.token.serial}, {"application", r.application}}},
      {"old_certificate", common::to_base64(r.old_certificate)},
      {"certificate_sha256", r.certificate_sha256},
      {"container", r.container},
      {"leftovers", r.leftovers},
      {"quote", r.quote},
      {"consent", r.consent},
      {"payload_sha256", r.payload_sha256},
      {"number", r.number},
      {"secret", r.secret},
      {"to_send",
       {{"kind", name_of(r.to_send.kind)},
        {"body", common::to_base64(r.to_send.body)},
        {"id", r.to_send.id},
        {"statement_sha256", r.to_send.statement_sha256}}},
      {"public_key_sha256", r.public_key_sha256},
      {"certificates",
       {{"signing", common::to_base64(r.certificates.signing_certificate)},
        {"encryption", common::to_base64(r.certificates.encryption_certificate)},
        {"envelope", common::to_base64(r.certificates.key_envelope)},
        {"envelope_format", r.certificates.envelope_format}}},
      {"order", r.order},
      {"seen_at", r.seen_at},
      {"problem", r.problem},
      {"poll", {{"looks", r.poll.looks}, {"extra", r.poll.extra}}}};
  return json_text(doc);
}

result<order_record> read_record(std::string_view uuid, octets_view stored) {
  const auto read = read_json(text_of(stored), {KC_STORE_MAX_VALUE, max_depth});
  if (!read || !read->is_object()) return refused("KC-RENEWAL-RECORD-DAMAGED", uuid);
  const auto& doc = *read;
  const auto schema = doc.find("schema");
  if (schema == doc.end() || !schema->is_number_integer()) return refused("KC-RENEWAL-RECORD-DAMAGED", uuid);
  if (*schema > record_schema) return refused("KC-RENEWAL-RECORD-NEWER", uuid, KC_E_UNSUPPORTED);
  if (*schema < record_schema) return refused("KC-RENEWAL-RECORD-OLDER", uuid);

  constexpr auto max_time = statement::max_integer;
  reader in(doc);
  order_record r;
  in.number("schema", record_schema, record_schema);
  r.uuid = in.text("uuid");
  r.at = in.word<stage>("stage", stage_names);
  r.generation = in.number("generation", 1, 1000);
  r.created = in.number("created", 0, max_time);
  r.account = in.text("account");
  r.ra = in.text("ra");
  auto token = in.object("token");
  r.token = {token.text("manufacturer"), token.text("serial")};
  r.application = token.text("application");
  r.old_certificate = in.data("old_certificate");
  r.certificate_sha256 = in.hash_or_empty("certificate_sha256");
  r.container = in.text("container", KC_CONTAINER_MAX);
  r.leftovers = in.names("leftovers", max_leftovers);
  r.quote = in.object_or_null("quote");
  r.consent = in.object_or_null("consent");
  r.payload_sha256 = in.hash_or_empty("payload_sha256");
  r.number = in.text("number");
  r.secret = in.text("secret");
  auto to_send = in.object("to_send");
  r.to_send.kind = to_send.word<pending>("kind", pending_names);
  r.to_send.body = to_send.data("body");
  r.to_send.id = to_send.text("id");
  r.to_send.statement_sha256 = to_send.hash_or_empty("statement_sha256");
  r.public_key_sha256 = in.hash_or_empty("public_key_sha256");
  auto certificates = in.object("certificates");
  r.certificates.signing_certificate = certificates.data("signing");
  r.certificates.encryption_certificate = certificates.data("encryption");
  r.certificates.key_envelope = certificates.data("envelope");
  r.certificates.envelope_format = certificates.text("envelope_format");
  r.order = in.object_or_null("order");
  r.seen_at = in.number("seen_at", 0, max_time);
  r.problem = in.text("problem");
  auto poll = in.object("poll");
  r.poll.looks = poll.number("looks", 0, 1'000'000);
  r.poll.extra = poll.number("extra", 0, 86400);

  in.require(r.uuid == uuid && statement::is_uuid(r.uuid) && r.to_send.kind != pending::draft);
  in.require(!r.token.serial.empty() && !r.certificate_sha256.empty() && !r.old_certificate.empty());
  in.require(is_as_read(r.order, &read_order) && is_as_read(r.quote, &read_quote));
  for (const auto* part : {&token, &to_send, &certificates, &poll}) in.require(part->whole());
  if (!in.whole() || !keeps_promises(r)) return refused("KC-RENEWAL-RECORD-DAMAGED", uuid);
  return r;
}

order_record fallen_back(order_record record) {
  record.at = row_of(record.at).stable;
  return record;
}

}  // namespace keycare::renewal
