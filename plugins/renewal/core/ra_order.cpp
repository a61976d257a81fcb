// ra_order.cpp - the RA's words, held against a table of members.
#include "plugins/renewal/core/ra_order.hpp"

#include "keycare/sdk/statement.hpp"
#include "plugins/renewal/core/next_step.hpp"

#include <algorithm>
#include <chrono>
#include <span>

namespace keycare::renewal {

namespace {

enum class kind { text, number, flag, object, list };

struct member {
  std::string_view name;
  renewal::kind kind;
  bool required;
  std::int64_t max;                 // octets of a text, value of a number, items of a list
  std::span<const member> members;  // of an object, or of a list's items
};

constexpr std::int64_t max_time = 253'402'300'799;
constexpr std::int64_t max_fen = 100'000'000;

constexpr auto field_members =
    std::to_array<member>({{"field", kind::text, true, 40, {}}, {"code", kind::text, true, 40, {}}});
constexpr auto reason_members = std::to_array<member>({{"reason", kind::text, true, 800, {}}});
constexpr auto correction_members =
    std::to_array<member>({{"reason", kind::text, true, 800, {}}, {"fields", kind::list, true, 16, field_members}});
constexpr auto applicant_members = std::to_array<member>({{"id_type", kind::text, true, 32, {}},
                                                          {"id_number", kind::text, true, 64, {}},
                                                          {"name", kind::text, true, 512, {}},
                                                          {"phone", kind::text, true, 32, {}},
                                                          {"email", kind::text, true, 254, {}}});
constexpr auto invoice_members = std::to_array<member>(
    {{"kind", kind::text, true, 32, {}}, {"title", kind::text, true, 512, {}}, {"state", kind::text, true, 32, {}}});
constexpr auto payment_members = std::to_array<member>({{"uuid", kind::text, true, 36, {}},
                                                        {"method", kind::text, true, 32, {}},
                                                        {"state", kind::text, true, 32, {}},
                                                        {"fee_fen", kind::number, true, max_fen, {}},
                                                        {"invoice", kind::object, true, 0, invoice_members},
                                                        {"created_at", kind::number, true, max_time, {}},
                                                        {"pay_url", kind::text, false, 512, {}},
                                                        {"refund_reason", kind::text, false, 32, {}}});
constexpr auto order_members = std::to_array<member>({{"uuid", kind::text, true, 36, {}},
                                                      {"number", kind::text, true, 32, {}},
                                                      {"state", kind::text, true, 32, {}},
                                                      {"terminal", kind::flag, true, 0, {}},
                                                      {"generation", kind::number, true, 1000, {}},
                                                      {"step", kind::number, true, 5, {}},
                                                      {"certificate_sha256", kind::text, true, 64, {}},
                                                      {"subject", kind::text, true, 4096, {}},
                                                      {"applied_at", kind::number, true, max_time, {}},
                                                      {"months", kind::number, true, 120, {}},
                                                      {"fee_fen", kind::number, true, max_fen, {}},
                                                      {"old_not_after", kind::number, true, max_time, {}},
                                                      {"new_not_after", kind::number, true, max_time, {}},
                                                      {"applicant", kind::object, true, 0, applicant_members},
                                                      {"remark", kind::text, true, 800, {}},
                                                      {"payments", kind::list, true, 32, payment_members},
                                                      {"seal", kind::text, true, 32, {}},
                                                      {"correction", kind::object, false, 0, correction_members},
                                                      {"rejection", kind::object, false, 0, reason_members},
                                                      {"new_certificate_sha256", kind::text, false, 64, {}},
                                                      {"pay_before", kind::number, false, max_time, {}},
                                                      {"next_poll", kind::number, false, 86400, {}}});
constexpr auto item_members = std::to_array<member>({{"code", kind::text, true, 32, {}},
                                                     {"quantity", kind::number, true, 100, {}},
                                                     {"unit_fen", kind::number, true, max_fen, {}},
                                                     {"amount_fen", kind::number, true, max_fen, {}}});
constexpr auto quote_members = std::to_array<member>({{"id", kind::text, true, 36, {}},
                                                      {"certificate_sha256", kind::text, true, 64, {}},
                                                      {"months", kind::number, true, 120, {}},
                                                      {"fee_fen", kind::number, true, max_fen, {}},
                                                      {"currency", kind::text, true, 3, {}},
                                                      {"items", kind::list, true, 16, item_members},
                                                      {"delivery_included", kind::flag, true, 0, {}},
                                                      {"old_not_after", kind::number, true, max_time, {}},
                                                      {"new_not_after", kind::number, true, max_time, {}},
                                                      {"rule", kind::text, true, 64, {}},
                                                      {"issued", kind::number, true, max_time, {}},
                                                      {"expires", kind::number, true, max_time, {}}});

std::optional<json> read_object(const json& from, std::span<const member> members);

std::optional<json> read_value(const json& from, const member& rule) {
  switch (rule.kind) {
    case kind::text:
      if (!from.is_string() || static_cast<std::int64_t>(from.get_ref<const std::string&>().size()) > rule.max)
        return std::nullopt;
      return from;
    case kind::number:
      if (!from.is_number_integer() || from < 0 || from > rule.max) return std::nullopt;
      return from;
    case kind::flag:
      if (!from.is_boolean()) return std::nullopt;
      return from;
    case kind::object:
      if (!from.is_object()) return std::nullopt;
      return read_object(from, rule.members);
    case kind::list: {
      if (!from.is_array() || static_cast<std::int64_t>(from.size()) > rule.max) return std::nullopt;
      auto out = json::array();
      for (const auto& item : from) {
        auto read = item.is_object() ? read_object(item, rule.members) : std::nullopt;
        if (!read) return std::nullopt;
        out.push_back(std::move(*read));
      }
      return out;
    }
  }
  return std::nullopt;
}

std::optional<json> read_object(const json& from, std::span<const member> members) {
  auto out = json::object();
  for (const auto& rule : members) {
    const auto it = from.find(rule.name);
    if (it == from.end() && rule.required) return std::nullopt;
    if (it == from.end()) continue;
    auto value = read_value(*it, rule);
    if (!value) return std::nullopt;
    out[std::string(rule.name)] = std::move(*value);
  }
  return out;
}

keycare::error broken() {
  return fail(KC_E_DAMAGED, "KC-RA-ANSWER");
}

}  // namespace

result<json> read_order(const json& from_ra) {
  auto order = from_ra.is_object() ? read_object(from_ra, order_members) : std::nullopt;
  if (!order || !statement::is_uuid((*order)["uuid"].get<std::string>()) || (*order)["generation"] < 1) return broken();
  // A record without its number counts as damaged, and the order would be lost on this computer.
  if ((*order)["number"].get_ref<const std::string&>().empty()) return broken();
  return *order;
}

ra_state state_of(const json& order) {
  if (!order.is_object()) return ra_state::unasked;
  const auto found = named<ra_state>(ra_state_names, order.at("state").get_ref<const std::string&>());
  // "unasked", "unknown" and "other" are words of ours, not the RA's.
  return found && *found > ra_state::other ? *found : ra_state::other;
}

json current_payment(const json& order) {
  if (!order.is_object()) return nullptr;
  for (const auto& payment : order.at("payments"))
    if (payment.at("state") == "open" || payment.at("state") == "succeeded") return payment;
  return nullptr;
}

result<json> read_quote(const json& from_ra) {
  auto quote = from_ra.is_object() ? read_object(from_ra, quote_members) : std::nullopt;
  if (!quote || !statement::is_uuid((*quote)["id"].get<std::string>())) return broken();
  return *quote;
}

std::int64_t plus_months(std::int64_t unix_seconds, std::int64_t months) {
  using namespace std::chrono;
  const sys_seconds at{seconds{unix_seconds}};
  const auto midnight = floor<days>(at);
  auto date = year_month_day{midnight} + std::chrono::months{months};
  if (!date.ok()) date = date.year() / date.month() / last;
  return (sys_days{date} + (at - midnight)).time_since_epoch().count();
}

std::optional<std::string> quote_problem(const json& quote, std::string_view certificate_sha256,
                                         std::int64_t old_not_after, std::int64_t months, std::int64_t now) {
  if (quote.at("certificate_sha256") != certificate_sha256) return "KC-RENEWAL-QUOTE-CERTIFICATE";
  if (quote.at("months") != months) return "KC-RENEWAL-QUOTE-MONTHS";
  if (quote.at("expires") <= now) return "KC-RENEWAL-QUOTE-EXPIRED";
  std::int64_t sum = 0;
  for (const auto& item : quote.at("items")) {
    const auto amount = item.at("amount_fen").get<std::int64_t>();
    if (item.at("quantity").get<std::int64_t>() * item.at("unit_fen").get<std::int64_t>() != amount)
      return "KC-RENEWAL-QUOTE-SUM";
    sum += amount;
  }
  if (quote.at("fee_fen") != sum || quote.at("currency") != "CNY" || quote.at("delivery_included") != false)
    return "KC-RENEWAL-QUOTE-SUM";
  if (quote.at("rule") != "old-end-plus-months" || quote.at("old_not_after") != old_not_after ||
      quote.at("new_not_after") != plus_months(old_not_after, months))
    return "KC-RENEWAL-QUOTE-END";
  return std::nullopt;
}

namespace {

/// A payment that is open and was begun at another computer since ours was wished for: sending ours would close the
/// page on which somebody is paying now.
bool paid_elsewhere(const order_record& record, const json& order) {
  const auto now = current_payment(order);
  if (record.to_send.kind != pending::payment || now.is_null() || now.at("uuid") == record.to_send.id) return false;
  if (!record.order.is_object()) return true;
  const auto& known = record.order.at("payments");
  return std::none_of(known.begin(), known.end(), [&](const auto& one) { return one.at("uuid") == now.at("uuid"); });
}

}  // namespace

order_record merged(order_record record, const json& order, std::int64_t now) {
  const auto before = state_of(record.order);
  if (paid_elsewhere(record, order)) record.to_send = {};
  const auto state = state_of(order);
  record.order = order;
  record.seen_at = now;
  record.number = order.at("number");
  if (before != state) record.poll.looks = 0;
  if (order.at("generation") != record.generation) {
    // The RA counts the generations. What belonged to another key is of no use; its container is reaped at the end.
    if (!record.container.empty() && record.leftovers.size() < 16) record.leftovers.push_back(record.container);
    record.generation = order.at("generation");
    record.container = container_name(record.uuid, record.generation);
    record.public_key_sha256.clear();
    record.certificates = {};
    record.to_send = {};
    record.at = stage::accepted;
  }
  if (is_moot(record.to_send.kind, state)) record.to_send = {};
  if (record.at == stage::withdraw_intent && state != ra_state::awaiting_payment) record.at = stage::accepted;
  return record;
}

}  // namespace keycare::renewal
