// install_steps.cpp - each step: the intent into the store, the effect, the outcome into the store.
#include "plugins/renewal/core/install_steps.hpp"

#include "keycare/sdk/json.hpp"
#include "keycare/sdk/statement.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/renewal/core/bundle_check.hpp"
#include "plugins/renewal/core/sending.hpp"
#include "plugins/renewal/core/signing_steps.hpp"

namespace keycare::renewal {

namespace {

struct request_made {
  std::string public_key_sha256;
  std::string body;  ///< openapi.json, CsrRequest
  std::string statement_sha256;
};

result<request_made> make_under(context& c, const kc_call& call, kc_grant grant, const order_record& r,
                                std::string_view algorithm) {
  // A later generation has no container yet, and somebody may have removed the first one. What holds something already
  // is a conflict here, and what it holds is for `generate` to judge: a pair is reused.
  if (auto there = c.host.keys.create(call, grant, r.container); !there && there.error().status != KC_E_CONFLICT)
    return there.error();
  const auto key = c.host.keys.generate(call, grant, r.container, algorithm);
  if (!key) return key.error();
  const auto csr = c.host.keys.request(call, grant, r.container);
  if (!csr) return csr.error();
  const auto key_hash = sha256_hex(c, *key);
  if (!key_hash) return key_hash.error();
  const auto csr_hash = sha256_hex(c, *csr);
  if (!csr_hash) return csr_hash.error();
  auto doc = order_statement(c, r, "bind-csr", r.generation);
  doc["csr_sha256"] = *csr_hash;
  doc["public_key_sha256"] = *key_hash;
  const auto text = statement::canonical(doc);
  if (!text) return text.error();
  const auto cms = c.host.signing.sign(call, grant, {}, bytes_of(*text));
  if (!cms) return cms.error();
  const auto hash = sha256_hex(c, bytes_of(*text));
  if (!hash) return hash.error();
  const json body = {{"csr", common::to_base64(*csr)}, {"bind_csr", common::to_base64(*cms)}};
  return request_made{*key_hash, json_text(body), *hash};
}

/// Each certificate must chain to the root that the host pinned for the RA.
result<void> verify_chain(context& c, const held_bundle& got, std::int64_t at) {
  octets intermediates;
  for (const auto& der : got.chain) intermediates.insert(intermediates.end(), der.begin(), der.end());
  for (const auto* der : {&got.certificates.signing_certificate, &got.certificates.encryption_certificate}) {
    if (der->empty()) continue;
    const auto verified = c.host.crypto.verify_certificate("ra", *der, intermediates, at);
    if (!verified && verified.error().status != KC_E_UNTRUSTED) return verified;
    if (!verified) return fail(KC_E_UNTRUSTED, "KC-RENEWAL-BUNDLE-CHAIN");
  }
  return {};
}

result<void> check_bundle(context& c, const order_record& r, const held_bundle& got, std::int64_t at) {
  const auto old = c.host.crypto.parse_certificate(r.old_certificate);
  if (!old) return old.error();
  const auto signing = c.host.crypto.parse_certificate(got.certificates.signing_certificate);
  if (!signing) return signing.error();
  std::optional<certificate_info> encryption;
  if (!got.certificates.encryption_certificate.empty()) {
    auto parsed = c.host.crypto.parse_certificate(got.certificates.encryption_certificate);
    if (!parsed) return parsed.error();
    encryption = std::move(*parsed);
  }
  const auto key = sha256_hex(c, signing->public_key);
  if (!key) return key.error();
  // The quote was signed for; on a computer that did not apply, the RA's order has to do.
  const auto& promise = r.quote.is_null() ? r.order : r.quote;
  const auto problem = bundle_problem(got, *signing, encryption, *key,
                                      {r.generation, r.public_key_sha256, old->subject_der, old->serial,
                                       promise.at("new_not_after").get<std::int64_t>()});
  if (problem) return fail(KC_E_UNTRUSTED, *problem);
  return verify_chain(c, got, at);
}

}  // namespace

result<void> make_request(context& c, const kc_call& call, held_order& order) {
  auto& r = order.record;
  const auto old = c.host.crypto.parse_certificate(r.old_certificate);
  if (!old) return old.error();
  r.at = stage::key_intent;
  if (auto saved = c.orders.save(order); !saved) return saved;

  grant_wish wish{r.token, digest_of(r.certificate_sha256), "renewal.install",
                  r.uuid,  request_operations(r.container), install_operations(r.container)};
  request_made made;
  const auto done = c.grants.run(call, wish, [&](kc_grant grant) -> result<void> {
    auto outcome = make_under(c, call, grant, r, old->algorithm);
    if (!outcome) return outcome.error();
    made = std::move(*outcome);
    return {};
  });
  if (!done) return done;
  r.at = stage::key_ready;
  r.public_key_sha256 = made.public_key_sha256;
  r.to_send = {pending::csr, octets(made.body.begin(), made.body.end()), {}, made.statement_sha256};
  return c.orders.save(order);
}

result<void> fetch_bundle(context& c, const kc_call& call, held_order& order, situation& now) {
  auto& r = order.record;
  const auto answer = c.ra.get(call, "/v1/renewals/" + r.uuid + "/bundle", r.secret);
  const auto usable = take_note(now, answer);
  if (!usable) return usable.error();
  if (!*usable) return {};
  if (!answer->ok()) return common::problem_error(*answer);
  const auto got = read_bundle(answer->body);
  if (!got) return got.error();
  // Another computer made the request: then the pair on the token is what the certificate must belong to.
  if (r.public_key_sha256.empty()) r.public_key_sha256 = now.container_key_sha256;
  const auto fits = check_bundle(c, r, *got, now.ra_time.value_or(c.host.clock.now()));
  if (!fits) {
    r.problem = fits.error().code;
    c.host.log.error("order.bundle-refused", json_text({{"order", r.uuid}, {"code", r.problem}}));
    if (auto saved = c.orders.save(order); !saved) return saved;
    return fits;
  }
  r.certificates = got->certificates;
  r.at = stage::bundle_held;
  r.problem.clear();
  return c.orders.save(order);
}

result<void> install(context& c, const kc_call& call, held_order& order) {
  auto& r = order.record;
  auto doc = order_statement(c, r, "confirm", r.generation);
  const auto signing_hash = sha256_hex(c, r.certificates.signing_certificate);
  if (!signing_hash) return signing_hash.error();
  doc["signing_certificate_sha256"] = *signing_hash;
  if (!r.certificates.encryption_certificate.empty()) {
    const auto hash = sha256_hex(c, r.certificates.encryption_certificate);
    if (!hash) return hash.error();
    doc["encryption_certificate_sha256"] = *hash;
  }
  const auto text = statement::canonical(doc);
  if (!text) return text.error();
  r.at = stage::install_intent;
  if (auto saved = c.orders.save(order); !saved) return saved;

  const grant_wish wish{r.token, digest_of(r.certificate_sha256), "renewal.install",
                        r.uuid,  install_operations(r.container), {}};
  octets cms;
  const auto done = c.grants.run(call, wish, [&](kc_grant grant) -> result<void> {
    if (auto ok = c.host.keys.install(call, grant, r.container, r.certificates); !ok) return ok;
    if (auto ok = c.host.keys.prove(call, grant, r.container, r.certificates); !ok) return ok;
    auto made = c.host.signing.sign(call, grant, r.container, bytes_of(*text));
    if (!made) return made.error();
    cms = std::move(*made);
    return {};
  });
  if (!done) return done;
  const auto hash = sha256_hex(c, bytes_of(*text));
  if (!hash) return hash.error();
  r.at = stage::proved;
  r.to_send = {pending::confirmation, std::move(cms), {}, *hash};
  return c.orders.save(order);
}

}  // namespace keycare::renewal
