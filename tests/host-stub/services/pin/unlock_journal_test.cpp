// unlock_journal_test.cpp - what is remembered over a crash, and what follows from it.
#include "host-stub/services/pin/unlock_journal.hpp"

#include "tests/host-stub/services/scratch_folder.hpp"

#include <fstream>

namespace keycare::services {
namespace {

const token_ref token{"Keycare", "../../01"};

TEST(UnlockJournal, ANoteOutlivesTheProcessAndIsReplacedWhole) {
  const scratch_folder folder;
  ASSERT_TRUE(make_file_journal(folder.path() / "j")->remember(token, {"a", "b", false}).ok());
  const auto journal = make_file_journal(folder.path() / "j");
  EXPECT_EQ(*journal->recall(token), (unlock_note{"a", "b", false}));
  ASSERT_TRUE(journal->remember(token, {"a", "c", true}).ok());
  EXPECT_EQ(*journal->recall(token), (unlock_note{"a", "c", true}));
  EXPECT_FALSE(journal->recall({"Keycare", "02"})->has_value());
  ASSERT_TRUE(journal->forget(token).ok());
  EXPECT_FALSE(journal->recall(token)->has_value());
}

TEST(UnlockJournal, ADamagedNoteIsAnErrorAndNotItsAbsence) {
  const scratch_folder folder;
  const auto journal = make_file_journal(folder.path());
  ASSERT_TRUE(journal->remember(token, {"a", "b", false}).ok());
  for (const auto& file : std::filesystem::directory_iterator(folder.path())) std::ofstream(file.path()) << "{";
  EXPECT_EQ(journal->recall(token).error().code, "KC-UNLOCK-JOURNAL");
}

TEST(UnlockJournal, NextIsTriedFirstAfterACrashAndForTheSameApproval) {
  EXPECT_FALSE(next_may_be_set({}, "a"));
  EXPECT_TRUE(next_may_be_set(unlock_note{"a", "r", false}, "a"));
  EXPECT_TRUE(next_may_be_set(unlock_note{"a", "r", false}, "b"));
  EXPECT_TRUE(next_may_be_set(unlock_note{"a", "r", true}, "a"));
  EXPECT_FALSE(next_may_be_set(unlock_note{"a", "r", true}, "b"));
}

}  // namespace
}  // namespace keycare::services
