// calls.cpp - what a call through the contract costs, by Google Benchmark: the one that everybody makes (clock.now),
// and one through a table that only a permission opens.
#include "allocations.hpp"
#include "suites.hpp"

#include "host-stub/services/clock/clock_service.hpp"
#include "host-stub/services/host.hpp"
#include "host-stub/services/threads.hpp"
#include "keycare/abi/clock.h"
#include "keycare/abi/signing.h"
#include "tests/host-stub/services/scratch_folder.hpp"
#include "tests/host-stub/services/token/soft_host.hpp"

#include <benchmark/benchmark.h>

#include <map>

namespace keycare::bench {

namespace {

using namespace services;

/// Keeps every repetition's time of one iteration.
class collector final : public benchmark::BenchmarkReporter {
public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const auto& run : runs) {
      if (run.error_occurred) throw cannot_measure(run.benchmark_name() + ": " + run.error_message);
      if (run.run_type == Run::RT_Iteration)
        seconds[run.run_name.function_name].push_back(run.real_accumulated_time / static_cast<double>(run.iterations));
    }
  }
  std::map<std::string, std::vector<double>> seconds;
};

template <class Table>
const Table* ask(const host_table& host, const char* id) {
  const kc_table* out = nullptr;
  const auto status = host.abi()->service(host.abi(), id, 0, sizeof(Table), &out, nullptr);
  if (status != KC_OK) throw cannot_measure(std::string(id) + " is refused");
  return reinterpret_cast<const Table*>(out);
}

std::uint64_t allocations_of(const std::function<void()>& call) {
  constexpr int calls = 100;
  const auto before = allocations_here();
  for (int i = 0; i < calls; ++i) call();
  return (allocations_here() - before) / calls;
}

template <class Call>
void add(const char* name, Call call, const effort& how) {
  benchmark::RegisterBenchmark(name,
                               [call](benchmark::State& state) {
                                 for (auto _ : state) benchmark::DoNotOptimize(call());
                               })
      ->Repetitions(how.rounds(11, 3))
      ->MinTime(how.quick ? 0.005 : 0.05);
}

}  // namespace

void measure_calls(report& to, const effort& how) {
  const scratch_folder folder;
  const system_time time;
  memory_log log(time);
  test::scripted_prompt nobody;
  std::mutex one_dialog;
  config settings;
  settings.data_dir = folder.path();
  token_side side(settings, time, log, nobody, one_dialog);
  const plugin_identity who{"bench", "1.0.0", {"token.sign"}};
  const host_table host(
      who,
      {{KC_CLOCK_SERVICE, "", [&](const plugin_identity&) { return make_clock_service(time, nullptr); }},
       {KC_SIGNING_SERVICE, "token.sign", [&](const plugin_identity& of) { return side.make_signing(of); }}},
      log);
  const thread_role_scope role(thread_role::worker);
  const auto* clock = ask<kc_clock_service>(host, KC_CLOCK_SERVICE);
  const auto* signing = ask<kc_signing_service>(host, KC_SIGNING_SERVICE);
  const time_source& direct = time;

  const auto now = [clock] { return clock->now(clock); };
  const auto bare = [&direct] { return direct.wall_seconds(); };
  // A grant that is not there: the call looks for it among those of this plugin, and that is all.
  const auto close = [signing] {
    signing->close(signing, 4711);
    return 0;
  };
  add("clock.now", now, how);
  add("without a table", bare, how);
  add("signing.close", close, how);
  std::string program = "keycare-bench", interleaved = "--benchmark_enable_random_interleaving=true";
  std::array<char*, 3> arguments{program.data(), interleaved.data(), nullptr};
  int count = 2;
  benchmark::Initialize(&count, arguments.data());
  collector seen;
  benchmark::RunSpecifiedBenchmarks(&seen);

  constexpr double goal = 10e-9;
  const auto line = [&](const std::string& what, const char* name, std::uint64_t allocations, const std::string& peer) {
    const auto times = spread_of(seen.seconds.at(name));
    to.add({what, duration_text(times.median), peer,
            duration_text(times.median) + ", " + std::to_string(allocations) + " allocations", "≤ 10 ns, no allocation",
            times.median <= goal && allocations == 0});
  };
  line("clock.now through its table", "clock.now", allocations_of([&] { benchmark::DoNotOptimize(now()); }),
       "the same clock without a table " + duration_text(spread_of(seen.seconds.at("without a table")).median));
  line("a call through a table that needs a permission (signing.close)", "signing.close", allocations_of(close), {});
}

}  // namespace keycare::bench
