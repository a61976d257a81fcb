// input_check_test.cpp - input against its schema, and schemas that are none.
#include "host-stub/services/commands/input_check.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace keycare::services {
namespace {

constexpr const char* schema = R"({"type":"object","additionalProperties":false,"required":["form"],
  "properties":{"form":{"type":"object","required":["phone"],"properties":{
    "phone":{"type":"string","pattern":"^1[3-9][0-9]{9}$"},"months":{"type":"integer","enum":[12,24]}}}}})";

TEST(InputCheck, NamesTheFieldAndNeverItsValue) {
  const auto check = input_check::compile("apply", schema);
  ASSERT_TRUE(check.ok());
  EXPECT_TRUE(check->check(R"({"form":{"phone":"13800138000","months":12}})").ok());
  const auto wrong = check->check(R"({"form":{"phone":"4711-canary"}})");
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, "KC-INPUT-INVALID");
  const auto args = nlohmann::json::parse(wrong.error().args);
  EXPECT_EQ(args["where"], "[form][phone]");
  EXPECT_EQ(wrong.error().args.find("canary"), std::string::npos);
  EXPECT_FALSE(check->check(R"({"form":{"phone":13800138000}})").ok());
  EXPECT_FALSE(check->check(R"({"form":{"phone":"13800138000","months":"12"}})").ok()) << "a text is no number";
  EXPECT_FALSE(check->check(R"({"form":{"phone":"13800138000"},"more":1})").ok());
  EXPECT_FALSE(check->check("{}").ok());
}

TEST(InputCheck, HostileInputIsRefusedBeforeTheSchema) {
  const auto check = input_check::compile("apply", R"({"properties":{"a":{"pattern":"^(a|b)*$"}}})");
  ASSERT_TRUE(check.ok());
  EXPECT_EQ(check->check("[]").error().code, "KC-INPUT-NOT-JSON");
  EXPECT_EQ(check->check("").error().code, "KC-JSON-INVALID");
  EXPECT_EQ(check->check(R"({"a":1,"a":2})").error().code, "KC-JSON-DUPLICATE-KEY");
  EXPECT_EQ(check->check("{\"a\":" + std::string(16, '[') + std::string(16, ']') + "}").error().code,
            "KC-JSON-TOO-DEEP");
  EXPECT_EQ(check->check("{\"a\":\"" + std::string(300'000, 'a') + "\"}").error().code, "KC-JSON-TOO-LARGE");
  EXPECT_EQ(check->check("{\"b\":[\"" + std::string(100'000, 'a') + "\"]}").error().code, "KC-INPUT-TEXT-TOO-LONG");
  EXPECT_TRUE(check->check("{\"a\":\"" + std::string(2048, 'a') + "\"}").ok()) << "the stack holds what is permitted";
}

TEST(InputCheck, ASchemaThatIsNoneIsThePluginsFault) {
  for (const char* bad : {"", "[]", "{", R"({"type":"nonsense"})", R"({"$ref":"https://elsewhere.example/schema"})"}) {
    const auto refused = input_check::compile("apply", bad);
    ASSERT_FALSE(refused.ok()) << bad;
    EXPECT_EQ(refused.error().code, "KC-PLUGIN-SCHEMA");
    EXPECT_EQ(refused.error().args, R"({"command":"apply"})");
  }
}

}  // namespace
}  // namespace keycare::services
