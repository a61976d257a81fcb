// coverage.cpp - see coverage.hpp.
#include "tests/sim/coverage.hpp"

#include <cstdio>

namespace keycare::sim {

namespace {

template <class Cells, class Act>
void for_each(Cells& cells, Act act) {
  for (std::size_t f = 0; f < cells.size(); ++f)
    for (std::size_t s = 0; s < stages; ++s) act(cells[f][s], f, s);
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.insert(0, width - text.size(), ' ');
  return text;
}

}  // namespace

std::string stage_name(std::size_t stage) {
  constexpr auto orders = renewal::stage_names.size();
  if (stage == 0) return "no order";
  if (stage <= orders) return std::string(renewal::stage_names[stage - 1]);
  return "u-" + std::string(unlock::name(static_cast<unlock::stage>(stage - orders - 1)));
}

std::string name_of(const aim& at) {
  return std::string(name_of(at.what)) + "@" + stage_name(at.stage);
}

std::optional<aim> aim_named(std::string_view name) {
  for (const auto& row : fault_table)
    for (std::size_t s = 0; s < stages; ++s)
      if (const aim at{row.what, s}; name_of(at) == name) return at;
  return std::nullopt;
}

std::string name_of(const route& way) {
  auto out = "--seed " + std::to_string(way.seed);
  for (const auto& at : way.aims) out += " --aim '" + name_of(at) + "'";
  return out;
}

void survey::add(const route& way, const coverage& of) {
  for_each(cells_, [&](cell& c, std::size_t f, std::size_t s) {
    c.struck += of.struck[f][s];
    if (!c.way && ((of.possible[s] >> f) & 1U) != 0) c.way = way;
  });
}

std::vector<route> survey::missed() const {
  std::vector<route> out;
  for_each(cells_, [&](const cell& c, std::size_t f, std::size_t s) {
    if (!c.way || c.struck > 0) return;
    out.push_back(*c.way);
    out.back().aims.push_back({static_cast<fault>(f), s});
  });
  return out;
}
std::size_t survey::cells() const {
  std::size_t out = 0;
  for_each(cells_, [&](const cell& c, std::size_t, std::size_t) { out += c.way ? 1 : 0; });
  return out;
}
std::uint64_t survey::struck() const {
  std::uint64_t out = 0;
  for_each(cells_, [&](const cell& c, std::size_t, std::size_t) { out += c.struck; });
  return out;
}

std::string survey::table() const {
  constexpr std::size_t first = 18, each = 10;
  auto out = std::string("fault \\ stage") + std::string(first - 13, ' ');
  for (std::size_t s = 0; s < stages; ++s) out += padded(stage_name(s).substr(0, each - 1), each);
  for_each(cells_, [&](const cell& c, std::size_t f, std::size_t s) {
    if (s == 0) {
      auto name = std::string(name_of(static_cast<fault>(f)));
      name.resize(first, ' ');
      out += "\n" + name;
    }
    out += padded(c.struck > 0 ? std::to_string(c.struck) : c.way ? "EMPTY" : ".", each);
  });
  return out + "\n";
}

}  // namespace keycare::sim
