// test_texts.cpp - the catalogue, and the sentences of this room.
#include "plugins/common/form_texts.hpp"
#include "plugins/common/selection.hpp"

#include <gtest/gtest.h>

#include <set>

namespace keycare::common {
namespace {

constexpr sentence sample[] = {{"a", "剩余 {n} 次，{name}", "{name}: {n} left"}};

TEST(Catalogue, FillsInArgumentsInTheLanguageAskedFor) {
  const catalogue all{sample};
  EXPECT_EQ(all.text("a", "zh-CN", {{"n", 6}, {"name", "张三"}}), "剩余 6 次，张三");
  EXPECT_EQ(all.text("a", "en", {{"n", 6}, {"name", "Zhang"}}), "Zhang: 6 left");
  EXPECT_EQ(all.text("a", "en-GB", {{"n", 6}}), "…: 6 left");
  EXPECT_EQ(all.text("a", "fr", {{"n", 6}, {"name", "x"}}), "剩余 6 次，x");
}

TEST(Catalogue, QuotesACodeThatItDoesNotKnowAndSaysSo) {
  const catalogue all{sample};
  EXPECT_EQ(all.text("KC-X", "en"), "KC-X");
  EXPECT_FALSE(all.find("KC-X", "en").has_value());
}

TEST(Catalogue, ShowsHostileArgumentsHarmlessly) {
  const catalogue all{sample};
  EXPECT_EQ(all.text("a", "en", {{"n", 1}, {"name", "x\u202Ey\n{n}"}}), "xy{n}: 1 left");
  EXPECT_EQ(all.explain({KC_E_FAILED, "a", 0, "not json"}, "en"), "…: … left");
}

std::set<std::string> names(std::string_view form) {
  std::set<std::string> out;
  for (auto open = form.find('{'); open != std::string_view::npos; open = form.find('{', open + 1))
    out.emplace(form.substr(open, form.find('}', open) - open));
  return out;
}

TEST(Catalogue, OfThisRoomHasBothLanguagesWithTheSameArguments) {
  const catalogue all{form_texts(), selection_texts()};
  std::set<std::string_view> codes;
  for (const auto table : all.tables()) {
    for (const auto& one : table) {
      EXPECT_TRUE(codes.insert(one.code).second) << one.code;
      EXPECT_FALSE(one.zh.empty() || one.en.empty()) << one.code;
      EXPECT_EQ(names(one.zh), names(one.en)) << one.code;
    }
  }
}

}  // namespace
}  // namespace keycare::common
