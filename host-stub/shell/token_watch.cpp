// token_watch.cpp - see token_watch.hpp.
#include "host-stub/shell/token_watch.hpp"

#include "host-stub/services/call.hpp"
#include "host-stub/services/threads.hpp"

namespace keycare::shell {

token_watch::token_watch(host::client& client, services::main_executor& main, told_function told)
    : client_(client),
      main_(main),
      told_(std::make_shared<told_function>(std::move(told))),
      call_(std::make_shared<services::call>()),
      thread_([this, told_weakly = std::weak_ptr(told_)] { run(told_weakly); }) {
  client_.on_tokens_changed([this] { look(); });
}

token_watch::~token_watch() {
  client_.on_tokens_changed({});
  told_.reset();
  call_->cancel();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

void token_watch::look() {
  const std::lock_guard lock(mutex_);
  due_ = true;
  changed_.notify_all();
}

void token_watch::run(const std::weak_ptr<told_function>& told) {
  const services::thread_role_scope role(services::thread_role::query);
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return due_ || stopping_; });
    if (stopping_) return;
    due_ = false;
    lock.unlock();
    if (auto found = client_.tokens().tokens(call_->abi()))
      main_.post([told, tokens = *std::move(found)] {
        if (const auto tell = told.lock()) (*tell)(tokens);
      });
    lock.lock();
  }
}

}  // namespace keycare::shell
