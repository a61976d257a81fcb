// screen.cpp - see screen.hpp.
#include "screen.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace keycare::window {

screen::screen() {
  int told[2];
  if (pipe(told) != 0) throw std::runtime_error("no pipe for Xvfb");
  server_ = fork();
  if (server_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(told[0]);
    const auto where = std::to_string(told[1]);
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
    execlp("Xvfb", "Xvfb", "-displayfd", where.c_str(), "-screen", "0", "2560x2048x24", "-nolisten", "tcp", "-noreset",
           static_cast<char*>(nullptr));
    _exit(127);
  }
  close(told[1]);
  std::string number;
  pollfd said{told[0], POLLIN, 0};
  char one = 0;
  while (poll(&said, 1, 20'000) > 0 && read(told[0], &one, 1) == 1 && one != '\n') number += one;
  close(told[0]);
  if (number.empty()) throw std::runtime_error("Xvfb (package xvfb) does not start");
  setenv("DISPLAY", (":" + number).c_str(), 1);
}

screen::~screen() {
  kill(server_, SIGTERM);
  waitpid(server_, nullptr, 0);
}

}  // namespace keycare::window
