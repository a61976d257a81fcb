// report.hpp - the table that a run gives, as Markdown.
#pragma once

#include "measure.hpp"

#include <iosfwd>
#include <optional>

namespace keycare::bench {

/// One line. Without a goal it is there to explain others.
struct row {
  std::string what;
  std::string ours;
  std::string peer;    ///< Whom it is held against, with its time; "" when the goal is absolute.
  std::string result;  ///< A ratio, a time, a growth.
  std::string goal;
  std::optional<bool> met;
};

class report {
public:
  /// @p goal: the most that the median of the ratios may be.
  void compare(const std::string& what, const std::string& peer, const duel& times, std::optional<double> goal);
  void add(row one);
  /// Said below the table.
  void remark(std::string sentence);
  void print(std::ostream& to) const;

private:
  std::vector<row> rows_;
  std::vector<std::string> remarks_;
};

}  // namespace keycare::bench
