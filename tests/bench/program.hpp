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
/// A program that is under way; killed and waited for at the end.
class running_program {
public:
  explicit running_program(const program& what);
  ~running_program();
  running_program(const running_program&) = delete;
  running_program& operator=(const running_program&) = delete;
  /// The most memory that it had at once, in octets (VmHWM, proc(5)).
  [[nodiscard]] std::size_t peak_memory() const;

private:
  int process_;
};

/// Where the shell would find it, or "".
[[nodiscard]] std::string find_program(const std::string& name);

}  // namespace keycare::bench
