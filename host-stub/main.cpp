// main.cpp - keycare-host: the stand-in client's command line.
#include "host-stub/cli/commands.hpp"
#include "host-stub/cli/console_client.hpp"
#include "host-stub/cli/exit_codes.hpp"
#include "host-stub/cli/output.hpp"
#include "host-stub/demo/story.hpp"
#include "host-stub/demo/window.hpp"
#include "host-stub/services/secure/secret.hpp"
#include "keycare/sdk/json.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>

namespace {

CLI::Option* add_backend(CLI::App& command, keycare::demo::demo_options& what) {
  return command.add_option("--backend", what.tokens, "the demo's token: skf (of ours) or pkcs11 (SoftHSM 2)")
      ->transform(CLI::CheckedTransformer(std::map<std::string, keycare::demo::token_kind>{
          {"skf", keycare::demo::token_kind::skf}, {"pkcs11", keycare::demo::token_kind::pkcs11}}));
}

void add_demo(CLI::App& app, keycare::cli::invocation& how) {
  auto* demo = app.add_subcommand("demo", "renew a certificate on a software token, and open a locked one again");
  auto what = std::make_shared<keycare::demo::demo_options>();
  demo->add_option("--lang", what->language, "zh-CN or en")->check(CLI::IsMember({"zh-CN", "en"}));
  demo->add_flag("--json", what->json, "the whole story as one JSON object");
  demo->add_option("--keep", what->keep, "a new folder that keeps the state for a look");
  add_backend(*demo, *what);
  demo->callback([&how, what] { how.exit = keycare::demo::play(*what); });
}

void add_gui(CLI::App& app, keycare::cli::invocation& how) {
  auto* gui = app.add_subcommand("gui", "show the client's window: keycare-gui, the program beside this one");
  auto what = std::make_shared<keycare::demo::demo_options>();
  auto demo = std::make_shared<bool>(false);
  keycare::cli::add_language_option(*gui, how);
  auto* config = gui->add_option("--config", how.config, "the client's configuration file");
  auto* with_demo = gui->add_flag("--demo", *demo, "with the demo's token and RA")->excludes(config);
  gui->add_option("--keep", what->keep, "with --demo: a folder that keeps everything; given again, it goes on there");
  add_backend(*gui, *what)->needs(with_demo);
  gui->add_flag("--review-by-hand", what->review_by_hand, "with --demo: you decide, on the RA's page for reviewers")
      ->needs(with_demo);
  gui->callback([&how, what, demo] {
    if (!how.language.empty()) what->language = how.language;
    how.exit = *demo ? keycare::demo::show_window(*what) : keycare::demo::show_window(how.config, how.language);
  });
}

void complain(const keycare::error& why, const keycare::cli::invocation& how, bool json) {
  keycare::cli::print_error(why, keycare::cli::sentence_of(why, how.language.empty() ? "zh-CN" : how.language), json);
}

/// A command line that cannot be read may still say that a program reads the answer.
bool asks_for_json(int argc, char** argv) {
  return std::any_of(argv, argv + argc, [](std::string_view one) { return one == "--json"; });
}

}  // namespace

int main(int argc, char** argv) {
  if (const auto hardened = keycare::services::harden_process(); !hardened) {
    std::cerr << keycare::cli::sentence_of(hardened.error(), "en") << "  [" << hardened.error().code << "]\n";
    return keycare::cli::exit_failed;
  }
  CLI::App app("keycare-host: loads Keycare's plugins and offers them the token and signing services", "keycare-host");
  app.require_subcommand(1);
  keycare::cli::invocation how;
  add_demo(app, how);
  add_gui(app, how);
  keycare::cli::add_run(app, how);
  keycare::cli::add_plugins(app, how);
  keycare::cli::add_token(app, how);
  keycare::cli::add_ra(app, how);
  app.set_version_flag("--version", KEYCARE_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    if (wrong.get_exit_code() == 0) return app.exit(wrong);
    // CLI11 only says that a subcommand is missing.
    const bool unknown = argc > 1 && argv[1][0] != '-' &&
                         app.get_subcommands([&](const CLI::App* one) { return one->check_name(argv[1]); }).empty();
    complain(
        unknown ? keycare::fail_with(KC_E_ARGUMENT, "KC-CLI-COMMAND", {{"command", std::string(argv[1]).substr(0, 64)}})
                : keycare::fail_with(KC_E_ARGUMENT, "KC-CLI-ARGUMENTS", {{"why", wrong.what()}}),
        how, asks_for_json(argc, argv));
    return keycare::cli::exit_usage;
  }
  // Output that was lost is no success.
  std::cout.flush();
  if (!std::cout && how.exit == keycare::cli::exit_done) {
    complain(keycare::fail(KC_E_FAILED, "KC-CLI-OUTPUT"), how, false);
    how.exit = keycare::cli::exit_failed;
  }
  if (keycare::host::client::anything_left_behind()) _exit(how.exit);
  return how.exit;
}
