// report.cpp - see report.hpp.
#include "report.hpp"

#include <array>
#include <cstdio>
#include <ostream>

namespace keycare::bench {

void report::compare(const std::string& what, const std::string& peer, const duel& times, std::optional<double> goal) {
  const auto ratio = times.ratio();
  row out{what,
          duration_text(spread_of(times.ours).median),
          peer + " " + duration_text(spread_of(times.theirs).median),
          "× " + ratio_text(ratio),
          {},
          {}};
  if (goal) {
    std::array<char, 16> most{};
    std::snprintf(most.data(), most.size(), "≤ %.2g", *goal);
    out.goal = most.data();
    out.met = ratio.median <= *goal;
  }
  add(std::move(out));
}

void report::add(row one) {
  rows_.push_back(std::move(one));
}

void report::remark(std::string sentence) {
  remarks_.push_back(std::move(sentence));
}

void report::print(std::ostream& to) const {
  to << "| what | ours | peer | result (quartiles) | goal | |\n| --- | --- | --- | --- | --- | --- |\n";
  for (const auto& one : rows_)
    to << "| " << one.what << " | " << one.ours << " | " << (one.peer.empty() ? "–" : one.peer) << " | " << one.result
       << " | " << (one.goal.empty() ? "–" : one.goal) << " | "
       << (!one.met   ? "–"
           : *one.met ? "met"
                      : "**missed**")
       << " |\n";
  for (const auto& sentence : remarks_) to << "\n" << sentence << "\n";
}

}  // namespace keycare::bench
