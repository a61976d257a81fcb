// program.cpp - see program.hpp.
#include "program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace keycare::bench {

namespace {

/// What the program gets: this process's environment with the changes of @p what.
std::vector<std::string> environment_of(const program& what) {
  std::vector<std::string> out;
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string one = *at;
    if (!what.environment.contains(one.substr(0, one.find('=')))) out.push_back(one);
  }
  for (const auto& [name, value] : what.environment) out.push_back(name + "=" + value);
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (auto& one : texts) out.push_back(one.data());
  out.push_back(nullptr);
  return out;
}

/// @p output: a descriptor that gets its standard output, or -1.
pid_t start(const program& what, int output) {
  auto command = what.command;
  auto environment = environment_of(what);
  const auto arguments = pointers(command);
  const auto variables = pointers(environment);
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (output < 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  else
    posix_spawn_file_actions_adddup2(&actions, output, 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = posix_spawn(&child, command[0].c_str(), &actions, nullptr, arguments.data(), variables.data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw cannot_measure(command[0] + ": " + std::strerror(failed));
  return child;
}

void wait_for(const program& what, pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) throw cannot_measure(what.command[0] + " cannot be waited for");
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw cannot_measure(what.command[0] + " failed (status " + std::to_string(status) + ")");
}

}  // namespace

std::string output_of(const program& what) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw cannot_measure("no pipe");
  const pid_t child = start(what, ends[1]);
  close(ends[1]);
  std::string out;
  std::array<char, 65536> piece{};
  for (ssize_t got = 0; (got = read(ends[0], piece.data(), piece.size())) > 0;)
    out.append(piece.data(), static_cast<std::size_t>(got));
  close(ends[0]);
  wait_for(what, child);
  return out;
}

double run_time(const program& what) {
  return seconds_of([&] { wait_for(what, start(what, -1)); });
}

std::string find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');)
    if (const auto file = std::filesystem::path(folder) / name; access(file.c_str(), X_OK) == 0) return file.string();
  return {};
}

running_program::running_program(const program& what) : process_(start(what, -1)) {}

running_program::~running_program() {
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

std::size_t running_program::peak_memory() const {
  std::ifstream status("/proc/" + std::to_string(process_) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
  throw cannot_measure("a program ended before its memory was read");
}

}  // namespace keycare::bench
