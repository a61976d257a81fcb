// plugin_session.cpp - the two threads of a plugin's instance, and what they take from their queues.
#include "host-stub/services/commands/plugin_session.hpp"

#include "host-stub/services/clock/clock_service.hpp"
#include "host-stub/services/clock/timer_queue.hpp"
#include "host-stub/services/commands/input_check.hpp"
#include "host-stub/services/text/plain.hpp"
#include "host-stub/services/text/texts.hpp"
#include "host-stub/services/threads.hpp"
#include "keycare/abi/clock.h"
#include "keycare/sdk/json.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <thread>
#include <utility>

namespace keycare::services {

namespace {

constexpr std::size_t most_waiting = 64;
constexpr std::size_t largest_reply = 4 * 1024 * 1024;
constexpr int deepest_reply = 32;
constexpr std::int64_t deliver_deadline_ns = 60'000'000'000;

struct known_command {
  kc_command_kind kind;
  input_check input;
};

struct task {
  ticket number = 0;
  std::string what;  ///< For events and timers: equal ones that wait are one.
  std::function<void()> work;
};

/// command.h: an object with "data" (an object) and "text" (an array).
result<std::string> check_reply(const octets& reply) {
  const auto parsed = read_json(text_of(reply), {largest_reply, deepest_reply});
  const bool good = parsed && parsed->is_object() && parsed->contains("data") && (*parsed)["data"].is_object() &&
                    parsed->contains("text") && (*parsed)["text"].is_array();
  if (!good) return fail(KC_E_FAILED, "KC-PLUGIN-REPLY");
  return std::string(text_of(reply));
}

}  // namespace

/// Shared by the session and its threads, so that a plugin that never comes back keeps what it uses.
struct plugin_session::state final : timer_keeper {
  state(const kc_plugin* which, plugin_identity identity, std::vector<offered_service> offers, const time_source& clock,
        log_sink& sink, options given)
      : plugin(which), time(clock), log(sink), how(std::move(given)) {
    offers.push_back({KC_CLOCK_SERVICE, "", [this](const plugin_identity&) { return make_clock_service(time, this); }});
    host.emplace(std::move(identity), std::move(offers), log);
  }

  // timer_keeper
  result<void> set_timer(std::string_view key, std::int64_t due_ns) override {
    const std::lock_guard lock(mutex);
    auto done = timers.set(key, due_ns);
    changed.notify_all();
    return done;
  }
  void cancel_timer(std::string_view key) override {
    const std::lock_guard lock(mutex);
    timers.cancel(key);
  }

  /// Queues an event of the host's unless the same one waits already. Under the mutex.
  void queue_delivery(const std::string& kind, const std::string& key) {
    const auto what = kind + '\n' + key;
    if (std::any_of(actions.begin(), actions.end(), [&](const task& one) { return one.what == what; })) return;
    if (actions.size() >= 4 * most_waiting) return;  // events are hints
    const auto number = next_ticket++;
    auto made = std::make_shared<call>(how.language, time.monotonic_ns() + deliver_deadline_ns);
    calls.emplace(number, made);
    actions.push_back({number, what, [this, made, kind, key] { instance->deliver(*made->abi(), kind, key); }});
    changed.notify_all();
  }

  /// @return whether anybody still wants to know.
  bool forget(ticket number) {
    const std::lock_guard lock(mutex);
    calls.erase(number);
    return !abandoned;
  }

  /// Runs one command and tells its end.
  void perform(const command_request& request, const std::shared_ptr<call>& with, ticket number,
               const done_callback& done) {
    auto outcome = [&]() -> result<std::string> {
      if (auto on = may_go_on(with->abi(), time); !on) return on.error();
      const auto reply = instance->invoke(*with->abi(), request.name, bytes_of(request.input));
      if (!reply) return reply.error();
      return check_reply(*reply);
    }();
    if (!outcome)
      log.write(log_level::warning, host->who().id, "command.failed",
                {{"command", request.name}, {"code", outcome.error().code}, {"native", outcome.error().native}});
    if (forget(number)) done(number, std::move(outcome));
  }

  /// Takes tasks until the end. The worker's own queue has the timers too.
  void serve(std::deque<task>& queue, bool with_timers) {
    std::unique_lock lock(mutex);
    while (!stopping) {
      if (with_timers)
        for (const auto& key : timers.take_due(time.monotonic_ns())) queue_delivery("timer", key);
      if (!queue.empty()) {
        const auto next = std::move(queue.front());
        queue.pop_front();
        lock.unlock();
        at_border_void(next.work);
        forget(next.number);
        lock.lock();
        continue;
      }
      const auto due = with_timers ? timers.next() : std::nullopt;
      if (due)
        changed.wait_for(lock, std::chrono::nanoseconds(std::max<std::int64_t>(*due - time.monotonic_ns(), 1)));
      else
        changed.wait(lock);
    }
  }

  result<void> begin() {
    auto made = plugin_instance::create(plugin, host->abi());
    if (!made) return made.error();
    const auto listed = made->describe("zh-CN");
    if (!listed) return listed.error();
    for (const auto& item : *listed) {
      auto input = input_check::compile(item.name, item.input_schema);
      if (!input) return input.error();
      if (!commands.emplace(item.name, known_command{item.kind, *std::move(input)}).second)
        return fail(KC_E_FAILED, "KC-PLUGIN-TABLE");
    }
    instance.emplace(*std::move(made));
    instance->set_event_sink(&on_event, this);
    return {};
  }

  /// The worker thread, from the instance's beginning to its end.
  static void work(const std::shared_ptr<state>& me, std::promise<result<void>> begun) {
    const thread_role_scope role(thread_role::worker);
    auto start = [&]() -> result<void> {
      try {
        return me->begin();
      } catch (...) {
        return fail(KC_E_FAILED, "KC-HOST-BUG");
      }
    }();
    const bool good = start.ok();
    begun.set_value(std::move(start));
    if (good) {
      std::thread queries([me] {
        const thread_role_scope query_role(thread_role::query);
        me->serve(me->queries, false);
      });
      me->serve(me->actions, true);
      queries.join();
    }
    me->end_waiting();
    {
      const std::unique_lock alone(me->in_use);
      if (me->instance) me->instance->set_event_sink(nullptr, nullptr);
      me->instance.reset();
    }
    const std::lock_guard lock(me->mutex);
    me->ended = true;
    me->changed.notify_all();
  }

  /// What still waits ends as cancelled: every ticket has its end.
  void end_waiting() {
    std::deque<task> left;
    {
      const std::lock_guard lock(mutex);
      for (auto* queue : {&actions, &queries}) {
        std::move(queue->begin(), queue->end(), std::back_inserter(left));
        queue->clear();
      }
    }
    for (const auto& one : left)
      if (one.what.empty()) at_border_void(one.work);  // cancelled before: it does not reach the plugin
  }

  static void on_event(void* context, kc_str kind, kc_str key) noexcept {
    at_border_void([&] {
      auto& me = *static_cast<state*>(context);
      const auto what = plain_line(text(kind), 64);
      const auto which = plain_line(text(key), 200);
      const std::lock_guard lock(me.events_mutex);
      const auto listeners = me.listeners;  // a listener may unsubscribe
      for (const auto& [number, tell] : listeners)
        if (me.listeners.contains(number)) tell(what, which);
    });
  }

  const kc_plugin* plugin;
  const time_source& time;
  log_sink& log;
  options how;
  std::optional<host_table> host;  // before the instance: goes after it
  std::optional<plugin_instance> instance;
  std::map<std::string, known_command, std::less<>> commands;
  mutable std::shared_mutex in_use;  // shared: somebody asks the instance from another thread

  std::mutex mutex;  // all that follows, up to the events
  std::condition_variable changed;
  std::deque<task> actions;
  std::deque<task> queries;
  timer_queue timers;
  std::map<ticket, std::shared_ptr<call>> calls;
  ticket next_ticket = 1;
  bool stopping = false;
  bool ended = false;
  bool abandoned = false;  // it hung at the end: nobody is told anything any more

  std::recursive_mutex events_mutex;
  std::map<std::uint64_t, event_callback> listeners;
  std::uint64_t next_listener = 1;

  std::thread worker;
  std::uint64_t jumps = 0;
};

plugin_session::plugin_session(std::shared_ptr<state> core) : state_(std::move(core)) {}

plugin_session::~plugin_session() {
  stop();
}

result<std::unique_ptr<plugin_session>> plugin_session::start(const kc_plugin* plugin, plugin_identity who,
                                                              std::vector<offered_service> offers,
                                                              const time_source& time, log_sink& log, options how) {
  auto core = std::make_shared<state>(plugin, std::move(who), std::move(offers), time, log, std::move(how));
  std::promise<result<void>> begun;
  auto outcome = begun.get_future();
  core->worker = std::thread([core, promise = std::move(begun)]() mutable { state::work(core, std::move(promise)); });
  core->jumps = time.on_jump([weak = std::weak_ptr<state>(core)] {
    if (const auto alive = weak.lock()) {
      const std::lock_guard lock(alive->mutex);
      alive->changed.notify_all();
    }
  });
  std::unique_ptr<plugin_session> session(new plugin_session(core));
  const auto good = outcome.get();
  if (!good) return good.error();  // the session's destructor joins the thread
  return session;
}

const plugin_identity& plugin_session::who() const {
  return state_->host->who();
}

result<std::vector<plugin_instance::command>> plugin_session::commands(std::string_view language) const {
  const std::shared_lock using_it(state_->in_use);
  if (!state_->instance) return fail(KC_E_FAILED, "KC-PLUGIN-ENDED");
  return state_->instance->describe(language);
}

result<ticket> plugin_session::submit(command_request request, done_callback done) {
  auto& me = *state_;
  const auto found = me.commands.find(request.name);
  if (found == me.commands.end())
    return fail_with(KC_E_NOT_FOUND, "KC-PLUGIN-COMMAND", {{"command", plain_line(request.name, 64)}});
  if (auto good = found->second.input.check(request.input); !good) return good.error();
  const std::lock_guard lock(me.mutex);
  if (me.stopping) return fail(KC_E_FAILED, "KC-PLUGIN-ENDED");
  auto& queue = found->second.kind == KC_COMMAND_QUERY ? me.queries : me.actions;
  if (queue.size() >= most_waiting) return fail(KC_E_BUSY, "KC-PLUGIN-BUSY");
  const auto number = me.next_ticket++;
  auto with = std::make_shared<call>(request.language, request.deadline_ns, request.progress);
  me.calls.emplace(number, with);
  queue.push_back({number, "", [&me, request = std::move(request), with, number, done = std::move(done)] {
                     me.perform(request, with, number, done);
                   }});
  me.changed.notify_all();
  return number;
}

result<std::string> plugin_session::run(command_request request) {
  auto outcome = std::make_shared<std::promise<result<std::string>>>();
  auto waiting = outcome->get_future();
  const auto number = submit(std::move(request),
                             [outcome](ticket, result<std::string> reply) { outcome->set_value(std::move(reply)); });
  if (!number) return number.error();
  return waiting.get();
}

void plugin_session::cancel(ticket which) {
  const std::lock_guard lock(state_->mutex);
  if (const auto found = state_->calls.find(which); found != state_->calls.end()) found->second->cancel();
}

void plugin_session::cancel_all() {
  const std::lock_guard lock(state_->mutex);
  for (const auto& [number, one] : state_->calls) one->cancel();
}

void plugin_session::token_changed(std::string_view serial) {
  const std::lock_guard lock(state_->mutex);
  if (!state_->stopping) state_->queue_delivery("token-changed", std::string(serial.substr(0, 200)));
}

std::uint64_t plugin_session::subscribe(event_callback event) {
  const std::lock_guard lock(state_->events_mutex);
  state_->listeners.emplace(state_->next_listener, std::move(event));
  return state_->next_listener++;
}

void plugin_session::unsubscribe(std::uint64_t subscription) {
  const std::lock_guard lock(state_->events_mutex);
  state_->listeners.erase(subscription);
}

std::string plugin_session::explain(const error& why, std::string_view language) const {
  const std::shared_lock using_it(state_->in_use);
  if (state_->instance) {
    if (const auto own = state_->instance->explain(language, why)) return plain_text(*own);
  }
  return sentence_for(why, language);
}

bool plugin_session::stop() {
  auto& me = *state_;
  if (!me.worker.joinable()) {
    const std::lock_guard lock(me.mutex);  // a worker that was given up may end just now
    return me.ended;
  }
  me.time.ignore_jumps(me.jumps);
  {
    std::unique_lock lock(me.mutex);
    me.stopping = true;
    for (const auto& [number, one] : me.calls) one->cancel();
    me.changed.notify_all();
    if (!me.changed.wait_for(lock, me.how.patience, [&] { return me.ended; })) {
      me.abandoned = true;
      lock.unlock();
      me.log.write(log_level::error, me.host->who().id, "plugin.hung");
      me.worker.detach();  // it keeps the state; the process leaves without it
      return false;
    }
  }
  me.worker.join();
  return true;
}

}  // namespace keycare::services
