// test_next_step.cpp - the table of an unlock's states: whole, without dead rows, and right where it matters.
#include "plugins/unlock/core/applicant.hpp"
#include "plugins/unlock/core/next_step.hpp"
#include "plugins/unlock/core/texts.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace keycare::unlock {
namespace {

constexpr std::array stages{stage::applying,  stage::open,   stage::redeeming,
                            stage::finishing, stage::proved, stage::closed};
constexpr std::array answers{ra_state::awaiting_code, ra_state::under_review, ra_state::approved, ra_state::redeemed,
                             ra_state::rejected,      ra_state::done,         ra_state::expired};

std::vector<facts> every_situation() {
  std::vector<facts> all;
  for (const auto stage : stages) {
    for (const auto ra : answers) {
      for (int bits = 0; bits < 16; ++bits)
        all.push_back({stage, ra, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0});
    }
  }
  return all;
}

TEST(NextStep, EverySituationHasAStepAndOnlyAClosedOneHasNone) {
  for (const auto& known : every_situation())
    EXPECT_EQ(next_step(known) == step::nothing, known.stage == stage::closed)
        << name(known.stage) << " " << name(known.ra);
}

TEST(NextStep, EveryRowOfTheTableIsReached) {
  std::set<std::size_t> used;
  const auto fits = [](const auto& wanted, const auto& value) { return !wanted || *wanted == value; };
  for (const auto& known : every_situation()) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      const auto& row = table[i];
      if (fits(row.stage, known.stage) && fits(row.ra, known.ra) && fits(row.live, known.live) &&
          fits(row.token, known.token) && fits(row.spent, known.spent) && fits(row.code, known.code)) {
        used.insert(i);
        break;
      }
    }
  }
  EXPECT_EQ(used.size(), table.size());
}

TEST(NextStep, AProofIsReportedWhateverTheRaSaysUntilItHasIt) {
  for (const auto& known : every_situation()) {
    if (known.stage != stage::proved) continue;
    EXPECT_EQ(next_step(known), known.ra == ra_state::done ? step::close : step::report);
  }
}

TEST(NextStep, ARedemptionNeedsTheTokenACodeAnApprovalAndOneThatIsLeft) {
  for (const auto& known : every_situation()) {
    if (next_step(known) != step::redeem) continue;
    EXPECT_TRUE(known.token && known.code && !known.spent && !known.live);
    EXPECT_TRUE(known.ra == ra_state::approved || known.ra == ra_state::redeemed);
  }
}

TEST(NextStep, ALiveRedemptionGoesOnInsteadOfBeginningAnother) {
  EXPECT_EQ(next_step({stage::redeeming, ra_state::approved, true, true, true, false}), step::go_on);
  EXPECT_EQ(next_step({stage::finishing, ra_state::redeemed, false, true, true, true}), step::go_on);
}

TEST(NextStep, NoCodeIsSentWhileTheTokenIsAway) {
  EXPECT_EQ(next_step({stage::open, ra_state::approved, false, false, false, false}), step::wait_token);
}

TEST(NextStep, WordsAreReadBackAsTheyAreWritten) {
  for (const auto one : stages) EXPECT_EQ(read_stage(name(one)), one);
  for (const auto one : answers) EXPECT_EQ(read_ra_state(name(one)), one);
  EXPECT_FALSE(read_ra_state("Approved").has_value());
}

using namespace std::chrono;
constexpr common::day today = sys_days(2026y / November / 23);

TEST(Applicant, IsCheckedFieldByFieldAllAtOnce) {
  const auto checked = check_applicant({{"id_number", "123"}, {"name", "张3"}, {"phone", ""}}, today);
  const std::vector<common::field_problem> expected{
      {"id_number", "KC-FORM-ID-LENGTH"}, {"name", "KC-FORM-NAME"}, {"phone", "KC-FORM-MISSING"}};
  EXPECT_EQ(checked.problems, expected);
  const auto error = form_error(checked.problems);
  EXPECT_EQ(error.args.find("123"), std::string::npos) << "what was typed is personal data";
  const auto said = explain_form("id_number:KC-FORM-ID-LENGTH,phone:KC-FORM-MISSING", "zh-CN");
  EXPECT_NE(said.find("经办人证件号码：必须填写真实有效的身份证号码"), std::string::npos) << said;
  EXPECT_NE(said.find("手机号码：此项必须填写"), std::string::npos) << said;
}

TEST(Applicant, IsNormalised) {
  const auto checked = check_applicant(
      {{"id_number", "１１０１０５19491231002x"}, {"name", " 张三"}, {"phone", "+86 138 0013 8000"}}, today);
  EXPECT_TRUE(checked.problems.empty());
  EXPECT_EQ(checked.value.id_type, "resident-id");
  EXPECT_EQ(checked.value.id_number, "11010519491231002X");
  EXPECT_EQ(checked.value.phone, "13800138000");
  EXPECT_EQ(
      check_applicant({{"id_type", "odd"}, {"name", "张三"}, {"phone", "13800138000"}}, today).problems.front().field,
      "id_type");
}

TEST(Texts, HaveBothLanguagesAndEveryWordOfTheTable) {
  const auto all = texts();
  for (const auto table_of_texts : all.tables()) {
    for (const auto& one : table_of_texts) EXPECT_FALSE(one.zh.empty() || one.en.empty()) << one.code;
  }
  for (const auto one : answers) EXPECT_TRUE(texts().find("progress." + std::string(name(one)), "en").has_value());
  EXPECT_TRUE(texts().find("progress.unasked", "en").has_value());
}

}  // namespace
}  // namespace keycare::unlock
