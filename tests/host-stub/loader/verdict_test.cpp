// verdict_test.cpp - the table of reasons is whole, and its sentences are safe to show.
#include "host-stub/loader/verdict.hpp"

#include <gtest/gtest.h>
#include <set>

namespace keycare::loader {
namespace {

std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> out;
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1))
    out.insert(std::string(text.substr(open, text.find('}', open) - open)));
  return out;
}

TEST(verdicts, have_one_stable_code_each_and_say_the_same_in_both_languages) {
  std::set<std::string_view> codes;
  for (const auto& row : all_reasons()) {
    EXPECT_TRUE(row.code.starts_with("KC-PLUGIN-")) << row.code;
    EXPECT_LT(row.code.size(), 48U) << "kc_error::code";
    EXPECT_TRUE(codes.insert(row.code).second) << row.code;
    EXPECT_TRUE(row.zh.ends_with("。")) << row.code;
    EXPECT_TRUE(row.en.ends_with(".")) << row.code;
    auto zh = placeholders(row.zh);
    if (zh.erase("{phase_zh") == 1) zh.insert("{phase");
    EXPECT_EQ(zh, placeholders(row.en)) << row.code;
    EXPECT_EQ(reason_of(refuse(row.reason, {})), row.reason);
  }
}

TEST(verdicts, are_sentences_with_what_was_found) {
  const auto why = refuse(reason::client_too_old, {{"id", "renewal"}, {"needs", "4.8.2"}, {"host", "4.7.0"}});
  EXPECT_EQ(sentence(why, "en"),
            "Plugin renewal needs client 4.8.2 or later and this one is 4.7.0; update the client.");
  EXPECT_EQ(sentence(why, "zh-CN"), "插件 renewal 需要 4.8.2 或更高版本的客户端，当前版本为 4.7.0；请升级客户端。");
}

TEST(verdicts, show_nothing_that_could_deceive_a_reader) {
  const auto shown = [](std::string_view text) {
    return sentence(refuse(reason::dependency_unknown, {{"id", "a"}, {"name", text}}), "en");
  };
  EXPECT_EQ(shown("\x1b[2Jx\n").find_first_of("\x1b\n"), std::string::npos);
  EXPECT_EQ(shown("a\u202Eb").find("\u202E"), std::string::npos) << "bidirectional control";
  EXPECT_EQ(shown("a\xff").find('\xff'), std::string::npos) << "no UTF-8";
  EXPECT_NE(shown("插件").find("插件"), std::string::npos);
  std::string many;
  for (int i = 0; i < 100; ++i) many += "证";
  EXPECT_LT(shown(many).size(), 200U);
  EXPECT_EQ(shown(many).find('?'), std::string::npos) << "cut between characters";
}

TEST(verdicts, leave_errors_of_other_rooms_alone) {
  EXPECT_FALSE(reason_of(fail(KC_E_FAILED, "KC-TOKEN-REMOVED")));
  EXPECT_EQ(sentence(fail(KC_E_FAILED, "KC-TOKEN-REMOVED"), "en"), "KC-TOKEN-REMOVED");
}

}  // namespace
}  // namespace keycare::loader
