// token_side.hpp - everything of the host that touches tokens, keys and trust, put together: one object for a client.
//
// A client makes one, hands its factories to the per-plugin host table, and subscribes to changes.
#pragma once

#include "host-stub/services/config/config.hpp"
#include "host-stub/services/crypto/trust.hpp"
#include "host-stub/services/log/log.hpp"
#include "host-stub/services/pin/unlock_journal.hpp"
#include "host-stub/services/service.hpp"
#include "host-stub/services/signing/grants.hpp"
#include "host-stub/services/signing/pin_dialog.hpp"
#include "host-stub/services/token/registry.hpp"

#include <functional>
#include <memory>
#include <mutex>

namespace keycare::services {

/// Outlives every service that it made. [any-thread] unless said otherwise.
class token_side {
public:
  /// Loads the configured libraries (probing new ones in a child). State goes to `<data_dir>/tokens`.
  /// @p one_dialog is held while the PIN dialog is open: the shell service's (shell_context), so that there is one
  /// dialog at a time. @p time, @p log, @p prompt and @p one_dialog live longer.
  token_side(const config& configuration, const time_source& time, log_sink& log, pin_prompt& prompt,
             std::mutex& one_dialog);
  ~token_side();
  token_side(const token_side&) = delete;
  token_side& operator=(const token_side&) = delete;

  /// Starts watching for tokens that come and go, or are written to; @p changed is called on some thread and must be
  /// quick.
  /// Once.
  void watch(std::function<void()> changed);

  [[nodiscard]] std::unique_ptr<service> make_token(const plugin_identity& plugin);
  [[nodiscard]] std::unique_ptr<service> make_signing(const plugin_identity& plugin);
  [[nodiscard]] std::unique_ptr<service> make_keys(const plugin_identity& plugin);
  [[nodiscard]] std::unique_ptr<service> make_pin(const plugin_identity& plugin);
  [[nodiscard]] std::unique_ptr<service> make_crypto(const plugin_identity& plugin);

  [[nodiscard]] token_registry& registry() noexcept;
  [[nodiscard]] const trust_store& trust() const noexcept;

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace keycare::services
