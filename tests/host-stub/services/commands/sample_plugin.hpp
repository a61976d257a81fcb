// sample_plugin.hpp - a plugin inside the test program, whose behaviour a test steers.
#pragma once

#include "keycare/abi/entry.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

namespace keycare::services {

/// What the plugin saw, and what it waits for. One for the program; reset by each test.
struct sample_control {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> seen;  ///< "hold", "timer:poll", "destroy" ...
  bool let_go = false;            ///< "hold" and "look" return when it is set.
  bool deaf = false;              ///< "hold" does not look at its cancel flag.
  std::string broken_schema;      ///< Instead of the schema of "hold".

  void reset();
  void note(const std::string& what);
  /// Waits until @p what was seen; at most five seconds.
  bool wait_for(const std::string& what);
  void release();
};
sample_control& sample();

/// Commands: "look" (query), "hold", "emit", "set-timer", "write", "odd-reply", "throws", "refused" (actions).
const kc_plugin* sample_plugin();

}  // namespace keycare::services
