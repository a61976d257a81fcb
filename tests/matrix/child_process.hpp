// child_process.hpp - a program that runs beside a test and ends with it, whatever happens to the test.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace keycare::test {

/// Killed by the kernel when the thread that made it dies; stopped politely when this value goes.
class child_process {
public:
  /// @param program its path, then its arguments.  @param log takes what it prints.
  child_process(const std::vector<std::string>& program, const std::filesystem::path& log);
  ~child_process();
  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;

  /// Whether it still runs.
  [[nodiscard]] bool runs();
  /// Waits for its end. @return whether it said that all was well.
  [[nodiscard]] bool succeeds();

private:
  pid_t pid_ = -1;
};

}  // namespace keycare::test
