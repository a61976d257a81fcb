// hostile_test.cpp - a maker's library that crashes, hangs or lies: a sentence for it, and the host goes on.
#include "host-stub/services/token/skf/library.hpp"
#include "hostile_registry.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"

#include <cstdlib>
#include <fstream>

namespace keycare::services {
namespace {

using namespace std::chrono_literals;

class Hostile : public testing::Test {
protected:
  result<std::shared_ptr<token_module>> load(const char* mode, std::chrono::milliseconds patience = 10s) {
    setenv("KEYCARE_HOSTILE", mode, 1);
    return skf::load({"hostile", KEYCARE_HOSTILE_PATH, ulong_width::automatic}, folder_.path() / "modules", patience);
  }
  /// The code of what listing the tokens comes to, once the library behaved while it was loaded.
  std::string listing_with(const char* mode) {
    auto module = load("kind");
    EXPECT_TRUE(module.ok());
    setenv("KEYCARE_HOSTILE", mode, 1);
    const auto tokens = (*module)->tokens();
    if (!tokens) return tokens.error().code;
    return tokens->left_out.empty() ? "" : tokens->left_out.front().code;
  }
  scratch_folder folder_;
};

TEST_F(Hostile, ACrashInItsStartIsFoundOutInAChild) {
  EXPECT_EQ(load("crash-in-start").error().code, "KC-MODULE-CRASHED");
}
TEST_F(Hostile, LeavingInItsStartIsFoundOut) {
  EXPECT_EQ(load("exit-in-start").error().code, "KC-MODULE-CRASHED");
}
TEST_F(Hostile, ACrashInItsFirstCallIsFoundOut) {
  EXPECT_EQ(load("crash").error().code, "KC-MODULE-CRASHED");
}
TEST_F(Hostile, HangingInItsFirstCallIsFoundOut) {
  EXPECT_EQ(load("hang", 200ms).error().code, "KC-MODULE-HANGS");
}
TEST_F(Hostile, AFileThatIsNoLibraryIsRefusedWithTheLoadersWords) {
  const auto path = folder_.path() / "no-library.so";
  std::ofstream(path) << std::string(4096, 'x');
  const auto module = skf::load({"text", path, ulong_width::automatic}, folder_.path() / "modules");
  EXPECT_EQ(module.error().code, "KC-MODULE-UNLOADABLE");
  EXPECT_NE(module.error().args.find("ELF"), std::string::npos);
}
TEST_F(Hostile, AMissingLibraryIsUnreadable) {
  EXPECT_EQ(skf::load({"none", folder_.path() / "none.so", ulong_width::automatic}, folder_.path()).error().code,
            "KC-MODULE-UNREADABLE");
}
TEST_F(Hostile, AGoodProbeIsRemembered) {
  ASSERT_TRUE(load("kind").ok());
  EXPECT_TRUE(load("crash").ok());  // Not probed again: the same content.
}

TEST_F(Hostile, AListThatNeverEndsIsDamaged) {
  EXPECT_EQ(listing_with("endless-list"), "KC-TOKEN-DAMAGED");
}
TEST_F(Hostile, AListThatGrowsWithEveryQuestionIsDamaged) {
  EXPECT_EQ(listing_with("grows"), "KC-TOKEN-DAMAGED");
}
TEST_F(Hostile, AListOfFourGigabytesIsDamaged) {
  EXPECT_EQ(listing_with("huge"), "KC-TOKEN-DAMAGED");
}
TEST_F(Hostile, ALengthLongerThanTheBufferIsDamaged) {
  EXPECT_EQ(listing_with("lies-about-length"), "KC-TOKEN-DAMAGED");
}
TEST_F(Hostile, WritingBehindTheBufferIsNoticed) {
  EXPECT_EQ(listing_with("writes-too-far"), "KC-TOKEN-DAMAGED");
}
TEST_F(Hostile, AHandleThatIsNoneIsDamaged) {
  EXPECT_EQ(listing_with("null-handle"), "KC-TOKEN-DAMAGED");
}

TEST_F(Hostile, RetryCountsThatCannotBeTrueAreUnknown) {
  auto module = load("kind");
  ASSERT_TRUE(module.ok());
  const auto tokens = (*module)->tokens();
  ASSERT_TRUE(tokens.ok());
  ASSERT_EQ(tokens->items.size(), 1u);
  EXPECT_FALSE(tokens->items.front().pin.remaining.has_value());
  EXPECT_EQ(tokens->items.front().pin.source, "none");
  EXPECT_EQ(tokens->items.front().token.serial, std::string(32, 'M'));
}

TEST_F(Hostile, RubbishForACertificateIsLeftOutAndTheHostGoesOn) {
  auto module = load("kind");
  ASSERT_TRUE(module.ok());
  expect_rubbish_left_out(std::move(*module), folder_.path() / "locks");
}

TEST_F(Hostile, ALibraryThatHangsLaterIsSetAsideAndListedAsBusy) {
  auto module = load("kind");
  ASSERT_TRUE(module.ok());
  expect_set_aside(std::move(*module), folder_.path() / "locks", [] { setenv("KEYCARE_HOSTILE", "hang", 1); });
}

}  // namespace
}  // namespace keycare::services
