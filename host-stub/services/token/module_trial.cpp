// module_trial.cpp - the child process that loads a maker's library first, and the note of what it found.
#include "host-stub/services/token/module_trial.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "keycare/sdk/json.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

namespace keycare::services {

namespace {

constexpr std::uintmax_t max_library = 256ULL * 1024 * 1024;

// What the child says: one octet, then the word or text for people.
constexpr char good = 'g';
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
[[noreturn]] void child(int to, const char* library, const module_trial& trial) {
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
  std::string word;
  const bool passed = trial.run(loaded, word);
  say(3, passed ? good : incomplete, word.c_str());
  _exit(0);
}

error refused(const char* code, std::int64_t native, const std::string& why = {}) {
  return why.empty() ? fail(KC_E_FAILED, code, native) : fail_with(KC_E_FAILED, code, {{"why", why}}, native);
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

error refused_path(const char* code, const std::filesystem::path& path, const char* why) {
  return fail_with(KC_E_FAILED, code, {{"path", path.string()}, {"why", why == nullptr ? "" : why}});
}

bool knows(const module_trial& trial, std::string_view word) {
  return std::find(trial.words.begin(), trial.words.end(), word) != trial.words.end();
}

result<std::string> content_hash(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  if (ignored || size > max_library) return refused_path("KC-MODULE-UNREADABLE", path, "");
  std::ifstream in(path, std::ios::binary);
  // In one piece: character by character, a library of a megabyte takes longer than everything else at the start.
  octets content(size);
  in.read(reinterpret_cast<char*>(content.data()), static_cast<std::streamsize>(size));
  if (!in || in.peek() != std::ifstream::traits_type::eof()) return refused_path("KC-MODULE-UNREADABLE", path, "");
  return hex(sha256(content));
}

}  // namespace

result<std::string> try_module(const std::filesystem::path& library, const module_trial& trial,
                               std::chrono::milliseconds patience) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return refused("KC-MODULE-UNREADABLE", errno);
  const std::string name = library.string();
  const pid_t pid = fork();
  if (pid == 0) child(ends[1], name.c_str(), trial);
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
  auto word = heard.substr(1);
  if (!knows(trial, word)) return refused("KC-MODULE-CRASHED", 0);
  return word;
}

result<std::string> tried_module(const std::filesystem::path& library, const module_trial& trial,
                                 const std::filesystem::path& remembered, std::chrono::milliseconds patience) {
  const auto hash = content_hash(library);
  if (!hash) return hash.error();
  const auto note = remembered / (trial.kind + "-" + *hash);
  std::string word;
  if (std::ifstream(note) >> word && knows(trial, word)) return word;
  auto seen = try_module(library, trial, patience);
  if (!seen) return seen;
  std::error_code ignored;
  std::filesystem::create_directories(remembered, ignored);
  // A note that cannot be written costs another trial next time; half a note is no word.
  std::ofstream(note) << *seen << '\n';
  return seen;
}

result<void*> load_module(const std::filesystem::path& library) {
  void* loaded = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (loaded == nullptr) return refused_path("KC-MODULE-UNLOADABLE", library, dlerror());
  return loaded;
}

}  // namespace keycare::services
