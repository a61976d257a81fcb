// rules.cpp - see rules.hpp.
#include "tests/sim/rules.hpp"

#include "plugins/common/encoding.hpp"
#include "plugins/renewal/core/order_table.hpp"
#include "tests/sim/world.hpp"

#include <algorithm>

namespace keycare::sim {

using nlohmann::json;
using renewal::pending;
using renewal::stage;

namespace {

constexpr std::string_view renewals = "/v1/renewals/";

std::string uuid_in(const std::string& path) {
  return path.size() >= renewals.size() + 36 ? path.substr(renewals.size(), 36) : std::string();
}

/// Which request waits at which path.
pending kind_at(std::string_view rest) {
  if (rest.empty()) return pending::application;
  if (rest.starts_with("/payments/")) return pending::payment;
  for (const auto& row : renewal::requests)
    if (row.path == rest) return row.kind;
  return pending::none;
}

}  // namespace

void rulebook::breaks(rule which, std::string what) {
  w_.note("    *** rule " + std::to_string(static_cast<int>(which)) + ": " + what);
  if (broken.size() < 16) broken.push_back({which, std::move(what)});
}

void rulebook::on_right_token(const char* what, process& who, const grant_ask& ask) {
  const auto* r = w_.computers[static_cast<std::size_t>(who.at)].order(ask.order);
  if (r == nullptr) return breaks(rule::stored_first, std::string(what) + " for an order that is not stored");
  if (!(ask.token == r->token) || common::to_hex(ask.certificate) != r->certificate_sha256)
    breaks(rule::right_token, std::string(what) + " on another token or under another certificate");
}

void rulebook::sent(process& who, const std::string& method, const std::string& path, octets_view body) {
  if (method != "PUT") return;
  const auto bytes = w_.documents.hash_hex(text_of(body));
  const auto& here = w_.computers[static_cast<std::size_t>(who.at)];
  if (path.starts_with("/v1/unlocks/")) {
    const auto uuid = path.substr(12, 36);
    const auto rest = std::string_view(path).substr(48);
    if (!here.unlocks.contains(uuid)) breaks(rule::stored_first, "unlock " + path + " before it was stored");
    if (rest.empty() || rest.starts_with("/redemptions/")) {
      const auto [known, first] = bodies_.try_emplace(path, bytes);
      if (!first && known->second != bytes) breaks(rule::same_bytes, path + " with other bytes");
    }
    if (rest.starts_with("/redemptions/")) {
      const auto nonce = json::parse(text_of(body)).value("nonce", "");
      const auto [known, first] = redemptions_.try_emplace(nonce, std::string(rest));
      if (!first && known->second != rest) breaks(rule::nothing_spent, "one redemption under two ids");
    }
    if (rest.starts_with("/redemptions/") && here.unlocks.contains(uuid) &&
        here.unlocks.at(uuid) < unlock::stage::redeeming)
      breaks(rule::stored_first, "a redemption before it was stored");
    if (rest == "/report" && here.unlocks.contains(uuid) && here.unlocks.at(uuid) != unlock::stage::proved)
      breaks(rule::stored_first, "a proof before it was stored");
    return;
  }
  const auto uuid = uuid_in(path);
  const auto kind = kind_at(std::string_view(path).substr(renewals.size() + 36));
  const auto* r = here.order(uuid);
  if (r == nullptr) return breaks(rule::stored_first, path + " before the order was stored");
  const bool same_id = kind != pending::payment || path.ends_with("/" + r->to_send.id);
  if (r->to_send.kind != kind || !same_id || w_.documents.hash_hex(text_of(r->to_send.body)) != bytes)
    breaks(rule::stored_first, path + " before its bytes were stored");
  if (kind == pending::application || kind == pending::payment) {
    const auto [known, first] = bodies_.try_emplace(path, bytes);
    if (!first && known->second != bytes) breaks(rule::same_bytes, path + " with other bytes");
  }
  if (kind == pending::application) {
    if (r->at != stage::signed_) breaks(rule::same_bytes, "an application of an order that is past it");
    for (const auto& [id, at] : here.orders)
      if (id != uuid && at != stage::closed && at != stage::sign_intent)
        breaks(rule::one_order, "a second application while one is under way");
  }
  if (kind == pending::payment) {
    const std::string wish(text_of(body));
    const auto id = path.substr(path.rfind('/') + 1);
    const auto [known, first] = payments_[uuid].try_emplace(wish, id);
    const auto earlier_id = known->second;  // clang 14 captures no structured binding
    if (!first && known->second != id) {
      const auto& payments =
          w_.ra.orders().contains(uuid) ? w_.ra.orders().at(uuid).payments : std::vector<payment_model>{};
      const auto earlier =
          std::find_if(payments.begin(), payments.end(), [&earlier_id](const auto& p) { return p.uuid == earlier_id; });
      // A closed one may be wished for again, and one that closes (it may be paid before this arrives; the RA answers
      // that then); one that is open, or was paid, may not.
      const bool stands = earlier != payments.end() && !earlier->was_closing &&
                          (earlier->state == "open" || earlier->state == "succeeded");
      if (stands && who.at == 0 && w_.computers.size() == 1)
        breaks(rule::one_order, "the same payment under a second id");
      known->second = id;
    }
  }
}

void rulebook::answered(int computer, const std::string& path) {
  if (!path.starts_with(renewals)) return;
  const auto uuid = path == "/v1/renewals/list" ? std::string() : uuid_in(path);
  for (const auto& [id, o] : w_.ra.orders())
    if (uuid.empty() || uuid == id) said_[{computer, id}].insert(std::string(dev_ra::name(o.state)));
}

void rulebook::signs(process& who, const grant_ask& ask, const json& statement, const std::string& container) {
  const auto type = statement["type"].get<std::string>();
  if (type == "list") return;
  on_right_token(type.c_str(), who, ask);
  const auto* r = w_.computers[static_cast<std::size_t>(who.at)].order(ask.order);
  if (r == nullptr) return;
  const auto wants = [&](stage at) {
    if (r->at != at) breaks(rule::stored_first, type + " signed at stage " + std::string(name_of(r->at)));
  };
  if (type == "apply") wants(stage::sign_intent);
  if (type == "bind-csr") wants(stage::key_intent);
  if (type == "withdraw") wants(stage::withdraw_intent);
  if (type == "confirm") wants(stage::install_intent);
  if (type != "confirm") return;
  const auto* box = w_.token.box(container);
  if (box == nullptr || statement["signing_certificate_sha256"] != w_.documents.hash_hex(box->certificate))
    breaks(rule::truth, "a certificate is confirmed that is not on the token");
}

void rulebook::creates(process& who, const grant_ask& ask, const std::string& container) {
  on_right_token("create", who, ask);
  const auto* r = w_.computers[static_cast<std::size_t>(who.at)].order(ask.order);
  if (r != nullptr && r->container != container) breaks(rule::stored_first, "a container that is not stored");
}

void rulebook::generates(process& who, const grant_ask& ask, const std::string& container) {
  on_right_token("generate", who, ask);
  const auto* r = w_.computers[static_cast<std::size_t>(who.at)].order(ask.order);
  if (r == nullptr) return;
  if (r->at != stage::key_intent || r->container != container)
    breaks(rule::stored_first, "a key is generated at stage " + std::string(name_of(r->at)));
}

void rulebook::installs(process& who, const grant_ask& ask, const std::string& container,
                        const std::string& certificate) {
  on_right_token("install", who, ask);
  const auto* r = w_.computers[static_cast<std::size_t>(who.at)].order(ask.order);
  if (r != nullptr && (r->at != stage::install_intent || r->container != container))
    breaks(rule::stored_first, "a certificate is installed at stage " + std::string(name_of(r->at)));
  const auto o = w_.ra.orders().find(ask.order);
  const bool issued =
      o != w_.ra.orders().end() && std::any_of(o->second.keys.begin(), o->second.keys.end(),
                                               [&](const auto& key) { return key.second.second == certificate; });
  if (!issued) breaks(rule::truth, "a certificate is installed that the RA did not issue for this order");
}

void rulebook::reaps(process& who, const grant_ask& ask, const std::string& container) {
  on_right_token("reap", who, ask);
  const auto* box = w_.token.box(container);
  if (container == old_container || (box != nullptr && !box->certificate.empty()))
    breaks(rule::old_untouched, "a container with a certificate is to be deleted");
  for (const auto& [uuid, o] : w_.ra.orders())
    for (std::int64_t generation = 1; generation <= o.generation; ++generation)
      if (renewal::container_name(uuid, generation) == container && !dev_ra::is_terminal(o.state))
        breaks(rule::elsewhere, "the container of an order that is under way is deleted");
}

void rulebook::dialog(process& who) {
  if (who.sent_away) breaks(rule::one_verification, "the PIN is asked for again after the user was refused or refused");
}

void rulebook::read(process& who, const std::string& key, std::uint64_t version) {
  seen_[{who.id, key}] = version;
}

void rulebook::wrote(process& who, const std::string& key, std::uint64_t expected, std::uint64_t found) {
  if (expected != 0 && seen_[{who.id, key}] != expected)
    breaks(rule::no_lost_update, key + " is written by one who has not read it");
  if (expected == found) seen_[{who.id, key}] = expected + 1;
}

void rulebook::replied(process& who, bool unlocking, const json& reply) {
  if (unlocking) return;
  const auto check = [&](const json& order) {
    const auto& uuid = order["uuid"].get_ref<const std::string&>();
    const auto& state = order["state"].get_ref<const std::string&>();
    if (state == "unasked" || said_[{who.at, uuid}].contains(state)) return;
    breaks(rule::truth, "shown as " + state + ", which the RA never said");
  };
  const auto& data = reply["data"];
  if (data.contains("order") && data["order"].is_object() && data["order"].contains("state")) check(data["order"]);
  if (data.contains("orders"))
    for (const auto& one : data["orders"]) check(one);
}

void rulebook::after_step() {
  const auto* old = w_.token.box(std::string(old_container));
  if (old == nullptr || old->key != old_key || old->certificate != w_.ra.old().der())
    breaks(rule::old_untouched, "the old key or certificate was touched");
  if (w_.other.boxes.size() != 1 || w_.other.box(std::string(old_container))->key != "key-foreign")
    breaks(rule::right_token, "another token was written");
  int open = 0;
  for (const auto& [uuid, o] : w_.ra.orders()) {
    open += dev_ra::is_open(o.state) ? 1 : 0;
    const auto kept =
        std::count_if(o.payments.begin(), o.payments.end(), [](const auto& p) { return p.state == "succeeded"; });
    if (kept > 1) breaks(rule::one_order, "two payments were kept");
    if (!o.confirmed_certificate.empty()) {
      const auto* box = w_.token.box(renewal::container_name(uuid, o.generation));
      if (box == nullptr || box->certificate != o.confirmed_certificate || box->half)
        breaks(rule::key_kept, "the confirmed certificate or its key is not on the token");
    }
    // A generation is given up only for a key that is gone.
    for (std::int64_t g = 1; g < o.generation; ++g) {
      const auto key = o.keys.find(g);
      const auto* box = w_.token.box(renewal::container_name(uuid, g));
      if (key != o.keys.end() && box != nullptr && box->key == key->second.first && !box->half &&
          bodies_.try_emplace("given-up/" + uuid + std::to_string(g), "").second)
        breaks(rule::key_kept, "a new generation although the key was there");
    }
  }
  if (open > 1) breaks(rule::one_order, "two open orders");
  if (w_.token.admin != w_.ra.admin_current() && w_.token.admin != w_.ra.admin_next())
    breaks(rule::not_bricked, "the token has an admin PIN that the RA does not have");
  if (w_.token.admin_tries < 9) breaks(rule::not_bricked, "more than one admin try was lost");
}

void rulebook::at_end() {
  for (const auto& [uuid, o] : w_.ra.orders()) {
    if (!dev_ra::is_terminal(o.state))
      breaks(rule::ends, "order " + o.number + " stays at " + std::string(dev_ra::name(o.state)));
    const auto kept =
        std::count_if(o.payments.begin(), o.payments.end(), [](const auto& p) { return p.state == "succeeded"; });
    const bool wants = o.state == order_state::complete;
    if (kept != (wants ? 1 : 0)) breaks(rule::one_order, "an ended order keeps " + std::to_string(kept) + " payments");
    for (const auto& p : o.payments) {
      if (p.provider == "paid" && p.state != "succeeded")
        breaks(rule::one_order, "a payment was neither kept nor refunded");
      if (p.state == "refunding") breaks(rule::one_order, "a refund never ended");
    }
    const bool approved = std::any_of(o.keys.begin(), o.keys.end(), [](const auto&) { return true; });
    if (approved && o.state != order_state::complete) breaks(rule::frozen, "an approved order did not complete");
  }
  for (const auto& c : w_.computers) {
    for (const auto& [uuid, at] : c.orders)
      if (at != stage::closed && w_.ra.orders().contains(uuid))
        breaks(rule::ends, "the order stays at stage " + std::string(name_of(at)) + " on a computer");
  }
  if (w_.token.locked()) breaks(rule::ends, "the token stays locked");
}

}  // namespace keycare::sim
