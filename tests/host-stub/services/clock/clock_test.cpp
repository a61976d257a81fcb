// clock_test.cpp - clocks that are moved, timers as values, and the table in front of them.
#include "keycare/abi/clock.h"
#include "host-stub/services/clock/clock_service.hpp"
#include "host-stub/services/clock/timer_queue.hpp"
#include "keycare/sdk/view.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace keycare::services {
namespace {

TEST(SystemTime, IsMovedByItsOffsetAndByTheFile) {
  const scratch_folder scratch;
  const auto file = scratch.path() / "offset";
  system_time moved(1000, file);
  const system_time real;
  EXPECT_NEAR(static_cast<double>(moved.wall_seconds() - real.wall_seconds()), 1000, 2);
  std::ofstream(file) << "500\n";
  EXPECT_NEAR(static_cast<double>(moved.wall_seconds() - real.wall_seconds()), 1500, 2);
  moved.set_offset(-10);
  EXPECT_NEAR(static_cast<double>(moved.wall_seconds() - real.wall_seconds()), 490, 2);
  std::ofstream(file) << "soon";
  EXPECT_NEAR(static_cast<double>(moved.wall_seconds() - real.wall_seconds()), -10, 2);
}

TEST(ManualTime, StandsUntilItIsMovedAndTellsWhoWaits) {
  manual_time time(1'000);
  int told = 0;
  const auto subscription = time.on_jump([&] { ++told; });
  const auto before = time.monotonic_ns();
  time.advance(5);
  EXPECT_EQ(time.wall_seconds(), 1'005);
  EXPECT_EQ(time.monotonic_ns() - before, 5'000'000'000);
  time.ignore_jumps(subscription);
  time.advance(1);
  EXPECT_EQ(told, 1);
}

TEST(TimerQueue, GivesWhatIsDueTheEarliestFirstAndOnce) {
  timer_queue timers;
  ASSERT_TRUE(timers.set("late", 30).ok());
  ASSERT_TRUE(timers.set("soon", 20).ok());
  ASSERT_TRUE(timers.set("first", 10).ok());
  EXPECT_EQ(timers.next(), 10);
  EXPECT_EQ(timers.take_due(25), (std::vector<std::string>{"first", "soon"}));
  EXPECT_TRUE(timers.take_due(25).empty());
  ASSERT_TRUE(timers.set("late", 40).ok());  // replaced, not doubled
  EXPECT_TRUE(timers.take_due(30).empty());
  timers.cancel("late");
  EXPECT_FALSE(timers.next().has_value());
}

TEST(TimerQueue, RefusesTheTwoHundredAndFiftySeventh) {
  timer_queue timers;
  for (int at = 0; at < 256; ++at) ASSERT_TRUE(timers.set(std::to_string(at), at).ok());
  EXPECT_EQ(timers.set("one more", 1).error().code, "KC-CLOCK-TIMERS");
  EXPECT_TRUE(timers.set("7", 1).ok());
  EXPECT_EQ(timers.set("", 1).error().status, KC_E_ARGUMENT);
}

TEST(ClockService, GivesTheHostsTimeAndSaysWhenThereAreNoTimers) {
  const manual_time time(1'234, 28'800);
  const auto service = make_clock_service(time, nullptr);
  const auto& table = *reinterpret_cast<const kc_clock_service*>(service->table());
  EXPECT_EQ(table.now(&table), 1'234);
  EXPECT_EQ(table.monotonic(&table), time.monotonic_ns());
  EXPECT_EQ(table.utc_offset(&table, 0), 28'800);
  auto why = sized<kc_error>();
  EXPECT_EQ(table.set_timer(&table, borrow("poll"), 5, &why), KC_E_UNSUPPORTED);
  EXPECT_STREQ(why.code, "KC-CLOCK-NO-TIMERS");
}

}  // namespace
}  // namespace keycare::services
