// listing.cpp - the commands orders and show; taking over orders from another computer.
#include "keycare/sdk/json.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/input.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/renewal/core/commands.hpp"
#include "plugins/renewal/core/order_view.hpp"
#include "plugins/renewal/core/preparing.hpp"
#include "plugins/renewal/core/progress.hpp"
#include "plugins/renewal/core/ra_order.hpp"
#include "plugins/renewal/core/signing_steps.hpp"
#include "plugins/renewal/core/texts.hpp"
#include "plugins/renewal/core/token_look.hpp"

#include <algorithm>

namespace keycare::renewal {

namespace {

constexpr std::size_t most_orders = 100;  // openapi.json, OrderList

/// Writes down an order that this computer does not know. What it did before comes from the RA and the token.
result<void> adopt(context& c, const json& order, const std::string& secret, const std::string& ra,
                   const certificate_info& old) {
  const auto lock = c.orders.lock(common::to_hex(old.sha256));
  if (!lock) return lock.error();
  const auto uuid = order.at("uuid").get<std::string>();
  auto known = c.orders.load(uuid);
  if (known) {
    if (known->record.at != stage::signed_ && known->record.at != stage::sign_intent) return {};
  } else if (known.error().status != KC_E_NOT_FOUND && known.error().status != KC_E_DAMAGED) {
    return known.error();
  }
  auto place = known ? std::move(known) : c.orders.beside(uuid);
  if (!place) return place.error();
  auto& held = *place;
  auto& r = held.record;
  r.uuid = uuid;
  r.at = stage::accepted;
  r.created = order.at("applied_at");
  r.generation = order.at("generation");
  r.ra = ra;
  r.token = old.token;
  r.application = old.application;
  r.old_certificate = old.der;
  r.certificate_sha256 = common::to_hex(old.sha256);
  r.container = container_name(r.uuid, r.generation);
  r.secret = secret;
  r.to_send = {};
  r = merged(std::move(r), order, c.host.clock.now());
  return c.orders.save(held);
}

struct remote_order {
  json order;
  std::string secret;
};

result<std::vector<remote_order>> read_list(const json& body) {
  const auto broken = fail(KC_E_DAMAGED, "KC-RA-ANSWER");
  const auto list = body.find("orders");
  if (list == body.end() || !list->is_array() || list->size() > most_orders) return broken;
  std::vector<remote_order> out;
  for (const auto& item : *list) {
    const auto secret = item.is_object() ? common::text_member(item, "order_secret") : std::string{};
    auto order = item.is_object() ? read_order(item.value("order", json())) : broken;
    if (!order || secret.size() < 32 || secret.size() > 64) return broken;
    out.push_back({std::move(*order), secret});
  }
  return out;
}

/// The RA's refusal. "The signature was not accepted" is no help to somebody whose certificate has simply ended.
keycare::error remote_refused(const context& c, keycare::error why, const certificate_info& certificate) {
  if (why.code != "KC-RA-UNTRUSTED-SIGNATURE" || c.host.clock.now() <= certificate.not_after) return why;
  why.code = "KC-RENEWAL-REMOTE-ENDED";
  const auto end = common::date_time_text(certificate.not_after, c.host.clock.utc_offset(certificate.not_after));
  why.args = json_text({{"end", end}, {"token", certificate.token.serial}});
  return why;
}

/// Asks the RA, with the key, for this certificate's orders, and takes over those that are under way.
result<int> fetch_remote(context& c, const kc_call& call, const json& input) {
  const auto certificate = find_certificate(c, call, input);
  if (!certificate) return certificate.error();
  if (auto usable = pin_usable(*certificate); !usable) return usable.error();
  const auto ra = ask_ra_id(c, call);
  if (!ra) return ra.error();
  auto cms = sign_list(c, call, *certificate, *ra);
  if (!cms) return cms.error();
  const auto answer = c.ra.send(call, "POST", "/v1/renewals/list", "application/cms", std::move(*cms));
  if (!answer) return answer.error();
  if (!answer->ok()) return remote_refused(c, common::problem_error(*answer), *certificate);
  const auto list = read_list(answer->body);
  if (!list) return list.error();
  const auto there = signing_certificates(c, call, {});
  if (!there) return there.error();
  int taken = 0;
  for (const auto& [order, secret] : *list) {
    if (order.at("terminal") == true) continue;
    const auto wanted = digest_of(order.at("certificate_sha256").get<std::string>());
    const auto old = std::find_if(there->begin(), there->end(), [&](const auto& one) { return one.sha256 == wanted; });
    if (old == there->end()) continue;  // Its token is not here; a statement by the old key is needed to go on.
    if (auto done = adopt(c, order, secret, *ra, *old); !done) return done.error();
    ++taken;
  }
  return taken;
}

}  // namespace

result<json> orders(context& c, const kc_call& call, const json& input) {
  const auto language = text(call.language);
  std::vector<std::string> lines;
  if (common::flag_member(input, "remote")) {
    const auto taken = fetch_remote(c, call, input);
    if (!taken) return taken.error();
    lines.push_back(texts().text("text.remote", language, {{"count", *taken}}));
  }
  const auto all = c.orders.all();
  if (!all) return all.error();
  json data = json::array();
  json unreadable = json::array();
  for (const auto& one : all->orders) {
    auto item = known_order_json(c, one.record, language);
    lines.push_back(texts().text("text.order-line", language,
                                 {{"number", one.record.number.empty() ? one.record.uuid : one.record.number},
                                  {"progress", item["progress"]},
                                  {"subject", item["subject"]},
                                  {"token", one.record.token.serial}}));
    data.push_back(std::move(item));
  }
  for (const auto& why : all->unreadable) {
    const auto sentence = texts().explain(why, language).value_or(why.code);
    unreadable.push_back({{"code", why.code}, {"text", sentence}});
    lines.push_back(sentence);
  }
  if (lines.empty()) lines.push_back(texts().text("text.no-orders", language));
  return json{{"data", {{"orders", data}, {"unreadable", unreadable}}}, {"text", lines}};
}

result<json> show(context& c, const kc_call& call, const json& input) {
  const auto found = find_order(c, input);
  if (!found) return found.error();
  const auto& r = found->record;
  const auto language = text(call.language);
  auto order = known_order_json(c, r, language);
  const auto say = order["say"].get<std::vector<std::string>>();
  order.erase("say");
  auto lines = order_lines(c, r, language);
  lines.insert(lines.end(), say.begin(), say.end());
  return json{{"data", {{"order", std::move(order)}, {"say", say}}}, {"text", lines}};
}

}  // namespace keycare::renewal
