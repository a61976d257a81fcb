// dates.cpp - see dates.hpp.
#include "plugins/common/dates.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace keycare::common {
namespace {

using seconds = std::chrono::sys_seconds;

seconds local(std::int64_t unix_seconds, std::int32_t utc_offset) {
  constexpr std::int64_t year_1 = -62'135'596'800;
  constexpr std::int64_t year_9999 = 253'402'300'799;
  const auto offset = std::clamp<std::int64_t>(utc_offset, -86'400, 86'400);
  return seconds(
      std::chrono::seconds(std::clamp(std::clamp(unix_seconds, year_1, year_9999) + offset, year_1, year_9999)));
}

template <class... Values>
std::string format(const char* form, Values... values) {
  std::array<char, 80> text{};
  const int size = std::snprintf(text.data(), text.size(), form, values...);
  return {text.data(), static_cast<std::size_t>(std::clamp(size, 0, static_cast<int>(text.size()) - 1))};
}

std::string date(day when) {
  const std::chrono::year_month_day ymd(when);
  return format("%04d-%02u-%02u", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                static_cast<unsigned>(ymd.day()));
}

}  // namespace

day local_day(std::int64_t unix_seconds, std::int32_t utc_offset) {
  return std::chrono::floor<std::chrono::days>(local(unix_seconds, utc_offset));
}

std::string date_text(std::int64_t unix_seconds, std::int32_t utc_offset) {
  return date(local_day(unix_seconds, utc_offset));
}

std::string date_time_text(std::int64_t unix_seconds, std::int32_t utc_offset) {
  const auto when = local(unix_seconds, utc_offset);
  const auto midnight = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::hh_mm_ss time(when - midnight);
  const int minutes = std::abs(std::clamp(utc_offset, -86'400, 86'400)) / 60;
  return date(midnight) +
         format(" %02d:%02d:%02d", static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count())) +
         format(" (UTC%c%02d:%02d)", utc_offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::int64_t calendar_days(day from, day to) {
  return (to - from).count();
}

}  // namespace keycare::common
