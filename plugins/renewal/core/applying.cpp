// applying.cpp - the command apply: preflight, consents, intent into the store, one signature, submission.
#include "keycare/sdk/json.hpp"
#include "keycare/sdk/statement.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/input.hpp"
#include "plugins/renewal/core/commands.hpp"
#include "plugins/renewal/core/form.hpp"
#include "plugins/renewal/core/order_view.hpp"
#include "plugins/renewal/core/preparing.hpp"
#include "plugins/renewal/core/progress.hpp"
#include "plugins/renewal/core/texts.hpp"
#include "plugins/renewal/core/token_look.hpp"

#include <algorithm>

namespace keycare::renewal {

namespace {

/// The form and the ticks, all at once: the cursor goes to the first wrong field.
result<json> checked_input(context& c, const kc_call& call, const json& input) {
  const auto now = c.host.clock.now();
  const auto form =
      check_form(common::object_member(input, "form"), common::local_day(now, c.host.clock.utc_offset(now)));
  auto problems = form.problems;
  if (!is_offered_term(common::number_member(input, "months", 0)))
    problems.insert(problems.begin(), {"months", "KC-RENEWAL-MONTHS"});
  if (!problems.empty()) return form_error(problems, text(call.language));
  if (common::text_member(input, "accept_agreement").empty()) return fail(KC_E_ARGUMENT, "KC-RENEWAL-ACCEPT-AGREEMENT");
  if (common::text_member(input, "accept_personal_data").empty())
    return fail(KC_E_ARGUMENT, "KC-RENEWAL-ACCEPT-PERSONAL-DATA");
  if (!common::flag_member(input, "acknowledge_bids")) return fail(KC_E_ARGUMENT, "KC-RENEWAL-ACKNOWLEDGE-BIDS");
  return form.value;
}

/// The consent to one document, as a statement has it: it was shown on this computer, and is still in force.
result<json> consent_to(context& c, const json& in_force, const std::string& accepted, const char* role) {
  const auto shown = c.orders.shown(accepted);
  if (!shown) return shown.error();
  if ((*shown)["role"] != role) return fail(KC_E_ARGUMENT, "KC-RENEWAL-NOT-SHOWN");
  if (in_force.at(role).at("sha256") != accepted) return fail(KC_E_CONFLICT, "KC-RENEWAL-AGREEMENT-CHANGED");
  return json{{"id", (*shown)["id"]},
              {"version", (*shown)["version"]},
              {"sha256", accepted},
              {"language", (*shown)["language"]},
              {"shown_at", (*shown)["shown_at"]},
              {"accepted_at", c.host.clock.now()}};
}

result<json> consents(context& c, const kc_call& call, const json& input) {
  const auto accepted = common::text_member(input, "accept_agreement");
  const auto shown = c.orders.shown(accepted);
  if (!shown) return shown.error();
  const auto in_force = ask_agreement(c, call, (*shown)["language"].get<std::string>());
  if (!in_force) return in_force.error();
  const auto agreement = consent_to(c, *in_force, accepted, "agreement");
  if (!agreement) return agreement.error();
  const auto personal = consent_to(c, *in_force, common::text_member(input, "accept_personal_data"), "personal_data");
  if (!personal) return personal.error();
  const auto client = c.host.shell.client();
  if (!client) return client.error();
  return json{{"agreement", *agreement},
              {"personal_data", *personal},

              {"channel", client->channel},  // "window" or "cli"
              {"client", (client->name + " " + client->version).substr(0, 64)},
              {"plugin", "renewal 1.0.0"}};
}

result<held_order> begun(context& c, const certificate_info& certificate, std::optional<held_order> unsigned_one) {
  if (unsigned_one) return std::move(*unsigned_one);
  const auto uuid = new_uuid(c);
  if (!uuid) return uuid.error();
  held_order order;
  auto& r = order.record;
  r.uuid = *uuid;
  r.created = c.host.clock.now();
  r.token = certificate.token;
  r.application = certificate.application;
  r.old_certificate = certificate.der;
  r.certificate_sha256 = common::to_hex(certificate.sha256);
  r.container = container_name(r.uuid, r.generation);
  return order;
}

/// The statement `apply`, and what of it is kept: hashes and the quote, never the form.
result<std::string> application_text(context& c, order_record& r, const json& form, const json& quote,
                                     const json& consent) {
  auto doc = order_statement(c, r, "apply", r.generation);
  doc["form"] = form;
  doc["quote"] = {};
  for (const char* member : {"id", "months", "fee_fen", "currency", "rule", "new_not_after", "expires"})
    doc["quote"][member] = quote.at(member);
  doc["consent"] = consent;
  const auto payload = statement::payload_text(doc);
  if (!payload) return payload.error();
  const auto hash = sha256_hex(c, bytes_of(*payload));
  if (!hash) return hash.error();
  doc["payload_sha256"] = *hash;
  r.payload_sha256 = *hash;
  r.quote = quote;
  r.consent = consent;
  if (auto fits = statement::check(doc); !fits) return fits.error();
  return statement::canonical(doc);
}

}  // namespace

result<json> apply(context& c, const kc_call& call, const json& input) {
  const auto form = checked_input(c, call, input);
  if (!form) return form.error();
  const auto certificate = find_certificate(c, call, input);
  if (!certificate) return certificate.error();
  const auto sha256 = common::to_hex(certificate->sha256);
  const auto lock = c.orders.lock(sha256);
  if (!lock) return lock.error();
  auto unsigned_one = c.orders.open_one(sha256);
  if (!unsigned_one) return unsigned_one.error();
  if (*unsigned_one)
    if (const auto why = under_way((*unsigned_one)->record)) return *why;

  // The preflight: everything that can be known before anybody is asked for a PIN.
  if (auto usable = pin_usable(*certificate); !usable) return usable.error();
  const auto said = ask_eligibility(c, call, *certificate, common::text_member(input, "account"));
  if (!said) return said.error();
  if (const auto no = ineligible(*said)) return *no;
  const auto quote =
      ask_quote(c, call, *certificate, common::number_member(input, "months", 0), (*said)["server_time"]);
  if (!quote) return quote.error();
  if (input.contains("fee_fen") && input["fee_fen"] != (*quote)["fee_fen"])
    return fail(KC_E_CONFLICT, "KC-RENEWAL-FEE-CHANGED");
  const auto consent = consents(c, call, input);
  if (!consent) return consent.error();
  const auto ra = ask_ra_id(c, call);
  if (!ra) return ra.error();

  auto order = begun(c, *certificate, std::move(*unsigned_one));
  if (!order) return order.error();
  auto& r = order->record;
  r.account = common::text_member(input, "account");
  r.ra = *ra;
  const auto statement = application_text(c, r, *form, *quote, *consent);
  if (!statement) return statement.error();
  if (auto saved = c.orders.save(*order); !saved) return saved.error();
  c.drafts[r.uuid] = *statement;
  if (c.emit) c.emit("order-changed", r.uuid);

  situation now;
  const auto then = advance(c, call, *order, now, 2);
  if (!then) return then.error();
  std::vector<std::string> first;
  if (now.ra == ra_state::awaiting_payment) first.push_back(texts().text("text.submitted", text(call.language)));
  return order_reply(c, call, *order, now, *then, std::move(first));
}

}  // namespace keycare::renewal
