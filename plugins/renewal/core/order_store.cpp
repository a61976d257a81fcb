// order_store.cpp - records by key: "order/<uuid>", "recovered/<uuid>", "recovered-2/<uuid>" ..., "shown/<sha256>".
#include "plugins/renewal/core/order_store.hpp"

#include "keycare/sdk/json.hpp"

#include <algorithm>

namespace keycare::renewal {

namespace {

constexpr std::string_view order_prefix = "order/";
constexpr int most_places = 8;  // of one order: a disk on which more are damaged needs another remedy

std::string key_of(int place, const std::string& uuid) {
  if (place == 0) return std::string(order_prefix) + uuid;
  return (place == 1 ? "recovered" : "recovered-" + std::to_string(place)) + "/" + uuid;
}

keycare::error busy() {
  return fail(KC_E_BUSY, "KC-RENEWAL-BUSY");
}

}  // namespace

result<held_order> order_store::peek(const std::string& uuid) const {
  std::optional<result<held_order>> damaged;
  for (int place = 0; place < most_places; ++place) {
    auto order = read(place, uuid);
    if (!order && order.error().status == KC_E_NOT_FOUND && damaged) break;
    if (order || order.error().status != KC_E_DAMAGED) return order;
    damaged.emplace(std::move(order));
  }
  return *damaged;
}

result<held_order> order_store::beside(const std::string& uuid) const {
  for (int place = 0; place < most_places; ++place) {
    const auto there = read(place, uuid);
    if (there || there.error().status == KC_E_DAMAGED) continue;
    if (there.error().status != KC_E_NOT_FOUND) return there.error();
    held_order out;
    out.place = place;
    return out;
  }
  return peek(uuid).error();
}

result<held_order> order_store::load(const std::string& uuid) {
  auto order = peek(uuid);
  if (order && seen_.insert(uuid).second) order->record = fallen_back(std::move(order->record));
  return order;
}

result<held_order> order_store::load(held_order found) {
  const auto& uuid = found.record.uuid;
  const auto stored = store_.get(key_of(found.place, uuid));
  // A place beside a damaged record is looked for anew: the record may be readable by now.
  if (found.place != 0 || !stored || stored->version != found.version) return load(std::string(uuid));
  if (seen_.insert(uuid).second) found.record = fallen_back(std::move(found.record));
  return found;
}

result<held_order> order_store::read(int place, const std::string& uuid) const {
  const json args = {{"order", uuid.substr(0, 64)}};
  const auto stored = store_.get(key_of(place, uuid));
  if (!stored && stored.error().status == KC_E_NOT_FOUND)
    return fail_with(KC_E_NOT_FOUND, "KC-RENEWAL-ORDER-NOT-FOUND", args);
  if (!stored && stored.error().status == KC_E_DAMAGED)
    return fail_with(KC_E_DAMAGED, "KC-RENEWAL-RECORD-DAMAGED", args);
  if (!stored) return stored.error();
  auto record = read_record(uuid, stored->data);
  if (!record) return record.error();
  return held_order{std::move(*record), stored->version, place, std::string(text_of(stored->data))};
}

result<void> order_store::save(held_order& order) {
  auto text = write_record(order.record);
  if (order.version != 0 && text == order.stored) return {};
  const auto version = store_.put_if(key_of(order.place, order.record.uuid), order.version, bytes_of(text));
  if (!version && version.error().status == KC_E_CONFLICT) return busy();
  if (!version) return version.error();
  order.version = *version;
  order.stored = std::move(text);
  seen_.insert(order.record.uuid);
  return {};
}

result<order_store::listing> order_store::all() const {
  const auto keys = store_.list(order_prefix);
  if (!keys) return keys.error();
  listing out;
  for (const auto& key : *keys) {
    auto order = peek(key.substr(order_prefix.size()));
    if (order)
      out.orders.push_back(std::move(*order));
    else
      out.unreadable.push_back(order.error());
  }
  std::stable_sort(out.orders.begin(), out.orders.end(), [](const auto& a, const auto& b) {
    if (a.record.created != b.record.created) return a.record.created > b.record.created;
    return a.record.number > b.record.number;  // of one second
  });
  return out;
}

result<std::optional<held_order>> order_store::open_one(std::string_view certificate_sha256) const {
  auto known = all();
  if (!known) return known.error();
  for (auto& one : known->orders)
    if (one.record.certificate_sha256 == certificate_sha256 && one.record.at != stage::closed)
      return std::optional<held_order>(std::move(one));
  return std::optional<held_order>{};
}

result<store_client::held> order_store::lock(std::string_view certificate_sha256) const {
  auto held = store_.lock("certificate-" + std::string(certificate_sha256));
  if (!held && held.error().status == KC_E_BUSY) return busy();
  return held;
}

result<void> order_store::keep_shown(const json& document) const {
  const auto key = "shown/" + document.at("sha256").get<std::string>();
  const auto before = store_.get(key);
  if (!before && before.error().status != KC_E_NOT_FOUND) return before.error();
  const auto text = json_text(document);
  const auto version = store_.put_if(key, before ? before->version : 0, bytes_of(text));
  // Another window has just shown the same text: that is as good.
  if (!version && version.error().status == KC_E_CONFLICT && shown(document.at("sha256").get<std::string>())) return {};
  if (!version) return version.error().status == KC_E_CONFLICT ? busy() : version.error();
  return {};
}

result<json> order_store::shown(std::string_view sha256) const {
  const auto stored = store_.get("shown/" + std::string(sha256));
  if (!stored && stored.error().status != KC_E_NOT_FOUND) return stored.error();
  if (stored) {
    auto document = json::parse(stored->data.begin(), stored->data.end(), nullptr, false);
    const auto is_text = [&](const char* name) { return document.contains(name) && document[name].is_string(); };
    const bool whole = document.is_object() && is_text("sha256") && document["sha256"] == sha256 && is_text("role") &&
                       is_text("id") && is_text("version") && is_text("language") && document.contains("shown_at") &&
                       document["shown_at"].is_number_integer();
    if (whole) return document;
  }
  return fail(KC_E_NOT_FOUND, "KC-RENEWAL-NOT-SHOWN");
}

}  // namespace keycare::renewal
