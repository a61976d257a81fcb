// office_kit.cpp - see office_kit.hpp.
#include "office_kit.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <sstream>
#include <thread>

namespace keycare::e2e {
namespace {

struct pipe_ends {
  int read = -1;
  int write = -1;
};

pipe_ends make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) ADD_FAILURE() << "no pipe";
  return {ends[0], ends[1]};
}

/// SoftHSM reads its configuration once; the next office of this process has another one.
void forget_softhsm() {
  void* library = dlopen(demo::find_built_files().softhsm.c_str(), RTLD_NOW | RTLD_NOLOAD);
  unsigned long (*finalize)(void*) = nullptr;
  void* found = library == nullptr ? nullptr : dlsym(library, "C_Finalize");
  std::memcpy(&finalize, &found, sizeof finalize);
  if (finalize != nullptr) finalize(nullptr);
}

void write_and_close(int fd, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const auto some = write(fd, text.data() + done, text.size() - done);
    if (some <= 0) break;
    done += static_cast<std::size_t>(some);
  }
  close(fd);
}

}  // namespace

outcome run_program(const std::vector<std::string>& arguments, const std::string& input,
                    const std::vector<std::string_view>& pins, const std::map<std::string, std::string>& environment,
                    const interruption& meanwhile) {
  const auto in = make_pipe();
  const auto out = make_pipe();
  const auto err = make_pipe();
  const auto pin = make_pipe();
  std::vector<std::string> owned = arguments;
  std::vector<char*> argv;
  for (auto& one : owned) argv.push_back(one.data());
  argv.push_back(nullptr);
  signal(SIGPIPE, SIG_IGN);
  const pid_t child = fork();
  if (child == 0) {
    dup2(in.read, 0);
    dup2(out.write, 1);
    dup2(err.write, 2);
    dup2(pin.read, 3);
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    execv(argv[0], argv.data());
    _exit(127);
  }
  for (const int fd : {in.read, out.write, err.write, pin.read}) close(fd);
  std::string lines;
  for (const auto& one : pins) lines.append(one).push_back('\n');
  write_and_close(pin.write, lines);
  std::thread feeder([&] { write_and_close(in.write, input); });
  outcome result;
  using clock = std::chrono::steady_clock;
  bool acts = meanwhile.act != nullptr;
  const auto moment = clock::now() + meanwhile.after;
  const auto until_then = [&] {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(moment - clock::now()).count();
    return acts ? static_cast<int>(std::max<std::int64_t>(left, 0)) : -1;
  };
  std::array<pollfd, 2> open{pollfd{out.read, POLLIN, 0}, pollfd{err.read, POLLIN, 0}};
  std::array<std::string*, 2> texts{&result.out, &result.err};
  while (open[0].fd >= 0 || open[1].fd >= 0) {
    const int ready = poll(open.data(), open.size(), until_then());
    if (acts && clock::now() >= moment) {
      acts = false;
      meanwhile.act(child);
    }
    if (ready <= 0) continue;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (open[i].fd < 0 || open[i].revents == 0) continue;
      std::array<char, 4096> buffer{};
      const auto some = read(open[i].fd, buffer.data(), buffer.size());
      if (some > 0) {
        texts[i]->append(buffer.data(), static_cast<std::size_t>(some));
      } else {
        close(open[i].fd);
        open[i].fd = -1;
      }
    }
  }
  feeder.join();
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status)) result.exit = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  return result;
}

std::vector<nlohmann::json> replies_of(const outcome& ended) {
  std::vector<nlohmann::json> out;
  std::istringstream lines(ended.out);
  for (std::string line; std::getline(lines, line) && !lines.eof();) {  // a killed program leaves half a line
    auto one = nlohmann::json::parse(line, nullptr, false);
    EXPECT_FALSE(one.is_discarded()) << line;
    out.push_back(std::move(one));
  }
  return out;
}

void office_test::SetUp() {
  std::string pattern = testing::TempDir() + "keycare-e2e.XXXXXX";
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  folder_ = pattern;
  auto opened =
      demo::office::open(folder_, "zh-CN", {"--review-by-hand", "--step-delay", "0", "--provider-delay", "0"}, kind());
  ASSERT_TRUE(opened.ok()) << opened.error().code << opened.error().args;
  office_ = *std::move(opened);
  config_ = office_->config_file();
  auto order = office_->clerk_order("clerk", 25);
  order.scrypt_log2_n = 4;
  order.algorithm = algorithm();
  auto made = office_->hand_over(order);
  ASSERT_TRUE(made.ok()) << made.error().code << made.error().args;
  token_ = *std::move(made);
}

void office_test::TearDown() {
  office_.reset();
  if (kind() == demo::token_kind::pkcs11) forget_softhsm();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::vector<std::string> office_test::command_line(const std::vector<std::string>& arguments,
                                                   const nlohmann::json& input) const {
  std::vector<std::string> all{office_->files().program.string(), "run"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  all.insert(all.end(), {"--config", config_.string(), "--json", "--pin-fd", "3"});
  if (!input.is_null()) all.insert(all.end(), {"--input", "-"});
  return all;
}

std::vector<nlohmann::json> office_test::run(const std::vector<std::string>& arguments, const nlohmann::json& input,
                                             const std::vector<std::string_view>& pins) {
  last_ = run_program(command_line(arguments, input), input.is_null() ? std::string{} : input.dump(), pins,
                      environment_, meanwhile_);
  return replies_of(last_);
}

nlohmann::json office_test::application() {
  const auto replies = run({"renewal", "agreement"});
  if (replies.size() != 1 || !replies[0].contains("data")) {
    ADD_FAILURE() << last_.out << last_.err;
    return {};
  }
  const auto& documents = replies[0]["data"];
  return {{"account", demo::cast::account},
          {"months", 12},
          {"accept_agreement", documents["agreement"]["sha256"]},
          {"accept_personal_data", documents["personal_data"]["sha256"]},
          {"acknowledge_bids", true},
          {"form",
           {{"id_type", "resident-id"},
            {"id_number", demo::cast::id_number},
            {"name", demo::cast::clerk},
            {"address", demo::cast::address},
            {"phone", demo::cast::phone},
            {"email", demo::cast::email}}}};
}

nlohmann::json office_test::invoice() const {
  return {{"kind", "enterprise"},
          {"title", demo::cast::company},
          {"taxpayer_number", demo::cast::taxpayer_number},
          {"email", demo::cast::email}};
}

nlohmann::json office_test::until(const std::string& uuid, const std::string& state,
                                  const std::vector<std::string_view>& pins) {
  for (int look = 0; look < 30; ++look) {
    const auto replies = run({"renewal", "continue", "--order", uuid}, nullptr, pins);
    if (replies.empty() || !replies.back().contains("data")) {
      ADD_FAILURE() << last_.out << last_.err;
      return {};
    }
    const auto& order = replies.back()["data"]["order"];
    if (order["state"] == state) return order;
    const auto after = replies.back().value("next", nlohmann::json::object()).value("after_seconds", std::int64_t{1});
    // What the RA asks for; a moment, because this RA's own delays are zero.
    std::this_thread::sleep_for(std::chrono::milliseconds(after > 0 ? 200 : 0));
  }
  ADD_FAILURE() << "the order never became " << state;
  return {};
}

}  // namespace keycare::e2e
