// probe.hpp - finds out in a child process what a library does when it is loaded.
//
// Constructors run inside dlopen, so the first look is taken by keycare-probe: a process with no descriptors, no
// environment and small limits, which is killed when it does not come back. This protects from mistakes; a library
// that means harm behaves well here and not in the client.
#pragma once

#include "host-stub/loader/probe_report.hpp"
#include "host-stub/loader/sealed_copy.hpp"
#include "host-stub/loader/version.hpp"

#include <chrono>
#include <filesystem>

namespace keycare::loader {

/// The descriptors of the child, beside three that lead to /dev/null.
inline constexpr int probe_library_number = 3;
inline constexpr int probe_report_number = 4;

struct probe_settings {
  std::filesystem::path program;  ///< keycare-probe
  std::chrono::milliseconds timeout{5000};
  abi_version abi;
};

/// Runs the child and judges what it says. Blocks for at most the timeout. Errors: those of judge(). [any-thread]
[[nodiscard]] result<probed_plugin> run_probe(const sealed_copy& library, std::string_view id,
                                              const probe_settings& settings);

}  // namespace keycare::loader
