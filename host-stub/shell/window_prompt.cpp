// window_prompt.cpp - see window_prompt.hpp.
#include "host-stub/shell/window_prompt.hpp"

#include "host-stub/services/call.hpp"
#include "host-stub/shell/pin_window.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace keycare::shell {

using namespace std::chrono_literals;

struct window_prompt::question {
  void answer(result<services::secret> what) {
    const std::lock_guard lock(mutex);
    if (!answered) answered.emplace(std::move(what));
    changed.notify_all();
  }
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<result<services::secret>> answered;
};

struct window_prompt::surface {
  pin_window& dialog() {
    if (window == nullptr) window = new pin_window(parent, forgotten);
    return *window;
  }
  QPointer<QWidget> parent;
  QPointer<pin_window> window;
  std::function<void()> forgotten;
  bool alive = true;
};

window_prompt::window_prompt(services::main_executor& main, std::function<void()> forgotten)
    : main_(main), surface_(std::make_shared<surface>()) {
  surface_->forgotten = std::move(forgotten);
}

window_prompt::~window_prompt() {
  surface_->alive = false;
  delete surface_->window;
}

void window_prompt::set_parent(QWidget* window) {
  delete surface_->window;
  surface_->parent = window;
}

void window_prompt::tokens_are(const std::vector<token_info>& there) {
  if (surface_->window != nullptr) surface_->window->tokens_are(there);
}

result<services::secret> window_prompt::put(const kc_call* call, const services::prompt_view& view,
                                            const std::optional<services::new_pin_policy>& policy) {
  auto mine = std::make_shared<question>();
  main_.post([surface = surface_, mine, view, policy] {
    if (!surface->alive) return mine->answer(fail(KC_E_CANCELLED, "KC-PIN-CANCELLED"));
    surface->dialog().ask(view, policy, [mine](result<services::secret> what) { mine->answer(std::move(what)); });
  });
  std::unique_lock lock(mine->mutex);
  // Nobody signals a cancelled call, so it is looked at.
  while (!mine->changed.wait_for(lock, 50ms, [&] { return mine->answered.has_value(); }))
    if (services::is_cancelled(call)) {
      lock.unlock();
      over();
      return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
    }
  return std::move(*mine->answered);
}

result<services::secret> window_prompt::ask(const kc_call* call, const services::prompt_view& view) {
  return put(call, view, {});
}

result<services::secret> window_prompt::ask_new(const kc_call* call, const services::prompt_view& view,
                                                const services::new_pin_policy& policy) {
  return put(call, view, policy);
}

void window_prompt::tell(const services::prompt_view& view) {
  main_.post([surface = surface_, view] {
    if (surface->alive) surface->dialog().tell(view);
  });
}

void window_prompt::over() {
  main_.post([surface = surface_] {
    if (surface->alive && surface->window != nullptr) surface->window->over();
  });
}

}  // namespace keycare::shell
