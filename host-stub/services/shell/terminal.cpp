// terminal.cpp - poll(), termios, and signals while the echo is off.
#include "host-stub/services/shell/terminal.hpp"

#include "host-stub/services/call.hpp"
#include "host-stub/services/text/texts.hpp"
#include "keycare/sdk/json.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <optional>
#include <utility>

namespace keycare::services {

namespace {

constexpr int look_up_ms = 50;
constexpr std::array watched = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

std::atomic<int> caught_signal = 0;
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler writes it");

void remember_signal(int number) {
  caught_signal = number;
}

error cancelled() {
  return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
}

/// @param code errno, which is the reason when @p args has none
error unreadable(int fd, nlohmann::json args, int code = 0) {
  args["fd"] = fd;
  return fail_with(KC_E_ARGUMENT, "KC-CLI-PIN-FD", args, code);
}

/// Waits for input; nothing when @p stop says so.
template <class Stop>
result<bool> wait_readable(int fd, const kc_call* call, const time_source& time, Stop&& stop) {
  while (true) {
    if (auto on = may_go_on(call, time); !on) return on.error();
    if (stop()) return false;
    pollfd waiting{fd, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, look_up_ms);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return cancelled();
  }
}

/// The line, or nothing when @p stop said so before it was whole.
/// @param broken the error for the errno of a read that failed
template <class Stop, class Broken>
result<std::optional<secret>> read_line_until(int fd, std::size_t most, const kc_call* call, const time_source& time,
                                              Stop&& stop, Broken&& broken) {
  secret line(most + 1);  // one more for a carriage return
  std::size_t size = 0;
  bool too_long = false;
  for (std::size_t seen = 0;;) {
    const auto ready = wait_readable(fd, call, time, stop);
    if (!ready) return ready.error();
    if (!*ready) return std::optional<secret>{};
    std::uint8_t octet = 0;
    const auto got = ::read(fd, &octet, 1);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) return broken(errno);
    if (got == 0) return cancelled();
    if (octet == '\n') break;
    if (++seen > longest_line) return fail(KC_E_ARGUMENT, "KC-PIN-FD-ENDLESS");
    if (size < line.size())
      line.bytes()[size++] = octet;
    else
      too_long = true;
    octet = 0;
  }
  if (!too_long && size > 0 && line.bytes()[size - 1] == '\r') --size;
  if (too_long || size > most) return fail(KC_E_TOO_LARGE, "KC-PIN-FORM");
  line.shrink(size);
  return std::optional<secret>(std::move(line));
}

/// Catches the signals that would leave the terminal silent, for its lifetime.
class signal_watch {
public:
  signal_watch() {
    caught_signal = 0;
    struct sigaction ours {};
    ours.sa_handler = &remember_signal;  // without SA_RESTART
    for (std::size_t at = 0; at < watched.size(); ++at) {
      sigaction(watched[at], nullptr, &before_[at]);
      if (before_[at].sa_handler != SIG_IGN) sigaction(watched[at], &ours, nullptr);
    }
  }
  ~signal_watch() {
    for (std::size_t at = 0; at < watched.size(); ++at) sigaction(watched[at], &before_[at], nullptr);
  }
  signal_watch(const signal_watch&) = delete;
  signal_watch& operator=(const signal_watch&) = delete;

private:
  std::array<struct sigaction, watched.size()> before_{};
};

class echo_off {
public:
  echo_off(int terminal, bool hidden) : terminal_(terminal), changed_(hidden && tcgetattr(terminal, &before_) == 0) {
    if (!changed_) return;
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHOE | ECHOK | ECHONL);
    silent.c_lflag |= ICANON | ISIG;
    changed_ = tcsetattr(terminal_, TCSAFLUSH, &silent) == 0;
  }
  ~echo_off() {
    if (!changed_) return;
    tcsetattr(terminal_, TCSADRAIN, &before_);
    write_text(terminal_, "\n");  // the person's own line feed was not shown
  }
  echo_off(const echo_off&) = delete;
  echo_off& operator=(const echo_off&) = delete;
  [[nodiscard]] bool done(bool hidden) const { return changed_ == hidden; }

private:
  int terminal_;
  termios before_{};
  bool changed_;
};

}  // namespace

open_file::open_file(open_file&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
open_file& open_file::operator=(open_file&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}
open_file::~open_file() {
  if (fd_ >= 0) ::close(fd_);
}

void write_text(int fd, std::string_view text) noexcept {
  while (!text.empty()) {
    const auto written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

result<void> check_readable(int fd) {
  const int how = ::fcntl(fd, F_GETFL);
  struct stat about {};
  if (::fstat(fd, &about) == 0 && S_ISDIR(about.st_mode)) return unreadable(fd, nlohmann::json::object(), EISDIR);
  if (how >= 0 && (how & O_ACCMODE) != O_WRONLY) return {};
  return unreadable(fd, {{"reason", how < 0 ? in_words("它没有打开", "it is not open")
                                            : in_words("它只能写入", "it is open for writing only")}});
}

result<secret> read_line(int fd, std::size_t most, const kc_call* call, const time_source& time) {
  const auto until = time.monotonic_ns() + std::chrono::nanoseconds(line_patience).count();
  auto line = read_line_until(
      fd, most, call, time, [&] { return time.monotonic_ns() >= until; },
      [&](int code) { return unreadable(fd, nlohmann::json::object(), code); });
  if (!line) return std::move(line).error();
  if (!*line) return fail(KC_E_TIMEOUT, "KC-PIN-FD-SILENT");
  return *std::move(*line);
}

result<secret> read_terminal_line(int terminal, std::string_view ask, bool hidden, std::size_t most,
                                  const kc_call* call, const time_source& time) {
  while (true) {
    int number = 0;
    {
      const signal_watch watch;
      const echo_off silence(terminal, hidden);
      if (!silence.done(hidden)) return fail(KC_E_UNSUPPORTED, "KC-PIN-NO-PROMPT");
      write_text(terminal, ask);
      auto line = read_line_until(
          terminal, most, call, time, [] { return caught_signal != 0; }, [](int) { return cancelled(); });
      if (!line) return std::move(line).error();
      if (*line) return *std::move(*line);
      number = caught_signal;
    }
    // The terminal and the handlers are as before: now the signal does what it would have done.
    ::kill(::getpid(), number);
    if (number != SIGTSTP) return cancelled();
  }
}

}  // namespace keycare::services
