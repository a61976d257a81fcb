// signing_steps.cpp - store first, then sign; store what was signed, then send.
#include "plugins/renewal/core/signing_steps.hpp"

#include "keycare/sdk/statement.hpp"
#include "plugins/common/encoding.hpp"

namespace keycare::renewal {

namespace {

constexpr std::size_t most_reaped = 8;

/// A statement's text, checked as the host and the RA will check it: what fails here is a bug of ours.
result<std::string> text_of_statement(const json& doc) {
  if (auto fits = statement::check(doc); !fits) return fits.error();
  return statement::canonical(doc);
}

/// Signs @p text with the old key.
result<octets> sign_text(context& c, const kc_call& call, const order_record& r, std::string_view type,
                         std::string_view text, std::string_view purpose, std::vector<operation> later = {}) {
  grant_wish wish{r.token, digest_of(r.certificate_sha256), purpose, r.uuid, {}, std::move(later)};
  wish.needed.push_back({KC_OP_SIGN, std::string(type), octets(text.begin(), text.end())});
  octets cms;
  const auto done = c.grants.run(call, wish, [&](kc_grant grant) -> result<void> {
    auto made = c.host.signing.sign(call, grant, {}, bytes_of(text));
    if (!made) return made.error();
    cms = std::move(*made);
    return {};
  });
  if (!done) return done.error();
  return cms;
}

result<void> keep_to_send(context& c, held_order& order, pending kind, octets body, std::string_view text) {
  const auto hash = sha256_hex(c, bytes_of(text));
  if (!hash) return hash.error();
  order.record.to_send = {kind, std::move(body), {}, *hash};
  return c.orders.save(order);
}

struct leftover {
  held_order order;
  std::string container;
};

/// Containers of ended orders in the same application of the same token.
result<std::vector<leftover>> leftovers_on(context& c, const order_record& r) {
  auto all = c.orders.all();
  if (!all) return all.error();
  std::vector<leftover> out;
  for (const auto& other : all->orders) {
    const auto& o = other.record;
    if (o.at != stage::closed || o.token != r.token || o.application != r.application) continue;
    for (const auto& container : o.leftovers)
      if (out.size() < most_reaped && container != r.container) out.push_back({other, container});
  }
  return out;
}

void reap(context& c, const kc_call& call, kc_grant grant, std::vector<leftover>& old) {
  for (auto& [order, container] : old) {
    const auto reaped = c.host.keys.reap(call, grant, container);
    // KC_E_CONFLICT: it holds a certificate after all, and stays for good.
    if (!reaped && reaped.error().status != KC_E_CONFLICT) return;
    auto fresh = c.orders.load(order.record.uuid);
    if (!fresh) continue;
    std::erase(fresh->record.leftovers, container);
    if (!c.orders.save(*fresh)) return;  // Tidying up is no reason to stop an application.
  }
}

}  // namespace

std::vector<operation> install_operations(std::string_view container) {
  return {{KC_OP_INSTALL, std::string(container), {}},
          {KC_OP_PROVE, std::string(container), {}},
          {KC_OP_SIGN_NEW, "confirm", {}}};
}

std::vector<operation> request_operations(std::string_view container) {
  return {{KC_OP_CREATE, std::string(container), {}},
          {KC_OP_GENERATE, std::string(container), {}},
          {KC_OP_REQUEST, std::string(container), {}},
          {KC_OP_SIGN, "bind-csr", {}}};
}

result<void> sign_application(context& c, const kc_call& call, held_order& order) {
  const auto& r = order.record;
  const auto draft = c.drafts.find(r.uuid);
  if (draft == c.drafts.end()) return fail(KC_E_FAILED, "KC-RENEWAL-NO-DRAFT");
  const auto& text = draft->second;
  auto old = leftovers_on(c, r);
  if (!old) return old.error();

  grant_wish wish{r.token, digest_of(r.certificate_sha256), "renewal.apply", r.uuid, {}, {}};
  wish.needed.push_back({KC_OP_CREATE, r.container, {}});
  wish.needed.push_back({KC_OP_SIGN, "apply", octets(text.begin(), text.end())});
  for (const auto& one : *old) wish.needed.push_back({KC_OP_REAP, one.container, {}});
  octets cms;
  const auto signed_ok = c.grants.run(call, wish, [&](kc_grant grant) -> result<void> {
    reap(c, call, grant, *old);
    if (auto created = c.host.keys.create(call, grant, r.container); !created) return created;
    auto made = c.host.signing.sign(call, grant, {}, bytes_of(text));
    if (!made) return made.error();
    cms = std::move(*made);
    return {};
  });
  c.grants.close();
  if (!signed_ok) return signed_ok;
  auto sealed = c.host.crypto.seal("ra", cms);
  if (!sealed) return sealed.error();
  order.record.at = stage::signed_;
  if (auto kept = keep_to_send(c, order, pending::application, std::move(*sealed), text); !kept) return kept;
  c.drafts.erase(order.record.uuid);
  return {};
}

result<void> sign_withdrawal(context& c, const kc_call& call, held_order& order) {
  auto& r = order.record;
  const auto text = text_of_statement(order_statement(c, r, "withdraw", r.generation));
  if (!text) return text.error();
  auto cms = sign_text(c, call, r, "withdraw", *text, "renewal.withdraw");
  if (!cms) return cms.error();
  r.at = stage::accepted;
  return keep_to_send(c, order, pending::withdrawal, std::move(*cms), *text);
}

result<void> sign_correction(context& c, const kc_call& call, held_order& order, const json& form) {
  auto& r = order.record;
  auto doc = order_statement(c, r, "correct", r.generation);
  doc["form"] = form;
  const auto text = text_of_statement(doc);
  if (!text) return text.error();
  const auto cms = sign_text(c, call, r, "correct", *text, "renewal.correct");
  if (!cms) return cms.error();
  auto sealed = c.host.crypto.seal("ra", *cms);
  if (!sealed) return sealed.error();
  return keep_to_send(c, order, pending::correction, std::move(*sealed), *text);
}

result<void> sign_generation(context& c, const kc_call& call, held_order& order) {
  auto& r = order.record;
  const auto text = text_of_statement(order_statement(c, r, "new-generation", r.generation + 1));
  if (!text) return text.error();
  // What follows is under the same grant: the next container's name is known already.
  const auto container = container_name(r.uuid, r.generation + 1);
  auto later = request_operations(container);
  for (auto& one : install_operations(container)) later.push_back(std::move(one));
  auto cms = sign_text(c, call, r, "new-generation", *text, "renewal.install", std::move(later));
  if (!cms) return cms.error();
  return keep_to_send(c, order, pending::generation, std::move(*cms), *text);
}

result<octets> sign_list(context& c, const kc_call& call, const certificate_info& certificate, std::string_view ra) {
  const auto uuid = new_uuid(c);
  if (!uuid) return uuid.error();
  order_record r;
  r.uuid = *uuid;
  r.ra = ra;
  r.token = certificate.token;
  r.certificate_sha256 = common::to_hex(certificate.sha256);
  const auto text = text_of_statement(order_statement(c, r, "list", 0));
  if (!text) return text.error();
  return sign_text(c, call, r, "list", *text, "renewal.list");
}

}  // namespace keycare::renewal
