// context.hpp - what every command works with: the host's services, the records, the grant, and drafts in memory.
#pragma once

#include "keycare/sdk/plugin_side.hpp"
#include "plugins/common/ra_client.hpp"
#include "plugins/renewal/core/grants.hpp"
#include "plugins/renewal/core/next_step.hpp"
#include "plugins/renewal/core/order_store.hpp"

#include <functional>
#include <map>

namespace keycare::renewal {

struct host_services {
  token_client token;
  signing_client signing;
  keys_client keys;
  crypto_client crypto;
  http_client http;
  store_client store;
  shell_client shell;
  clock_client clock;
  log_client log;
};

/// Asks the host for every service that this plugin needs. [worker-thread]
[[nodiscard]] result<host_services> connect(host_link host);

struct context {
  explicit context(const host_services& services)
      : host(services), ra(services.http, services.clock), orders(services.store), grants(services.signing) {}

  host_services host;
  common::ra_client ra;
  order_store orders;
  grant_keeper grants;
  std::map<std::string, std::string> drafts;  ///< Statements `apply` that are not signed yet, by order: never stored.
  std::function<void(std::string_view kind, std::string_view key)> emit;
};

/// What one command has found out so far, and what it may not hide.
struct situation {
  ra_state ra = ra_state::unasked;
  token_state token = token_state::unasked;
  std::string container_key_sha256;         ///< Of the pair in the container, when there is one.
  std::optional<std::int64_t> retry_after;  ///< Seconds, from the RA.
  std::optional<std::int64_t> ra_time;      ///< The RA's clock, Unix time.
  bool slow_down = false;
  std::optional<keycare::error> delayed;  ///< The RA could not be asked or told: try again later.
};

/// Lower-case hexadecimal SHA-256. [any-thread]
[[nodiscard]] result<std::string> sha256_hex(const context& c, octets_view data);
/// The digest that a hexadecimal text of ours stands for. [any-thread]
[[nodiscard]] digest digest_of(std::string_view hex);
/// A fresh uuid. [any-thread]
[[nodiscard]] result<std::string> new_uuid(const context& c);
/// The statement's head for an order. [any-thread]
[[nodiscard]] json order_statement(const context& c, const order_record& r, std::string_view type,
                                   std::int64_t generation);
/// What the table is asked with. [any-thread]
[[nodiscard]] store_view view_of(const context& c, const order_record& r);
/// True for an error after which the same request may be sent again later. [any-thread]
[[nodiscard]] bool may_pass(const keycare::error& why);
/// True for a problem that is not an answer to the request itself. [any-thread]
[[nodiscard]] bool may_pass(const common::ra_answer& answer);

}  // namespace keycare::renewal
