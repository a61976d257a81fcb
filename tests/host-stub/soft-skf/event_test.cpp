// event_test.cpp - plugging and pulling a token wakes who waits for it.
#include <future>

#include "vendor.hpp"

namespace soft_skf_test {

class Event : public Folder {
protected:
  static std::string next() {
    std::array<char, 80> name{};
    ULONG size = name.size();
    ULONG kind = 0;
    const ULONG answer = lib().WaitForDevEvent(name.data(), &size, &kind);
    if (answer != SAR_OK) return answer == SAR_NOT_EVENTERR ? "cancelled" : "failed";
    return (kind == SKF_EVENT_INSERTED ? "+" : "-") + std::string(name.data());
  }
};

TEST_F(Event, ATokenThatComesWhileSomebodyWaitsWakesHim) {
  ASSERT_TRUE(devices().empty());
  auto waiting = std::async(std::launch::async, next);
  make_token("token");
  EXPECT_EQ(waiting.get(), "+token");
  waiting = std::async(std::launch::async, next);
  ASSERT_TRUE(admin::unplug(folder, "token").ok());
  EXPECT_EQ(waiting.get(), "-token");
}

TEST_F(Event, WhatHappenedBetweenTwoWaitsIsNotLost) {
  make_token("a");
  ASSERT_EQ(devices().size(), 1u);
  ASSERT_TRUE(admin::unplug(folder, "a").ok());
  make_token("b");
  EXPECT_EQ(next(), "-a");
  EXPECT_EQ(next(), "+b");
}

TEST_F(Event, APullAndAPlugAreBothSeenHoweverFast) {
  make_token("token");
  ASSERT_EQ(devices().size(), 1u);
  ASSERT_TRUE(admin::unplug(folder, "token").ok());
  ASSERT_TRUE(admin::plug(folder, "token").ok());
  EXPECT_EQ(next(), "-token");
  EXPECT_EQ(next(), "+token");
}

TEST_F(Event, UsingATokenIsNoEvent) {
  make_token("token");
  ASSERT_EQ(devices().size(), 1u);
  LOGGED_IN(s);
  ASSERT_NE(s.container("c"), nullptr);
  make_token("zz");
  EXPECT_EQ(next(), "+zz") << "and nothing about the other";
}

TEST_F(Event, ACancelledWaitReturnsAtOnce) {
  auto waiting = std::async(std::launch::async, next);
  // The standard's cancel reaches only a wait that is under way, so a client repeats it until its thread is back.
  while (waiting.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) lib().CancelWaitForDevEvent();
  EXPECT_EQ(waiting.get(), "cancelled");
}

TEST_F(Event, TheStateOfADeviceFollowsTheFile) {
  make_token("token");
  ULONG state = 99;
  EXPECT_EQ(lib().GetDevState(str("token"), &state), SAR_OK);
  EXPECT_EQ(state, ULONG{DEV_PRESENT_STATE});
  std::filesystem::rename(file("token"), std::filesystem::path(folder) / "elsewhere");
  EXPECT_EQ(lib().GetDevState(str("token"), &state), SAR_OK);
  EXPECT_EQ(state, ULONG{DEV_ABSENT_STATE});
}

}  // namespace soft_skf_test
