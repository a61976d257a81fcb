// child_process.cpp - see child_process.hpp.
#include "child_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace keycare::test {

child_process::child_process(const std::vector<std::string>& program, const std::filesystem::path& log) {
  std::vector<char*> arguments;
  arguments.reserve(program.size() + 1);
  for (const auto& one : program) arguments.push_back(const_cast<char*>(one.c_str()));
  arguments.push_back(nullptr);
  const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    dup2(out, 1);
    dup2(out, 2);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  close(out);
}

bool child_process::runs() {
  if (pid_ > 0 && waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
  return pid_ > 0;
}

bool child_process::succeeds() {
  int status = 0;
  const bool ended = pid_ > 0 && waitpid(pid_, &status, 0) == pid_;
  pid_ = -1;
  return ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

child_process::~child_process() {
  if (!runs()) return;
  kill(pid_, SIGTERM);
  for (int i = 0; i < 40 && runs(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  if (!runs()) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

}  // namespace keycare::test
