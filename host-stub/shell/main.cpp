// main.cpp - keycare-gui: the stand-in client with its window. A program of its own, so that a command line never pays
// for Qt.
#include "host-stub/client/client.hpp"
#include "host-stub/client/sentence.hpp"
#include "host-stub/services/secure/secret.hpp"
#include "host-stub/services/threads.hpp"
#include "host-stub/shell/application.hpp"
#include "host-stub/shell/complaint.hpp"
#include "host-stub/shell/focus_style.hpp"
#include "host-stub/shell/main_window.hpp"

#include <CLI/CLI.hpp>
#include <QApplication>

#include <unistd.h>

#include <iostream>

namespace {

int complain(const keycare::error& why, const std::string& language) {
  std::cerr << keycare::host::sentence_of(why, language.empty() ? "zh-CN" : language) << "  [" << why.code << "]\n";
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (const auto hardened = keycare::services::harden_process(); !hardened) return complain(hardened.error(), "en");
  CLI::App options("keycare-gui: Keycare's test host with a window", "keycare-gui");
  std::string config, language;
  options.add_option("--config", config, "the client's configuration file");
  options.add_option("--lang", language, "zh-CN or en")->check(CLI::IsMember({"zh-CN", "en"}));
  options.set_version_flag("--version", KEYCARE_VERSION);
  try {
    options.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return options.exit(wrong) == 0 ? 0 : 2;  // as keycare-host
  }
  auto settings = keycare::host::default_config();
  if (!config.empty()) {
    auto read = keycare::services::read_config(config);
    if (!read) {
      const int status = complain(read.error(), language);  // first: who has no screen all the same has read it
      if (!keycare::shell::has_screen()) return status;
      const QApplication application(argc, argv);
      keycare::shell::complain(read.error(), language);
      return status;
    }
    settings = *std::move(read);
  }
  QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
  QApplication application(argc, argv);
  QApplication::setApplicationName("keycare");
  QApplication::setStyle(new keycare::shell::focus_style);
  const keycare::services::thread_role_scope main(keycare::services::thread_role::main);
  int exit = 0;
  {
    keycare::shell::application client(config.empty() ? std::filesystem::path() : std::filesystem::absolute(config),
                                       std::move(settings), language);
    client.window().show();
    exit = QApplication::exec();
  }
  if (keycare::host::client::anything_left_behind()) _exit(exit);
  return exit;
}
