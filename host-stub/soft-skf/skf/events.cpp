// events.cpp - SKF_WaitForDevEvent and its cancellation: inotify says when to look, the epochs say what happened.
#include "events.hpp"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>

#include "api.hpp"

namespace keycare::soft_skf {
namespace {

using presence = std::map<std::string, std::uint64_t>;  // name -> epoch

struct event {
  std::string name;
  std::uint32_t kind = 0;
};

struct watching {
  std::mutex mutex;
  std::map<std::string, presence> known;  // by folder: what was reported so far
  std::vector<int> waiters;               // an eventfd each
};

watching& state() {
  static watching* const instance = new watching;
  return *instance;
}

presence look(const std::string& folder, const presence& before) {
  presence now;
  for (const std::string& name : token_names(folder)) {
    const auto guard = token_guard::open({folder, name}, access::look, false);
    if (guard) {
      now[name] = guard->epoch();
    } else if (guard.error().native == SAR_TIMEOUTERR && before.contains(name)) {
      now[name] = before.at(name);  // busy is not gone
    }
  }
  return now;
}

/// The first difference, removals first: a token that was pulled and plugged again is reported as both, one after the
/// other.
std::optional<event> first_difference(const presence& before, const presence& now) {
  for (const auto& [name, epoch] : before) {
    const auto it = now.find(name);
    if (it == now.end() || it->second != epoch) return event{name, SKF_EVENT_REMOVED};
  }
  for (const auto& [name, epoch] : now) {
    if (!before.contains(name)) return event{name, SKF_EVENT_INSERTED};
  }
  return std::nullopt;
}

/// One waiter's wake-up call, known to SKF_CancelWaitForDevEvent while it lives.
class waiter {
public:
  waiter() : wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    const std::lock_guard lock(state().mutex);
    state().waiters.push_back(wake_.get());
  }
  ~waiter() {
    const std::lock_guard lock(state().mutex);
    std::erase(state().waiters, wake_.get());
  }
  [[nodiscard]] int fd() const { return wake_.get(); }

private:
  unique_fd wake_;
};

result<void> wait_for_event(const std::string& folder, char* name, ULONG* size, ULONG* kind) {
  if (auto made = make_folder(folder); !made) return made;
  watch_from_now(folder);
  const waiter me;
  const unique_fd notify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!notify || me.fd() < 0 ||
      ::inotify_add_watch(notify.get(), folder.c_str(),
                          IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_CLOSE_WRITE | IN_DELETE_SELF) < 0) {
    return sar(SAR_FAIL);
  }
  for (;;) {
    // The watch stands before the look, so nothing falls between them.
    presence before;
    {
      const std::lock_guard lock(state().mutex);
      before = state().known[folder];
    }
    const presence now = look(folder, before);
    if (const auto found = first_difference(before, now)) {
      std::string text = found->name;
      text.push_back('\0');
      const bool fits = name != nullptr && size != nullptr && *size >= text.size();
      if (auto answered = answer(view_of(text), name, size); !answered) return answered;
      *kind = found->kind;
      if (!fits) return {};  // only the size was asked: the event is still to come
      const std::lock_guard lock(state().mutex);
      presence& known = state().known[folder];
      if (found->kind == SKF_EVENT_REMOVED) {
        known.erase(found->name);
      } else {
        known[found->name] = now.at(found->name);
      }
      return {};
    }
    pollfd ready[2] = {{notify.get(), POLLIN, 0}, {me.fd(), POLLIN, 0}};
    if (::poll(ready, 2, -1) < 0 && errno != EINTR) return sar(SAR_FAIL);
    if (ready[1].revents != 0) return sar(SAR_NOT_EVENTERR);
    char drain[4096];
    while (::read(notify.get(), drain, sizeof drain) > 0) {
    }
  }
}

}  // namespace

void watch_from_now(const std::string& folder) {
  {
    const std::lock_guard lock(state().mutex);
    if (state().known.contains(folder)) return;
  }
  presence now = look(folder, {});
  const std::lock_guard lock(state().mutex);
  state().known.try_emplace(folder, std::move(now));
}

}  // namespace keycare::soft_skf

using namespace keycare;
using namespace keycare::soft_skf;

ULONG DEVAPI SKF_WaitForDevEvent(LPSTR szDevName, ULONG* pulDevNameLen, ULONG* pulEvent) {
  return call("SKF_WaitForDevEvent", [&]() -> result<void> {
    if (pulDevNameLen == nullptr || pulEvent == nullptr) return sar(SAR_INVALIDPARAMERR);
    return wait_for_event(token_folder(), szDevName, pulDevNameLen, pulEvent);
  });
}

ULONG DEVAPI SKF_CancelWaitForDevEvent(void) {
  // As the standard has it, this ends the waits that are under way and leaves no mark for a later one.
  return call("SKF_CancelWaitForDevEvent", []() -> result<void> {
    const std::lock_guard lock(state().mutex);
    for (const int fd : state().waiters) {
      const std::uint64_t one = 1;
      [[maybe_unused]] const ssize_t written = ::write(fd, &one, sizeof one);
    }
    return {};
  });
}
