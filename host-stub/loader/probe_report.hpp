// probe_report.hpp - the lines in which the probe's child tells its parent how far it came, and what they come to.
// Pure.
//
// The child writes one line before each step, so that a child that dies or hangs has said where:
//   phase load | phase entry | phase table
//   unloadable <the system's words>      threw      status <number>      fault <words>
//   plugin <JSON: id, version>           last, when all is well
#pragma once

#include "keycare/sdk/result.hpp"

#include <string>
#include <string_view>

namespace keycare::loader {

/// The plugin as its table describes it.
struct probed_plugin {
  std::string id;
  std::string version;
};

/// How the child ended.
struct child_end {
  bool timed_out = false;
  int signal = 0;        ///< The signal that ended it, or 0.
  int milliseconds = 0;  ///< What it was allowed.
};

/// @param host_abi for the message. Errors: KC-PLUGIN-UNRESOLVED, -NOT-LOADABLE, -CRASHED, -THREW, -EXITED, -HUNG,
/// -ENTRY-REFUSED, -ENTRY-TABLE, -PROBE-FAILED. [any-thread]
[[nodiscard]] result<probed_plugin> judge(std::string_view report, const child_end& end, std::string_view id,
                                          std::string_view host_abi);

}  // namespace keycare::loader
