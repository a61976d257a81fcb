// threads.hpp - which role the current thread plays, so that tables can hold callers to their thread tags.
#pragma once

#include "keycare/sdk/result.hpp"

namespace keycare::services {

/// worker: the plugin's serial queue (actions, events, timers); query: beside it, and may change nothing.
enum class thread_role { none, main, worker, query };

inline thread_local thread_role current_thread_role = thread_role::none;

/// Gives the current thread a role for a scope.
class thread_role_scope {
public:
  explicit thread_role_scope(thread_role role) noexcept : before_(current_thread_role) { current_thread_role = role; }
  ~thread_role_scope() { current_thread_role = before_; }
  thread_role_scope(const thread_role_scope&) = delete;
  thread_role_scope& operator=(const thread_role_scope&) = delete;

private:
  thread_role before_;
};

/// For functions tagged [worker-thread]: KC_E_WRONG_THREAD anywhere else. A query's thread is a worker too.
inline result<void> require_worker() {
  if (current_thread_role == thread_role::worker || current_thread_role == thread_role::query) return {};
  return fail(KC_E_WRONG_THREAD, "KC-PLUGIN-WRONG-THREAD");
}

/// For [worker-thread] functions that change something (the store, a token, a dialog): only actions may, not queries.
inline result<void> require_action() {
  if (current_thread_role == thread_role::worker) return {};
  return fail(KC_E_WRONG_THREAD,
              current_thread_role == thread_role::query ? "KC-PLUGIN-QUERY-CHANGES" : "KC-PLUGIN-WRONG-THREAD");
}

/// For functions tagged [main-thread].
inline result<void> require_main() {
  if (current_thread_role == thread_role::main) return {};
  return fail(KC_E_WRONG_THREAD, "KC-PLUGIN-WRONG-THREAD");
}

}  // namespace keycare::services
