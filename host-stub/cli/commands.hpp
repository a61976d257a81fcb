// commands.hpp - the subcommands of keycare-host. Each file adds one to the command line and sets the exit status when
// it was chosen.
#pragma once

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace keycare::cli {

/// What stands before the subcommand's own options, and how the program will end.
struct invocation {
  std::filesystem::path config;                  ///< Empty: defaults, and nothing but the plugins that are named.
  std::vector<std::filesystem::path> manifests;  ///< In addition to the configuration's.
  std::string language;                          ///< Empty: the configuration's.
  bool json = false;
  int exit = 0;
};

/// --config, --manifest, --lang and --json for a subcommand.
void add_common_options(CLI::App& command, invocation& how);
/// --lang and --json alone, for one that opens no client; --lang alone.
void add_output_options(CLI::App& command, invocation& how);
void add_language_option(CLI::App& command, invocation& how);

/// The largest number that --pin-fd takes.
inline constexpr int most_descriptor = 1 << 16;

void add_plugins(CLI::App& app, invocation& how);
void add_run(CLI::App& app, invocation& how);
void add_token(CLI::App& app, invocation& how);
void add_ra(CLI::App& app, invocation& how);

}  // namespace keycare::cli
