// text_test.cpp - every support code of the host has its sentence; nothing hidden reaches a terminal.
#include "host-stub/services/text/plain.hpp"
#include "host-stub/services/text/texts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace keycare::services {
namespace {

namespace fs = std::filesystem;

/// The codes in the sources of @p folder.
std::set<std::string> codes_in(const fs::path& folder) {
  std::set<std::string> out;
  const std::regex code("\"(KC-[A-Z0-9]+(-[A-Z0-9]+)+)\"");
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
    if (entry.path().filename() == "texts_table.cpp") continue;
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    for (std::sregex_iterator at(text.begin(), text.end(), code), end; at != end; ++at) out.insert((*at)[1]);
  }
  return out;
}

bool has_text(const std::string& code) {
  const auto all = all_texts();
  return std::any_of(all.begin(), all.end(), [&](const auto& entry) { return entry.code == code; });
}

TEST(Texts, EveryCodeOfTheServicesHasASentence) {
  const fs::path source = KEYCARE_SOURCE_DIR;
  const auto used = codes_in(source / "host-stub" / "services");
  ASSERT_GT(used.size(), 50U);
  for (const auto& code : used) EXPECT_TRUE(has_text(code)) << code << " has no text in texts_table.cpp";
  for (const auto& code : codes_in(source / "plugin-api" / "include"))
    EXPECT_TRUE(has_text(code)) << code << " has no text in texts_table.cpp";
  for (const auto& code : codes_in(source / "host-stub" / "cli"))
    EXPECT_TRUE(has_text(code)) << code << " has no text in texts_table.cpp";
}

TEST(Texts, EachCodeStandsOnceWithBothLanguagesAndTheSameArguments) {
  const auto all = all_texts();
  const auto arguments = [](std::string_view text) {
    std::multiset<std::string> out;
    const std::string owned(text);
    const std::regex name("\\{([a-z_]+)\\}");
    for (std::sregex_iterator at(owned.begin(), owned.end(), name), end; at != end; ++at) out.insert((*at)[1]);
    return out;
  };
  for (std::size_t at = 0; at < all.size(); ++at) {
    EXPECT_FALSE(all[at].zh.empty() || all[at].en.empty()) << all[at].code;
    EXPECT_EQ(arguments(all[at].zh), arguments(all[at].en)) << all[at].code;
    if (at > 0) {
      EXPECT_LT(all[at - 1].code, all[at].code);
    }
  }
}

TEST(Texts, ASentenceHasItsArgumentsAndNothingHidden) {
  const error why{KC_E_UNSUPPORTED, "KC-STORE-NEWER", 0, R"({"found":7,"expected":1})"};
  EXPECT_NE(sentence_for(why, "en").find("format 7, this one knows 1"), std::string::npos);
  EXPECT_NE(sentence_for(why, "zh-CN").find("格式 7"), std::string::npos);
  const error evil{KC_E_FAILED, "KC-CONFIG-INVALID", 0, R"({"key":"a\u001b[2J","found":"\u202e"})"};
  const auto text = sentence_for(evil, "en");
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("should be ?"), std::string::npos) << text;
}

TEST(Texts, WordsInAnArgumentAreSaidInTheSentencesLanguage) {
  const error why{KC_E_ARGUMENT, "KC-CONFIG-INVALID", 0,
                  nlohmann::json{{"key", "a"}, {"found", in_words("数字", "a number")}, {"expected", "x"}}.dump()};
  EXPECT_NE(sentence_for(why, "zh-CN").find("实际为数字"), std::string::npos) << sentence_for(why, "zh-CN");
  EXPECT_NE(sentence_for(why, "en").find("but is a number"), std::string::npos) << sentence_for(why, "en");
  const error system{KC_E_FAILED, "KC-FILE-UNREADABLE", ENOENT, R"({"file":"a"})"};
  EXPECT_NE(sentence_for(system, "zh-CN").find("不存在"), std::string::npos);
  EXPECT_NE(sentence_for(system, "en").find("it does not exist"), std::string::npos);
}

TEST(Texts, AnUnknownCodeGetsTheSentenceOfItsStatus) {
  EXPECT_EQ(sentence_for(fail(KC_E_PIN_WRONG, "KC-NOBODY-KNOWS"), "zh-CN"), "密码错误。");
  EXPECT_FALSE(sentence_for(fail(4711, "KC-NOBODY-KNOWS"), "en").empty());
  EXPECT_FALSE(sentence_for({KC_E_FAILED, "", 0, "not json"}, "en").empty());
}

TEST(PlainText, KeepsWritingAndDropsControls) {
  EXPECT_EQ(plain_line("证书 𠮷·A\nB"), "证书 𠮷·A B");
  EXPECT_EQ(plain_text("a\nb"), "a\nb");
  EXPECT_EQ(plain_line("a\x1b[31mb\x7f"), "a[31mb");
  EXPECT_EQ(plain_line("pay \xE2\x80\xAE"
                       "001"),
            "pay 001");
  EXPECT_EQ(plain_line("\xff\xc0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(plain_line("证书", 5), "证");
}

}  // namespace
}  // namespace keycare::services
