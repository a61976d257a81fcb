// unlocks.cpp - application, codes, review and report of an unlock.
#include "unlocks.hpp"

#include "acceptance.hpp"
#include "certificate.hpp"
#include "forms.hpp"
#include "keycare/sdk/json.hpp"
#include "octets.hpp"
#include "unlock_records.hpp"

#include <algorithm>
#include <vector>

namespace keycare::dev_ra {

namespace {

using json = nlohmann::json;

constexpr std::int64_t code_lifetime = 300;
constexpr std::int64_t resend_after = 60;
constexpr std::int64_t codes_an_unlock = 10;
constexpr std::int64_t unproved_lifetime = day;      // awaiting-code
constexpr std::int64_t approval_lifetime = 7 * day;  // approved

answer applied(const room& at, const unlock& what) {
  return ok({{"unlock_secret", secret_of(at, what.uuid)}, {"unlock", shown(at, what)}}, next_poll(at, what));
}

answer shown_unlock(const room& at, const unlock& what) {
  return ok(shown(at, what), next_poll(at, what));
}

std::string purpose(const unlock& what) {
  return what.state == "awaiting-code" ? "apply" : "redeem";
}

void review(const room& at, unlock& what) {
  what.state = "under-review";
  what.due_at.reset();
  // Data that differ from the last business always go to a person.
  if (!what.matches) what.remark = "资料与最近一次业务不一致，转人工审核";
  if (what.matches && at.config.review == review_mode::automatic) what.due_at = at.now + at.config.review_delay;
  store(at, what);
}

void approve(const room& at, unlock& what) {
  what.state = "approved";
  what.remark.clear();
  what.due_at = at.now + approval_lifetime;
  store(at, what);
}

struct recorded {
  json applicant;
  bool matches = false;
};

/// The data of the last business beside those of the application.
recorded compare(const room& at, std::string_view account, const json& applicant) {
  auto row = at.db.select("SELECT applicant FROM accounts WHERE account = ?", account);
  if (!row.next()) return {};
  recorded found{json::parse(row.text(0)), true};
  for (const char* member : {"id_type", "id_number", "name", "phone"})
    found.matches = found.matches && found.applicant.value(member, "") == applicant.at(member);
  return found;
}

/// The statement inside an unlock application: sealed, but signed by nobody.
result<json> read_application(const room& at, const call& request) {
  const auto opened = open_sealed(at.keys, request.body);
  if (!opened) return opened.error();
  auto statement = statement::read(*opened);
  if (!statement) return problem("bad-statement", {}, statement.error().code + " " + statement.error().args);
  if (statement->at("type") != "unlock-apply" || statement->at("ra") != at.config.ra_id ||
      statement->at("order") != request.ids.at(0))
    return problem("bad-statement", {}, "another type, RA or uuid is wanted here");
  return *statement;
}

}  // namespace

result<answer> unlock_apply(const room& at, const call& request) {
  const auto statement = read_application(at, request);
  if (!statement) return statement.error();
  auto meaning = *statement;
  meaning.erase("time");  // a repetition may be written anew
  const auto payload = sha256_hex(json_text(meaning));
  if (const auto existing = find_unlock(at, request.ids.at(0))) {
    if (existing->payload_sha256 != payload) return problem("other-payload");
    return applied(at, *existing);
  }
  const auto head = statement::head_of(*statement);
  const auto certificate = find_certificate(at, head.certificate_sha256);
  unlock made;
  made.uuid = head.order;
  made.manufacturer = head.manufacturer;
  made.serial = head.serial;
  made.application = statement->at("application");
  made.certificate = head.certificate_sha256;
  // One answer for every mismatch: whoever guesses learns nothing about tokens.
  if (!certificate || certificate->manufacturer != head.manufacturer || certificate->serial != head.serial ||
      !find_escrow(at, made))
    return problem("unknown-certificate");
  {
    auto open = at.db.select(
        "SELECT 1 FROM unlocks WHERE manufacturer = ? AND serial = ? AND application = ? AND state IN "
        "('awaiting-code', "
        "'under-review', 'approved')",
        made.manufacturer, made.serial, made.application);
    if (open.next()) return problem("open-unlock");
  }
  const auto& applicant = statement->at("applicant");
  if (auto refused = refused_fields(applicant); !refused.empty())
    return problem("bad-fields", {{"fields", std::move(refused)}});
  const auto record = compare(at, certificate->account, applicant);
  const bool account_fits = head.account.empty() || head.account == certificate->account;
  made.state = "awaiting-code";
  made.payload_sha256 = payload;
  made.phone = record.applicant.value("phone", "");
  made.matches = record.matches && account_fits;
  made.applied_at = at.now;
  made.due_at = at.now + unproved_lifetime;
  at.db.run(
      "INSERT INTO unlocks(uuid, state, manufacturer, serial, application, certificate, applicant, payload_sha256, "
      "phone, "
      "matches, applied_at, due_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      made.uuid, made.state, made.manufacturer, made.serial, made.application, made.certificate, json_text(applicant),
      made.payload_sha256, made.phone, std::int64_t{made.matches}, made.applied_at, made.due_at);
  return applied(at, made);
}

result<answer> show_unlock(const room& at, const call& request) {
  const auto found = authorised_unlock(at, request);
  if (!found) return found.error();
  return shown_unlock(at, *found);
}

result<answer> unlock_code(const room& at, const call& request) {
  const auto found = authorised_unlock(at, request);
  if (!found) return found.error();
  if (found->state != "awaiting-code" && found->state != "approved" && found->state != "redeemed")
    return problem("wrong-state", {}, found->state);
  const auto why = purpose(*found);
  const auto sent = [&](std::int64_t at_time, std::int64_t expires) {
    return ok({{"phone", masked_phone(found->phone)}, {"expires_at", expires}, {"resend_at", at_time + resend_after}});
  };
  std::int64_t count = 0;
  {
    auto row =
        at.db.select("SELECT sent_at, expires, sent, code FROM codes WHERE uuid = ? AND purpose = ?", found->uuid, why);
    if (row.next()) {
      count = row.integer(2);
      // Asked again at once, for example after a lost answer: the same code stands.
      if (!row.text(3).empty() && at.now < row.integer(0) + resend_after) return sent(row.integer(0), row.integer(1));
    }
  }
  if (count >= codes_an_unlock) return problem("too-many-codes", {{"retry_after", 3600}});
  at.db.run(
      "INSERT OR REPLACE INTO codes(uuid, purpose, code, phone, sent, sent_at, expires, wrong) VALUES(?, ?, ?, ?, ?, "
      "?, ?, 0)",
      found->uuid, why, random_digits(6), found->phone, count + 1, at.now, at.now + code_lifetime);
  return sent(at.now, at.now + code_lifetime);
}

result<answer> unlock_verify(const room& at, const call& request) {
  auto found = authorised_unlock(at, request);
  if (!found) return found.error();
  if (found->state != "awaiting-code") {
    // A repetition after a lost answer: the code was right then, and the unlock has moved on.
    if (found->state == "under-review" || found->state == "approved") return shown_unlock(at, *found);
    return problem("wrong-state", {}, found->state);
  }
  if (auto good = use_code(at, found->uuid, "apply", request.json.at("code").get<std::string>()); !good)
    return good.error();
  review(at, *found);
  return shown_unlock(at, *found);
}

result<answer> unlock_report(const room& at, const call& request) {
  const auto proof = read_statement(at, request.body, "unlock-proof", request.ids.at(0));
  if (!proof) return proof.error();
  auto found = find_unlock(at, request.ids.at(0));
  if (!found) return problem("unknown-unlock");
  const auto& head = proof->head;
  const auto& statement = proof->statement();
  if (head.certificate_sha256 != found->certificate || head.manufacturer != found->manufacturer ||
      head.serial != found->serial)
    return problem("wrong-signer");
  const auto signer = read_certificate(find_certificate(at, found->certificate)->der);
  // As of the application: a certificate that ended meanwhile still proves that its token signs again.
  if (auto good = verify(at.keys, proof->message, signer.get(), std::min(found->applied_at, not_after(signer.get())));
      !good)
    return good.error();
  std::string next_sha256;  // of what this redemption released
  {
    auto row =
        at.db.select("SELECT nonce, statement_sha256, next_sha256 FROM redemptions WHERE uuid = ? AND unlock = ?",
                     statement.at("redemption").get<std::string>(), found->uuid);
    if (!row.next() || statement.at("nonce") != row.text(0) || statement.at("authorisation_sha256") != row.text(1))
      return problem("wrong-state", {}, "no such redemption");
    next_sha256 = row.text(2);
  }
  if (found->state == "done") return shown_unlock(at, *found);
  auto kept = find_escrow(at, *found).value();
  // A report may come after another unlock of this token was reported: then its pair is history, and the `next` of
  // today may be on the token already. (Redemptions of before version 3 do not say what they released.)
  const bool is_todays_pair = next_sha256.empty() || next_sha256 == sha256_hex(kept.next);
  const bool changed = statement.at("admin_pin") == "next";
  if (!changed) kept.exposed = true;  // the host has seen the admin PIN, and the token still has it
  if (is_todays_pair && !kept.next.empty()) {
    if (changed) kept.current = kept.next;
    kept.next.clear();
  }
  store(at, *found, kept);
  found->state = "done";
  found->due_at.reset();
  store(at, *found);
  return shown_unlock(at, *found);
}

result<void> decide_unlock(const room& at, std::string_view uuid, std::string_view decision, std::string_view reason) {
  auto found = find_unlock(at, uuid);
  if (!found) return problem("unknown-order");
  if (found->state != "under-review") return problem("wrong-state", {}, found->state);
  if (decision == "approve") {
    approve(at, *found);
  } else if (decision == "reject") {
    found->state = "rejected";
    found->rejection = reason.empty() ? "审核未通过" : std::string(reason);
    found->due_at.reset();
    store(at, *found);
  } else {
    return problem("bad-request");
  }
  return {};
}

void catch_up_unlocks(const room& at) {
  std::vector<std::string> due;
  {
    auto rows = at.db.select("SELECT uuid FROM unlocks WHERE due_at <= ? ORDER BY due_at LIMIT 1000", at.now);
    while (rows.next()) due.push_back(rows.text(0));
  }
  for (const auto& uuid : due) {
    auto found = find_unlock(at, uuid).value();
    if (found.state == "under-review") {
      approve(at, found);
      continue;
    }
    found.state = "expired";  // never proved, or never redeemed; a redeemed one waits for its report for ever
    found.due_at.reset();
    store(at, found);
  }
}

}  // namespace keycare::dev_ra
