// time_source.hpp - where the host's time comes from; tests and the demo move it.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>

namespace keycare::services {

/// A wall clock that may be wrong and a monotonic one that only goes forward. [any-thread]
class time_source {
public:
  virtual ~time_source() = default;
  /// Unix time in seconds.
  [[nodiscard]] virtual std::int64_t wall_seconds() const = 0;
  /// Nanoseconds since some moment of this process.
  [[nodiscard]] virtual std::int64_t monotonic_ns() const = 0;
  /// Seconds east of UTC of the user's zone at @p at (Unix time).
  [[nodiscard]] virtual std::int32_t utc_offset(std::int64_t at) const = 0;
  /// Calls @p moved after the monotonic clock jumped, so that who waits for a moment looks again. A real clock never
  /// jumps and never calls. @return a number for ignore_jumps().
  virtual std::uint64_t on_jump(std::function<void()> moved) const;
  /// After it returned, the function is not called any more.
  virtual void ignore_jumps(std::uint64_t subscription) const;
};

/// The computer's clock. The wall clock is moved by an offset, so that the demo can let a year pass: a fixed one, plus
/// the whole number of seconds in @p offset_file if that is given and readable (looked at on every call, so that
/// several processes move together).
class system_time final : public time_source {
public:
  explicit system_time(std::int64_t offset_seconds = 0, std::filesystem::path offset_file = {});
  [[nodiscard]] std::int64_t wall_seconds() const override;
  [[nodiscard]] std::int64_t monotonic_ns() const override;
  [[nodiscard]] std::int32_t utc_offset(std::int64_t at) const override;
  void set_offset(std::int64_t seconds) { offset_ = seconds; }

private:
  std::atomic<std::int64_t> offset_;
  std::filesystem::path offset_file_;
};

/// A clock that stands until a test moves it.
class manual_time final : public time_source {
public:
  explicit manual_time(std::int64_t wall_seconds = 1'750'000'000, std::int32_t utc_offset = 8 * 3600);
  [[nodiscard]] std::int64_t wall_seconds() const override { return wall_; }
  [[nodiscard]] std::int64_t monotonic_ns() const override { return monotonic_; }
  [[nodiscard]] std::int32_t utc_offset(std::int64_t) const override { return utc_offset_; }
  std::uint64_t on_jump(std::function<void()> moved) const override;
  void ignore_jumps(std::uint64_t subscription) const override;
  /// Moves both clocks forward.
  void advance(std::int64_t seconds);
  /// Moves the wall clock only, as a user does who sets it.
  void set_wall(std::int64_t seconds) { wall_ = seconds; }

private:
  std::atomic<std::int64_t> wall_;
  std::atomic<std::int64_t> monotonic_{1'000'000'000};
  std::int32_t utc_offset_;
  mutable std::mutex mutex_;
  mutable std::map<std::uint64_t, std::function<void()>> listeners_;
  mutable std::uint64_t next_ = 1;
};

}  // namespace keycare::services
