// support_codes_test.cpp - docs/support-codes.md says what the catalogues say.
//
// KEYCARE_WRITE_DOCS=1 writes the page anew.
#include "host-stub/loader/verdict.hpp"
#include "host-stub/services/text/texts.hpp"
#include "plugins/renewal/core/texts.hpp"
#include "plugins/unlock/core/texts.hpp"
#include "plugins/validity/core/texts.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

namespace {

struct row {
  std::string zh;
  std::string en;
};
using table = std::map<std::string, row>;

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? " " : c == '|' ? "\\|" : std::string(1, c);
  return out;
}

table of_plugin(const keycare::common::catalogue& texts) {
  table out;
  for (const auto& one : texts.tables())
    for (const auto& sentence : one)
      if (sentence.code.starts_with("KC-")) out[std::string(sentence.code)] = {cell(sentence.zh), cell(sentence.en)};
  return out;
}

void write(std::ostream& to, const std::string& title, const table& rows) {
  to << "\n## " << title << "\n\n| code | 中文 | English |\n| --- | --- | --- |\n";
  for (const auto& [code, texts] : rows) to << "| `" << code << "` | " << texts.zh << " | " << texts.en << " |\n";
}

std::string page() {
  std::ostringstream out;
  out << "# Support codes\n\nWhat a person may quote to the service desk, with the sentence that stood beside it. "
         "`{name}` stands for "
         "what the\nsituation put there. A code that stands in a plugin's table and in the client's is explained by "
         "the plugin. This page is made "
         "from the\ncatalogues: `KEYCARE_WRITE_DOCS=1 build/release/bin/docs_test`.\n";
  table loader;
  for (const auto& one : keycare::loader::all_reasons()) loader[std::string(one.code)] = {cell(one.zh), cell(one.en)};
  write(out, "Why a plugin was not loaded", loader);
  table host;
  for (const auto& one : keycare::services::all_texts()) host[std::string(one.code)] = {cell(one.zh), cell(one.en)};
  write(out, "The client and its services", host);
  const auto& renewal = keycare::renewal::texts();
  write(out, "renewal (证书续期)", of_plugin(renewal));
  const auto unlock = keycare::unlock::texts();
  write(out, "unlock (忘记密码)", of_plugin(unlock));
  const auto validity = keycare::validity::texts();
  write(out, "validity (证书信息)", of_plugin(validity));
  return out.str();
}

TEST(SupportCodes, ThePageSaysWhatTheCataloguesSay) {
  const std::string file = std::string(KEYCARE_SOURCE_DIR) + "/docs/support-codes.md";
  const auto expected = page();
  if (std::getenv("KEYCARE_WRITE_DOCS") != nullptr) std::ofstream(file) << expected;
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str() == expected, true) << "docs/support-codes.md is not what the catalogues say; write it anew";
  EXPECT_GT(expected.size(), 10'000u);
}

/// What people read: the catalogues' page, and the translations of windows.
std::vector<std::filesystem::path> read_by_people() {
  const std::filesystem::path source(KEYCARE_SOURCE_DIR);
  std::vector<std::filesystem::path> out{source / "docs/support-codes.md", source / "docs/使用指南.md"};
  for (const char* room : {"plugins", "host-stub"})
    for (const auto& one : std::filesystem::recursive_directory_iterator(source / room))
      if (one.path().extension() == ".ts") out.push_back(one.path());
  return out;
}

TEST(SupportCodes, OneThingHasOneWordInAllThatPeopleRead) {
  const auto files = read_by_people();
  EXPECT_GE(files.size(), 10u);
  for (const auto& file : files) {
    std::ifstream in(file);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      EXPECT_EQ(line.find("错误代码"), std::string::npos) << file << ":" << number << ": it is 支持代码";
      EXPECT_EQ(line.find("assword"), std::string::npos) << file << ":" << number << ": it is a PIN";
    }
  }
}

}  // namespace
