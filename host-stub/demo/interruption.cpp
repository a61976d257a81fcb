// interruption.cpp - see interruption.hpp.
#include "host-stub/demo/interruption.hpp"

#include <atomic>

namespace keycare::demo {
namespace {

std::atomic<bool> signalled{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler writes it");

void note(int) {
  signalled = true;
}

}  // namespace

interruption::interruption() {
  signalled = false;
  struct sigaction act {};
  act.sa_handler = note;
  act.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  for (int at = 0; at < 3; ++at) sigaction(signals[at], &act, &before_[at]);
}

interruption::~interruption() {
  for (int at = 0; at < 3; ++at) sigaction(signals[at], &before_[at], nullptr);
}

bool interruption::asked() noexcept {
  return signalled;
}

}  // namespace keycare::demo
