// calendar.cpp - see calendar.hpp.
#include "plugins/validity/core/calendar.hpp"

#include "plugins/common/catalogue.hpp"

#include <algorithm>

namespace keycare::validity {
namespace {

constexpr std::size_t most_octets = 75;

/// "2027-01-15 07:59:59 (...)" as "20270115T075959", "2027-01-15" as "20270115".
std::string compact(std::string_view date_time) {
  std::string out;
  for (const char c : date_time.substr(0, 19)) {
    if (c == ' ') out += 'T';
    if (c >= '0' && c <= '9') out += c;
  }
  return out;
}

std::string utc(std::int64_t unix_seconds) {
  return compact(common::date_time_text(unix_seconds, 0)) + "Z";
}

std::string date(common::day when) {
  return compact(common::date_text(std::chrono::sys_seconds(when).time_since_epoch().count(), 0));
}

}  // namespace

std::string folded(std::string_view line) {
  std::string out;
  std::size_t room = most_octets;
  while (line.size() > room) {
    auto cut = room;
    // Continuation octets of UTF-8 are 10xxxxxx; a character has at most three of them. Broken text is cut anywhere.
    while (cut > room - 3 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = most_octets - 1;  // the blank belongs to the piece
  }
  return out.append(line).append("\r\n");
}

std::string text_value(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

std::string calendar(std::span<const calendar_event> events, std::int64_t now, std::string_view language) {
  std::string out;
  const auto put = [&](std::string_view line) { out += folded(line); };
  put("BEGIN:VCALENDAR");
  put("VERSION:2.0");
  put(common::is_english(language) ? "PRODID:-//Keycare//Validity//EN" : "PRODID:-//Keycare//Validity//ZH");
  for (const auto& event : events) {
    const auto summary = text_value(event.summary);
    put("BEGIN:VEVENT");
    put("UID:" + text_value(event.uid));
    put("DTSTAMP:" + utc(now));
    put("DTSTART;VALUE=DATE:" + date(event.when));
    put("SUMMARY:" + summary);
    put("DESCRIPTION:" + text_value(event.description));
    put("TRANSP:TRANSPARENT");  // a day with it is not a day that is taken
    for (const int days : event.alarm_days) {
      put("BEGIN:VALARM");
      put("ACTION:DISPLAY");
      put("DESCRIPTION:" + summary);
      // Reckoned from the day's first second: the day before, so many hours earlier.
      put("TRIGGER:-P" + std::to_string(std::max(days, 1) - 1) + "DT" + std::to_string(24 - alarm_hour) + "H");
      put("END:VALARM");
    }
    put("END:VEVENT");
  }
  put("END:VCALENDAR");
  return out;
}

}  // namespace keycare::validity
