// acceptance.cpp - checks that every statement passes, and receipts.
#include "acceptance.hpp"

#include "answer.hpp"
#include "certificate.hpp"
#include "keycare/sdk/json.hpp"
#include "octets.hpp"

namespace keycare::dev_ra {

result<accepted> read_statement(const room& at, std::string_view der, std::string_view type, std::string_view uuid) {
  auto message = read_signed(der);
  if (!message) return message.error();
  const auto& statement = message->statement;
  if (statement.at("type") != type) return problem("bad-statement", {}, "another type is wanted here");
  auto head = statement::head_of(statement);
  if (head.ra != at.config.ra_id) return problem("bad-statement", {}, "made for another RA");
  if (!uuid.empty() && head.order != uuid) return problem("bad-statement", {}, "order and path differ");
  return accepted{std::string(der), std::move(*message), std::move(head)};
}

bool fits_account(const accepted& what, std::string_view account) {
  return what.head.account.empty() || what.head.account == account;
}

result<void> made_by_old_key(const room& at, const accepted& what, const order& on) {
  const auto& head = what.head;
  const auto old = find_certificate(at, on.certificate);
  if (!old || head.certificate_sha256 != on.certificate || head.manufacturer != on.manufacturer ||
      head.serial != on.serial || old->status == "revoked")
    return problem("wrong-signer");
  if (!fits_account(what, on.account)) return problem("account-differs");
  const auto signer = read_certificate(old->der);
  return verify(at.keys, what.message, signer.get(), on.applied_at);
}

namespace {

struct kept_receipt {
  std::string text;  ///< Of the statement that it is for.
  std::string receipt;
};

std::optional<kept_receipt> find_receipt(const room& at, const accepted& what, std::string_view meaning) {
  auto row = at.db.select(
      "SELECT cms, receipt FROM receipts WHERE uuid = ? AND statement = ? AND generation = ? AND meaning = ?",
      what.head.order, what.head.type, what.head.generation, meaning);
  if (!row.next()) return std::nullopt;
  const auto kept = read_signed(row.text(0));
  return kept_receipt{kept ? kept->text : std::string(), row.text(1)};
}

}  // namespace

bool is_repeated(const room& at, const accepted& what, std::string_view meaning) {
  return find_receipt(at, what, meaning).has_value();
}

std::string receipt(const room& at, const accepted& what, std::string_view number, std::string_view meaning) {
  std::string kept_as(meaning);
  if (const auto first = find_receipt(at, what, meaning)) {
    if (first->text == what.message.text) return base64(first->receipt);
    kept_as += " " + sha256_hex(what.message.text);
    if (const auto own = find_receipt(at, what, kept_as)) return base64(own->receipt);
  }
  const nlohmann::json text{{"type", "receipt"},           {"version", statement::version},
                            {"ra", at.config.ra_id},       {"time", at.now},
                            {"order", what.head.order},    {"number", number},
                            {"statement", what.head.type}, {"statement_sha256", sha256_hex(what.message.text)}};
  const auto cms = sign(at.keys[role::receipt], json_text(text));
  at.db.run("INSERT INTO receipts(uuid, statement, generation, meaning, cms, receipt, at) VALUES(?, ?, ?, ?, ?, ?, ?)",
            what.head.order, what.head.type, what.head.generation, kept_as, blob{what.der}, blob{cms}, at.now);
  return base64(cms);
}

}  // namespace keycare::dev_ra
