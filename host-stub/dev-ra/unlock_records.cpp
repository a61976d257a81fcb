// unlock_records.cpp - unlocks in SQLite, and as the contract shows them.
#include "unlock_records.hpp"

#include "forms.hpp"
#include "octets.hpp"
#include "records.hpp"

#include <algorithm>

namespace keycare::dev_ra {

namespace {

constexpr std::int64_t wrong_codes = 5;

}  // namespace

std::optional<unlock> find_unlock(const room& at, std::string_view uuid) {
  auto row = at.db.select(
      "SELECT uuid, state, manufacturer, serial, application, certificate, payload_sha256, phone, matches, applied_at, "
      "remark, "
      "rejection, due_at FROM unlocks WHERE uuid = ?",
      uuid);
  if (!row.next()) return std::nullopt;
  unlock read{row.text(0), row.text(1),         row.text(2),    row.text(3),  row.text(4),  row.text(5), row.text(6),
              row.text(7), row.integer(8) != 0, row.integer(9), row.text(10), row.text(11), {}};
  if (!row.is_null(12)) read.due_at = row.integer(12);
  return read;
}

result<unlock> authorised_unlock(const room& at, const call& request) {
  auto found = find_unlock(at, request.ids.at(0));
  if (!found) return problem("unknown-unlock");
  if (!equal_secret(request.bearer, secret_of(at, found->uuid))) return problem("unauthorised");
  return *found;
}

void store(const room& at, const unlock& what) {
  at.db.run("UPDATE unlocks SET state = ?, remark = ?, rejection = NULLIF(?, ''), due_at = ? WHERE uuid = ?",
            what.state, what.remark, what.rejection, what.due_at, what.uuid);
}

std::optional<std::int64_t> next_poll(const room& at, const unlock& what) {
  if (what.state != "under-review") return std::nullopt;
  return what.due_at ? std::clamp<std::int64_t>(*what.due_at - at.now, 1, 300) : 30;
}

nlohmann::json shown(const room& at, const unlock& what) {
  const auto kept = find_escrow(at, what);
  nlohmann::json made{
      {"uuid", what.uuid},
      {"state", what.state},
      {"token", {{"manufacturer", what.manufacturer}, {"serial", what.serial}}},
      {"application", what.application},
      {"certificate_sha256", what.certificate},
      {"applied_at", what.applied_at},
      {"phone", masked_phone(what.phone)},
      {"redemptions_left", std::max<std::int64_t>(0, redemptions_an_approval - redemptions_of(at, what.uuid))},
      {"exposed", kept && kept->exposed},
      {"remark", what.remark}};
  if (!what.rejection.empty()) made["rejection"] = {{"reason", what.rejection}};
  if (const auto wait = next_poll(at, what)) made["next_poll"] = *wait;
  return made;
}

std::optional<escrow> find_escrow(const room& at, const unlock& of) {
  auto row = at.db.select(
      "SELECT current, next, can_rotate, exposed, method FROM escrow WHERE manufacturer = ? AND serial = ? AND "
      "application = ?",
      of.manufacturer, of.serial, of.application);
  if (!row.next()) return std::nullopt;
  return escrow{row.text(0), row.text(1), row.integer(2) != 0, row.integer(3) != 0, row.text(4)};
}

void store(const room& at, const unlock& of, const escrow& what) {
  at.db.run(
      "UPDATE escrow SET current = ?, next = NULLIF(?, ''), exposed = ? WHERE manufacturer = ? AND serial = ? AND "
      "application = ?",
      what.current, what.next, std::int64_t{what.exposed}, of.manufacturer, of.serial, of.application);
}

std::int64_t redemptions_of(const room& at, std::string_view uuid) {
  auto row = at.db.select("SELECT count(*) FROM redemptions WHERE unlock = ?", uuid);
  row.next();
  return row.integer(0);
}

result<void> use_code(const room& at, std::string_view uuid, std::string_view purpose, std::string_view code) {
  std::string sent;
  {
    auto row = at.db.select("SELECT code, expires, wrong FROM codes WHERE uuid = ? AND purpose = ?", uuid, purpose);
    if (!row.next() || row.text(0).empty() || row.integer(1) < at.now || row.integer(2) >= wrong_codes)
      return problem("code-expired");
    sent = row.text(0);
  }
  if (!equal_secret(sent, code)) {
    at.db.run("UPDATE codes SET wrong = wrong + 1 WHERE uuid = ? AND purpose = ?", uuid, purpose);
    return problem("code-wrong");
  }
  at.db.run("UPDATE codes SET code = '' WHERE uuid = ? AND purpose = ?", uuid, purpose);
  return {};
}

}  // namespace keycare::dev_ra
