// timed_services.hpp - two services with a clock around them: the RA's time is not the client's, and a key takes as
// long as chance will have it.
#pragma once

#include "host-stub/services/service.hpp"

#include <atomic>

namespace keycare::bench {

/// Nanoseconds spent inside, since somebody last set it to 0. One plugin's actions come one after another.
using stopwatch = std::atomic<std::int64_t>;

/// keycare.http/1: the time from a request to its answer.
[[nodiscard]] std::unique_ptr<services::service> timed_http(std::unique_ptr<services::service> inner, stopwatch& time);
/// keycare.keys/1: the time of generate().
[[nodiscard]] std::unique_ptr<services::service> timed_keys(std::unique_ptr<services::service> inner, stopwatch& time);

}  // namespace keycare::bench
