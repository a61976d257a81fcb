// unlocks.cpp - begin: key, nonce and five minutes; finish: check everything, then change, unblock, prove.
#include "host-stub/services/pin/unlocks.hpp"

#include "host-stub/services/crypto/encoding.hpp"
#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/pin/pin_asking.hpp"
#include "host-stub/services/pin/unlock_work.hpp"
#include "host-stub/services/signing/made_by_token.hpp"
#include "keycare/sdk/json.hpp"
#include "keycare/sdk/statement.hpp"

#include <openssl/err.h>
#include <openssl/rand.h>

#include <array>

namespace keycare::services {

namespace {

constexpr std::size_t most_unlocks = 8;
constexpr std::size_t nonce_octets = 32;
constexpr std::int64_t second = 1'000'000'000;

/// RFC 9562 version 4.
std::string random_uuid() {
  std::array<std::uint8_t, 16> raw{};
  if (RAND_bytes(raw.data(), 16) != 1) return {};
  raw[6] = static_cast<std::uint8_t>((raw[6] & 0x0FU) | 0x40U);
  raw[8] = static_cast<std::uint8_t>((raw[8] & 0x3FU) | 0x80U);
  auto out = hex(raw);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) out.insert(at, "-");
  return out;
}

std::string method_of(std::string_view backend) {
  return backend == "skf" ? "skf-unblock-pin" : backend == "pkcs11" ? "pkcs11-init-pin" : "";
}

/// The canonical proof (statements.md, unlock-proof).
result<std::string> proof_text(const unlock_expectation& asked, const nlohmann::json& authorisation,
                               const std::string& authorisation_text, admin_pin_set admin, std::int64_t now) {
  auto proof = statement::make({"unlock-proof", authorisation.at("ra"), asked.unlock_id, 0, "",
                                asked.token.manufacturer, asked.token.serial, hex(asked.certificate), now});
  proof["redemption"] = asked.redeem_id;
  proof["nonce"] = hex(asked.nonce);
  proof["authorisation_sha256"] = hex(sha256(bytes_of(authorisation_text)));
  proof["admin_pin"] = admin == admin_pin_set::next ? "next" : "current";
  if (auto ok = statement::check(proof); !ok) return ok.error();
  return statement::canonical(proof);
}

/// Step 2: unblock, log in with the new PIN, sign the proof, log out. Module's worker.
result<octets> unblock_and_prove(token_session& session, const key_place& place, const secret& admin,
                                 const secret& new_pin, const std::string& proof, std::int64_t now) {
  if (auto ok = session.unblock_pin(place.application, admin, new_pin); !ok) return ok.error();
  if (auto ok = session.verify_pin(place.application, pin_kind::user, new_pin); !ok) return ok.error();
  const auto der = session.certificate(place);
  auto made =
      der ? make_signed(bytes_of(proof), *der, now,
                        [&](std::string_view hash, octets_view digest) { return session.sign(place, hash, digest); })
          : result<octets>(der.error());
  session.logout(place.application);
  return made;
}

}  // namespace

result<unlocks::begun> unlocks::begin(const kc_call* call, const token_ref& token, const digest& certificate,
                                      const std::string& unlock_id) {
  const auto info = parts_.registry.describe(call, token);
  if (!info) return info.error();
  const auto method = method_of(info->backend);
  if ((info->flags & KC_TOKEN_CAN_UNLOCK) == 0 || method.empty())
    return fail(KC_E_UNSUPPORTED, "KC-UNLOCK-UNSUPPORTED");
  const auto found = parts_.registry.find(call, token, certificate);
  if (!found) return found.error();
  if (found->usage != KC_USAGE_SIGN || found->private_key == KC_KEY_ABSENT)
    return fail(KC_E_NOT_FOUND, "KC-KEY-NOT-FOUND");
  const auto device = parts_.registry.open(call, token);
  if (!device) return device.error();
  const auto tries = parts_.registry.act<void>(
      call, *device, patience::usual, device_effect::reads,
      [application = found->application](token_session& session) { return enough_admin_tries(session, application); });
  if (!tries) return tries.error();
  auto key = make_ephemeral_key();
  if (!key) return key.error();
  auto one = std::make_shared<record>();
  one->asked = {unlock_id,   random_uuid(),        method,         token, found->application,
                certificate, octets(nonce_octets), key->public_key};
  if (one->asked.redeem_id.empty() || RAND_bytes(one->asked.nonce.data(), nonce_octets) != 1) {
    ERR_clear_error();
    return fail(KC_E_FAILED, "KC-CRYPTO-FAILED");
  }
  one->key = std::move(*key);
  one->container = found->container;
  one->label = info->label;
  one->began_at = parts_.time.monotonic_ns();
  const nlohmann::json request{{"redemption", one->asked.redeem_id},
                               {"nonce", hex(one->asked.nonce)},
                               {"ephemeral_key", base64(one->key.public_key)},
                               {"token", {{"manufacturer", token.manufacturer}, {"serial", token.serial}}},
                               {"application", found->application},
                               {"certificate_sha256", hex(certificate)}};
  const std::lock_guard lock(mutex_);
  if (records_.size() >= most_unlocks) return fail(KC_E_BUSY, "KC-UNLOCK-TOO-MANY");
  records_.emplace(next_, std::move(one));
  return begun{next_++, json_text(request)};
}

result<std::shared_ptr<unlocks::record>> unlocks::find(kc_unlock unlock) {
  const std::lock_guard lock(mutex_);
  const auto found = records_.find(unlock);
  if (found == records_.end() || found->second->spent) return fail(KC_E_GRANT_ENDED, "KC-UNLOCK-ENDED");
  return found->second;
}

result<void> unlocks::in_time(const record& one) const {
  if (parts_.time.monotonic_ns() - one.began_at <= statement::unlock_lifetime * second) return {};
  return fail(KC_E_UNTRUSTED, "KC-UNLOCK-STALE");
}

result<octets> unlocks::finish(const kc_call* call, kc_unlock unlock_number, octets_view authorisation) {
  constexpr std::size_t max_authorisation = 64 * 1024;
  const auto one = find(unlock_number);
  if (!one) return one.error();
  if (authorisation.size() > max_authorisation) return fail(KC_E_TOO_LARGE, "KC-UNLOCK-TOO-LARGE");
  if (auto ok = in_time(**one); !ok) return ok.error();
  const auto content = parts_.trust.verify_signed("ra", "unlock", authorisation);
  if (!content) return content.error();
  const std::string statement_text(text_of(*content));
  const auto statement = statement::read(statement_text);
  if (!statement) return statement.error();
  if (auto ok = check_authorisation(*statement, (*one)->asked); !ok) {
    parts_.log.audit(plugin_.id, "unlock.refused",
                     {{"serial", (*one)->asked.token.serial}, {"code", ok.error().code}, {"args", ok.error().args}});
    return ok.error();
  }
  return unlock(call, **one, *statement, statement_text);
}

result<octets> unlocks::unlock(const kc_call* call, record& one, const nlohmann::json& statement,
                               const std::string& statement_text) {
  const auto& asked = one.asked;
  auto opened = open_admin_pins(statement, asked, one.key.key.get());
  if (!opened) return opened.error();
  const auto pins = std::make_shared<admin_pins>(std::move(*opened));
  auto device = parts_.registry.open(call, asked.token);
  if (!device) return device.error();
  const pin_place where{*device, asked.application, one.label, plugin_.id};
  const auto dialog = parts_.dialog.take();
  if (!dialog) return dialog.error();
  auto view = pin_view(parts_.registry, call, where, prompt_purpose::new_on_unlock);
  if (!view) return view.error();
  // The new PIN first: who cancels now has spent nothing.
  auto new_pin = ask_new_pin(parts_.dialog.prompt(), call, *view);
  if (!new_pin) return new_pin.error();
  if (auto ok = in_time(one); !ok) return ok.error();
  if (auto ok = may_go_on(call, parts_.time); !ok) return ok.error();
  const auto note = parts_.journal.recall(asked.token);
  if (!note) return note.error();
  const bool next_first = next_may_be_set(*note, asked.unlock_id);
  if (auto ok = parts_.journal.remember(asked.token, {asked.unlock_id, asked.redeem_id, false}); !ok) return ok.error();
  one.spent = true;
  const bool rotate = statement.at("rotation") == "required";
  const key_place place{asked.application, one.container, key_usage::sign};
  const auto admin = parts_.registry.act<admin_pin_set>(
      call, *device, patience::usual, device_effect::writes,
      [pins, next_first, rotate, place,
       certificate = asked.certificate](token_session& session) -> result<admin_pin_set> {
        const auto der = session.certificate(place);
        if (!der) return der.error();
        if (sha256(*der) != certificate) return fail(KC_E_CONFLICT, "KC-CERTIFICATE-CHANGED");
        return rotate_admin_pin(session, place.application, *pins, next_first, rotate);
      });
  const nlohmann::json who{
      {"serial", asked.token.serial}, {"unlock", asked.unlock_id}, {"redemption", asked.redeem_id}};
  if (!admin) {
    auto fields = who;
    fields["code"] = admin.error().code;
    fields["native"] = admin.error().native;
    parts_.log.audit(plugin_.id, "unlock.admin-pin-failed", fields);
    return admin.error();
  }
  const auto now = parts_.time.wall_seconds();
  const auto proof = proof_text(asked, statement, statement_text, *admin, now);
  if (!proof) return proof.error();
  while (true) {
    auto made = parts_.registry.act<octets>(
        call, *device, patience::usual, device_effect::writes,
        [pins, which = *admin, pin = *new_pin, place, text = *proof, now](token_session& session) {
          return unblock_and_prove(session, place, which == admin_pin_set::next ? pins->next : pins->current, *pin,
                                   text, now);
        });
    if (made) {
      // The RA may not have the proof yet: the note stays, so that the same approval tries `next` first.
      (void)parts_.journal.remember(asked.token, {asked.unlock_id, asked.redeem_id, true});
      parts_.log.audit(plugin_.id, "unlock.done", who);
      return made;
    }
    if (made.error().status == KC_E_UNSUPPORTED && *admin == admin_pin_set::current) {
      // A token without a security officer (NSS) says so only now. Nothing happened on it, so nothing is noted.
      (void)(*note ? parts_.journal.remember(asked.token, **note) : parts_.journal.forget(asked.token));
      parts_.log.audit(plugin_.id, "unlock.unsupported", who);
      return fail(KC_E_UNSUPPORTED, "KC-UNLOCK-UNSUPPORTED", made.error().native);
    }
    if (made.error().status != KC_E_PIN_POLICY) {
      parts_.log.audit(plugin_.id, "unlock.failed", {{"serial", asked.token.serial}, {"code", made.error().code}});
      // The admin PIN is another one already.
      return fail(KC_E_OUTCOME_UNKNOWN, made.error().code, made.error().native);
    }
    view->problem = pin_problem_sentence(made.error().code, view->language);
    new_pin = ask_new_pin(parts_.dialog.prompt(), call, *view);
    if (!new_pin) return fail(KC_E_OUTCOME_UNKNOWN, new_pin.error().code);
  }
}

void unlocks::end(kc_unlock unlock) noexcept {
  try {
    const std::lock_guard lock(mutex_);
    records_.erase(unlock);
  } catch (...) {
  }
}

}  // namespace keycare::services
