// disk_test.cpp - a full disk and folders that cannot be written, under the client and under the RA: said, and nothing
// lost.
#include "clerk.hpp"
#include "small_disk.hpp"

namespace keycare::e2e {
namespace {

class disks : public order_test {
protected:
  void SetUp() override {
    if (const auto why = own_mounts(); !why.empty()) GTEST_SKIP() << why;
    order_test::SetUp();
  }
  bool clerk_has_to_act() const { return whose_turn() == actor::clerk && state() != "complete"; }
};

constexpr std::size_t page = 4096;

TEST_F(disks, AClientWhoseDiskIsFullSaysSoAndGoesOnWhenThereIsRoom) {
  small_disk disk(folder_ / "client", 2 * 1024 * 1024);
  int refused = 0;
  for (int turns = 0; turns < 12 && !HasFailure(); ++turns) {
    // From no room at all to enough: the disk ends in the middle of every commit of the command.
    for (std::size_t left = 0; clerk_has_to_act() && left <= 24 * page; left += left == 0 ? page : 4 * page) {
      disk.fill(left);
      clerks_turn();
      disk.clear();
      if (last_.exit == 0) break;
      ++refused;
      EXPECT_EQ(last_.exit, 1) << left << last_.out << last_.err;
      EXPECT_EQ(code_of(last_), "KC-STORE-FULL") << left << last_.out << last_.err;
      EXPECT_NE(words_of(last_).find("磁盘已满"), std::string::npos) << last_.out;
    }
    if (state() == "complete") break;
    turn();
  }
  EXPECT_GE(refused, 6) << "the disk was full at all";
  finish();
  expect_everything_is_there();
}

TEST_F(disks, AFolderThatCannotBeWrittenIsSaidAndNothingIsDone) {
  struct row {
    const char* folder;
    const char* code;
  };
  for (const auto& [folder, code] : {row{"client", "KC-LOG-UNWRITABLE"}, row{"client/store", "KC-STORE-READ-ONLY"},
                                     row{"client/locks", "KC-STORE-READ-ONLY"}}) {
    const read_only shut(folder_ / folder);
    turn();
    EXPECT_EQ(last_.exit, 1) << folder << last_.out << last_.err;
    EXPECT_EQ(code_of(last_), code) << folder << last_.out << last_.err;
    EXPECT_TRUE(books::read(ra_folder()).orders.empty()) << folder;
  }
  finish();
  expect_everything_is_there();
}

TEST_F(disks, AnRaWhoseDiskIsFullLosesNoOrderAndAnswersThatItCannot) {
  kill_ra();  // politely ended, it would tidy up by name, and find the new disk there
  small_disk disk(ra_folder(), 2 * 1024 * 1024);
  raise_ra();
  int refused = 0;
  for (int turns = 0; turns < 12 && !HasFailure(); ++turns) {
    for (std::size_t left = 0; clerk_has_to_act() && left <= 24 * page; left += left == 0 ? page : 4 * page) {
      const auto before = books::read(ra_folder());
      disk.fill(left);
      clerks_turn();
      const auto after = books::read(ra_folder());
      disk.clear();
      EXPECT_GE(after.orders.size(), before.orders.size());
      EXPECT_GE(after.payments.size(), before.payments.size());
      if (code_of(last_).empty()) break;
      ++refused;
      EXPECT_EQ(code_of(last_), "KC-RA-INTERNAL") << left << last_.out << last_.err;
      EXPECT_NE(words_of(last_).find("注册机构暂时"), std::string::npos) << last_.out;
    }
    if (whose_turn() != actor::clerk) {
      const auto before = books::read(ra_folder());
      disk.fill();
      const auto asked = office_->ra().desk("review", {{"uuid", before.orders.back().uuid}, {"decision", "approve"}});
      disk.clear();
      ASSERT_FALSE(asked.ok());
      EXPECT_EQ(asked.error().native, whose_turn() == actor::reviewer ? 500 : 409);
    }
    if (state() == "complete") break;
    turn();
  }
  EXPECT_GE(refused, 4) << "the disk was full at all";
  finish();
  expect_everything_is_there();
  kill_ra();
}

}  // namespace
}  // namespace keycare::e2e
