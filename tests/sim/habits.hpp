// habits.hpp - wrong cores: each is the right one with one bad habit at its border. The rules must catch every one.
#pragma once

#include "tests/sim/world.hpp"

#include <span>
#include <string_view>

namespace keycare::sim {

struct habit {
  std::string_view name;
  std::string_view what;  ///< What it does wrong.
  rule breaks;            ///< The rule that has to catch it.
  make_habit make;
};

[[nodiscard]] std::span<const habit> habits();
[[nodiscard]] const habit* habit_named(std::string_view name);

}  // namespace keycare::sim
