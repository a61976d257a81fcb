// main.cpp - keycare-sim: runs schedules by their seeds, says which break a rule, and what was covered.
#include "tests/sim/habits.hpp"
#include "tests/sim/schedule.hpp"

#include <CLI/CLI.hpp>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>

namespace {

using namespace keycare::sim;

void print_broken(const outcome& of) {
  for (const auto& v : of.broken) std::printf("  rule %d: %s\n", static_cast<int>(v.broken), v.what.c_str());
}

/// Fault times stage; cell_kind says what a cell is. @return how many are empty.
int print_coverage(const coverage& all) {
  int empty = 0;
  std::printf("%-18s", "fault \\ stage");
  for (std::size_t s = 0; s < coverage::stages; ++s) std::printf(" %9.9s", std::string(stage_name(s)).c_str());
  std::printf("\n");
  for (std::size_t f = 0; f < all.struck.size(); ++f) {
    std::printf("%-18s", std::string(name_of(static_cast<fault>(f))).c_str());
    for (std::size_t s = 0; s < coverage::stages; ++s) {
      const auto cell = cell_of(all, static_cast<fault>(f), s);
      if (cell == cell_kind::empty) ++empty;
      if (all.struck[f][s] > 0)
        std::printf(" %9llu", static_cast<unsigned long long>(all.struck[f][s]));
      else
        std::printf(" %9s", cell == cell_kind::empty ? "EMPTY" : cell == cell_kind::rare ? "rare" : ".");
    }
    std::printf("\n");
  }
  return empty;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t seeds = 50'000, first = 1, one = 0;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  std::string wrong;
  bool whole = false, trace = false, table = false;
  CLI::App app("Runs the renewal and unlock cores in a simulated world, one seed after another.");
  app.add_option("--seeds", seeds, "How many seeds")->capture_default_str();
  app.add_option("--first", first, "The first one")->capture_default_str();
  auto* replay = app.add_option("--seed", one, "Only this one, with its trace");
  app.add_option("--jobs", jobs, "Threads")->capture_default_str()->check(CLI::Range(1U, 64U));
  app.add_option("--wrong", wrong, "With a wrong core (--wrong list names them)");
  app.add_flag("--whole", whole, "With documents in their whole encoding and SHA-256");
  app.add_flag("--trace", trace, "With --seed: the trace of the seed as it is, not shrunk");
  app.add_flag("--coverage", table, "Print fault times stage; an empty cell is a failure");
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
  const auto scenario_of = [&](std::uint64_t seed) {
    auto s = plan(seed, habit);
    s.whole = whole;
    return s;
  };
  const auto show = [&](std::uint64_t seed) {
    auto s = scenario_of(seed);
    const auto got = run(s);
    if (!trace && !got.broken.empty()) s = shrunk(s, got);
    const auto traced = run(s, true);
    std::printf("%s%s", described(s).c_str(), traced.trace.c_str());
    print_broken(traced);
    return traced.broken.empty() ? 0 : 1;
  };
  if (replay->count() > 0) return show(one);

  std::atomic<std::uint64_t> next{first}, steps{0}, points{0}, failed{0};
  std::mutex mutex;
  coverage all;
  std::uint64_t worst = 0;
  const auto began = std::chrono::steady_clock::now();
  const auto work = [&] {
    coverage mine;
    std::uint64_t my_steps = 0, my_points = 0;
    for (std::uint64_t seed; (seed = next++) < first + seeds;) {
      const auto got = run(scenario_of(seed));
      my_steps += got.steps;
      my_points += got.points;
      mine.add(got.covered);
      if (got.broken.empty()) continue;
      const std::lock_guard lock(mutex);
      if (failed++ < 20) {
        std::printf("seed %llu breaks\n", static_cast<unsigned long long>(seed));
        print_broken(got);
      }
      worst = worst == 0 ? seed : std::min(worst, seed);
    }
    steps += my_steps;
    points += my_points;
    const std::lock_guard lock(mutex);
    all.add(mine);
  };
  std::vector<std::jthread> threads;
  for (unsigned j = 1; j < jobs; ++j) threads.emplace_back(work);
  work();
  threads.clear();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  std::printf("%llu schedules, %llu commands, %llu calls in %.1f s: %.0f schedules/s, %.0f calls/s on %u threads\n",
              static_cast<unsigned long long>(seeds), static_cast<unsigned long long>(steps.load()),
              static_cast<unsigned long long>(points.load()), seconds, static_cast<double>(seeds) / seconds,
              static_cast<double>(points.load()) / seconds, jobs);
  std::uint64_t struck = 0;
  for (const auto& row : all.struck)
    for (const auto n : row) struck += n;
  std::printf("%llu faults struck; %llu schedules broke a rule\n", static_cast<unsigned long long>(struck),
              static_cast<unsigned long long>(failed.load()));
  const int empty = table ? print_coverage(all) : 0;
  if (empty > 0) std::printf("%d cells of fault times stage are empty\n", empty);
  if (failed > 0 && habit == nullptr) show(worst);
  return failed > 0 || empty > 0 ? 1 : 0;
}
