// test_unlock_resume.cpp - the process dies before and after every effect, and the unlock still ends well.
#include "unlock_bench.hpp"

#include <gtest/gtest.h>

namespace keycare::unlock {
namespace {

using fakes::bench;

TEST(UnlockResume, ReachesTheEndFromEveryPointAtWhichTheProcessCanDie) {
  bench whole;
  ASSERT_EQ(whole.play(), "closed");
  const int effects = whole.host->fate.effects;
  ASSERT_GT(effects, 30);
  for (int at = 0; at < effects; ++at) {
    bench one({at});
    EXPECT_EQ(one.play(), "closed") << "died at effect " << at;
    EXPECT_EQ(one.ra.state, "done") << at;
    EXPECT_FALSE(one.device.locked) << at;
    EXPECT_EQ(one.ra.applications, 1) << at;
    EXPECT_LE(one.ra.redemptions.size(), 2U) << at;
    EXPECT_EQ(one.disk.size(), 1U) << at;
  }
}

TEST(UnlockResume, TwoDeathsAreNoWorse) {
  bench whole;
  ASSERT_EQ(whole.play(), "closed");
  const int effects = whole.host->fate.effects;
  for (int first = 0; first < effects; first += 5) {
    for (int second = 0; second < effects; second += 5) {
      bench one({second, first});
      EXPECT_EQ(one.play(), "closed") << first << " " << second;
      EXPECT_EQ(one.ra.state, "done") << first << " " << second;
      EXPECT_EQ(one.ra.applications, 1) << first << " " << second;
      EXPECT_LE(one.ra.redemptions.size(), 3U) << first << " " << second;
    }
  }
}

TEST(UnlockResume, EveryLostAnswerIsMadeGood) {
  bench whole;
  ASSERT_EQ(whole.play(), "closed");
  const auto requests = whole.host->http.sent.size();
  for (std::size_t lost = 0; lost < requests; ++lost) {
    bench one;
    std::size_t count = 0;
    one.host->http.on_send = [&](const http_request& request) -> result<http_response> {
      if (count++ == lost) one.ra.lost_answers = 1;
      return one.ra.serve(request);
    };
    std::string last;
    for (int i = 0; i < 3 && one.ra.state != "done"; ++i) last = one.play();
    EXPECT_EQ(one.ra.state, "done") << lost << " " << last;
    EXPECT_EQ(one.ra.applications, 1) << lost;
    EXPECT_EQ(one.ra.redemptions.size(), 1U) << lost;
  }
}

}  // namespace
}  // namespace keycare::unlock
