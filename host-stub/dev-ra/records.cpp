// records.cpp - orders and certificates in SQLite, and as the contract shows them.
#include "records.hpp"

#include "forms.hpp"
#include "keycare/sdk/json.hpp"
#include "octets.hpp"
#include "payments.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace keycare::dev_ra {

namespace {

using json = nlohmann::json;

// Reads every column, in the order of the members of `order`.
std::string select_orders(std::string_view rest) {
  return "SELECT uuid, number, state, generation, account, certificate, manufacturer, serial, subject, months, "
         "fee_fen, "
         "old_not_after, new_not_after, form, payload_sha256, applied_at, pay_before, remark, correction, rejection, "
         "new_certificate, due_at FROM orders " +
         std::string(rest);
}

order read_order(const query& row) {
  order read;
  int at = 0;
  read.uuid = row.text(at++);
  read.number = row.text(at++);
  read.state = order_state_named(row.text(at++)).value();
  read.generation = row.integer(at++);
  read.account = row.text(at++);
  read.certificate = row.text(at++);
  read.manufacturer = row.text(at++);
  read.serial = row.text(at++);
  read.subject = row.text(at++);
  read.months = row.integer(at++);
  read.fee_fen = row.integer(at++);
  read.old_not_after = row.integer(at++);
  read.new_not_after = row.integer(at++);
  read.form = json::parse(row.text(at++));
  read.payload_sha256 = row.text(at++);
  read.applied_at = row.integer(at++);
  read.pay_before = row.integer(at++);
  read.remark = row.text(at++);
  read.correction = row.is_null(at) ? json() : json::parse(row.text(at));
  ++at;
  read.rejection = row.text(at++);
  read.new_certificate = row.text(at++);
  if (!row.is_null(at)) read.due_at = row.integer(at);
  return read;
}

std::optional<order> first_order(query rows) {
  if (!rows.next()) return std::nullopt;
  return read_order(rows);
}

/// When the RA itself has to look at an order that has just come into its state.
std::optional<std::int64_t> due(const room& at, const order& what) {
  using enum order_state;
  switch (what.state) {
    case awaiting_payment:
      return what.pay_before;
    case paid:
    case rejected:
    case confirmed:
    case rebinding:
      return at.now + at.config.step_delay;
    case under_review:
      if (at.config.review == review_mode::automatic) return at.now + at.config.review_delay;
      return std::nullopt;
    default:
      return std::nullopt;  // the user's turn, the provider's word, or the end
  }
}

}  // namespace

std::optional<certificate_record> find_certificate(const room& at, std::string_view sha256) {
  auto row = at.db.select(
      "SELECT sha256, der, account, subject, manufacturer, serial, not_before, not_after, status, changed_at, "
      "superseded_by, seal FROM certificates WHERE sha256 = ?",
      sha256);
  if (!row.next()) return std::nullopt;
  return certificate_record{row.text(0),    row.text(1),    row.text(2), row.text(3),    row.text(4),  row.text(5),
                            row.integer(6), row.integer(7), row.text(8), row.integer(9), row.text(10), row.text(11)};
}

void insert_certificate(const room& at, const certificate_record& record, std::string_view public_key) {
  at.db.run(
      "INSERT INTO certificates(sha256, der, account, subject, public_key, manufacturer, serial, not_before, "
      "not_after, "
      "status, changed_at, seal) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      record.sha256, blob{record.der}, record.account, record.subject, public_key, record.manufacturer, record.serial,
      record.not_before, record.not_after, record.status, at.now, record.seal);
}

void set_certificate_status(const room& at, std::string_view sha256, std::string_view status) {
  at.db.run("UPDATE certificates SET status = ?, changed_at = ? WHERE sha256 = ?", status, at.now, sha256);
}

std::optional<order> find_order(const room& at, std::string_view uuid) {
  return first_order(at.db.select(select_orders("WHERE uuid = ?").c_str(), uuid));
}

std::optional<order> find_open_order(const room& at, std::string_view account, std::string_view certificate) {
  auto open = first_order(at.db.select(select_orders("WHERE account = ? AND open = 1").c_str(), account));
  if (open) return open;
  return first_order(at.db.select(select_orders("WHERE certificate = ? AND open = 1").c_str(), certificate));
}

std::vector<order> orders_of(const room& at, std::string_view certificate, std::int64_t limit) {
  std::vector<order> found;
  auto rows =
      at.db.select(select_orders("WHERE certificate = ?1 OR new_certificate = ?1 ORDER BY id DESC LIMIT ?2").c_str(),
                   certificate, limit);
  while (rows.next()) found.push_back(read_order(rows));
  return found;
}

void insert_order(const room& at, order& made) {
  made.due_at = due(at, made);
  at.db.run(
      "INSERT INTO orders(uuid, number, state, open, generation, account, certificate, manufacturer, serial, subject, "
      "months, "
      "fee_fen, old_not_after, new_not_after, form, payload_sha256, applied_at, pay_before, due_at) "
      "VALUES(?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      made.uuid, name(made.state), std::int64_t{is_open(made.state)}, made.generation, made.account, made.certificate,
      made.manufacturer, made.serial, made.subject, made.months, made.fee_fen, made.old_not_after, made.new_not_after,
      json_text(made.form), made.payload_sha256, made.applied_at, made.pay_before, made.due_at);
  const auto id = at.db.last_id();
  const std::chrono::year_month_day date{
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{at.now}})};
  char number[32];
  std::snprintf(number, sizeof number, "KC%04d%02u%02u%06lld", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<long long>(id));
  made.number = number;
  at.db.run("UPDATE orders SET number = ? WHERE id = ?", made.number, id);
}

bool move(const room& at, order& what, order_event event) {
  const auto next = after(what.state, event);
  if (!next) return false;
  what.state = *next;
  what.due_at = due(at, what);
  const auto correction = what.correction.is_null() ? std::string() : json_text(what.correction);
  at.db.run(
      "UPDATE orders SET state = ?, open = ?, generation = ?, form = ?, remark = ?, correction = NULLIF(?, ''), "
      "rejection = NULLIF(?, ''), new_certificate = NULLIF(?, ''), due_at = ? WHERE uuid = ?",
      name(what.state), std::int64_t{is_open(what.state)}, what.generation, json_text(what.form), what.remark,
      correction, what.rejection, what.new_certificate, what.due_at, what.uuid);
  return true;
}

std::string secret_of(const room& at, std::string_view uuid) {
  return base64_url(hmac_sha256(at.keys.master(), "secret " + std::string(uuid)));
}

std::optional<std::int64_t> next_poll(const room& at, const order& what) {
  constexpr std::int64_t person = 30;  // somebody decides
  if (!is_waiting(what.state)) return std::nullopt;
  if (what.state == order_state::awaiting_payment) return 2;
  if (what.state == order_state::withdrawing || what.state == order_state::refunding)
    return std::max<std::int64_t>(1, at.config.provider_delay);
  return what.due_at ? std::clamp<std::int64_t>(*what.due_at - at.now, 1, 300) : person;
}

json shown(const room& at, const order& what) {
  const auto bearer = find_certificate(at, what.new_certificate.empty() ? what.certificate : what.new_certificate);
  json order{{"uuid", what.uuid},
             {"number", what.number},
             {"state", name(what.state)},
             {"terminal", is_terminal(what.state)},
             {"generation", what.generation},
             {"step", progress_step(what.state)},
             {"certificate_sha256", what.certificate},
             {"subject", what.subject},
             {"applied_at", what.applied_at},
             {"months", what.months},
             {"fee_fen", what.fee_fen},
             {"old_not_after", what.old_not_after},
             {"new_not_after", what.new_not_after},
             {"applicant", masked(what.form)},
             {"remark", what.remark},
             {"payments", payments_of(at, what.uuid)},
             {"seal", bearer ? bearer->seal : "none"}};
  if (!what.correction.is_null()) order["correction"] = what.correction;
  if (!what.rejection.empty()) order["rejection"] = {{"reason", what.rejection}};
  if (!what.new_certificate.empty()) order["new_certificate_sha256"] = what.new_certificate;
  if (what.state == order_state::awaiting_payment) order["pay_before"] = what.pay_before;
  if (const auto wait = next_poll(at, what)) order["next_poll"] = *wait;
  return order;
}

json summary(const order& what) {
  return {{"uuid", what.uuid},
          {"number", what.number},
          {"state", name(what.state)},
          {"months", what.months},
          {"fee_fen", what.fee_fen}};
}

}  // namespace keycare::dev_ra
