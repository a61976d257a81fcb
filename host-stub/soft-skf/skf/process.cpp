// process.cpp - handles, rights and device locks of this process.
#include "process.hpp"

#include <pthread.h>

namespace keycare::soft_skf {

process& process::get() {
  static process* const instance = new process;  // outlives every thread
  return *instance;
}

process::process() {
  // A child has none of its parent's rights, handles or device locks (whose descriptors it shares: closing is not
  // unlocking).
  pthread_atfork([] { process::get().mutex_.lock(); }, [] { process::get().mutex_.unlock(); },
                 [] {
                   process::get().forget_everything();
                   process::get().mutex_.unlock();
                 });
}

void process::forget_everything() {
  handles_.clear();
  logins_.clear();
  authenticated_.clear();
  held_.clear();
}

void process::log_in(const token_ref& ref, std::uint64_t epoch, const std::string& application, role who,
                     secret master) {
  const std::lock_guard lock(mutex_);
  logins_[{{ref, application}, who}] = {epoch, std::move(master)};
}

void process::log_out(const token_ref& ref, const std::string& application, std::optional<role> who) {
  const std::lock_guard lock(mutex_);
  for (const role each : {role::user, role::admin}) {
    if (!who || *who == each) logins_.erase({{ref, application}, each});
  }
}

std::optional<secret> process::master_key(const token_ref& ref, std::uint64_t epoch, const std::string& application,
                                          role who) {
  const std::lock_guard lock(mutex_);
  const auto it = logins_.find({{ref, application}, who});
  if (it == logins_.end()) return std::nullopt;
  if (it->second.epoch != epoch) {
    logins_.erase(it);
    return std::nullopt;
  }
  return it->second.master;
}

void process::authenticate_device(const token_ref& ref, std::uint64_t epoch) {
  const std::lock_guard lock(mutex_);
  authenticated_[ref] = epoch;
}

bool process::device_authenticated(const token_ref& ref, std::uint64_t epoch) {
  const std::lock_guard lock(mutex_);
  const auto it = authenticated_.find(ref);
  return it != authenticated_.end() && it->second == epoch;
}

void process::hold(const token_ref& ref, bool held) {
  const std::lock_guard lock(mutex_);
  held_[ref] += held ? 1 : -1;
}

bool process::holds(const token_ref& ref) {
  const std::lock_guard lock(mutex_);
  const auto it = held_.find(ref);
  return it != held_.end() && it->second > 0;
}

}  // namespace keycare::soft_skf
