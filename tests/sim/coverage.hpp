// coverage.hpp - which fault struck at which stage, over many schedules, and which schedule strikes where none did yet.
#pragma once

#include "tests/sim/faults.hpp"

#include "plugins/renewal/core/order_record.hpp"
#include "plugins/unlock/core/record.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::sim {

/// No order, the order's, the unlock's.
inline constexpr std::size_t stages = 1 + renewal::stage_names.size() + 6;
[[nodiscard]] constexpr std::size_t stage_of(renewal::stage at) {
  return 1 + static_cast<std::size_t>(at);
}
[[nodiscard]] constexpr std::size_t stage_of(unlock::stage at) {
  return 1 + renewal::stage_names.size() + static_cast<std::size_t>(at);
}
/// Those of an unlock begin with "u-".
[[nodiscard]] std::string stage_name(std::size_t stage);

template <class T>
using by_fault_and_stage = std::array<std::array<T, stages>, static_cast<std::size_t>(fault::count_)>;

/// Of one schedule.
struct coverage {
  by_fault_and_stage<std::uint32_t> struck{};
  std::array<std::uint64_t, stages> possible{};  ///< Bit f: it came to a point where fault f could have struck.
};
static_assert(static_cast<std::size_t>(fault::count_) <= 64);

/// A fault at a stage.
struct aim {
  fault what;
  std::size_t stage;
};
/// "lost answer@closed"
[[nodiscard]] std::string name_of(const aim& at);
[[nodiscard]] std::optional<aim> aim_named(std::string_view name);

/// A schedule by what leads to it: a seed's own, and faults more, each of which strikes at the first point of its stage
/// where it can.
struct route {
  std::uint64_t seed = 0;
  std::vector<aim> aims;
};
/// "--seed 7 --aim 'lost answer@closed'"
[[nodiscard]] std::string name_of(const route& way);

/// So often what was missed is aimed at: a round finds at most what the one before brought up.
inline constexpr int most_rounds = 5;

/// Of many schedules.
class survey {
public:
  void add(const route& way, const coverage& of);
  /// Where some schedule came to a point where a fault could have struck at a stage, and none did: the way there, and
  /// that aim more. It strikes, because up to that point the schedule is the same.
  [[nodiscard]] std::vector<route> missed() const;
  /// Faults and stages that some schedule came to.
  [[nodiscard]] std::size_t cells() const;
  /// How often any fault struck.
  [[nodiscard]] std::uint64_t struck() const;
  [[nodiscard]] std::string table() const;

private:
  struct cell {
    std::uint64_t struck = 0;
    std::optional<route> way;  ///< The first that came there.
  };
  by_fault_and_stage<cell> cells_{};
};

}  // namespace keycare::sim
