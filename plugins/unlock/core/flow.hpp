// flow.hpp - the effects of an unlock's steps: each stores first, then acts, and can be repeated after a crash.
#pragma once

#include "keycare/sdk/plugin_side.hpp"
#include "plugins/common/ra_client.hpp"
#include "plugins/unlock/core/record.hpp"
#include "plugins/unlock/core/redemption.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::unlock {

/// The host's services that this plugin uses.
struct services {
  token_client tokens;
  pin_client pin;
  crypto_client crypto;
  http_client http;
  store_client store;
  clock_client clock;
  log_client log;
};

/// Runs steps. It owns nothing that lasts but the redemption that is under way in this process.
class flow {
public:
  explicit flow(const services& host) : host_(host), ra_(host.http, host.clock) {}

  /// Writes the record with the version that it carries, and takes the new one. [worker-thread]
  [[nodiscard]] result<void> save(record& what) const;
  /// PUT of the stored application. [worker-thread]
  [[nodiscard]] result<nlohmann::json> submit(const kc_call& call, record& what);
  /// Asks the RA where it is, and takes one step. @p code six digits, or empty; @p look_only: without a code, no step
  /// that sends a text message or opens a dialog, because nobody asked for one. [worker-thread]
  [[nodiscard]] result<nlohmann::json> go_on(const kc_call& call, record& what, std::string_view code,
                                             bool look_only = false);

private:
  using lines = std::vector<std::string>;

  [[nodiscard]] result<void> look(const kc_call& call, record& what, std::optional<std::int64_t>& retry_after);
  [[nodiscard]] result<nlohmann::json> ask_code(const kc_call& call, record& what);
  [[nodiscard]] result<nlohmann::json> verify(const kc_call& call, record& what, std::string_view code, bool look_only);
  [[nodiscard]] result<nlohmann::json> redeem(const kc_call& call, record& what, std::string_view code);
  [[nodiscard]] result<nlohmann::json> exchange(const kc_call& call, record& what);
  [[nodiscard]] result<nlohmann::json> finish(const kc_call& call, record& what);
  [[nodiscard]] result<nlohmann::json> report(const kc_call& call, record& what);
  [[nodiscard]] result<nlohmann::json> close(const kc_call& call, record& what);
  /// Where a step that somebody must ask for is due.
  [[nodiscard]] nlohmann::json ready(const kc_call& call, const record& what) const;
  /// What is said about an unlock that is over, as often as it is asked.
  [[nodiscard]] lines last_words(const kc_call& call, const record& what) const;

  /// Ends the redemption, and the record falls back to its last stable stage.
  [[nodiscard]] result<void> fall_back(record& what);
  [[nodiscard]] result<bool> is_there(const kc_call& call, const token_ref& token) const;
  [[nodiscard]] std::int64_t delay(const record& what, std::optional<std::int64_t> retry_after) const;

  services host_;
  common::ra_client ra_;
  std::unique_ptr<redemption> live_;
};

/// What programs read about one unlock.
[[nodiscard]] nlohmann::json unlock_json(const record& what);

}  // namespace keycare::unlock
