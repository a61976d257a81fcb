// demo_test.cpp - ./dev demo tells the truth in both languages, and no secret of its cast is found anywhere afterwards.
#include "office_kit.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

namespace keycare::e2e {
namespace {

namespace cast = demo::cast;

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string hex(std::string_view text) {
  std::string out;
  for (const char c : text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += digits[static_cast<unsigned char>(c) >> 4U];
    out += digits[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

/// base64 of a text somewhere in the middle of other octets: what is the same whatever stands around it.
std::vector<std::string> base64_cores(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<std::string> out;
  for (std::size_t shift = 0; shift < 3; ++shift) {
    std::string core;
    for (std::size_t at = (3 - shift) % 3; at + 3 <= text.size(); at += 3) {
      const auto octet = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i]));
      };
      const auto group = octet(0) << 16U | octet(1) << 8U | octet(2);
      for (const unsigned move : {18U, 12U, 6U, 0U}) core += alphabet[(group >> move) & 63U];
    }
    out.push_back(core);
  }
  return out;
}

class demo_story : public testing::TestWithParam<const char*> {
protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "keycare-story.XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  std::filesystem::path folder_;
};

TEST_P(demo_story, EveryCheckOfItHolds) {
  const auto host = demo::find_built_files().program.string();
  const auto told = run_program({host, "demo", "--json", "--lang", GetParam(), "--keep", (folder_ / "kept").string()});
  ASSERT_EQ(told.exit, 0) << told.out.substr(0, 4000) << told.err;
  const auto story = nlohmann::json::parse(told.out);
  EXPECT_EQ(story["ok"], true);
  EXPECT_EQ(story["failures"], 0);
  EXPECT_GE(story["checks"].get<int>(), 25);

  // The canaries: PINs and personal data of the cast, in the client's files, logs and output, as they are and encoded.
  // The RA's own database is excepted; so is the CA's counter, which is not the client.
  std::map<std::string, std::string> places{{"standard output", told.out}, {"standard error", told.err}};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / "kept")) {
    const auto path = std::filesystem::relative(entry.path(), folder_ / "kept");
    if (entry.is_regular_file() && *path.begin() != "ra") places[path.string()] = content_of(entry.path());
  }
  ASSERT_TRUE(places.contains("client/log/client.log"));
  ASSERT_TRUE(places.contains("client/log/audit.log"));
  ASSERT_TRUE(places.contains("client/store/store.db"));
  for (const auto canary : {cast::pin, cast::wrong_pin, cast::new_pin, cast::admin_pin, cast::id_number, cast::phone}) {
    std::vector<std::string> shapes = base64_cores(canary);
    shapes.emplace_back(canary);
    shapes.push_back(hex(canary));
    for (const auto& [where, text] : places)
      for (const auto& shape : shapes) EXPECT_EQ(text.find(shape), std::string::npos) << canary << " is in " << where;
  }
  // The search itself can find something: the applicant's company is in what was shown.
  EXPECT_NE(told.out.find(cast::company), std::string::npos);
}

/// Whether a process has @p text in its arguments.
bool anybody_runs(const std::string& text) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
    std::string arguments = content_of(entry.path() / "cmdline");
    std::replace(arguments.begin(), arguments.end(), '\0', ' ');
    if (arguments.find(text) != std::string::npos) return true;
  }
  return false;
}

TEST(DemoInterrupted, LeavesNoFileAndNoProcess) {
  std::string pattern = testing::TempDir() + "keycare-stop.XXXXXX";
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  const std::filesystem::path folder = pattern;
  for (const int signal : {SIGINT, SIGTERM}) {
    auto host = demo::find_built_files().program.string();
    const pid_t child = fork();
    if (child == 0) {
      setenv("TMPDIR", folder.c_str(), 1);
      (void)!freopen("/dev/null", "w", stdout);
      execl(host.c_str(), host.c_str(), "demo", nullptr);
      _exit(127);
    }
    // Until its RA serves: then there is a folder, a child, and a story under way.
    bool begun = false;
    for (int look = 0; look < 300 && !begun; ++look) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      for (const auto& entry : std::filesystem::directory_iterator(folder))
        begun = begun || std::filesystem::exists(entry.path() / "ra" / "ready.json");
    }
    ASSERT_TRUE(begun);
    EXPECT_TRUE(anybody_runs(folder.string()));
    kill(child, signal);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 3) << status;
    EXPECT_TRUE(std::filesystem::is_empty(folder)) << "its state is left behind";
    EXPECT_FALSE(anybody_runs(folder.string())) << "its RA is left behind";
  }
  std::filesystem::remove_all(folder);
}

TEST(demo_office, IsOpenedAgainWhereItWasLeft) {
  auto pattern = (std::filesystem::temp_directory_path() / "keycare-office.XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(pattern.data());
  EXPECT_FALSE(demo::office::reopen(folder, {}).ok()) << "there is none yet";
  std::string url;
  {
    auto first = demo::office::open(folder, "zh-CN", {});
    ASSERT_TRUE(first.ok()) << first.error().code;
    ASSERT_TRUE((*first)->hand_over((*first)->clerk_order("clerk", 25)).ok());
    url = (*first)->ra().url();
  }
  {
    auto again = demo::office::reopen(folder, {});
    ASSERT_TRUE(again.ok()) << again.error().code << again.error().args;
    EXPECT_EQ((*again)->ra().url(), url) << "payment pages of before are still good";
    const auto host = demo::find_built_files().program.string();
    const auto listed =
        run_program({host, "run", "validity", "list", "--json", "--config", (*again)->config_file().string()});
    ASSERT_EQ(listed.exit, 0) << listed.out << listed.err;
    const auto reply = nlohmann::json::parse(listed.out);
    EXPECT_EQ(reply["data"]["certificates"].size(), 1u) << "and so is the token: " << listed.out;
  }
  std::filesystem::remove_all(folder);
}

TEST(demo_story_pkcs11, EveryCheckOfItHoldsOnSoftHsm) {
  if (demo::find_built_files().softhsm.empty()) GTEST_SKIP() << "SoftHSM 2 (package softhsm2) is not installed";
  const auto host = demo::find_built_files().program.string();
  const auto told = run_program({host, "demo", "--json", "--backend", "pkcs11"});
  ASSERT_EQ(told.exit, 0) << told.out.substr(0, 4000) << told.err;
  const auto story = nlohmann::json::parse(told.out);
  EXPECT_EQ(story["failures"], 0);
  EXPECT_GE(story["checks"].get<int>(), 25);
  for (const auto canary : {cast::pin, cast::wrong_pin, cast::new_pin, cast::admin_pin})
    EXPECT_EQ(told.out.find(canary), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(InBothLanguages, demo_story, testing::Values("zh-CN", "en"));

}  // namespace
}  // namespace keycare::e2e
