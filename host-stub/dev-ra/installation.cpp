// installation.cpp - CSR, bundle, confirmation, rebinding.
#include "installation.hpp"

#include "acceptance.hpp"
#include "certificate.hpp"
#include "keycare/sdk/json.hpp"
#include "octets.hpp"
#include "orders.hpp"

namespace keycare::dev_ra {

namespace {

using json = nlohmann::json;

// A client's clock may be a little behind when it looks at its new certificate.
constexpr std::int64_t issued_before_now = 300;

struct key_row {
  std::string public_key;
  std::string certificate;
};

std::optional<key_row> find_key(const room& at, const order& what) {
  auto row = at.db.select("SELECT public_key, certificate FROM keys WHERE uuid = ? AND generation = ?", what.uuid,
                          what.generation);
  if (!row.next()) return std::nullopt;
  return key_row{row.text(0), row.text(1)};
}

bool key_is_used(const room& at, std::string_view public_key) {
  return at.db.select("SELECT 1 FROM certificates WHERE public_key = ?", public_key).next();
}

/// Issues the certificate of this generation: the old one's subject, the quote's end, the request's key.
void issue(const room& at, order& what, const request& wanted) {
  const auto old = find_certificate(at, what.certificate);
  const auto old_certificate = read_certificate(old->der);
  const auto made = at.keys.issue(X509_get_subject_name(old_certificate.get()), wanted.key.get(),
                                  at.now - issued_before_now, what.new_not_after);
  certificate_record record = *old;
  record.der = der(made.get());
  record.sha256 = fingerprint(made.get());
  record.not_before = not_before(made.get());
  record.not_after = not_after(made.get());
  record.status = "unconfirmed";
  record.seal = old->seal == "none" ? "none" : "awaiting-reissue";
  insert_certificate(at, record, wanted.public_key);
  at.db.run("INSERT INTO keys(uuid, generation, public_key, certificate) VALUES(?, ?, ?, ?)", what.uuid,
            what.generation, wanted.public_key, record.sha256);
  what.new_certificate = record.sha256;
}

}  // namespace

bool is_confirmed(order_state state) {
  return state == order_state::confirmed || state == order_state::rebinding || state == order_state::complete;
}

result<answer> submit_request(const room& at, const call& request) {
  const auto bind_der = from_base64(request.json.at("bind_csr").get<std::string>());
  const auto csr_der = from_base64(request.json.at("csr").get<std::string>());
  if (!bind_der || !csr_der) return problem("bad-json", {}, "base64");
  const auto bind = read_statement(at, *bind_der, "bind-csr", request.ids.at(0));
  if (!bind) return bind.error();
  auto order = find_order(at, request.ids.at(0));
  if (!order) return problem("unknown-order");
  if (auto good = made_by_old_key(at, *bind, *order); !good) return good.error();
  if (bind->head.generation != order->generation) return problem("generation-differs");
  const auto wanted = read_request(*csr_der);
  if (!wanted) return problem("bad-fields", field_error("csr", "unreadable"));
  if (bind->statement().at("csr_sha256") != sha256_hex(*csr_der) ||
      bind->statement().at("public_key_sha256") != wanted->public_key)
    return problem("bad-fields", field_error("csr", "mismatch"));

  const auto known = find_key(at, *order);
  if (known && known->public_key != wanted->public_key) return problem("csr-key-differs");
  if (!known) {
    if (order->state != order_state::approved) return problem("wrong-state", {}, name(order->state));
    if (key_is_used(at, wanted->public_key)) return problem("bad-fields", field_error("csr", "mismatch"));
    issue(at, *order, *wanted);
  }
  if (order->state == order_state::approved) {
    if (known) order->new_certificate = known->certificate;
    move(at, *order, order_event::certificate_issued);
  }
  return receipted(at, *order, receipt(at, *bind, order->number, wanted->public_key));
}

result<answer> bundle(const room& at, const call& request) {
  const auto order = authorised_order(at, request);
  if (!order) return order.error();
  const auto key = find_key(at, *order);
  if (!key) {
    auto members = json::object();
    if (const auto wait = next_poll(at, *order)) members["retry_after"] = *wait;
    return problem("not-issued-yet", std::move(members));
  }
  const auto certificate = find_certificate(at, key->certificate);
  return ok(
      {{"generation", order->generation},
       {"signing_certificate", base64(certificate->der)},
       {"chain",
        {base64(der(at.keys[role::issuing].certificate.get())), base64(der(at.keys[role::root].certificate.get()))}}});
}

void confirm_order(const room& at, order& what) {
  if (move(at, what, order_event::confirmation)) set_certificate_status(at, what.new_certificate, "good");
}

result<answer> confirm(const room& at, const call& request) {
  const auto proof = read_statement(at, request.body, "confirm", request.ids.at(0));
  if (!proof) return proof.error();
  auto order = find_order(at, request.ids.at(0));
  if (!order) return problem("unknown-order");
  const auto& head = proof->head;
  if (head.certificate_sha256 != order->certificate || head.manufacturer != order->manufacturer ||
      head.serial != order->serial)
    return problem("wrong-signer");
  if (!fits_account(*proof, order->account)) return problem("account-differs");
  if (head.generation != order->generation) return problem("generation-differs");
  const auto signing = proof->statement().at("signing_certificate_sha256").get<std::string>();
  // This RA issues no encryption certificates yet, so none can be confirmed.
  if (signing != order->new_certificate || proof->statement().contains("encryption_certificate_sha256"))
    return problem("confirmation-mismatch");
  const auto fresh = find_certificate(at, signing);
  const auto signer = read_certificate(fresh->der);
  if (auto good = verify(at.keys, proof->message, signer.get(), at.now); !good) return good.error();
  if (order->state != order_state::issued && !is_confirmed(order->state))
    return problem("wrong-state", {}, name(order->state));
  confirm_order(at, *order);
  return receipted(at, *order, receipt(at, *proof, order->number, signing));
}

void rebind(const room& at, const order& what) {
  set_certificate_status(at, what.certificate, "superseded");
  at.db.run("UPDATE certificates SET superseded_by = ? WHERE sha256 = ?", what.new_certificate, what.certificate);
  // The data of the last business: an unlock asks for them.
  at.db.run("UPDATE accounts SET certificate = ?, applicant = ? WHERE account = ?", what.new_certificate,
            json_text(what.form), what.account);
}

}  // namespace keycare::dev_ra
