// test_dates_and_money.cpp - dates with their zone, days by the calendar, fen as yuan, and when to poll again.
#include "plugins/common/dates.hpp"
#include "plugins/common/money.hpp"
#include "plugins/common/polling.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace keycare::common {
namespace {

constexpr std::int32_t beijing = 8 * 3600;

TEST(Dates, StandWithTheirZone) {
  EXPECT_EQ(date_time_text(1'800'000'000, beijing), "2027-01-15 16:00:00 (UTC+08:00)");
  EXPECT_EQ(date_time_text(1'800'000'000, 0), "2027-01-15 08:00:00 (UTC+00:00)");
  EXPECT_EQ(date_time_text(1'800'000'000, -(3 * 3600 + 1800)), "2027-01-15 04:30:00 (UTC-03:30)");
  EXPECT_EQ(date_text(1'800'000'000 + 8 * 3600 - 1, beijing), "2027-01-15");
  EXPECT_EQ(date_text(1'800'000'000 + 8 * 3600, beijing), "2027-01-16");
}

TEST(Dates, OutsideOfFourDigitYearsAreCutAndNeverOverflow) {
  EXPECT_EQ(date_text(std::numeric_limits<std::int64_t>::max(), beijing), "9999-12-31");
  EXPECT_EQ(date_text(std::numeric_limits<std::int64_t>::min(), -beijing), "0001-01-01");
}

TEST(Dates, CountDaysByTheCalendar) {
  const auto evening = local_day(1'800'028'799, beijing);  // 23:59:59
  const auto midnight = local_day(1'800'028'800, beijing);
  EXPECT_EQ(calendar_days(evening, midnight), 1);
  EXPECT_EQ(calendar_days(midnight, evening), -1);
  EXPECT_EQ(calendar_days(evening, evening), 0);
}

TEST(Money, IsShownInYuanWithTwoPlaces) {
  EXPECT_EQ(yuan_text(20'000), "200.00");
  EXPECT_EQ(yuan_text(5), "0.05");
  EXPECT_EQ(yuan_text(0), "0.00");
  EXPECT_EQ(yuan_text(-105), "-1.05");
  EXPECT_EQ(yuan_text(std::numeric_limits<std::int64_t>::min()), "-92233720368547758.08");
}

TEST(Polling, FollowsTheRaOtherwiseBacksOffFromFiveSecondsToFiveMinutes) {
  EXPECT_EQ(poll_delay(17, 9, 0), 17);
  EXPECT_EQ(poll_delay({}, 0, 0), 4);
  EXPECT_EQ(poll_delay({}, 0, 255), 6);
  EXPECT_EQ(poll_delay({}, 1, 128), 10);
  EXPECT_EQ(poll_delay({}, 1'000'000'000, 0), 240);
  EXPECT_EQ(poll_delay({}, 1'000'000'000, 255), 360);
}

}  // namespace
}  // namespace keycare::common
