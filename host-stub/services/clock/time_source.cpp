// time_source.cpp - the computer's clock with an offset, and the manual clock of the tests.
#include "host-stub/services/clock/time_source.hpp"

#include <chrono>
#include <ctime>
#include <fstream>

namespace keycare::services {

std::uint64_t time_source::on_jump(std::function<void()>) const {
  return 0;
}
void time_source::ignore_jumps(std::uint64_t) const {}

system_time::system_time(std::int64_t offset_seconds, std::filesystem::path offset_file)
    : offset_(offset_seconds), offset_file_(std::move(offset_file)) {}

std::int64_t system_time::wall_seconds() const {
  std::int64_t from_file = 0;
  if (!offset_file_.empty()) {
    std::ifstream in(offset_file_);
    if (!(in >> from_file)) from_file = 0;
  }
  // time() reads what the kernel last wrote down; asking the clock itself for nanoseconds costs many times as much.
  return std::time(nullptr) + offset_ + from_file;
}

std::int64_t system_time::monotonic_ns() const {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::int32_t system_time::utc_offset(std::int64_t at) const {
  const auto seconds = static_cast<std::time_t>(at);
  std::tm local{};
  if (localtime_r(&seconds, &local) == nullptr) return 0;
  return static_cast<std::int32_t>(local.tm_gmtoff);
}

manual_time::manual_time(std::int64_t wall_seconds, std::int32_t utc_offset)
    : wall_(wall_seconds), utc_offset_(utc_offset) {}

std::uint64_t manual_time::on_jump(std::function<void()> moved) const {
  const std::lock_guard lock(mutex_);
  listeners_.emplace(next_, std::move(moved));
  return next_++;
}

void manual_time::ignore_jumps(std::uint64_t subscription) const {
  const std::lock_guard lock(mutex_);
  listeners_.erase(subscription);
}

void manual_time::advance(std::int64_t seconds) {
  wall_ += seconds;
  monotonic_ += seconds * 1'000'000'000;
  const std::lock_guard lock(mutex_);
  for (const auto& [number, moved] : listeners_) moved();
}

}  // namespace keycare::services
