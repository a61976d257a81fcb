// office_stage.cpp - see office_stage.hpp.
#include "office_stage.hpp"

#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdlib>

namespace keycare::window {

office_stage::office_stage(stage_options how) {
  auto pattern = (std::filesystem::temp_directory_path() / "keycare-window.XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
  office_ = must(demo::office::open(folder_, how.language, how.ra_arguments, how.tokens), "office");
  for (int number = 0; number <= how.more_tokens; ++number) {
    auto order = office_->clerk_order("token" + std::to_string(number), how.days + 100 * number);
    order.serial = "4B4300000000000" + std::to_string(number + 1);
    order.tries = how.tries;
    order.scrypt_log2_n = 4;
    if (number > 0) order.account += "-" + std::to_string(number);
    tokens_.push_back(must(office_->hand_over(order), "token"));
  }
}

office_stage::~office_stage() {
  if (office_) ::kill(office_->ra().pid(), SIGCONT);  // what is stopped cannot end
  office_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

nlohmann::json office_stage::desk(std::string_view name, const nlohmann::json& body) {
  const auto answer = office_->ra().desk(name, body);
  EXPECT_TRUE(answer.ok()) << name << ": " << (answer ? "" : answer.error().code + " " + answer.error().args);
  return answer ? *answer : nlohmann::json::object();
}

void office_stage::halt_office() {
  const auto ra = office_->ra().pid();
  ASSERT_EQ(::kill(ra, SIGSTOP), 0);
  // The signal is no more than a wish: until one of its threads has taken it, the others answer.
  siginfo_t how{};
  int waited = 0;
  while ((waited = ::waitid(P_PID, static_cast<id_t>(ra), &how, WSTOPPED)) != 0 && errno == EINTR) {
  }
  ASSERT_EQ(waited, 0);
  ASSERT_EQ(how.si_code, CLD_STOPPED);
}

void office_stage::resume_office() {
  ASSERT_EQ(::kill(office_->ra().pid(), SIGCONT), 0);
}

namespace {

void move_token(const std::filesystem::path& from, const std::filesystem::path& to, std::size_t number) {
  const auto name = "token" + std::to_string(number);
  std::filesystem::create_directory(to);
  for (const auto& entry : std::filesystem::directory_iterator(from))
    if (entry.path().stem() == name) return std::filesystem::rename(entry.path(), to / entry.path().filename());
  ADD_FAILURE() << "there is no " << name << " in " << from;
}

}  // namespace

void office_stage::unplug(std::size_t number) {
  move_token(folder_ / "tokens", folder_ / "drawer", number);
}

void office_stage::plug(std::size_t number) {
  move_token(folder_ / "drawer", folder_ / "tokens", number);
}

}  // namespace keycare::window
