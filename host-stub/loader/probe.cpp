// probe.cpp - starts keycare-probe, listens to it, and ends it in time.
#include "host-stub/loader/probe.hpp"

#include "host-stub/loader/verdict.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace keycare::loader {
namespace {

using clock = std::chrono::steady_clock;
constexpr std::size_t max_report = 8192;

/// Copies of descriptors above the numbers that the child gets them under, so that no dup2 overwrites another's source.
descriptor above(int number) {
  return descriptor(::fcntl(number, F_DUPFD_CLOEXEC, 16));
}

/// What posix_spawn wants to know. posix_spawn, not fork: the client has threads, and between fork and exec only little
/// is safe then. The child limits itself before it loads anything.
class spawn_plan {
public:
  spawn_plan() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
  }
  ~spawn_plan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  spawn_plan(const spawn_plan&) = delete;
  spawn_plan& operator=(const spawn_plan&) = delete;

  int start(const std::filesystem::path& program, const std::string& major, const std::string& minor, int library,
            int report, pid_t& child) {
    int failed = posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDWR, 0);
    const auto give = [&](int from, int to) {
      if (failed == 0) failed = posix_spawn_file_actions_adddup2(&actions_, from, to);
    };
    give(0, 1);
    give(0, 2);
    give(library, probe_library_number);
    give(report, probe_report_number);
    if (failed == 0) failed = posix_spawn_file_actions_addclosefrom_np(&actions_, probe_report_number + 1);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);  // so that what it starts ends with it
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    if (failed != 0) return failed;
    std::string name = program.string();
    std::array<char*, 4> arguments{name.data(), const_cast<char*>(major.c_str()), const_cast<char*>(minor.c_str()),
                                   nullptr};
    std::array<char*, 1> environment{nullptr};
    return ::posix_spawn(&child, program.c_str(), &actions_, &attributes_, arguments.data(), environment.data());
  }

private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// Reads until the child closes its end or the time is over; false: over.
bool listen(int from, clock::time_point until, std::string& report) {
  while (report.size() < max_report) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock::now()).count();
    if (left <= 0) return false;
    pollfd wait{from, POLLIN, 0};
    const int ready = ::poll(&wait, 1, static_cast<int>(left));
    if (ready < 0 && errno != EINTR) return true;
    if (ready <= 0) continue;
    std::array<char, 1024> buffer{};
    const auto got = ::read(from, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return true;
    report.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return true;
}

}  // namespace

result<probed_plugin> run_probe(const sealed_copy& library, std::string_view id, const probe_settings& settings) {
  const auto failed = [&](std::string_view step, int code) {
    return refuse(reason::probe_failed,
                  {{"id", id}, {"detail", std::string(step) + ": " + std::generic_category().message(code)}});
  };
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return failed("pipe", errno);
  const descriptor ours(ends[0]);
  descriptor theirs(ends[1]);
  descriptor report_end = above(theirs.get());
  const descriptor library_end = above(library.number());
  if (!report_end || !library_end) return failed("descriptors", errno);
  theirs = descriptor();

  const auto until = clock::now() + settings.timeout;
  pid_t child = 0;
  spawn_plan plan;
  if (const int code = plan.start(settings.program, std::to_string(settings.abi.major),
                                  std::to_string(settings.abi.minor), library_end.get(), report_end.get(), child);
      code != 0)
    return failed(settings.program.filename().string(), code);
  report_end = descriptor();  // ours would keep the pipe open after the child's end

  std::string report;
  child_end end;
  end.milliseconds = static_cast<int>(settings.timeout.count());
  end.timed_out = !listen(ours.get(), until, report);
  ::kill(-child, SIGKILL);  // a child that has begun to exit keeps its own status
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) end.signal = WTERMSIG(status);
  return judge(report, end, id, to_text(settings.abi));
}

}  // namespace keycare::loader
