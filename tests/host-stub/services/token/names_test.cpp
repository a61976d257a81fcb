// names_test.cpp - bounded name lists, and names that are not UTF-8.
#include "host-stub/services/token/skf/names.hpp"

#include <gtest/gtest.h>

namespace keycare::services::skf {
namespace {

using namespace std::string_literals;

result<std::vector<std::string>> list(const std::string& raw) {
  return name_list(bytes_of(raw));
}

TEST(Names, AListEndsWithTwoZeros) {
  const auto names = list("OLD\0KC1-A\0\0"s);
  ASSERT_TRUE(names.ok());
  EXPECT_EQ(*names, (std::vector<std::string>{"OLD", "KC1-A"}));
}

TEST(Names, NoOctetsAndOneZeroAreEmptyLists) {
  EXPECT_TRUE(list("")->empty());
  EXPECT_TRUE(list("\0"s)->empty());
}

TEST(Names, AListThatDoesNotEndIsDamaged) {
  EXPECT_EQ(list("OLD").error().code, "KC-TOKEN-DAMAGED");
}

TEST(Names, ANameOverTheBoundIsDamaged) {
  EXPECT_EQ(list(std::string(300, 'x') + "\0\0"s).error().code, "KC-TOKEN-DAMAGED");
}

TEST(Names, TooManyNamesAreDamaged) {
  std::string raw;
  for (int i = 0; i < 2000; ++i) raw += "a\0"s;
  EXPECT_EQ(list(raw).error().code, "KC-TOKEN-DAMAGED");
}

TEST(Names, ANameThatIsNotUtf8IsShownAndFoundAgain) {
  for (const auto& raw : {"\xB2\xE2\xCA\xD4"s, "测试"s, "a\\xff"s, "\xF0\x9F\x98"s, "tab\there"s}) {
    EXPECT_EQ(original(readable(raw)), raw);
  }
  EXPECT_EQ(readable("\xB2\xE2"s), "\\xb2\\xe2");
  EXPECT_EQ(readable("测试"), "测试");
}

TEST(Names, AFieldNeedNotEndAndLosesItsBlanks) {
  EXPECT_EQ(field("ABCD", 4), "ABCD");
  EXPECT_EQ(field("AB  ", 4), "AB");
  EXPECT_EQ(field("A\0CD", 4), "A");
}

}  // namespace
}  // namespace keycare::services::skf
