// schedule.hpp - one schedule: a seed, the user's intentions, the faults, and what came of it.
#pragma once

#include "tests/sim/world.hpp"

namespace keycare::sim {

/// What people want and decide in a schedule.
struct intentions {
  int clients = 1;             ///< Running programs,
  bool two_computers = false;  ///< the second one on another computer.
  bool withdraws = false;
  bool pays_late = false;   ///< On a page that is not current any more.
  bool pays_twice = false;  ///< On every page that was opened.
  bool corrects = false;    ///< The RA asks for a correction first.
  bool rejects = false;     ///< The RA rejects in the end.
  bool locked = false;      ///< Has entered the PIN wrongly too often before.
  bool again = false;       ///< Applies again after an order that ended without a certificate.
};

struct scenario {
  std::uint64_t seed = 0;
  intentions people;
  std::vector<planned_fault> faults;
  bool whole = false;  ///< Documents in their whole encoding.
  const struct habit* wrong = nullptr;
};

struct outcome {
  std::vector<violation> broken;
  std::uint64_t steps = 0;   ///< Commands.
  std::uint64_t points = 0;  ///< Calls of the cores.
  coverage covered;
  std::string trace;  ///< Empty unless it was asked for.
  std::string ended;  ///< How the orders ended, for statistics.
};

/// The schedule of a seed, with a wrong core or none. Pure.
[[nodiscard]] scenario plan(std::uint64_t seed, const struct habit* wrong = nullptr);
[[nodiscard]] scenario plan(const route& way, const struct habit* wrong = nullptr);
[[nodiscard]] outcome run(const scenario& what, bool traced = false);
/// The same with as few faults as still break one of the same rules.
[[nodiscard]] scenario shrunk(scenario what, const outcome& of);
/// The faults, one a line.
[[nodiscard]] std::string described(const scenario& what);

}  // namespace keycare::sim
