// measure.cpp - see measure.hpp.
#include "measure.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace keycare::bench {

namespace {

/// Between two neighbours: @p values are sorted.
double quantile(const std::vector<double>& values, double at) {
  const double place = at * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const auto above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - std::floor(place)) * (values[above] - values[below]);
}

std::string figure(double value, const char* unit) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), value < 10 ? "%.2f %s" : value < 100 ? "%.1f %s" : "%.0f %s", value, unit);
  return text.data();
}

}  // namespace

spread spread_of(std::vector<double> values) {
  if (values.empty()) throw cannot_measure("nothing was measured");
  std::sort(values.begin(), values.end());
  return {quantile(values, 0.5), quantile(values, 0.25), quantile(values, 0.75)};
}

spread duel::ratio() const {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < ours.size(); ++round) ratios.push_back(ours[round] / theirs[round]);
  return spread_of(std::move(ratios));
}

double seconds_of(const std::function<void()>& work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

duel in_turns_timed(int rounds, const std::function<double()>& ours, const std::function<double()>& theirs) {
  (void)ours();
  (void)theirs();
  duel out;
  for (int round = 0; round < rounds; ++round) {
    const bool we_begin = round % 2 == 0;
    if (we_begin) out.ours.push_back(ours());
    out.theirs.push_back(theirs());
    if (!we_begin) out.ours.push_back(ours());
  }
  return out;
}

duel in_turns(int rounds, const std::function<void()>& ours, const std::function<void()>& theirs) {
  return in_turns_timed(
      rounds, [&] { return seconds_of(ours); }, [&] { return seconds_of(theirs); });
}

std::string duration_text(double seconds) {
  if (seconds < 1e-6) return figure(seconds * 1e9, "ns");
  if (seconds < 1e-3) return figure(seconds * 1e6, "µs");
  if (seconds < 1) return figure(seconds * 1e3, "ms");
  return figure(seconds, "s");
}

std::string ratio_text(const spread& ratio) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.2f (%.2f–%.2f)", ratio.median, ratio.low, ratio.high);
  return text.data();
}

}  // namespace keycare::bench
