// clock_service.hpp - keycare.clock/1 for one plugin; its timers are kept by whoever owns the plugin's serial queue.
#pragma once

#include "host-stub/services/clock/time_source.hpp"
#include "host-stub/services/service.hpp"
#include "keycare/sdk/result.hpp"

#include <cstdint>
#include <string_view>

namespace keycare::services {

/// Where timers go: the plugin's session, which delivers them in its queue. [any-thread]
class timer_keeper {
public:
  virtual ~timer_keeper() = default;
  virtual result<void> set_timer(std::string_view key, std::int64_t due_ns) = 0;
  virtual void cancel_timer(std::string_view key) = 0;
};

/// @param time lives longer than the service;  @param timers too; null: timers answer "unsupported". [any-thread]
std::unique_ptr<service> make_clock_service(const time_source& time, timer_keeper* timers);

}  // namespace keycare::services
