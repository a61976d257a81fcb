// saving_test.cpp - --save: checked before anything is done, and nothing is ever overwritten.
#include "host-stub/cli/saving.hpp"

#include "host-stub/services/text/texts.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"

#include <fstream>
#include <sstream>

namespace keycare::cli {
namespace {

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string code(const result<saving>& outcome) {
  return outcome ? std::string() : outcome.error().code;
}

TEST(Saving, WritesTheMembersOfTheReply) {
  const scratch_folder folder;
  const auto file = folder.path() / "a.pem";
  {
    auto saved = saving::promise({"pem=" + file.string()}, {"csv", "pem"});
    ASSERT_TRUE(saved.ok());
    EXPECT_TRUE(saved->write({{"data", {{"pem", "text"}}}}).ok());
  }
  EXPECT_EQ(content_of(file), "text");
}

TEST(Saving, AFormThatIsNoneIsFoundOutFirst) {
  for (const char* wrong : {"pem", "=a.pem", "pem=", ""})
    EXPECT_EQ(code(saving::promise({wrong}, {"pem"})), "KC-CLI-SAVE-FORM") << wrong;
}

TEST(Saving, AMemberThatNoReplyHasIsRefusedBeforeAFileIsMade) {
  const scratch_folder folder;
  const auto file = folder.path() / "a.pem";
  for (const auto& members : {std::vector<std::string>{}, {"csv", "ics"}}) {
    const auto refused = saving::promise({"pem=" + file.string()}, members);
    EXPECT_EQ(code(refused), "KC-CLI-SAVE-MEMBER");
    for (const char* language : {"zh-CN", "en"}) {
      const auto said = services::sentence_for(refused.error(), language);
      EXPECT_NE(said.find("pem"), std::string::npos) << said;
      EXPECT_EQ(said.find("csv, ics") != std::string::npos, !members.empty()) << said;
      EXPECT_EQ(said.find('{'), std::string::npos) << said;
    }
  }
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(Saving, WhatIsThereIsNotTouchedAndNothingElseIsLeftBehind) {
  const scratch_folder folder;
  const auto there = folder.path() / "there";
  const auto other = folder.path() / "other";
  std::ofstream(there) << "mine";
  const auto refused = saving::promise({"a=" + other.string(), "b=" + there.string()}, {"a", "b"});
  EXPECT_EQ(code(refused), "KC-CLI-FILE");
  EXPECT_EQ(refused.error().native, EEXIST);
  EXPECT_EQ(content_of(there), "mine");
  EXPECT_FALSE(std::filesystem::exists(other));
  EXPECT_EQ(code(saving::promise({"a=" + (folder.path() / "no" / "file").string()}, {"a"})), "KC-CLI-FILE");
}

TEST(Saving, AReplyWithoutTheMemberLeavesNoFile) {
  const scratch_folder folder;
  const auto file = folder.path() / "a";
  {
    auto saved = saving::promise({"pem=" + file.string()}, {"csv", "pem"});
    ASSERT_TRUE(saved.ok());
    const auto written = saved->write({{"data", {{"other", "text"}}}});
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().code, "KC-CLI-SAVE");
  }
  EXPECT_FALSE(std::filesystem::exists(file));
}

}  // namespace
}  // namespace keycare::cli
