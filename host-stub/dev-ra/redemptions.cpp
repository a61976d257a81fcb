// redemptions.cpp - limits, escrow of the next admin PIN, and the signed authorisation.
#include "redemptions.hpp"

#include "keycare/sdk/statement.hpp"

#include "keycare/sdk/json.hpp"
#include "messages.hpp"
#include "octets.hpp"
#include "unlock_records.hpp"

#include <algorithm>

namespace keycare::dev_ra {

namespace {

using json = nlohmann::json;

constexpr std::size_t admin_pin_length = 16;  // the longest that tokens commonly take

/// Seconds until this token may be redeemed again, or 0.
std::int64_t wait_for_token(const room& at, const unlock& of) {
  const auto count = [&](std::int64_t since, std::int64_t& oldest) {
    auto row =
        at.db.select("SELECT count(*), min(at) FROM redemptions WHERE manufacturer = ? AND serial = ? AND at > ?",
                     of.manufacturer, of.serial, at.now - since);
    row.next();
    oldest = row.integer(1);
    return row.integer(0);
  };
  std::int64_t oldest = 0;
  if (count(30 * day, oldest) >= redemptions_in_30_days) return std::max<std::int64_t>(1, oldest + 30 * day - at.now);
  if (count(day, oldest) >= redemptions_a_day) return std::max<std::int64_t>(1, oldest + day - at.now);
  return 0;
}

/// The admin PINs to release; `next` is in escrow before anybody sees it, and stays the same until it is reported.
admin_pins escrow_pins(const room& at, const unlock& of) {
  auto kept = find_escrow(at, of).value();
  if (!kept.can_rotate) return {kept.current, kept.current};
  if (kept.next.empty()) {
    kept.next = random_word(admin_pin_length);
    store(at, of, kept);
  }
  return {kept.current, kept.next};
}

}  // namespace

result<answer> redeem(const room& at, const call& request) {
  auto found = authorised_unlock(at, request);
  if (!found) return found.error();
  const auto& uuid = request.ids.at(1);
  const auto key = from_base64(request.json.at("ephemeral_key").get<std::string>());
  if (!key) return problem("bad-json", {}, "base64");
  const auto nonce = request.json.at("nonce").get<std::string>();
  const auto key_sha256 = sha256_hex(*key);
  {
    auto row = at.db.select("SELECT unlock, nonce, key_sha256, cms FROM redemptions WHERE uuid = ?", uuid);
    if (row.next()) {
      if (row.text(0) != found->uuid || row.text(1) != nonce || row.text(2) != key_sha256)
        return problem("other-payload");
      return ok({{"authorisation", base64(row.text(3))}});
    }
  }
  if (found->state != "approved" && found->state != "redeemed") return problem("wrong-state", {}, found->state);
  const auto& token = request.json.at("token");
  if (token.at("manufacturer") != found->manufacturer || token.at("serial") != found->serial ||
      request.json.at("application") != found->application ||
      request.json.at("certificate_sha256") != found->certificate)
    return problem("token-mismatch");  // nothing is spent
  const auto kept = find_escrow(at, *found).value();
  const auto rotation = kept.can_rotate ? "required" : "impossible";
  // A key that cannot be used must not cost a code.
  if (auto usable = seal_pins({}, *key, *from_hex(nonce), uuid); !usable) return usable.error();
  if (auto good = use_code(at, found->uuid, "redeem", request.json.at("code").get<std::string>()); !good)
    return good.error();
  if (redemptions_of(at, found->uuid) >= redemptions_an_approval) return problem("unlock-limit-approval");
  if (const auto wait = wait_for_token(at, *found); wait > 0)
    return problem("unlock-limit", {{"retry_after", std::min<std::int64_t>(wait, day)}});

  const auto pins = escrow_pins(at, *found);
  const auto sealed = seal_pins(pins, *key, *from_hex(nonce), uuid);
  if (!sealed) return sealed.error();
  const auto text = json_text(
      {{"type", "unlock-authorisation"},
       {"version", statement::version},
       {"ra", at.config.ra_id},
       {"time", at.now},
       {"unlock", found->uuid},
       {"redemption", uuid},
       {"action", "unlock"},
       {"method", kept.method},
       {"token", {{"manufacturer", found->manufacturer}, {"serial", found->serial}}},
       {"application", found->application},
       {"certificate_sha256", found->certificate},
       {"nonce", nonce},
       {"ephemeral_key_sha256", key_sha256},
       {"rotation", rotation},
       {"sealed",
        {{"scheme", statement::unlock_scheme}, {"ra_key", base64(sealed->ra_key)}, {"data", base64(sealed->data)}}}});
  const auto cms = sign(at.keys[role::unlock], text);
  at.db.run(
      "INSERT INTO redemptions(uuid, unlock, manufacturer, serial, nonce, key_sha256, statement_sha256, cms, at, "
      "next_sha256) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      uuid, found->uuid, found->manufacturer, found->serial, nonce, key_sha256, sha256_hex(text), blob{cms}, at.now,
      sha256_hex(pins.next));
  found->state = "redeemed";
  found->due_at.reset();
  store(at, *found);
  return ok({{"authorisation", base64(cms)}});
}

}  // namespace keycare::dev_ra
