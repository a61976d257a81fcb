// test_csv.cpp - fields that come back as they were, and that no spreadsheet takes for a formula or another number.
#include "csv_reader.hpp"
#include "plugins/validity/core/csv.hpp"

#include <gtest/gtest.h>

namespace keycare::validity {
namespace {

std::string back(std::string_view text) {
  const std::vector<std::string> fields{csv_text(text), csv_text("end")};
  const auto records = read_csv(csv_record(fields));
  EXPECT_EQ(records.size(), 1U);
  EXPECT_EQ(records.at(0).size(), 2U) << "the field leaked into the next one: " << text;
  EXPECT_EQ(records.at(0).back(), "end");
  return records.at(0).front();
}

TEST(Csv, GivesEveryTextBack) {
  for (const std::string text :
       {"", "a", "平安供应商", "a,b", "\"", "\"\"", "a\"b", "two\r\nlines", ",,,", "O=\"A, B\",C=CN"})
    EXPECT_EQ(back(text), text);
}

TEST(Csv, NeverLetsAFieldStartAFormula) {
  for (const std::string text : {"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://evil\",\"click\")", " =1", "\t=1",
                                 "\r\n@x", "＝1", "＋1", "－1", "＠x", "\u3000=1", "  \t-2"})
    EXPECT_EQ(back(text), "'" + text);
  for (const std::string text : {"a=1", "CN=x", "'", "1-2", "（+）"}) EXPECT_EQ(back(text), text);
}

TEST(Csv, KeepsSerialNumbersAsTheyAre) {
  for (const std::string text : {"001", "00", "1234567890123456", "12E5", "7e10", "1E5"})
    EXPECT_EQ(back(text), "'" + text);
  for (const std::string text : {"0", "77", "123456789012345", "12AB", "E5", "12E", "1E5F"})
    EXPECT_EQ(back(text), text);
  EXPECT_EQ(csv_number(-3), "-3") << "a figure of ours is to be reckoned with";
}

TEST(Csv, RecordsEndAsTheStandardSays) {
  const std::vector<std::string> fields{"a", "", "c"};
  EXPECT_EQ(csv_record(fields), "a,,c\r\n");
  EXPECT_EQ(read_csv("a,,c\r\n1,2,3\r\n").size(), 2U);
}

}  // namespace
}  // namespace keycare::validity
