// call.hpp - kc_call from the host's side: made for each invocation, cancelled from any thread.
#pragma once

#include "host-stub/services/clock/time_source.hpp"
#include "keycare/abi/base.h"
#include "keycare/sdk/result.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace keycare::services {

/// Told how far a call is: done of total (0: unknown) and the phase. On the thread that works; must not block.
using progress_callback = std::function<void(std::uint32_t done, std::uint32_t total, std::string_view phase)>;

/// Owns a kc_call; lives as long as the call. [any-thread]
class call {
public:
  /// @param deadline_ns in the time source's monotonic time; 0: none.
  explicit call(std::string language = "zh-CN", std::int64_t deadline_ns = 0, progress_callback progress = {})
      : language_(std::move(language)), progress_(std::move(progress)) {
    abi_.size = sizeof abi_;
    abi_.host = this;
    abi_.deadline_ns = deadline_ns;
    abi_.language = {language_.data(), language_.size()};
    abi_.is_cancelled = [](const kc_call* self) -> std::int32_t {
      return static_cast<const call*>(self->host)->cancelled() ? 1 : 0;
    };
    abi_.progress = [](const kc_call* self, std::uint32_t done, std::uint32_t total, kc_str phase) {
      static_cast<const call*>(self->host)->tell(done, total, phase);
    };
  }
  call(const call&) = delete;
  call& operator=(const call&) = delete;

  [[nodiscard]] const kc_call* abi() const noexcept { return &abi_; }
  void cancel() noexcept { cancelled_.store(true, std::memory_order_release); }
  [[nodiscard]] bool cancelled() const noexcept { return cancelled_.load(std::memory_order_acquire); }

private:
  void tell(std::uint32_t done, std::uint32_t total, kc_str phase) const noexcept {
    if (!progress_ || (phase.data == nullptr && phase.size != 0)) return;
    try {
      progress_(done, total, phase.data == nullptr ? std::string_view{} : std::string_view(phase.data, phase.size));
    } catch (...) {  // progress is a courtesy; it must not end the work
    }
  }

  std::string language_;
  progress_callback progress_;
  std::atomic<bool> cancelled_ = false;
  kc_call abi_{};
};

/// Whether somebody asked @p call to stop; a null call never stops.
inline bool is_cancelled(const kc_call* call) noexcept {
  return call != nullptr && call->is_cancelled != nullptr && call->is_cancelled(call) != 0;
}

/// Nanoseconds that are left until @p call's deadline, at most @p most; 0 or less: it has passed.
inline std::int64_t remaining_ns(const kc_call* call, const time_source& time, std::int64_t most) noexcept {
  if (call == nullptr || call->deadline_ns == 0) return most;
  const auto left = call->deadline_ns - time.monotonic_ns();
  return left < most ? left : most;
}

/// KC_E_CANCELLED or KC_E_TIMEOUT when the call should not go on; ask before each effect.
inline result<void> may_go_on(const kc_call* call, const time_source& time) {
  if (is_cancelled(call)) return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
  if (remaining_ns(call, time, 1) <= 0) return fail(KC_E_TIMEOUT, "KC-CALL-TIMEOUT");
  return {};
}

}  // namespace keycare::services
