// program.hpp - a whole program run to its end, as a shell would, and timed.
#pragma once

#include "measure.hpp"

#include <map>

namespace keycare::bench {

struct program {
  std::vector<std::string> command;  ///< A path, and its arguments.
  std::map<std::string, std::string> environment;
};

/// Runs it and gives what it wrote to its standard output. cannot_measure when it fails.
[[nodiscard]] std::string output_of(const program& what);
/// Seconds from its start to its end, with its output thrown away. cannot_measure when it fails.
[[nodiscard]] double run_time(const program& what);
/// Where the shell would find it, or "".
[[nodiscard]] std::string find_program(const std::string& name);

}  // namespace keycare::bench
