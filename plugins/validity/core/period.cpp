// period.cpp - see period.hpp.
#include "plugins/validity/core/period.hpp"

#include "plugins/common/dates.hpp"
#include "plugins/common/ra_client.hpp"

namespace keycare::validity {

std::string_view state_name(period_state state) {
  switch (state) {
    case period_state::not_yet_valid:
      return "not-yet-valid";
    case period_state::ending_soon:
      return "ending-soon";
    case period_state::ended:
      return "ended";
    case period_state::valid:
      break;
  }
  return "valid";
}

period judge(std::int64_t not_before, std::int64_t not_after, std::int64_t now, std::int32_t offset_now,
             std::int32_t offset_end, std::int64_t soon_days) {
  period out;
  out.days_left = common::calendar_days(common::local_day(now, offset_now), common::local_day(not_after, offset_end));
  if (now > not_after)
    out.state = period_state::ended;
  else if (now < not_before)
    out.state = period_state::not_yet_valid;
  else if (out.days_left <= soon_days)
    out.state = period_state::ending_soon;
  return out;
}

bool clock_report::wrong() const {
  return ra && common::clocks_disagree(computer, *ra);
}

}  // namespace keycare::validity
