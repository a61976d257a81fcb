// main.cpp - keycare-sim: runs schedules by their seeds, says which break a rule, and what was covered.
#include "tests/sim/habits.hpp"
#include "tests/sim/schedule.hpp"

#include <CLI/CLI.hpp>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>

namespace {

using namespace keycare::sim;

void print_broken(const outcome& of) {
  for (const auto& v : of.broken) std::printf("  rule %d: %s\n", static_cast<int>(v.broken), v.what.c_str());
}

/// One after another, each by whichever thread is free.
template <class Act>
void on_threads(unsigned jobs, std::uint64_t count, Act act) {
  std::atomic<std::uint64_t> next{0};
  const auto work = [&] {
    for (std::uint64_t at; (at = next++) < count;) act(at);
  };
  std::vector<std::jthread> threads;
  for (unsigned j = 1; j < jobs; ++j) threads.emplace_back(work);
  work();
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t seeds = 50'000, first = 1, one = 0;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  std::string wrong;
  std::vector<std::string> aims;
  bool whole = false, trace = false;
  CLI::App app("Runs the renewal and unlock cores in a simulated world, one seed after another.");
  app.add_option("--seeds", seeds, "How many seeds")->capture_default_str();
  app.add_option("--first", first, "The first one")->capture_default_str();
  auto* replay = app.add_option("--seed", one, "Only this one, with its trace");
  app.add_option("--aim", aims, "With --seed: a fault more, FAULT@STAGE")->needs(replay);
  app.add_option("--jobs", jobs, "Threads")->capture_default_str()->check(CLI::Range(1U, 64U));
  app.add_option("--wrong", wrong, "With a wrong core (--wrong list names them)");
  app.add_flag("--whole", whole, "With documents in their whole encoding and SHA-256");
  app.add_flag("--trace", trace, "With --seed: the trace of the seed as it is, not shrunk");
  CLI11_PARSE(app, argc, argv);

  if (wrong == "list") {
    for (const auto& h : habits())
      std::printf("%-24s %s (rule %d)\n", std::string(h.name).c_str(), std::string(h.what).c_str(),
                  static_cast<int>(h.breaks));
    return 0;
  }
  const auto* habit = wrong.empty() ? nullptr : habit_named(wrong);
  if (!wrong.empty() && habit == nullptr) {
    std::fprintf(stderr, "There is no wrong core of this name; see --wrong list.\n");
    return 2;
  }
  const auto schedule_of = [&](const route& way) {
    auto out = plan(way, habit);
    out.whole = whole;
    return out;
  };
  const auto show = [&](const route& way) {
    auto s = schedule_of(way);
    const auto got = run(s);
    if (!trace && !got.broken.empty()) s = shrunk(s, got);
    const auto traced = run(s, true);
    std::printf("%s%s", described(s).c_str(), traced.trace.c_str());
    print_broken(traced);
    return traced.broken.empty() ? 0 : 1;
  };
  if (replay->count() > 0) {
    route way{one, {}};
    for (const auto& name : aims) {
      const auto at = aim_named(name);
      if (!at) {
        std::fprintf(stderr, "No fault and stage are called \"%s\"; the table of a whole run has them all.\n",
                     name.c_str());
        return 2;
      }
      way.aims.push_back(*at);
    }
    return show(way);
  }

  std::mutex mutex;
  survey all;
  std::uint64_t steps = 0, points = 0, schedules = 0, failed = 0;
  std::optional<route> to_show;
  const auto judge = [&](const route& way) {
    const auto got = run(schedule_of(way));
    const std::lock_guard lock(mutex);
    ++schedules;
    steps += got.steps;
    points += got.points;
    all.add(way, got.covered);
    if (got.broken.empty()) return;
    if (!to_show) to_show = way;
    if (++failed > 20) return;
    std::printf("%s breaks\n", name_of(way).c_str());
    print_broken(got);
  };
  const auto began = std::chrono::steady_clock::now();
  on_threads(jobs, seeds, [&](std::uint64_t n) { judge({first + n, {}}); });
  // What chance did not strike is aimed at, and so is what comes up on the way. A wrong core is looked for by chance.
  const bool aim_too = habit == nullptr;
  for (int round = 0; aim_too && round < most_rounds; ++round) {
    const auto missed = all.missed();
    on_threads(jobs, missed.size(), [&](std::uint64_t n) { judge(missed[n]); });
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  const auto count = [](auto n) { return static_cast<unsigned long long>(n); };
  std::printf("%llu schedules, %llu commands, %llu calls in %.1f s: %.0f schedules/s, %.0f calls/s on %u threads\n",
              count(schedules), count(steps), count(points), seconds, static_cast<double>(schedules) / seconds,
              static_cast<double>(points) / seconds, jobs);
  std::printf("%llu faults struck; %llu schedules broke a rule\n", count(all.struck()), count(failed));
  const auto empty = aim_too ? all.missed().size() : 0;
  if (aim_too)
    std::printf("%s%llu cells, %llu schedules were aimed at some, %llu are empty\n", all.table().c_str(),
                count(all.cells()), count(schedules - seeds), count(empty));
  if (to_show && aim_too) show(*to_show);
  return failed > 0 || empty > 0 ? 1 : 0;
}
