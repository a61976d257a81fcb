// probe.cpp - the child process that loads a maker's library first.
#include "host-stub/services/token/skf/probe.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

namespace keycare::services::skf {

namespace {

// What the child says: one octet, then text for people.
constexpr char narrow = '3';
constexpr char wide = '6';
constexpr char unloadable = 'u';
constexpr char incomplete = 'i';
constexpr std::size_t most_said = 300;

void say(int to, char what, const char* text) {
  std::array<char, most_said + 1> message{what};
  const std::size_t size = std::strlen(text) < most_said ? std::strlen(text) : most_said;
  std::memcpy(message.data() + 1, text, size);
  (void)!write(to, message.data(), size + 1);
}

/// In the child: quiet, without a core file, without the parent's open files, and gone with the parent.
[[noreturn]] void child(int to, const char* library) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGPIPE}) std::signal(signal, SIG_DFL);
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(nothing, 0);
  dup2(nothing, 1);
  dup2(nothing, 2);
  if (dup2(to, 3) != 3) _exit(1);
  close_range(4, ~0U, 0);
  void* loaded = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (loaded == nullptr) {
    const char* why = dlerror();
    say(3, unloadable, why == nullptr ? "" : why);
    _exit(0);
  }
  for (const char* name : needed_functions) {
    if (dlsym(loaded, name) != nullptr) continue;
    say(3, incomplete, name);
    _exit(0);
  }
  // The cell is larger than any ULONG, and poisoned: the high half tells the width (little-endian machines).
  using enum_dev = std::uintptr_t (*)(std::int32_t, char*, std::uint64_t*);
  enum_dev call = nullptr;
  void* found = dlsym(loaded, "SKF_EnumDev");
  std::memcpy(&call, &found, sizeof call);
  std::array<std::uint64_t, 8> cell{};
  cell.fill(0xA5A5A5A5A5A5A5A5U);
  (void)call(1, nullptr, cell.data());
  say(3, (cell[0] >> 32U) == 0xA5A5A5A5U ? narrow : wide, "");
  _exit(0);
}

error refused(const char* code, std::int64_t native, const std::string& why = {}) {
  error out = fail(KC_E_FAILED, code, native);
  if (!why.empty())
    out.args = nlohmann::json{{"why", why}}.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  return out;
}

/// Reads until the child closes its end. @return false when it took too long.
bool listen(int from, std::chrono::milliseconds patience, std::string& heard) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd waiting{from, POLLIN, 0};
    const int ready = poll(&waiting, 1, static_cast<int>(left.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    std::array<char, most_said + 1> piece{};
    const auto got = read(from, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return true;
    if (heard.size() <= most_said) heard.append(piece.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

result<probe_result> probe(const std::filesystem::path& library, std::chrono::milliseconds patience) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return refused("KC-MODULE-UNREADABLE", errno);
  const std::string name = library.string();
  const pid_t pid = fork();
  if (pid == 0) child(ends[1], name.c_str());
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    return refused("KC-MODULE-UNREADABLE", errno);
  }
  std::string heard;
  const bool ended = listen(ends[0], patience, heard);
  close(ends[0]);
  if (!ended) kill(pid, SIGKILL);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (!ended) return refused("KC-MODULE-HANGS", 0);
  if (WIFSIGNALED(status)) return refused("KC-MODULE-CRASHED", WTERMSIG(status));
  if (heard.empty()) return refused("KC-MODULE-CRASHED", WIFEXITED(status) ? WEXITSTATUS(status) : 0);
  if (heard[0] == unloadable) return refused("KC-MODULE-UNLOADABLE", 0, heard.substr(1));
  if (heard[0] == incomplete) return refused("KC-MODULE-INCOMPLETE", 0, heard.substr(1));
  return probe_result{heard[0] == wide};
}

}  // namespace keycare::services::skf
