// json_test.cpp - JSON from outside: what is refused, and where; and texts that are no UTF-8.
#include "keycare/sdk/json.hpp"

#include <gtest/gtest.h>

namespace keycare {
namespace {

std::string code(std::string_view text, json_bounds bounds = {}) {
  const auto read = read_json(text, bounds);
  return read ? "" : read.error().code;
}

TEST(ReadJson, GivesWhatTheLibraryGives) {
  for (const char* text :
       {"{}", "[]", "null", "true", "-1", "18446744073709551615", "1.5", R"("\u00e9\n")",
        R"({"a":[1,{"b":null},[]],"c":{"d":"e"}})", R"([{"a":1},{"a":2},{"b":{"a":1}}])", " [ 1 , 2 ] "}) {
    const auto read = read_json(text);
    ASSERT_TRUE(read.ok()) << text << read.error().code;
    EXPECT_EQ(*read, nlohmann::json::parse(text)) << text;
  }
}

TEST(ReadJson, RefusesDuplicateMembersDepthSizeAndRubbish) {
  EXPECT_EQ(code(R"({"a":{"b":1,"b":2}})"), "KC-JSON-DUPLICATE-KEY");
  EXPECT_EQ(code(R"({"a":1,"\u0061":2})"), "KC-JSON-DUPLICATE-KEY");
  EXPECT_EQ(code(std::string(16, '[') + std::string(16, ']')), "");
  EXPECT_EQ(code(std::string(17, '[') + std::string(17, ']')), "KC-JSON-TOO-DEEP");
  EXPECT_EQ(code(R"({"a":{"b":{}}})", {.depth = 2}), "KC-JSON-TOO-DEEP");
  EXPECT_EQ(code(std::string(100'000, '[')), "KC-JSON-TOO-DEEP");
  EXPECT_EQ(code(std::string(300 * 1024, ' ')), "KC-JSON-TOO-LARGE");
  for (const char* text :
       {"", " ", "{} x", "\"\xff\"", "[1e999]", "{\"a\":}", "[1,]", "{'a':1}", "[1", "nul", "// 1\n1"})
    EXPECT_EQ(code(text), "KC-JSON-INVALID") << text;
}

TEST(ReadJson, SaysWhichLineOrMemberIsWrong) {
  const auto args = [](std::string_view text) { return nlohmann::json::parse(read_json(text).error().args); };
  EXPECT_EQ(args("{")["line"], 1);
  EXPECT_EQ(args("{\n  \"a\": 1,\n}\n")["line"], 3);
  EXPECT_EQ(args("{\n  \"a\": b\n}\n")["line"], 2);
  EXPECT_EQ(args(R"({"a":1,"a":2})")["key"], "a");
}

TEST(JsonText, TakesAnyOctets) {
  EXPECT_EQ(json_text({{"label", "\xff"}}), "{\"label\":\"\xEF\xBF\xBD\"}");
  const auto why = fail_with(KC_E_NOT_FOUND, "KC-TEST", {{"name", "\xc3"}}, 7);
  EXPECT_EQ(why.status, KC_E_NOT_FOUND);
  EXPECT_EQ(why.code, "KC-TEST");
  EXPECT_EQ(why.native, 7);
  EXPECT_EQ(why.args, "{\"name\":\"\xEF\xBF\xBD\"}");
}

}  // namespace
}  // namespace keycare
