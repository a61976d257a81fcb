// saving_test.cpp - --save: checked before anything is done, and nothing is ever overwritten.
#include "host-stub/cli/saving.hpp"
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
    auto saved = saving::promise({"pem=" + file.string()});
    ASSERT_TRUE(saved.ok());
    EXPECT_TRUE(saved->write({{"data", {{"pem", "text"}}}}).ok());
  }
  EXPECT_EQ(content_of(file), "text");
}

TEST(Saving, AFormThatIsNoneIsFoundOutFirst) {
  for (const char* wrong : {"pem", "=a.pem", "pem=", ""})
    EXPECT_EQ(code(saving::promise({wrong})), "KC-CLI-SAVE-FORM") << wrong;
}

TEST(Saving, WhatIsThereIsNotTouchedAndNothingElseIsLeftBehind) {
  const scratch_folder folder;
  const auto there = folder.path() / "there";
  const auto other = folder.path() / "other";
  std::ofstream(there) << "mine";
  const auto refused = saving::promise({"a=" + other.string(), "b=" + there.string()});
  EXPECT_EQ(code(refused), "KC-CLI-FILE");
  EXPECT_EQ(refused.error().native, EEXIST);
  EXPECT_EQ(content_of(there), "mine");
  EXPECT_FALSE(std::filesystem::exists(other));
  EXPECT_EQ(code(saving::promise({"a=" + (folder.path() / "no" / "file").string()})), "KC-CLI-FILE");
}

TEST(Saving, AReplyWithoutTheMemberLeavesNoFile) {
  const scratch_folder folder;
  const auto file = folder.path() / "a";
  {
    auto saved = saving::promise({"pem=" + file.string()});
    ASSERT_TRUE(saved.ok());
    const auto written = saved->write({{"data", {{"other", "text"}}}});
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().code, "KC-CLI-SAVE");
  }
  EXPECT_FALSE(std::filesystem::exists(file));
}

}  // namespace
}  // namespace keycare::cli
