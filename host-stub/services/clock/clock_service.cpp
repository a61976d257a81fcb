// clock_service.cpp - the host's time behind keycare.clock/1.
#include "host-stub/services/clock/clock_service.hpp"

#include "keycare/abi/clock.h"
#include "keycare/sdk/host_side.hpp"

namespace keycare::services {

namespace {

class clock_service final : public service {
public:
  clock_service(const time_source& time, timer_keeper* timers) : time_(time), timers_(timers) {
    table_.table = {sizeof table_, 1, KC_CLOCK_MINOR};
    table_.host = this;
    table_.now = [](const kc_clock_service* self) noexcept { return of(self).time_.wall_seconds(); };
    table_.monotonic = [](const kc_clock_service* self) noexcept { return of(self).time_.monotonic_ns(); };
    table_.utc_offset = [](const kc_clock_service* self, std::int64_t at) noexcept {
      return of(self).time_.utc_offset(at);
    };
    table_.set_timer = &set_timer;
    table_.cancel_timer = &cancel_timer;
  }
  [[nodiscard]] const kc_table* table() const noexcept override { return &table_.table; }

private:
  static const clock_service& of(const kc_clock_service* self) {
    return *static_cast<const clock_service*>(self->host);
  }

  static kc_status set_timer(const kc_clock_service* self, kc_str key, std::int64_t due_ns, kc_error* why) noexcept {
    return served<clock_service>(self, "keycare.clock/1 set_timer", why, [&](clock_service& me) -> result<void> {
      if (me.timers_ == nullptr) return fail(KC_E_UNSUPPORTED, "KC-CLOCK-NO-TIMERS");
      return me.timers_->set_timer(text(key), due_ns);
    });
  }
  static void cancel_timer(const kc_clock_service* self, kc_str key) noexcept {
    at_border_void([&] {
      if (self != nullptr && self->host != nullptr && of(self).timers_ != nullptr)
        of(self).timers_->cancel_timer(text(key));
    });
  }

  const time_source& time_;
  timer_keeper* timers_;
  kc_clock_service table_{};
};

}  // namespace

std::unique_ptr<service> make_clock_service(const time_source& time, timer_keeper* timers) {
  return std::make_unique<clock_service>(time, timers);
}

}  // namespace keycare::services
