// run.cpp - keycare-host run <plugin> <command>: a plugin driven from the command line.
#include "host-stub/cli/commands.hpp"
#include "host-stub/cli/console_client.hpp"
#include "host-stub/cli/conversation.hpp"
#include "host-stub/cli/exit_codes.hpp"
#include "host-stub/cli/output.hpp"
#include "host-stub/cli/saving.hpp"
#include "host-stub/cli/schema_options.hpp"
#include "host-stub/client/client.hpp"
#include "host-stub/services/text/texts.hpp"
#include "keycare/sdk/json.hpp"
#include "keycare/sdk/plugin_side.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace keycare::cli {
namespace {

struct run_options {
  std::string plugin;
  std::string command;
  int pin_fd = -1;
  bool yes = false;
  bool wait = false;
  std::string input;              ///< A file, or "-".
  std::vector<std::string> save;  ///< member=file
  std::vector<std::string> rest;
};

/// At most what a command may take; more is refused without reading on.
result<std::string> read_input(const std::string& where) {
  std::ifstream file;
  std::error_code ignored;
  // It opens, and reads as an empty file.
  if (where != "-" && std::filesystem::is_directory(where, ignored))
    return fail_with(KC_E_ARGUMENT, "KC-CLI-INPUT-FOLDER", {{"file", where}});
  if (where != "-") file.open(where, std::ios::binary);
  std::istream& from = where == "-" ? std::cin : file;
  const auto unreadable = [&] { return fail_with(KC_E_NOT_FOUND, "KC-FILE-UNREADABLE", {{"file", where}}, errno); };
  if (!from) return unreadable();
  std::string text(KC_COMMAND_MAX_INPUT + 1, '\0');
  from.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(from.gcount()));
  if (from.bad()) return unreadable();
  if (text.size() > KC_COMMAND_MAX_INPUT) return fail(KC_E_TOO_LARGE, "KC-INPUT-TOO-LARGE");
  return text;
}

/// CLI11's own words in a command's help, where people read Chinese.
void speak_chinese(CLI::App& app) {
  app.set_help_flag("-h,--help", "显示此说明");
  app.get_formatter()->label("Usage", "用法");
  app.get_formatter()->label("OPTIONS", "选项");
  app.get_formatter()->label("REQUIRED", "（必填）");
  app.get_formatter()->label("TEXT", "文字");
  app.get_help_ptr()->group("选项");
}

/// The options of one command, parsed into its input. Prints help and gives nothing when that was asked for.
result<std::optional<nlohmann::json>> read_arguments(const run_options& how, const plugin_instance::command& command,
                                                     const std::string& language) {
  auto input = nlohmann::json::object();
  if (!how.input.empty()) {
    const auto text = read_input(how.input);
    if (!text) return text.error();
    auto parsed = read_json(text->empty() ? "{}" : *text, {KC_COMMAND_MAX_INPUT, 16});
    if (!parsed) return parsed.error();
    if (!parsed->is_object()) return fail(KC_E_ARGUMENT, "KC-INPUT-NOT-JSON");
    input = *std::move(parsed);
  }
  CLI::App app(command.summary, "keycare-host run " + how.plugin + " " + command.name);
  const bool english = language == "en";
  if (!english) speak_chinese(app);
  const auto options = options_of(nlohmann::json::parse(command.input_schema, nullptr, false), language);
  std::vector<std::vector<std::string>> values(options.size());
  for (std::size_t i = 0; i < options.size(); ++i) {
    const auto& option = options[i];
    auto* added = app.add_option(option.flag, values[i], option.description);
    if (!english) added->group("选项");
    if (option.type == schema_option::kind::boolean)
      added->expected(0, 1)->default_str("true");
    else if (option.type != schema_option::kind::list)
      added->expected(1);
    if (option.required && how.input.empty()) added->required();
  }
  auto rest = how.rest;
  std::reverse(rest.begin(), rest.end());
  try {
    app.parse(rest);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return std::optional<nlohmann::json>{};
  } catch (const CLI::ParseError& wrong) {
    return fail_with(KC_E_ARGUMENT, "KC-CLI-ARGUMENTS", {{"why", wrong.what()}});
  }
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (app.count(options[i].flag) == 0) continue;
    if (values[i].empty()) values[i].emplace_back("true");
    if (auto ok = put_option(input, options[i], values[i]); !ok) return ok.error();
  }
  return std::optional(std::move(input));
}

/// Shows what takes longer than half a second, on a terminal only.
services::progress_callback show_progress() {
  if (isatty(STDERR_FILENO) == 0) return {};
  const auto begun = std::chrono::steady_clock::now();
  return [begun](std::uint32_t done, std::uint32_t total, std::string_view phase) {
    if (std::chrono::steady_clock::now() - begun < std::chrono::milliseconds(500)) return;
    std::cerr << "\r… " << phase;
    if (total != 0) std::cerr << ' ' << done << '/' << total;
    std::cerr << "\033[K" << std::flush;
  };
}

int run(const run_options& how, const invocation& given) {
  const auto opened = console_client::open(given, {how.pin_fd, how.yes, how.plugin});
  if (!opened) {
    print_error(opened.error(), services::sentence_for(opened.error(), given.language), given.json);
    return exit_code_of(opened.error().status);
  }
  auto& console = **opened;
  auto* session = console.core().find(how.plugin);
  const auto warned = console.warnings_for(how.plugin);
  print_warnings(warned, given.json);
  if (session == nullptr) {
    const auto why = console.why_not(how.plugin);
    print_error(why.why, why.sentence, given.json, warned);
    return exit_no_plugin;
  }
  const auto complain = [&](const error& why) {
    print_error(why, session->explain(why, console.language()), given.json, warned);
    return exit_code_of(why.status);
  };
  const auto commands = session->commands(console.language());
  if (!commands) return complain(commands.error());
  if (how.command.empty()) {
    for (const auto& one : *commands) std::cout << one.name << "\t" << one.summary << '\n';
    return exit_done;
  }
  const auto command =
      std::find_if(commands->begin(), commands->end(), [&](const auto& one) { return one.name == how.command; });
  if (command == commands->end()) {
    complain(fail_with(KC_E_NOT_FOUND, "KC-PLUGIN-COMMAND", {{"command", how.command}}));
    return exit_usage;
  }
  auto input = read_arguments(how, *command, console.language());
  if (!input) {
    complain(input.error());
    return exit_usage;
  }
  if (!*input) return exit_done;

  const auto schema = nlohmann::json::parse(command->input_schema, nullptr, false);
  auto saved = saving::promise(how.save, texts_to_save(schema));
  if (!saved) return complain(saved.error());
  for (const auto& member : members_to_ask(schema, **input)) {
    auto told = console.ask(member);
    if (!told) return complain(told.error());
    (**input)[member] = *std::move(told);
  }
  // With --save, a reply that says "done" waits until the files are written.
  std::optional<nlohmann::json> held;
  const auto print_held = [&] {
    if (held) print_reply(*held, given.json, warned);
    held.reset();
  };
  conversation_hooks hooks;
  hooks.replied = [&](const std::string&, const nlohmann::json& reply) {
    print_held();
    held = reply;
    if (!saved->any()) print_held();
  };
  hooks.ask = [&](const std::string& member) {
    print_held();
    return console.ask(member);
  };
  if (how.wait)
    hooks.wait = [&](std::int64_t seconds) {
      print_held();
      return console.wait(seconds);
    };
  hooks.progress = show_progress();
  const console_client::interrupt_scope interrupts(console, *session);
  const auto reply = converse(*session, how.command, **std::move(input), console.language(), hooks);
  if (!reply) {
    print_held();
    return complain(reply.error());
  }
  const auto written = saved->write(*reply);
  const int exit = written ? exit_done : complain(written.error());
  print_held();  // What the command did is said in any case.
  return exit;
}

}  // namespace

void add_run(CLI::App& app, invocation& how) {
  auto* command = app.add_subcommand(
      "run", "run a plugin's command; without one, list them. Its own options follow it: run renewal apply --help");
  auto what = std::make_shared<run_options>();
  command->set_help_flag();  // --help belongs to the plugin's command, see read_arguments
  add_common_options(*command, how);
  command->add_option("plugin", what->plugin, "validity, renewal, unlock ...");
  command->add_option("command", what->command, "one of its commands");
  command->add_option("--pin-fd", what->pin_fd, "read PINs from this descriptor: one line answers one prompt")
      ->check(CLI::Range(0, most_descriptor));
  command->add_flag("--yes", what->yes, "answer questions with yes");
  command->add_flag("--wait", what->wait, "wait for the RA and go on, until somebody has to do something");
  command->add_option("--input", what->input, "read the input as JSON from a file, or from standard input: -");
  command->add_option("--save", what->save, "write a member of the reply's data to a new file: pem=certificate.pem");
  command->allow_extras();
  command->callback([&how, what, command] {
    what->rest = command->remaining();
    const bool help = std::find(what->rest.begin(), what->rest.end(), "--help") != what->rest.end();
    if (what->plugin.empty() || (help && what->command.empty())) {
      std::cout << command->help();
      how.exit = help ? exit_done : exit_usage;
      if (what->plugin.empty()) return;
      std::cout << '\n';  // and the plugin's commands
    }
    how.exit = run(*what, how);
  });
}

}  // namespace keycare::cli
