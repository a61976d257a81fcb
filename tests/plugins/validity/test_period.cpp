// test_period.cpp - whether a certificate is good, to the second and to the day.
#include "plugins/validity/core/period.hpp"
#include "plugins/validity/core/texts.hpp"
#include "plugins/validity/core/view.hpp"

#include <gtest/gtest.h>

namespace keycare::validity {
namespace {

constexpr std::int32_t beijing = 8 * 3600;
constexpr std::int64_t day = 86'400;
constexpr std::int64_t from = 1'700'000'000;
constexpr std::int64_t until = 1'800'000'000;  // 2027-01-15 16:00:00 in Beijing

period at(std::int64_t now, std::int64_t soon = default_soon_days) {
  return judge(from, until, now, beijing, beijing, soon);
}

TEST(Period, BothEndsBelongToTheValidity) {
  EXPECT_EQ(at(from - 1).state, period_state::not_yet_valid);
  EXPECT_EQ(at(from).state, period_state::valid);
  EXPECT_EQ(at(until).state, period_state::ending_soon);
  EXPECT_EQ(at(until + 1).state, period_state::ended);
}

TEST(Period, DaysAreThoseOfTheCalendarNotOfTwentyFourHours) {
  EXPECT_EQ(at(until - 25 * day).days_left, 25);
  EXPECT_EQ(at(until - 25 * day + 3600).days_left, 25);
  EXPECT_EQ(at(until - 16 * 3600).days_left, 0);      // 00:00 of the last day
  EXPECT_EQ(at(until - 16 * 3600 - 1).days_left, 1);  // one second before
  EXPECT_EQ(at(until + 9 * 3600).days_left, -1);
}

TEST(Period, EndsSoonFromNinetyDaysOnOrFromWhereItIsAsked) {
  EXPECT_EQ(at(until - 91 * day).state, period_state::valid);
  EXPECT_EQ(at(until - 90 * day).state, period_state::ending_soon);
  EXPECT_EQ(at(until - 31 * day, 30).state, period_state::valid);
  EXPECT_EQ(at(until - 30 * day, 30).state, period_state::ending_soon);
}

TEST(Clock, IsWrongFromMoreThanFiveMinutes) {
  EXPECT_FALSE((clock_report{1000, 1300}.wrong()));
  EXPECT_TRUE((clock_report{1000, 1301}.wrong()));
  EXPECT_TRUE((clock_report{1301, 1000}.wrong()));
  EXPECT_FALSE((clock_report{1000, {}}.wrong()));
  EXPECT_EQ((clock_report{1000, 5000}.now()), 5000);
}

TEST(Pem, HasLinesOfSixtyFour) {
  const octets der(100, 0);
  const auto pem = certificate_pem(der);
  EXPECT_TRUE(pem.starts_with("-----BEGIN CERTIFICATE-----\nAAAA"));
  EXPECT_TRUE(pem.ends_with("=\n-----END CERTIFICATE-----\n"));
  EXPECT_EQ(pem.find('\n', 28) - 28, 64U);
}

TEST(Texts, HaveBothLanguages) {
  const auto all = texts();
  for (const auto table : all.tables()) {
    for (const auto& one : table) EXPECT_FALSE(one.zh.empty() || one.en.empty()) << one.code;
  }
}

}  // namespace
}  // namespace keycare::validity
