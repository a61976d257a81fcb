// quotes.cpp - fee and new end.
#include "quotes.hpp"

#include <algorithm>
#include <chrono>

namespace keycare::dev_ra {

bool is_offered(std::int64_t months) {
  return std::find(terms.begin(), terms.end(), months) != terms.end();
}

std::int64_t fee_fen(std::int64_t months) {
  return fen_a_year * months / 12;
}

std::int64_t new_end(std::int64_t old_end, std::int64_t months) {
  using namespace std::chrono;
  const sys_seconds end{seconds{old_end}};
  const auto midnight = floor<days>(end);
  year_month_day date{midnight};
  date += std::chrono::months{months};
  if (!date.ok()) date = date.year() / date.month() / last;
  return duration_cast<seconds>((sys_days{date} + (end - midnight)).time_since_epoch()).count();
}

}  // namespace keycare::dev_ra
