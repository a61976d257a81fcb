// plugins.cpp - keycare-host plugins: what was loaded, and what was not and why, in one sentence each.
#include "host-stub/cli/commands.hpp"
#include "host-stub/cli/console_client.hpp"
#include "host-stub/cli/exit_codes.hpp"
#include "host-stub/cli/output.hpp"
#include "host-stub/services/text/texts.hpp"

namespace keycare::cli {
namespace {

int list_plugins(const invocation& how) {
  const auto opened = console_client::open(how, {});
  if (!opened) {
    print_error(opened.error(), services::sentence_for(opened.error(), how.language), how.json);
    return exit_code_of(opened.error().status);
  }
  auto& console = **opened;
  const bool english = console.language() == "en";
  auto data = nlohmann::json::array();
  auto lines = nlohmann::json::array();
  bool all_loaded = true;
  for (const auto& one : console.core().plugins()) {
    all_loaded = all_loaded && one.session != nullptr;
    const auto name = english ? one.about.name_en : one.about.name_zh;
    nlohmann::json item{{"id", one.about.id},
                        {"name", name},
                        {"version", one.about.version},
                        {"manifest", one.manifest_file.string()},
                        {"loaded", one.session != nullptr}};
    if (one.session) {
      lines.push_back("✓ " + one.about.id + " " + one.about.version + "  " + name);
    } else {
      const auto sentence = sentence_of(one.refused, console.language());
      item["error"] = error_json(one.refused, sentence);
      lines.push_back("✗ " + (one.about.id.empty() ? one.manifest_file.filename().string() : one.about.id) + "  " +
                      sentence + "  [" + one.refused.code + "]");
    }
    data.push_back(std::move(item));
  }
  if (data.empty()) lines.push_back(sentence_of(fail(KC_E_NOT_FOUND, "KC-CLI-NO-PLUGIN"), console.language()));
  print_reply({{"data", {{"plugins", data}}}, {"text", lines}}, how.json);
  return all_loaded ? exit_done : exit_no_plugin;
}

}  // namespace

void add_common_options(CLI::App& command, invocation& how) {
  command.add_option("--config", how.config, "the client's configuration file");
  command.add_option("--manifest", how.manifests, "a plugin's manifest, beside those of the configuration");
  add_output_options(command, how);
}

void add_language_option(CLI::App& command, invocation& how) {
  command.add_option("--lang", how.language, "zh-CN or en")->check(CLI::IsMember({"zh-CN", "en"}));
}

void add_output_options(CLI::App& command, invocation& how) {
  add_language_option(command, how);
  command.add_flag("--json", how.json, "one JSON object a line, for programs");
}

void add_plugins(CLI::App& app, invocation& how) {
  auto* command = app.add_subcommand("plugins", "list the plugins, and why one was not loaded");
  add_common_options(*command, how);
  command->callback([&how] { how.exit = list_plugins(how); });
}

}  // namespace keycare::cli
