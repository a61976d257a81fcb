// rules_test.cpp - dev-ra's pure rules: states, quotes, forms.
#include "dev-ra/authority.hpp"
#include "dev-ra/certificate.hpp"
#include "dev-ra/forms.hpp"
#include "dev-ra/octets.hpp"
#include "dev-ra/order_states.hpp"
#include "dev-ra/quotes.hpp"

#include <gtest/gtest.h>
#include <cstdlib>
#include <ctime>
#include <set>

namespace keycare::dev_ra {
namespace {

using json = nlohmann::json;

TEST(OrderStates, EveryStateIsReachedFromTheFirst) {
  std::set<order_state> reached{order_state::awaiting_payment};
  for (std::size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (const auto& t : order_transitions())
      if (reached.contains(t.from)) reached.insert(t.to);
  }
  EXPECT_EQ(reached.size(), all_order_states().size());
}

TEST(OrderStates, TerminalOnesAreNeverLeftAndEveryOtherHasAWayOut) {
  for (const auto state : all_order_states()) {
    bool leaves = false;
    for (const auto& t : order_transitions()) leaves = leaves || (t.from == state && t.to != state);
    EXPECT_EQ(leaves, !is_terminal(state)) << name(state);
    EXPECT_FALSE(is_terminal(state) && is_open(state)) << name(state);
  }
}

TEST(OrderStates, OneEventLeadsToOneState) {
  std::set<std::pair<order_state, order_event>> seen;
  for (const auto& t : order_transitions()) EXPECT_TRUE(seen.emplace(t.from, t.event).second) << name(t.from);
}

TEST(OrderStates, AreKnownByTheContractsNames) {
  for (const auto state : all_order_states()) EXPECT_EQ(order_state_named(name(state)), state);
  EXPECT_EQ(order_state_named("under-review"), order_state::under_review);
  EXPECT_EQ(order_state_named("lost"), std::nullopt);
}

TEST(OrderStates, APaidOrderCannotBeWithdrawn) {
  for (const auto state : all_order_states())
    EXPECT_EQ(after(state, order_event::withdrawal_asked).has_value(), state == order_state::awaiting_payment);
}

TEST(Quotes, CostTwoHundredYuanAYear) {
  EXPECT_EQ(fee_fen(12), 20'000);
  EXPECT_EQ(fee_fen(60), 100'000);
  EXPECT_TRUE(is_offered(36));
  EXPECT_FALSE(is_offered(18));
}

TEST(Quotes, EndOnTheSameDayMonthsLaterOrTheLastOfAShorterMonth) {
  EXPECT_EQ(new_end(1'709'208'000, 12), 1'740'744'000);  // 2024-02-29T12:00Z -> 2025-02-28T12:00Z
  EXPECT_EQ(new_end(1'709'208'000, 48), 1'835'438'400);  // -> 2028-02-29T12:00Z
  EXPECT_EQ(new_end(1'764'547'199, 12), 1'796'083'199);  // the second before midnight stays
}

json form(const char* type, const char* number) {
  return {{"id_type", type}, {"id_number", number}, {"name", "张三"}, {"phone", "13800138000"}, {"email", "a@b.cn"}};
}

TEST(Forms, TakeTheVectorsOfTheStandards) {
  for (const char* id : {"11010519491231002X", "440524188001010014"})
    EXPECT_EQ(refused_fields(form("resident-id", id)), json::array()) << id;
  for (const char* code : {"91350100M000100Y43", "91440300708461136T"})
    EXPECT_EQ(refused_fields(form("social-credit-code", code)), json::array()) << code;
  EXPECT_EQ(refused_fields(form("hk-macau-permit", "H12345678")), json::array());
  EXPECT_EQ(refused_fields(form("taiwan-permit", "12345678")), json::array());
  EXPECT_EQ(refused_fields(form("passport", "E12345678")), json::array());
}

TEST(Forms, NameEveryRefusedField) {
  auto wrong = form("resident-id", "110105194912310021");
  EXPECT_EQ(refused_fields(wrong), json::array({{{"field", "id_number"}, {"code", "check-digit"}}}));
  wrong["id_number"] = "11010519490231002X";  // 31 February
  wrong["name"] = "  ";
  wrong["phone"] = "12800138000";
  wrong["email"] = "nobody";
  EXPECT_EQ(refused_fields(wrong).size(), 4U);
  wrong["id_type"] = "library-card";
  EXPECT_EQ(refused_fields(wrong)[0].at("code"), "not-offered");
}

TEST(Forms, AreShownMasked) {
  const auto shown = masked(form("resident-id", "11010519491231002X"));
  EXPECT_EQ(shown.at("id_number"), "110***********002X");
  EXPECT_EQ(shown.at("name"), "张*");
  EXPECT_EQ(shown.at("phone"), "138****8000");
  EXPECT_EQ(shown.at("email"), "a@b.cn");
  EXPECT_EQ(masked_account("pa-gys-0001"), "pa*******01");
}

TEST(Authority, IsMadeOnceAndMadeAgainOnlyWhenItsFirstStartWasInterrupted) {
  namespace fs = std::filesystem;
  std::string pattern = (fs::temp_directory_path() / "keycare-authority-XXXXXX").string();
  const fs::path folder = ::mkdtemp(pattern.data());
  const auto now = static_cast<std::int64_t>(std::time(nullptr));
  const auto made = authority::open(folder, now);
  ASSERT_TRUE(made);
  const auto read = authority::open(folder, now);
  ASSERT_TRUE(read);
  const auto root = [](const authority& of) { return fingerprint(of[role::root].certificate.get()); };
  EXPECT_EQ(root(*made), root(*read));
  EXPECT_EQ(made->master(), read->master());
  for (const char* kept : {"private/root.key", "private/master", "admin-token"})
    EXPECT_EQ(fs::status(folder / kept).permissions(), fs::perms::owner_read | fs::perms::owner_write) << kept;
  const auto issued = made->issue(X509_get_subject_name((*made)[role::time].certificate.get()),
                                  (*made)[role::time].key.get(), now - 60, now + 60);
  EXPECT_TRUE(read->has_issued(issued.get(), now));
  EXPECT_FALSE(read->has_issued(issued.get(), now + 61));

  fs::remove(folder / "private" / "root.key");
  EXPECT_EQ(authority::open(folder, now).error().code, "KC-RA-KEYS");
  fs::remove(folder / "private" / "complete");
  const auto again = authority::open(folder, now);
  ASSERT_TRUE(again);
  EXPECT_NE(root(*again), root(*made));
  fs::remove_all(folder);
}

TEST(Octets, Base64TakesTheOneSpellingOnly) {
  EXPECT_EQ(base64("light work."), "bGlnaHQgd29yay4=");
  EXPECT_EQ(from_base64("bGlnaHQgd29yay4="), "light work.");
  for (const char* wrong : {"bGlnaHQgd29yay4", "bGlnaHQgd29yay5=", "bGln\nHQgd29yay4=", "====", "bG=naHQg"})
    EXPECT_EQ(from_base64(wrong), std::nullopt) << wrong;
  EXPECT_EQ(from_base64(""), "");
}

}  // namespace
}  // namespace keycare::dev_ra
