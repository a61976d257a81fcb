// measure.hpp - two rivals timed in turns, and what their times say about each other.
//
// The machine is somebody else's as well, so a time alone says little. The rivals take turns (A, B, A, B ...), each
// round gives one ratio, and the median of the ratios stands, with the quartiles as its spread.
#pragma once

#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace keycare::bench {

/// A measurement could not be made: the program ends with an error. A missed goal is no such thing.
struct cannot_measure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// How much is measured: everything, or so little that a smoke test has time for it.
struct effort {
  bool quick = false;
  [[nodiscard]] int rounds(int usual, int least) const { return quick ? least : usual; }
};

/// A median with its quartiles.
struct spread {
  double median = 0;
  double low = 0;
  double high = 0;
};
[[nodiscard]] spread spread_of(std::vector<double> values);

/// Times in seconds, a round after the other.
struct duel {
  std::vector<double> ours;
  std::vector<double> theirs;
  /// Ours by theirs, round by round.
  [[nodiscard]] spread ratio() const;
};

/// Seconds that @p work takes.
[[nodiscard]] double seconds_of(const std::function<void()>& work);
/// One round unmeasured, then @p rounds in turns; who begins changes with every round.
[[nodiscard]] duel in_turns(int rounds, const std::function<void()>& ours, const std::function<void()>& theirs);
/// The same, where the rivals time themselves.
[[nodiscard]] duel in_turns_timed(int rounds, const std::function<double()>& ours,
                                  const std::function<double()>& theirs);

/// "1.23 ms"
[[nodiscard]] std::string duration_text(double seconds);
/// "1.07 (1.02–1.11)"
[[nodiscard]] std::string ratio_text(const spread& ratio);

}  // namespace keycare::bench
