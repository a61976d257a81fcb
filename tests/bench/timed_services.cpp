// timed_services.cpp - see timed_services.hpp.
#include "timed_services.hpp"

#include "keycare/abi/http.h"
#include "keycare/abi/keys.h"

#include <chrono>

namespace keycare::bench {

namespace {

/// A copy of the inner service's table, so that its functions find their own host; some are replaced.
template <class Table>
struct timed_table : Table {
  const Table* inner = nullptr;
  stopwatch* time = nullptr;
};

template <class Table>
class timed final : public services::service {
public:
  timed(std::unique_ptr<services::service> around, stopwatch& time) : around_(std::move(around)) {
    functions.inner = reinterpret_cast<const Table*>(around_->table());
    functions.time = &time;
    static_cast<Table&>(functions) = *functions.inner;
  }
  const kc_table* table() const noexcept override { return &functions.table; }
  timed_table<Table> functions{};

private:
  std::unique_ptr<services::service> around_;
};

/// Has the inner service do it, and takes the time. @p self is a timed_table.
template <class Table, class Work>
kc_status watched(const Table* self, Work work) noexcept {
  const auto& me = *static_cast<const timed_table<Table>*>(self);
  const auto begun = std::chrono::steady_clock::now();
  const kc_status out = work(me.inner);
  *me.time += std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - begun).count();
  return out;
}

}  // namespace

std::unique_ptr<services::service> timed_http(std::unique_ptr<services::service> inner, stopwatch& time) {
  auto out = std::make_unique<timed<kc_http_service>>(std::move(inner), time);
  out->functions.send = [](const kc_http_service* self, const kc_call* call, const kc_http_request* request,
                           kc_http_sink sink, void* context, kc_error* why) {
    return watched(self, [&](const auto* in) { return in->send(in, call, request, sink, context, why); });
  };
  out->functions.signed_time = [](const kc_http_service* self, const kc_call* call, kc_str endpoint,
                                  std::int64_t* seconds, kc_error* why) {
    return watched(self, [&](const auto* in) { return in->signed_time(in, call, endpoint, seconds, why); });
  };
  return out;
}

std::unique_ptr<services::service> timed_keys(std::unique_ptr<services::service> inner, stopwatch& time) {
  auto out = std::make_unique<timed<kc_keys_service>>(std::move(inner), time);
  out->functions.generate = [](const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                               kc_str algorithm, kc_bytes_sink sink, void* context, kc_error* why) {
    return watched(
        self, [&](const auto* in) { return in->generate(in, call, grant, container, algorithm, sink, context, why); });
  };
  return out;
}

}  // namespace keycare::bench
