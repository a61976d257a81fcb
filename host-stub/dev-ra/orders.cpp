// orders.cpp - the order's statements.
#include "orders.hpp"

#include "acceptance.hpp"
#include "certificate.hpp"
#include "documents.hpp"
#include "eligibility.hpp"
#include "forms.hpp"
#include "installation.hpp"
#include "octets.hpp"
#include "payments.hpp"

#include <algorithm>

namespace keycare::dev_ra {

namespace {

using json = nlohmann::json;

answer applied(const room& at, const order& what, std::string receipt) {
  return ok({{"order_secret", secret_of(at, what.uuid)}, {"receipt", std::move(receipt)}, {"order", shown(at, what)}},
            next_poll(at, what));
}

error order_is_open(const order& open) {
  return problem("open-order", {{"order", summary(open)}});
}

/// Signature, binding and eligibility of an application at this moment.
result<certificate_record> check_applicant(const room& at, const accepted& application) {
  auto certificate = find_certificate(at, application.head.certificate_sha256);
  if (!certificate) return problem("wrong-signer");
  if (!fits_account(application, certificate->account)) return problem("account-differs");
  const auto reason = eligibility_of(at, *certificate, std::nullopt);
  if (reason != "ok") return problem("not-eligible", {}, reason);
  const auto signer = read_certificate(certificate->der);
  if (auto good = verify(at.keys, application.message, signer.get(), at.now); !good) return good.error();
  if (application.head.manufacturer != certificate->manufacturer || application.head.serial != certificate->serial)
    return problem("wrong-signer");
  return *certificate;
}

/// The quote must be this RA's own, member by member. An expired one closes the uuid.
result<void> check_quote(const room& at, const accepted& application) {
  const auto& quote = application.statement().at("quote");
  std::int64_t expires = 0;
  {
    auto row = at.db.select("SELECT certificate, months, fee_fen, new_not_after, expires FROM quotes WHERE id = ?",
                            quote.at("id").get<std::string>());
    if (!row.next() || row.text(0) != application.head.certificate_sha256 || quote.at("months") != row.integer(1) ||
        quote.at("fee_fen") != row.integer(2) || quote.at("new_not_after") != row.integer(3) ||
        quote.at("expires") != row.integer(4) || quote.at("currency") != "CNY" ||
        quote.at("rule") != "old-end-plus-months")
      return problem("quote-mismatch");
    expires = row.integer(4);
  }
  if (at.now <= expires) return {};
  at.db.run("INSERT INTO closed_uuids(uuid, code, at) VALUES(?, 'quote-expired', ?)", application.head.order, at.now);
  return problem("quote-expired");
}

result<void> check_payload(const room& at, const accepted& application) {
  const auto& statement = application.statement();
  const auto payload = statement::payload_text(statement);
  if (!payload || sha256_hex(*payload) != statement.at("payload_sha256") || application.head.generation != 1)
    return problem("bad-statement", {}, "payload_sha256 or generation");
  if (auto refused = refused_fields(statement.at("form")); !refused.empty())
    return problem("bad-fields", {{"fields", std::move(refused)}});
  if (!consents(statement.at("consent"), at.now)) return problem("consent-mismatch");
  return {};
}

/// The order on which a statement by its old key was made.
struct spoken_order {
  accepted what;
  dev_ra::order order;
};

result<spoken_order> speak(const room& at, const call& request, std::string_view der, std::string_view type) {
  auto what = read_statement(at, der, type, request.ids.at(0));
  if (!what) return what.error();
  auto order = find_order(at, request.ids.at(0));
  if (!order) return problem("unknown-order");
  if (auto good = made_by_old_key(at, *what, *order); !good) return good.error();
  return spoken_order{std::move(*what), std::move(*order)};
}

}  // namespace

result<answer> apply(const room& at, const call& request) {
  const auto& uuid = request.ids.at(0);
  {
    auto closed = at.db.select("SELECT code FROM closed_uuids WHERE uuid = ?", uuid);
    if (closed.next()) return problem(closed.text(0));
  }
  const auto opened = open_sealed(at.keys, request.body);
  if (!opened) return opened.error();
  auto application = read_statement(at, *opened, "apply", uuid);
  if (!application) return application.error();
  const auto payload = application->statement().at("payload_sha256").get<std::string>();

  if (const auto existing = find_order(at, uuid)) {
    if (application->head.certificate_sha256 != existing->certificate || payload != existing->payload_sha256)
      return problem("other-payload");
    if (auto good = made_by_old_key(at, *application, *existing); !good) return good.error();
    return applied(at, *existing, receipt(at, *application, existing->number, payload));
  }

  const auto certificate = check_applicant(at, *application);
  if (!certificate) return certificate.error();
  if (auto good = check_payload(at, *application); !good) return good.error();
  if (auto good = check_quote(at, *application); !good) return good.error();
  if (const auto open = find_open_order(at, certificate->account, certificate->sha256)) return order_is_open(*open);

  const auto& statement = application->statement();
  order made;
  made.uuid = uuid;
  made.account = certificate->account;
  made.certificate = certificate->sha256;
  made.manufacturer = certificate->manufacturer;
  made.serial = certificate->serial;
  made.subject = certificate->subject;
  made.months = statement.at("quote").at("months");
  made.fee_fen = statement.at("quote").at("fee_fen");
  made.old_not_after = certificate->not_after;
  made.new_not_after = statement.at("quote").at("new_not_after");
  made.form = statement.at("form");
  made.payload_sha256 = payload;
  made.applied_at = at.now;
  made.pay_before = std::min(at.now + at.config.unpaid_limit, certificate->not_after);
  insert_order(at, made);
  return applied(at, made, receipt(at, *application, made.number, payload));
}

result<order> authorised_order(const room& at, const call& request) {
  auto found = find_order(at, request.ids.at(0));
  if (!found) return problem("unknown-order");
  if (!equal_secret(request.bearer, secret_of(at, found->uuid))) return problem("unauthorised");
  return *found;
}

answer receipted(const room& at, const order& what, std::string receipt) {
  return ok({{"receipt", std::move(receipt)}, {"order", shown(at, what)}}, next_poll(at, what));
}

result<answer> show_order(const room& at, const call& request) {
  const auto found = authorised_order(at, request);
  if (!found) return found.error();
  return ok(shown(at, *found), next_poll(at, *found));
}

result<answer> withdraw(const room& at, const call& request) {
  auto spoken = speak(at, request, request.body, "withdraw");
  if (!spoken) return spoken.error();
  auto& order = spoken->order;
  using enum order_state;
  if (move(at, order, order_event::withdrawal_asked)) {
    // The payment is closed first, and only the provider's word counts: a time-out is not closure.
    if (!close_open_payment(at, order.uuid)) move(at, order, order_event::payment_closed);
  } else if (order.state == expired) {
    return problem("wrong-state", {}, "expired");
  } else if (order.state != withdrawing && order.state != withdrawn) {
    return problem("already-paid");
  }
  return receipted(at, order, receipt(at, spoken->what, order.number, ""));
}

result<answer> correct(const room& at, const call& request) {
  const auto opened = open_sealed(at.keys, request.body);
  if (!opened) return opened.error();
  auto spoken = speak(at, request, *opened, "correct");
  if (!spoken) return spoken.error();
  auto& order = spoken->order;
  const auto changes = spoken->what.statement().value("form", json::object());
  // A correction counts once. Its repetition may come when the review has asked for another one meanwhile, and is no
  // answer to that.
  const auto meaning = sha256_hex(spoken->what.message.text);
  if (is_repeated(at, spoken->what, meaning))
    return receipted(at, order, receipt(at, spoken->what, order.number, meaning));
  if (order.state != order_state::needs_correction) return problem("wrong-state", {}, name(order.state));
  auto form = order.form;
  form.update(changes);
  auto refused = refused_fields(form);
  for (const auto& wanted : order.correction.at("fields")) {
    const auto field = wanted.at("field").get<std::string>();
    if (!changes.contains(field)) refused.push_back({{"field", field}, {"code", "missing"}});
  }
  if (!refused.empty()) return problem("bad-fields", {{"fields", std::move(refused)}});
  order.form = std::move(form);
  order.correction = json();
  order.remark.clear();
  move(at, order, order_event::corrected);
  return receipted(at, order, receipt(at, spoken->what, order.number, meaning));
}

result<answer> new_generation(const room& at, const call& request) {
  auto spoken = speak(at, request, request.body, "new-generation");
  if (!spoken) return spoken.error();
  auto& order = spoken->order;
  const auto wanted = spoken->what.head.generation;
  if (wanted == order.generation) {
    if (is_repeated(at, spoken->what, "")) return receipted(at, order, receipt(at, spoken->what, order.number, ""));
    return problem("generation-differs");
  }
  if (wanted != order.generation + 1) return problem("generation-differs");
  if (const auto state = order.state; state != order_state::approved && state != order_state::issued)
    return problem(is_confirmed(state) ? "already-confirmed" : "wrong-state", {}, name(state));
  if (!order.new_certificate.empty()) set_certificate_status(at, order.new_certificate, "revoked");
  order.new_certificate.clear();
  order.generation = wanted;
  move(at, order, order_event::new_generation);
  return receipted(at, order, receipt(at, spoken->what, order.number, ""));
}

result<answer> list_orders(const room& at, const call& request) {
  const auto asked = read_statement(at, request.body, "list", "");
  if (!asked) return asked.error();
  const auto certificate = find_certificate(at, asked->head.certificate_sha256);
  if (!certificate || certificate->status == "revoked") return problem("wrong-signer");
  if (!fits_account(*asked, certificate->account)) return problem("account-differs");
  const auto signer = read_certificate(certificate->der);
  // A certificate that ended meanwhile may still ask about its own orders.
  if (auto good = verify(at.keys, asked->message, signer.get(), std::min(at.now, certificate->not_after)); !good)
    return good.error();
  if (asked->head.time < at.now - statement_freshness || asked->head.time > at.now + statement_freshness)
    return problem("stale-statement");
  auto listed = json::array();
  for (auto& order : orders_of(at, certificate->sha256, 100)) {
    // Any statement by the new key proves that it is on the token and works.
    if (order.new_certificate == certificate->sha256) confirm_order(at, order);
    listed.push_back({{"order_secret", secret_of(at, order.uuid)}, {"order", shown(at, order)}});
  }
  return ok({{"orders", std::move(listed)}});
}

}  // namespace keycare::dev_ra
