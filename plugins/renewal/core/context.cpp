// context.cpp - small things that every command needs.
#include "plugins/renewal/core/context.hpp"

#include "keycare/sdk/statement.hpp"
#include "plugins/common/encoding.hpp"

#include <algorithm>

namespace keycare::renewal {

result<host_services> connect(host_link host) {
  auto token = host.get<token_client>();
  if (!token) return token.error();
  auto signing = host.get<signing_client>();
  if (!signing) return signing.error();
  auto keys = host.get<keys_client>();
  if (!keys) return keys.error();
  auto crypto = host.get<crypto_client>();
  if (!crypto) return crypto.error();
  auto http = host.get<http_client>();
  if (!http) return http.error();
  auto store = host.get<store_client>();
  if (!store) return store.error();
  auto shell = host.get<shell_client>();
  if (!shell) return shell.error();
  auto clock = host.get<clock_client>();
  if (!clock) return clock.error();
  auto log = host.get<log_client>();
  if (!log) return log.error();
  return host_services{*token, *signing, *keys, *crypto, *http, *store, *shell, *clock, *log};
}

result<std::string> sha256_hex(const context& c, octets_view data) {
  const auto hash = c.host.crypto.sha256(data);
  if (!hash) return hash.error();
  return common::to_hex(*hash);
}

digest digest_of(std::string_view hex) {
  digest out{};
  const auto raw = common::from_hex(hex).value_or(octets{});
  std::copy_n(raw.begin(), std::min(raw.size(), out.size()), out.begin());
  return out;
}

result<std::string> new_uuid(const context& c) {
  auto random = c.host.crypto.random(16);
  if (!random) return random.error();
  return common::to_uuid(std::move(*random));
}

json order_statement(const context& c, const order_record& r, std::string_view type, std::int64_t generation) {
  return statement::make({std::string(type), r.ra, r.uuid, generation, r.account, r.token.manufacturer, r.token.serial,
                          r.certificate_sha256, c.host.clock.now()});
}

store_view view_of(const context& c, const order_record& r) {
  const bool draft = r.at == stage::sign_intent && c.drafts.contains(r.uuid);
  return {r.at, draft ? pending::draft : r.to_send.kind};
}

bool may_pass(const keycare::error& why) {
  return why.status == KC_E_NETWORK || why.status == KC_E_OUTCOME_UNKNOWN || why.status == KC_E_TIMEOUT;
}

bool may_pass(const common::ra_answer& answer) {
  if (answer.ok()) return false;
  return answer.http_status >= 500 || answer.http_status == 429 || answer.http_status == 408 ||
         answer.problem->code == "payment-closing" || answer.problem->code == "not-issued-yet";
}

}  // namespace keycare::renewal
