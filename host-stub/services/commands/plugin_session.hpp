// plugin_session.hpp - one running instance of a plugin: its serial queue, its queries, its timers and events.
//
// The instance lives on one worker thread, where actions, events and timers come one after another; queries run beside
// it on a second one. At the end every call is cancelled, the queues come to rest, the instance is destroyed on its own
// thread, and only then its host table goes. A plugin that does not come back is left alone, with all that it holds.
#pragma once

#include "host-stub/services/call.hpp"
#include "host-stub/services/host.hpp"
#include "keycare/sdk/host_side.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::services {

/// A command under way; never 0.
using ticket = std::uint64_t;

struct command_request {
  std::string name;
  std::string input = "{}";  ///< JSON
  std::string language = "zh-CN";
  std::int64_t deadline_ns = 0;  ///< Monotonic; 0: none.
  progress_callback progress;    ///< On the worker's thread; must not block.
};

/// The reply (command.h) as JSON text, or the error. Called exactly once, on the worker's thread (not at all after
/// stop() gave the plugin up); must not block.
using done_callback = std::function<void(ticket, result<std::string>)>;
/// An event of the plugin. Any thread; must not block.
using event_callback = std::function<void(std::string_view kind, std::string_view key)>;

class plugin_session {
public:
  struct options {
    std::string language = "zh-CN";            ///< For deliver().
    std::chrono::milliseconds patience{5000};  ///< How long the end waits for a plugin that does not come back.
  };
  /// Makes the instance. @param plugin checked by the loader; its library stays loaded.
  /// @param offers what the plugin may ask for; keycare.clock/1 is added here. @param time, @param log live longer.
  /// The plugin's own error, KC-PLUGIN-SCHEMA, KC-PLUGIN-TABLE. One caller at a time. [any-thread]
  static result<std::unique_ptr<plugin_session>> start(const kc_plugin* plugin, plugin_identity who,
                                                       std::vector<offered_service> offers, const time_source& time,
                                                       log_sink& log, options how);
  static result<std::unique_ptr<plugin_session>> start(const kc_plugin* plugin, plugin_identity who,
                                                       std::vector<offered_service> offers, const time_source& time,
                                                       log_sink& log) {
    return start(plugin, std::move(who), std::move(offers), time, log, options{});
  }
  /// stop(), if nobody did.
  ~plugin_session();
  plugin_session(const plugin_session&) = delete;
  plugin_session& operator=(const plugin_session&) = delete;

  [[nodiscard]] const plugin_identity& who() const;
  /// Every command, summaries in @p language. [any-thread]
  [[nodiscard]] result<std::vector<plugin_instance::command>> commands(std::string_view language) const;

  /// Holds the input against the command's schema and queues it. KC-PLUGIN-COMMAND for an unknown name, KC-INPUT-*,
  /// KC-PLUGIN-BUSY (64 are waiting), KC-PLUGIN-ENDED. When it returns an error, @p done is not called. [any-thread]
  result<ticket> submit(command_request request, done_callback done);
  /// submit(), and waits for the end. Not from a worker. [main-thread]
  result<std::string> run(command_request request);
  /// Asks one call, or all, to stop; each comes to its end all the same. [any-thread]
  void cancel(ticket which);
  void cancel_all();

  /// The token's serial number changed something; more of the same before it is looked at are one. [any-thread]
  void token_changed(std::string_view serial);

  /// @return a number for unsubscribe(), after which the callback is not called any more. [any-thread]
  std::uint64_t subscribe(event_callback event);
  void unsubscribe(std::uint64_t subscription);

  /// The sentence for @p why: the plugin's own, or the host's. [any-thread]
  [[nodiscard]] std::string explain(const error& why, std::string_view language) const;

  /// Ends the instance. @return false when it did not come back in time: its thread and everything that it uses are
  /// left as they are, and the process should leave with _exit. Twice is fine. One caller at a time. [any-thread]
  bool stop();

private:
  struct state;
  explicit plugin_session(std::shared_ptr<state> core);
  std::shared_ptr<state> state_;
};

}  // namespace keycare::services
