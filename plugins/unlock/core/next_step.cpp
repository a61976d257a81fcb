// next_step.cpp - see next_step.hpp.
#include "plugins/unlock/core/next_step.hpp"

#include <cstddef>

namespace keycare::unlock {
namespace {

constexpr std::array stages =
    std::to_array<std::string_view>({"applying", "open", "redeeming", "finishing", "proved", "closed"});
constexpr std::array ra_states = std::to_array<std::string_view>(
    {"unasked", "awaiting-code", "under-review", "approved", "redeemed", "rejected", "done", "expired"});
constexpr std::array steps =
    std::to_array<std::string_view>({"submit", "ask-code", "verify-code", "wait-review", "wait-token", "redeem",
                                     "go-on", "report", "limit", "close", "nothing"});

template <class Value, class Names>
std::optional<Value> read(const Names& names, std::string_view word) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == word) return static_cast<Value>(i);
  }
  return std::nullopt;
}

}  // namespace

step next_step(const facts& known) {
  const auto fits = [](const auto& wanted, const auto& value) { return !wanted || *wanted == value; };
  for (const auto& row : table) {
    if (fits(row.stage, known.stage) && fits(row.ra, known.ra) && fits(row.live, known.live) &&
        fits(row.token, known.token) && fits(row.spent, known.spent) && fits(row.code, known.code))
      return row.then;
  }
  return step::nothing;
}

std::string_view name(stage value) {
  return stages[static_cast<std::size_t>(value)];
}
std::string_view name(ra_state value) {
  return ra_states[static_cast<std::size_t>(value)];
}
std::string_view name(step value) {
  return steps[static_cast<std::size_t>(value)];
}
std::optional<stage> read_stage(std::string_view word) {
  return read<stage>(stages, word);
}
std::optional<ra_state> read_ra_state(std::string_view word) {
  return read<ra_state>(ra_states, word);
}

}  // namespace keycare::unlock
