// device_worker.cpp - the queue, the thread, and the waiting that can be given up.
#include "host-stub/services/token/device_worker.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

namespace keycare::services {

namespace {

/// How long a waiter sleeps between two looks at the cancel flag, which nobody signals.
constexpr auto glance = std::chrono::milliseconds(20);

struct job {
  std::function<void()> run;
  bool started = false;
  bool done = false;
  bool abandoned = false;
};

}  // namespace

struct device_worker::state {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::shared_ptr<job>> queue;
  bool busy = false;  ///< In the middle of a job.
  /// While the job in hand is one that was given up: when its patience ends, in time_source's nanoseconds. From then on
  /// the library hangs. Who cancels a call before that, or has no time for it, does not make the others do without.
  std::optional<std::int64_t> hangs_from;
  bool stopping = false;
  bool ended = false;

  [[nodiscard]] bool hangs(std::int64_t now) const { return hangs_from && now >= *hangs_from; }
  /// Bounded, because a library that hangs in something posted has nobody who gives up on it.
  template <class Condition>
  bool wait_until(Condition fulfilled) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(5), fulfilled);
  }
  bool settle() {
    return wait_until([this] { return (queue.empty() && !busy) || hangs_from || ended; });
  }
};

/// What is left of workers when the process ends. A worker may go on its own thread, with its last job, and then nobody
/// else can join it; it may even do so while the process is ending already. All are waited for before OpenSSL cleans
/// up, so that what it keeps for a thread is freed.
class device_worker::departing {
public:
  static departing& all() {
    OPENSSL_init_crypto(0, nullptr);     // first, so that its own end comes after ours
    static auto& kept = *new departing;  // a library that hangs may come back after the end
    static const at_end last{kept};
    return kept;
  }
  void know(const std::shared_ptr<state>& shared) {
    const std::lock_guard lock(mutex_);
    std::erase_if(known_, [](const auto& one) { return one.expired(); });
    known_.push_back(shared);
  }
  void take(std::thread thread, std::shared_ptr<state> shared) {
    const std::lock_guard lock(mutex_);
    threads_.emplace_back(std::move(thread), std::move(shared));
  }

private:
  struct at_end {
    departing& of;
    ~at_end() { of.wait(); }
  };
  void wait() {
    std::unique_lock lock(mutex_);
    const auto known = known_;
    lock.unlock();
    // Who is in the middle of a job may be about to go with it. A library that hangs is not waited for.
    for (const auto& one : known)
      if (const auto shared = one.lock()) shared->settle();
    lock.lock();
    auto leaving = std::exchange(threads_, {});
    lock.unlock();  // Nobody holds this mutex and a worker's: one that goes meanwhile may need both.
    for (auto& [thread, shared] : leaving) {
      if (shared->wait_until([&shared = *shared] { return shared.ended; }))
        thread.join();
      else
        thread.detach();
    }
  }

  std::mutex mutex_;
  std::vector<std::weak_ptr<state>> known_;
  std::vector<std::pair<std::thread, std::shared_ptr<state>>> threads_;
};

device_worker::device_worker(const time_source& time)
    : time_(time), state_(std::make_shared<state>()), thread_([shared = state_] { serve(shared); }) {
  departing::all().know(state_);
}

device_worker::~device_worker() {
  std::unique_lock lock(state_->mutex);
  state_->stopping = true;
  state_->changed.notify_all();
  // The last holder may be something that is closed on the thread itself.
  if (thread_.get_id() == std::this_thread::get_id()) {
    lock.unlock();
    departing::all().take(std::move(thread_), state_);
    return;
  }
  state_->changed.wait(lock, [&] { return state_->ended || state_->hangs_from; });
  const bool ended = state_->ended;
  lock.unlock();
  // Joined, so that what libraries keep for a thread is freed before the process goes. A thread that hangs in a library
  // can never be joined: it is left alone, and the state outlives whoever goes first.
  if (ended)
    thread_.join();
  else
    thread_.detach();
}

void device_worker::serve(const std::shared_ptr<state>& shared) {
  std::unique_lock lock(shared->mutex);
  while (true) {
    shared->changed.wait(lock, [&] { return !shared->queue.empty() || shared->stopping; });
    if (shared->queue.empty()) break;  // Stopping, and everything that was posted is done.
    auto next = std::move(shared->queue.front());
    shared->queue.pop_front();
    next->started = true;
    shared->busy = true;
    lock.unlock();
    try {
      next->run();
    } catch (...) {  // The waiter sees that there is no answer.
    }
    next->run = nullptr;  // What it held (a session, a lock) is closed here, on the library's thread.
    lock.lock();
    shared->busy = false;
    next->done = true;
    if (next->abandoned) shared->hangs_from.reset();
    shared->changed.notify_all();
  }
  shared->ended = true;
  shared->changed.notify_all();
}

result<void> device_worker::wait(const kc_call* call, std::chrono::nanoseconds patience, device_effect effect,
                                 std::function<void()> run) {
  if (auto ok = may_go_on(call, time_); !ok) return ok;
  const auto begun = time_.monotonic_ns();
  const auto end = begun + remaining_ns(call, time_, patience.count());
  auto mine = std::make_shared<job>();
  mine->run = std::move(run);
  std::unique_lock lock(state_->mutex);
  if (state_->hangs(begun)) return fail(KC_E_TOKEN_BUSY, "KC-TOKEN-BUSY");
  state_->queue.push_back(mine);
  state_->changed.notify_all();
  while (true) {
    state_->changed.wait_for(lock, glance, [&] { return mine->done; });
    if (mine->done) return {};
    const bool cancelled = is_cancelled(call);
    const auto now = time_.monotonic_ns();
    if (!mine->started) {
      if (!cancelled && now < end && !state_->hangs(now)) continue;
      std::erase(state_->queue, mine);
      return cancelled ? fail(KC_E_CANCELLED, "KC-CALL-CANCELLED") : fail(KC_E_TOKEN_BUSY, "KC-TOKEN-BUSY");
    }
    if (!cancelled && now < end) continue;
    mine->abandoned = true;
    state_->hangs_from = begun + patience.count();
    state_->changed.notify_all();
    if (effect == device_effect::writes) return fail(KC_E_OUTCOME_UNKNOWN, "KC-TOKEN-NO-ANSWER");
    return cancelled ? fail(KC_E_CANCELLED, "KC-CALL-CANCELLED") : fail(KC_E_TOKEN_BUSY, "KC-TOKEN-BUSY");
  }
}

void device_worker::post(std::function<void()> run) {
  auto one = std::make_shared<job>();
  one->run = std::move(run);
  const std::lock_guard lock(state_->mutex);
  if (state_->ended) return;  // Nobody is left to run it; the process is ending.
  state_->queue.push_back(std::move(one));
  state_->changed.notify_all();
}

void device_worker::settle() {
  state_->settle();
}

bool device_worker::set_aside() const {
  const std::lock_guard lock(state_->mutex);
  return state_->hangs(time_.monotonic_ns());
}

}  // namespace keycare::services
