// provider.cpp - the stand-in payment provider.
#include "provider.hpp"

#include "keycare/sdk/json.hpp"
#include "messages.hpp"
#include "payments.hpp"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace keycare::dev_ra::provider {

namespace {

void set_state(const room& at, std::string_view payment, std::string_view state) {
  at.db.run("UPDATE provider SET state = ?, asked = NULL, due_at = NULL WHERE payment = ?", state, payment);
}

void answer(const room& at, const std::string& payment, std::string_view asked) {
  const auto now = find(at, payment);
  if (asked == "close") {
    // What was asked is answered before the word goes out: the RA may ask for a refund as soon as it hears it.
    set_state(at, payment, now->state == "open" ? "closed" : now->state);
    send(at, payment, now->state == "paid" ? "succeeded" : "closed");
    return;
  }
  const bool refuses = at.dev.provider_refuses_refund;
  set_state(at, payment, refuses ? "paid" : "refunded");
  send(at, payment, refuses ? "refund-failed" : "refunded");
}

}  // namespace

void open(const room& at, std::string_view payment, std::int64_t fee_fen) {
  at.db.run("INSERT INTO provider(payment, fee_fen, state) VALUES(?, ?, 'open')", payment, fee_fen);
}

void ask(const room& at, std::string_view payment, std::string_view what) {
  at.db.run("UPDATE provider SET asked = ?, due_at = ? WHERE payment = ?", what, at.now + at.config.provider_delay,
            payment);
}

void speak(const room& at) {
  if (at.dev.provider_holds) return;
  std::vector<std::pair<std::string, std::string>> due;
  {
    auto rows =
        at.db.select("SELECT payment, asked FROM provider WHERE due_at <= ? ORDER BY due_at LIMIT 1000", at.now);
    while (rows.next()) due.emplace_back(rows.text(0), rows.text(1));
  }
  for (const auto& [payment, asked] : due) answer(at, payment, asked);
}

outcome pay(const room& at, std::string_view payment) {
  const auto now = find(at, payment);
  if (!now) return outcome::unknown;
  if (now->state == "closed" || now->state == "refunded") return outcome::closed;
  if (now->state == "open") at.db.run("UPDATE provider SET state = 'paid' WHERE payment = ?", payment);
  send(at, payment, "succeeded");
  return outcome::done;
}

outcome cancel(const room& at, std::string_view payment) {
  const auto now = find(at, payment);
  if (!now) return outcome::unknown;
  if (now->state != "open") return outcome::closed;
  set_state(at, payment, "closed");
  send(at, payment, "closed");
  return outcome::done;
}

std::optional<page> find(const room& at, std::string_view payment) {
  auto row = at.db.select("SELECT state, fee_fen FROM provider WHERE payment = ?", payment);
  if (!row.next()) return std::nullopt;
  return page{row.text(0), row.integer(1)};
}

void send(const room& at, std::string_view payment, std::string_view event) {
  const auto now = find(at, payment);
  const auto text = json_text(
      nlohmann::json{{"payment", payment}, {"event", event}, {"fee_fen", now ? now->fee_fen : 0}, {"time", at.now}});
  // In one process the notice goes straight in; it passes the same check of its signature as one from outside.
  (void)accept_notice(at, text, sign_notice(at.keys.provider_key(), text));
}

}  // namespace keycare::dev_ra::provider
