// schema_options_test.cpp - options made from a command's schema.
#include "host-stub/cli/schema_options.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace keycare::cli {
namespace {

const nlohmann::json schema =
    nlohmann::json::parse(R"({"type":"object","required":["months","form","code"],"properties":{
  "months":{"type":"integer"},"accept_agreement":{"type":"string","description":"a hash","x-description-zh-CN":"校验值"},"sure":{"type":"boolean"},
  "names":{"type":"array","items":{"type":"string"}},"code":{"type":"string","writeOnly":true},
  "kind":{"enum":["a","b"]},
  "form":{"type":"object","required":["id_number"],"properties":{"id_number":{"type":"string"}}}}})");

const schema_option* find(const std::vector<schema_option>& all, std::string_view flag) {
  const auto it = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.flag == flag; });
  return it == all.end() ? nullptr : &*it;
}

TEST(SchemaOptions, NestedMembersAreJoinedByDotsAndUnderscoresBecomeHyphens) {
  const auto all = options_of(schema, "en");
  ASSERT_NE(find(all, "--form.id-number"), nullptr);
  EXPECT_TRUE(find(all, "--form.id-number")->required);
  EXPECT_FALSE(find(all, "--accept-agreement")->required);
  EXPECT_EQ(find(all, "--kind")->description, "(a | b)");
}

TEST(SchemaOptions, DescriptionsAreInTheLanguageThatIsAskedFor) {
  EXPECT_EQ(find(options_of(schema, "en"), "--accept-agreement")->description, "a hash");
  EXPECT_EQ(find(options_of(schema, "zh-CN"), "--accept-agreement")->description, "校验值");
  EXPECT_EQ(find(options_of(schema, "zh-CN"), "--kind")->description, "(a | b)");
}

TEST(SchemaOptions, WhatOnlyTheUserKnowsIsNoOptionButAsked) {
  EXPECT_EQ(find(options_of(schema, "en"), "--code"), nullptr);
  EXPECT_EQ(members_to_ask(schema, nlohmann::json::object()), std::vector<std::string>{"code"});
  EXPECT_TRUE(members_to_ask(schema, {{"code", "1"}}).empty());
}

TEST(SchemaOptions, ValuesTakeTheirPlaceAndTheirKind) {
  const auto all = options_of(schema, "en");
  auto input = nlohmann::json::object();
  ASSERT_TRUE(put_option(input, *find(all, "--months"), {"12"}).ok());
  ASSERT_TRUE(put_option(input, *find(all, "--sure"), {"true"}).ok());
  ASSERT_TRUE(put_option(input, *find(all, "--names"), {"x", "y"}).ok());
  ASSERT_TRUE(put_option(input, *find(all, "--form.id-number"), {"11"}).ok());
  EXPECT_EQ(input, nlohmann::json::parse(R"({"months":12,"sure":true,"names":["x","y"],"form":{"id_number":"11"}})"));
}

TEST(SchemaOptions, AValueOfTheWrongKindIsNamed) {
  const auto all = options_of(schema, "en");
  auto input = nlohmann::json::object();
  for (const char* wrong : {"", "12x", "1.5", "99999999999999999999"}) {
    const auto outcome = put_option(input, *find(all, "--months"), {wrong});
    ASSERT_FALSE(outcome.ok()) << wrong;
    EXPECT_EQ(outcome.error().code, "KC-CLI-OPTION");
    EXPECT_NE(outcome.error().args.find("--months"), std::string::npos);
  }
}

TEST(SchemaOptions, ASchemaThatIsNoneHasNoOptions) {
  EXPECT_TRUE(options_of(nullptr, "en").empty());
  EXPECT_TRUE(options_of(nlohmann::json::parse(R"({"properties":[1]})"), "en").empty());
  EXPECT_TRUE(members_to_ask(nullptr, {}).empty());
}

TEST(SchemaOptions, WhatCanBeSavedIsWhatTheSchemaNames) {
  EXPECT_EQ(texts_to_save(nlohmann::json::parse(R"({"x-saves":["pem",7,"csv"]})")),
            (std::vector<std::string>{"pem", "csv"}));
  for (const char* none : {"null", "[]", "{}", R"({"x-saves":"pem"})", R"({"x-saves":{"pem":1}})"})
    EXPECT_TRUE(texts_to_save(nlohmann::json::parse(none)).empty()) << none;
}

TEST(SchemaOptions, ASchemaThatSaysNothingSensibleGivesNoOptionAndNoException) {
  for (const char* odd :
       {R"({"properties":{"a":{"writeOnly":1}}})", R"({"properties":{"a":{"type":"array","items":5}}})",
        R"({"properties":{"a":{"description":7}},"required":"a"})",
        R"({"properties":{"a":{"type":"array","items":{"type":5}}}})", R"({"properties":[],"required":{"a":1}})",
        R"({"properties":5,"required":["a"]})"}) {
    const auto parsed = nlohmann::json::parse(odd);
    EXPECT_LE(options_of(parsed, "zh-CN").size(), 1U) << odd;
    EXPECT_TRUE(members_to_ask(parsed, nlohmann::json::object()).empty()) << odd;
  }
}

}  // namespace
}  // namespace keycare::cli
