// statement_test.cpp - canonical text, the strict reader, and the table of statements.
#include "keycare/sdk/statement.hpp"

#include <gtest/gtest.h>

namespace keycare::statement {
namespace {

using json = nlohmann::json;

json withdraw() {
  return make({"withdraw", "ra.example", "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11", 1, "账号-1", "Keycare", "0123",
               std::string(64, 'a'), 1'764'000'000});
}

std::string refusal(const result<json>& read) {
  return read ? "" : read.error().code;
}

TEST(Canonical, TextIsSortedWithoutBlanksAndEscapedAsRfc8785Says) {
  const json doc{{"b", 1}, {"a", "\x08\t\n\x0c\r\x1f\"\\/é\u20ac"}, {"c", {{"z", -5}, {"y", ""}}}};
  EXPECT_EQ(*canonical(doc), "{\"a\":\"\\b\\t\\n\\f\\r\\u001f\\\"\\\\/é€\",\"b\":1,\"c\":{\"y\":\"\",\"z\":-5}}");
}

TEST(Canonical, TextIsMadeOfObjectsStringsAndExactIntegersOnly) {
  for (const auto& value : {json(nullptr), json(true), json(1.5), json::array({1}), json(9'007'199'254'740'992),
                            json(-9'007'199'254'740'992), json(18'446'744'073'709'551'615U), json::binary({1})})
    EXPECT_FALSE(canonical({{"a", value}}).ok()) << value;
  EXPECT_TRUE(canonical({{"a", 9'007'199'254'740'991}}).ok());
  EXPECT_FALSE(canonical({{"ä", 1}}).ok());
  EXPECT_FALSE(canonical({{"a", "\xff"}}).ok());
  EXPECT_FALSE(canonical({{"a", {{"a", {{"a", {{"a", {{"a", 1}}}}}}}}}}).ok());
  EXPECT_FALSE(canonical({{"a", std::string(max_octets, 'x')}}).ok());
  EXPECT_FALSE(canonical("text").ok());
}

TEST(Reader, TakesBackWhatWasWritten) {
  const auto text = canonical(withdraw());
  ASSERT_TRUE(text);
  const auto back = read(*text);
  ASSERT_TRUE(back) << refusal(back);
  EXPECT_EQ(*back, withdraw());
  const auto head = head_of(*back);
  EXPECT_EQ(head.account, "账号-1");
  EXPECT_EQ(head.serial, "0123");
  EXPECT_EQ(head.time, 1'764'000'000);
}

TEST(Reader, RefusesEveryOtherSpelling) {
  for (const char* text : {"{\"a\":1} ",
                           " {\"a\":1}",
                           "{\"a\": 1}",
                           "{\"a\":1,\"a\":1}",
                           "{\"a\":1,\"a\":2}",
                           "{\"b\":1,\"a\":1}",
                           "{\"a\":1.0}",
                           "{\"a\":1e0}",
                           "{\"a\":-0}",
                           "{\"a\":01}",
                           "{\"a\":\"\\u0061\"}",
                           "{\"a\":\"\\/\"}",
                           "{\"a\":\"\\u001F\"}",
                           "[]",
                           "1",
                           "",
                           "{\"a\":1}{}",
                           "{\"a\":true}",
                           "{\"a\":[1]}",
                           "{\"a\":\"\\ud800\"}",
                           "\xef\xbb\xbf{\"a\":1}",
                           "{\"a\":1,}",
                           "{\"a\":NaN}"})
    EXPECT_FALSE(parse(text).ok()) << text;
  EXPECT_TRUE(parse("{\"a\":1}").ok());
  EXPECT_TRUE(parse("{}").ok());
}

TEST(Reader, RefusesLongAndDeepInputWithoutBuildingIt) {
  EXPECT_EQ(refusal(parse(std::string(max_octets + 1, ' '))), "KC-STATEMENT-SIZE");
  std::string deep;
  while (deep.size() + 5 < max_octets) deep += "{\"a\":";
  EXPECT_EQ(refusal(parse(deep)), "KC-STATEMENT-DEPTH");
}

TEST(Table, NamesTheMemberThatIsWrong) {
  const auto member = [](const json& doc) {
    const auto checked = check(doc);
    return checked ? "" : checked.error().code + " " + json::parse(checked.error().args).value("member", "");
  };
  EXPECT_EQ(member(withdraw()), "");
  auto doc = withdraw();
  doc.erase("account");
  EXPECT_EQ(member(doc), "KC-STATEMENT-MISSING account");
  doc = withdraw();
  doc["token"].erase("serial");
  EXPECT_EQ(member(doc), "KC-STATEMENT-MISSING token.serial");
  doc = withdraw();
  doc["order"] = "8D4E5B0E-8A30-4B9F-9D0C-2F6B8F1F7A11";
  EXPECT_EQ(member(doc), "KC-STATEMENT-VALUE order");
  doc = withdraw();
  doc["version"] = 2;
  EXPECT_EQ(member(doc), "KC-STATEMENT-VALUE version");
  doc = withdraw();
  doc["time"] = "now";
  EXPECT_EQ(member(doc), "KC-STATEMENT-VALUE time");
  doc = withdraw();
  doc["csr_sha256"] = std::string(64, 'a');
  EXPECT_EQ(member(doc), "KC-STATEMENT-MEMBER ");
  doc = withdraw();
  doc["more"] = json::object();
  EXPECT_EQ(member(doc), "KC-STATEMENT-MEMBER ");
  doc = withdraw();
  doc["token"] = "text";
  EXPECT_EQ(member(doc), "KC-STATEMENT-MISSING token.manufacturer");
  doc = withdraw();
  doc["type"] = "send-money";
  EXPECT_EQ(member(doc), "KC-STATEMENT-TYPE ");
  EXPECT_EQ(member(json::object()), "KC-STATEMENT-TYPE ");
}

TEST(Table, RefusesTextsThatADialogWouldShowAsSomethingElse) {
  for (const char* text : {"a\u202eb", "a\u2066b", "a\u200fb", "a\nb", "a\u2028b", "a\u0085b", "a\x7f"}) {
    auto doc = withdraw();
    doc["account"] = text;
    EXPECT_FALSE(check(doc).ok()) << text;
  }
  for (const char* text : {"张三", "𠮷野家", "阿卜杜拉·买买提", "O'Neill <x>"})
    EXPECT_TRUE(is_plain_text(text)) << text;
}

TEST(Table, HasEveryTypeWithRulesOfItsOwnOrAnEnvelopeOnly) {
  for (const auto& rule : members) {
    const bool envelope = rule.type == "client" || rule.type == "ra";
    EXPECT_TRUE(envelope || find_type(rule.type) != nullptr) << rule.type;
    EXPECT_LE(std::count(rule.path.begin(), rule.path.end(), '.'), max_depth - 1) << rule.path;
  }
}

TEST(Payload, IsTheConsentTheFormAndTheQuote) {
  auto apply = withdraw();
  EXPECT_FALSE(payload_text(apply).ok());
  apply["consent"] = {{"channel", "cli"}};
  apply["form"] = {{"name", "张三"}};
  apply["quote"] = {{"months", 12}};
  EXPECT_EQ(*payload_text(apply), R"({"consent":{"channel":"cli"},"form":{"name":"张三"},"quote":{"months":12}})");
  apply["time"] = 5;
  EXPECT_EQ(*payload_text(apply), R"({"consent":{"channel":"cli"},"form":{"name":"张三"},"quote":{"months":12}})");
}

}  // namespace
}  // namespace keycare::statement
