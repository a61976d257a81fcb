// console_client.cpp - see console_client.hpp.
#include "host-stub/cli/console_client.hpp"

#include "host-stub/services/call.hpp"
#include "host-stub/services/shell/terminal.hpp"
#include "host-stub/services/text/plain.hpp"
#include "host-stub/services/text/texts.hpp"
#include "keycare/sdk/json.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

namespace keycare::cli {
namespace {

constexpr std::size_t most_answer = 256;  // octets of an answer that only the user knows

/// Written by the signal handler; the scope's thread and wait() read it.
std::atomic<int> interrupted{-1};
std::atomic<bool> was_interrupted{false};

void on_signal(int) {
  was_interrupted = true;
  const int fd = interrupted;
  const std::uint64_t one = 1;
  if (fd >= 0) (void)!write(fd, &one, sizeof one);
}

/// The host's words for a member that it knows; the member's own name for one that it does not.
std::string question_for(const std::string& member, const std::string& language) {
  std::string code = "KC-CLI-ASK-";
  for (const char c : member) code += c == '_' ? '-' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  const auto all = services::all_texts();
  const bool known = std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.code == code; });
  return known ? services::sentence_for(fail(KC_E_ARGUMENT, code), language) : services::plain_line(member, 64);
}

services::console_options console_of(const services::config& settings, const console_choices& choices) {
  services::console_options out;
  out.assume_yes = choices.yes;
  out.language = settings.client.language;
  return out;
}

/// What people call a plugin: its id, or its manifest's name when nobody can read the id in it.
std::string id_of(const host::client::plugin& one) {
  return one.about.id.empty() ? one.manifest_file.stem().string() : one.about.id;
}

services::pin_prompt_options prompt_of(const console_choices& choices) {
  services::pin_prompt_options out;
  out.pin_fd = choices.pin_fd;
  return out;
}

}  // namespace

console_client::console_client(services::config settings, const console_choices& choices)
    : settings_(std::move(settings)),
      choices_(choices),
      time_(settings_.clock_offset, settings_.clock_file),
      shell_(console_of(settings_, choices_), time_),
      prompt_(prompt_of(choices_), time_) {}

result<std::unique_ptr<console_client>> console_client::open(const invocation& how, const console_choices& choices) {
  if (choices.pin_fd >= 0)
    if (auto readable = services::check_readable(choices.pin_fd); !readable) return readable.error();
  services::config settings = host::default_config();
  if (!how.config.empty()) {
    auto read = services::read_config(how.config);
    if (!read) return read.error();
    settings = *std::move(read);
  }
  settings.plugins.insert(settings.plugins.end(), how.manifests.begin(), how.manifests.end());
  if (!how.language.empty()) settings.client.language = how.language;
  std::unique_ptr<console_client> out(new console_client(std::move(settings), choices));
  auto core = host::client::open(out->settings_, {out->prompt_, out->shell_, out->time_}, choices.only);
  if (!core) return core.error();
  out->core_ = *std::move(core);
  return out;
}

warning console_client::why_not(const std::string& plugin) const {
  for (const auto& one : core_->plugins())
    if (!one.session && id_of(one) == plugin) return {one.refused, sentence_of(one.refused, language())};
  error why = fail_with(KC_E_NOT_FOUND, "KC-PLUGIN-NOT-CONFIGURED", {{"plugin", plugin}});
  return {why, services::sentence_for(why, language())};
}

warnings console_client::warnings_for(const std::string& plugin) const {
  warnings out;
  const auto& all = core_->plugins();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return id_of(one) == plugin; });
  if (found == all.end())
    for (const auto& one : all)
      if (one.about.id.empty()) out.push_back({one.refused, sentence_of(one.refused, language())});
  const auto reads_tokens = [](const host::client::plugin& one) {
    return std::any_of(one.about.permissions.begin(), one.about.permissions.end(),
                       [](const std::string& permission) { return permission.starts_with("token."); });
  };
  if (found == all.end() || !found->session || !reads_tokens(*found)) return out;
  for (const auto& one : core_->tokens().refused()) {
    auto why = services::token_registry::about_driver("KC-TOKEN-DRIVER", one);
    auto sentence = sentence_of(why, language());
    out.push_back({std::move(why), std::move(sentence)});
  }
  return out;
}

result<std::string> console_client::ask(const std::string& member) {
  const services::call call(language());
  const auto question = question_for(member, language()) + ": ";
  if (choices_.pin_fd >= 0) {
    services::print_to_stderr(question + "\n");
    auto line = services::read_line(choices_.pin_fd, most_answer, call.abi(), time_);
    if (!line) return line.error();
    return std::string(line->text());
  }
  const services::open_file terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  if (!terminal.ok()) return fail(KC_E_UNSUPPORTED, "KC-SHELL-NO-TERMINAL");
  auto line = services::read_terminal_line(terminal.get(), question, true, most_answer, call.abi(), time_);
  if (!line) return line.error();
  return std::string(line->text());
}

bool console_client::wait(std::int64_t seconds) {
  pollfd event{interrupted, POLLIN, 0};
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (!was_interrupted) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return true;
    poll(&event, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 1000)));
  }
  return false;
}

struct console_client::interrupt_scope::state {
  explicit state(services::plugin_session& which) : session(which) {}
  services::plugin_session& session;
  int event = eventfd(0, EFD_CLOEXEC);
  std::atomic<bool> ending{false};
  struct sigaction before_int {};
  struct sigaction before_term {};
  std::thread watcher;
};

console_client::interrupt_scope::interrupt_scope(console_client&, services::plugin_session& session)
    : state_(std::make_unique<state>(session)) {
  was_interrupted = false;
  interrupted = state_->event;
  struct sigaction act {};
  act.sa_handler = on_signal;
  sigaction(SIGINT, &act, &state_->before_int);
  sigaction(SIGTERM, &act, &state_->before_term);
  state_->watcher = std::thread([s = state_.get()] {
    pollfd event{s->event, POLLIN, 0};
    while (poll(&event, 1, -1) < 0) {
    }
    if (!s->ending) s->session.cancel_all();
  });
}

console_client::interrupt_scope::~interrupt_scope() {
  sigaction(SIGINT, &state_->before_int, nullptr);
  sigaction(SIGTERM, &state_->before_term, nullptr);
  interrupted = -1;
  state_->ending = true;
  const std::uint64_t one = 1;
  (void)!write(state_->event, &one, sizeof one);
  state_->watcher.join();
  close(state_->event);
}

}  // namespace keycare::cli
