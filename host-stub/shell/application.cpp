// application.cpp - see application.hpp. Members of `parts` stand in the order in which they are needed.
#include "host-stub/shell/application.hpp"

#include "host-stub/client/sentence.hpp"
#include "host-stub/services/config/driver_list.hpp"
#include "host-stub/services/secure/durable_file.hpp"
#include "host-stub/services/threads.hpp"
#include "host-stub/shell/diagnosis.hpp"
#include "host-stub/shell/main_thread.hpp"
#include "host-stub/shell/main_window.hpp"
#include "host-stub/shell/plugin_pages.hpp"
#include "host-stub/shell/text.hpp"
#include "host-stub/shell/token_watch.hpp"
#include "host-stub/shell/window_prompt.hpp"
#include "host-stub/shell/window_shell.hpp"

#include <QApplication>
#include <QLibraryInfo>

#include <optional>
#include <thread>

namespace keycare::shell {
namespace {

std::string first_language(const std::string& asked, const preferences& remembered, const services::config& settings) {
  if (!asked.empty()) return asked;
  const auto chosen = remembered.language();
  return chosen.empty() ? settings.client.language : chosen;
}

}  // namespace

struct application::parts {
  parts(std::filesystem::path file, services::config how, const std::string& asked)
      : config_file(std::move(file)),
        settings(std::move(how)),
        remembered(settings.data_dir),
        time(settings.clock_offset, settings.clock_file),
        prompt(main, [this] { window->show_slot("unlock"); }),
        port(main),
        language(first_language(asked, remembered, settings)) {
    apply(remembered.look());
    install_translations();
    window = std::make_unique<main_window>(settings.client, remembered, acts());
    prompt.set_parent(window.get());
    port.set_window(window.get(), {[this](const QString& title, const QString& text) { window->notify(title, text); },
                                   [this](const QString& slot) { window->show_slot(slot); },
                                   [this](const QString& address) { window->offer_page(address); }});
    port.set_language(language);
    window->retranslate(language);
    open();
  }
  ~parts() {
    window->hide();
    close_pages();
    // What the opening thread made, or is closing, comes to its end first.
    if (opening.joinable()) opening.join();
    arrived.reset();
    client.reset();
    prompt.set_parent(nullptr);
    for (const auto& one : translators) QCoreApplication::removeTranslator(one.get());
  }

  main_window::acts acts() {
    return {[this] { start_again(); }, [this](const std::string& chosen) { set_language(chosen); },
            [this](services::driver_kind kind, const QString& what, bool add) { change_drivers(kind, what, add); },
            [this] { return client ? from_utf8(diagnosis(*client, tokens, time.wall_seconds())) : QString(); },
            [this] {
              if (watch) watch->look();
            }};
  }

  void install_translations() {
    const bool english = language == "en";
    std::vector<std::unique_ptr<QTranslator>> made;
    const auto add = [&](const QString& file) {
      auto one = std::make_unique<QTranslator>();
      if (!one->load(file)) return;
      QCoreApplication::installTranslator(one.get());
      made.push_back(std::move(one));
    };
    // Qt's own words (file dialogs), where Qt's translations are installed; Qt's are English.
    if (!english) add(QLibraryInfo::path(QLibraryInfo::TranslationsPath) + "/qtbase_zh_CN.qm");
    add(english ? ":/i18n/shell_en.qm" : ":/i18n/shell_zh_CN.qm");
    for (const auto& one : translators) QCoreApplication::removeTranslator(one.get());
    translators = std::move(made);
  }

  void set_language(const std::string& chosen) {
    if (chosen == language) return;
    language = chosen;
    remembered.set_language(chosen);
    port.set_language(chosen);
    install_translations();
    window->retranslate(chosen);
    if (pages) pages->set_language(chosen);
  }

  void close_pages() {
    watch.reset();
    window->take_pages();
    pages.reset();
  }

  /// Opens the client on a thread, because new libraries are tried in child processes first; @p before is closed there.
  void open(std::unique_ptr<host::client> before = {}) {
    window->show_starting();
    if (opening.joinable()) opening.join();  // it has posted its outcome: see start_again()
    under_way = true;
    auto holder = std::make_shared<std::unique_ptr<host::client>>(std::move(before));
    opening = std::thread([this, holder, how = settings] {
      holder->reset();
      arrived.emplace(
          host::client::open(how, {prompt, port, time, loader::parse_qt_tag(std::string(qVersion()) + "-release")}));
      main.post([this, alive = std::weak_ptr<int>(life)] {
        if (alive.expired() || !arrived) return;
        auto outcome = *std::move(arrived);
        arrived.reset();
        under_way = false;
        if (!std::exchange(once_more, false)) return opened(std::move(outcome));
        if (outcome) client = *std::move(outcome);
        start_again();
      });
    });
  }

  void opened(result<std::unique_ptr<host::client>> outcome) {
    if (!outcome) return window->show_failure(outcome.error());
    client = *std::move(outcome);
    pages = std::make_unique<plugin_pages>(*client, main, [this] { return language; });
    window->show_client(*pages, client->tokens().drivers());
    watch = std::make_unique<token_watch>(*client, main, [this](const std::vector<token_info>& there) {
      tokens = there;
      window->show_tokens(there);
      prompt.tokens_are(there);
    });
  }

  void start_again() {
    // One opening at a time, and the main thread waits for none: the next begins when this one has arrived.
    if (under_way) {
      once_more = true;
      return;
    }
    close_pages();
    if (!config_file.empty()) {
      auto read = services::read_config(config_file);
      if (!read) return window->show_failure(read.error());
      auto about = settings.client;  // the window refers to it; a name does not change in a running client
      settings = *std::move(read);
      settings.client = std::move(about);
    }
    open(std::move(client));
  }

  void change_drivers(services::driver_kind kind, const QString& what, bool add) {
    const auto say = [&](const error& why) {
      window->say_driver_outcome(false, from_utf8(host::sentence_of(why, language) + "  [" + why.code + "]"));
    };
    if (config_file.empty()) return say({KC_E_UNSUPPORTED, "KC-DRIVER-NO-CONFIG", 0, {}});
    const auto changed = add ? services::add_driver(config_file, kind, what.toStdString())
                             : services::remove_driver(config_file, kind, what.toStdString());
    if (!changed) return say(changed.error());
    start_again();
  }

  std::filesystem::path config_file;
  services::config settings;
  preferences remembered;
  services::system_time time;
  main_thread main;
  window_prompt prompt;
  window_shell port;
  std::string language;
  std::vector<std::unique_ptr<QTranslator>> translators;
  std::unique_ptr<main_window> window;
  std::thread opening;
  std::optional<result<std::unique_ptr<host::client>>> arrived;  ///< The thread's, until it has posted.
  bool under_way = false;
  bool once_more = false;
  std::unique_ptr<host::client> client;
  std::unique_ptr<plugin_pages> pages;
  std::vector<token_info> tokens;
  std::unique_ptr<token_watch> watch;
  std::shared_ptr<int> life = std::make_shared<int>();  ///< Expires with this, so that nothing posted comes too late.
};

application::application(std::filesystem::path config_file, services::config settings, const std::string& language) {
  // A window whose data folder cannot be made still opens, and says so.
  (void)services::make_private_folder(settings.data_dir);
  parts_ = std::make_unique<parts>(std::move(config_file), std::move(settings), language);
}

application::~application() = default;

main_window& application::window() {
  return *parts_->window;
}
bool application::started() const noexcept {
  return parts_->pages != nullptr;
}
void application::set_language(const std::string& language) {
  parts_->set_language(language);
}
void application::start_again() {
  parts_->start_again();
}

}  // namespace keycare::shell
