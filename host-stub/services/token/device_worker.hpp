// device_worker.hpp - one thread for one token library, and callers that give up on it when it hangs.
//
// Rationale: a device call may never come back and cannot be interrupted. So it runs on the library's own thread with
// copies of its inputs, and who waits for it stops waiting at the deadline or when the call is cancelled. The answer of
// an abandoned call is dropped. Others wait for its end; once it has taken longer than a device may, the library is set
// aside until it comes back (KC-TOKEN-BUSY at once, for everybody).
#pragma once

#include "host-stub/services/call.hpp"
#include "host-stub/services/clock/time_source.hpp"
#include "keycare/sdk/result.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

namespace keycare::services {

/// Whether a device call changes something: then giving up means that its outcome is unknown.
enum class device_effect { reads, writes };

class device_worker {
public:
  explicit device_worker(const time_source& time);
  /// Waits for what is running and for the thread's own end; a thread that hangs is left behind.
  ~device_worker();
  device_worker(const device_worker&) = delete;
  device_worker& operator=(const device_worker&) = delete;

  /// Runs @p job on the thread and waits for it, at most @p patience and until the call's deadline. A device that takes
  /// longer than @p patience hangs.
  /// KC_E_CANCELLED / KC_E_TIMEOUT before it began; KC_E_TOKEN_BUSY "KC-TOKEN-BUSY" when the library is set aside, or
  /// when a reading job was abandoned; KC_E_OUTCOME_UNKNOWN "KC-TOKEN-NO-ANSWER" when a writing one was.
  /// [worker-thread]
  template <class T>
  result<T> run(const kc_call* call, std::chrono::nanoseconds patience, device_effect effect,
                std::function<result<T>()> job) {
    auto answer = std::make_shared<std::optional<result<T>>>();
    if (auto ok = wait(call, patience, effect, [answer, job = std::move(job)] { answer->emplace(job()); }); !ok)
      return ok.error();
    if (!*answer) return fail(KC_E_FAILED, "KC-HOST-BUG");  // The job threw.
    return std::move(**answer);
  }
  /// Runs @p job some time, also after an abandoned call came back: for logging out and closing. [any-thread]
  void post(std::function<void()> job);
  /// Waits until everything that was posted is done, and what it held is closed; a library that hangs is not waited
  /// for.
  void settle();
  /// Whether an abandoned call is still out, and its patience over. [any-thread]
  [[nodiscard]] bool set_aside() const;

private:
  struct state;
  class departing;
  result<void> wait(const kc_call* call, std::chrono::nanoseconds patience, device_effect effect,
                    std::function<void()> job);
  static void serve(const std::shared_ptr<state>& shared);

  const time_source& time_;
  std::shared_ptr<state> state_;
  std::thread thread_;
};

}  // namespace keycare::services
