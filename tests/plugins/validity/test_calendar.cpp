// test_calendar.cpp - the calendar file, read back as a calendar reads it: unfolded, and property by property.
#include "plugins/common/utf8.hpp"
#include "plugins/validity/core/calendar.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace keycare::validity {
namespace {

using namespace std::chrono_literals;

/// The content lines of @p text (RFC 5545 section 3.1). Fails on a piece over 75 octets, a split character or a bare
/// line end.
std::vector<std::string> unfold(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    if (end == std::string_view::npos) {
      ADD_FAILURE() << "the last line has no end";
      break;
    }
    const auto piece = text.substr(0, end);
    EXPECT_LE(piece.size(), 75U) << piece;
    EXPECT_TRUE(common::decode_utf8(piece)) << "a character is split: " << piece;
    EXPECT_EQ(piece.find_first_of("\r\n"), std::string_view::npos);
    if (piece.starts_with(" ") && !lines.empty())
      lines.back() += piece.substr(1);
    else
      lines.emplace_back(piece);
    text.remove_prefix(end + 2);
  }
  return lines;
}

/// A TEXT value as a reader takes it.
std::string unescaped(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) {
      ++i;
      out += value[i] == 'n' || value[i] == 'N' ? '\n' : value[i];
    } else {
      EXPECT_TRUE(value[i] != ';' && value[i] != ',') << value;
      out += value[i];
    }
  }
  return out;
}

/// The values of every property of that name, parameters included in the name.
std::vector<std::string> all(const std::vector<std::string>& lines, std::string_view name) {
  std::vector<std::string> out;
  for (const auto& line : lines)
    if (line.starts_with(std::string(name) + ":")) out.push_back(line.substr(name.size() + 1));
  return out;
}

calendar_event event(std::string summary, std::vector<int> alarms = {90, 30, 7}) {
  return {"ab12@keycare", common::day(2027y / 1 / 15), std::move(summary), "第一行\n第二行", std::move(alarms)};
}

TEST(Folding, KeepsEveryLineOfAnyLengthAndNeverSplitsACharacter) {
  // Characters of one to four octets, at every offset.
  const std::string_view characters[] = {"a", "é", "证", "😀"};
  for (const auto character : characters) {
    for (std::size_t lead = 0; lead < 5; ++lead) {
      for (const std::size_t count : {0U, 1U, 18U, 25U, 37U, 74U, 75U, 76U, 149U, 150U, 500U}) {
        std::string line(lead, 'x');
        for (std::size_t i = 0; i < count; ++i) line += character;
        if (line.empty()) continue;
        const auto lines = unfold(folded(line));
        ASSERT_EQ(lines.size(), 1U);
        ASSERT_EQ(lines[0], line);
      }
    }
  }
}

TEST(Folding, FillsALineOfSeventyFiveOctetsAndNoMore) {
  EXPECT_EQ(folded(std::string(75, 'x')), std::string(75, 'x') + "\r\n");
  EXPECT_EQ(folded(std::string(76, 'x')), std::string(75, 'x') + "\r\n x\r\n");
  EXPECT_EQ(folded(std::string(150, 'x')), std::string(75, 'x') + "\r\n " + std::string(74, 'x') + "\r\n x\r\n");
}

TEST(Folding, ComesToAnEndWithOctetsThatAreNoText) {
  const std::string broken(1000, '\x80');
  std::string again;
  const auto out = folded(broken);
  for (std::size_t i = 0; i < out.size(); ++i)
    if (out[i] == '\x80') again += out[i];
  EXPECT_EQ(again, broken);
}

TEST(TextValue, EscapesWhatSeparatesAndReadsBack) {
  EXPECT_EQ(text_value("a;b,c\\d\ne\r\nf"), "a\\;b\\,c\\\\d\\ne\\nf");
  for (const std::string text : {"", "平安，供应商; 有限公司", "\\n", "a\\\\;,\n\n", "BEGIN:VALARM\nEND:VALARM"})
    EXPECT_EQ(unescaped(text_value(text)), text);
}

TEST(Calendar, IsReadBackAsItWasMeant) {
  const auto name = "供应商; \"特别\", 长" + std::string(60, 'z') + "\\";
  const std::vector events{event(name)};
  const auto lines = unfold(calendar(events, 1'795'392'000, "zh-CN"));
  EXPECT_EQ(lines.front(), "BEGIN:VCALENDAR");
  EXPECT_EQ(lines[1], "VERSION:2.0");
  EXPECT_EQ(lines.back(), "END:VCALENDAR");
  EXPECT_EQ(all(lines, "PRODID"), std::vector<std::string>{"-//Keycare//Validity//ZH"});
  EXPECT_EQ(all(lines, "UID"), std::vector<std::string>{"ab12@keycare"});
  EXPECT_EQ(all(lines, "DTSTAMP"), std::vector<std::string>{"20261123T000000Z"});
  EXPECT_EQ(all(lines, "DTSTART;VALUE=DATE"), std::vector<std::string>{"20270115"});
  EXPECT_EQ(unescaped(all(lines, "SUMMARY").at(0)), name);
  EXPECT_EQ(unescaped(all(lines, "DESCRIPTION").at(0)), "第一行\n第二行");
}

TEST(Calendar, RingsAtNineInTheMorningOfTheDaysBefore) {
  const std::vector events{event("a", {90, 30, 7, 1})};
  const auto lines = unfold(calendar(events, 0, "en"));
  EXPECT_EQ(all(lines, "TRIGGER"), (std::vector<std::string>{"-P89DT15H", "-P29DT15H", "-P6DT15H", "-P0DT15H"}));
  EXPECT_EQ(all(lines, "ACTION"), std::vector<std::string>(4, "DISPLAY"));
  EXPECT_EQ(all(lines, "PRODID"), std::vector<std::string>{"-//Keycare//Validity//EN"});
}

TEST(Calendar, ANameCannotAddALineOfItsOwn) {
  const std::vector events{event("x\r\nATTACH:http://evil\r\nBEGIN:VALARM")};
  const auto lines = unfold(calendar(events, 0, "en"));
  EXPECT_TRUE(all(lines, "ATTACH").empty());
  EXPECT_EQ(all(lines, "BEGIN"), (std::vector<std::string>{"VCALENDAR", "VEVENT", "VALARM", "VALARM", "VALARM"}));
  EXPECT_EQ(all(lines, "END"), (std::vector<std::string>{"VALARM", "VALARM", "VALARM", "VEVENT", "VCALENDAR"}));
}

}  // namespace
}  // namespace keycare::validity
