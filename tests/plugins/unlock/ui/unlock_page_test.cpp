// unlock_page_test.cpp - the page over a core that says what no real one says on demand: several applications on one
// token, and a network that stays away in the middle of a redemption.
#include "plugins/unlock/ui/unlock_page.hpp"
#include "plugins/unlock/ui/home_card.hpp"
#include "tests/plugins/common/ui/scripted_core.hpp"
#include "unlock_stage.hpp"

namespace keycare::unlock {
namespace {

using namespace window;
using nlohmann::json;

constexpr auto uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";

/// A client that has nothing to say, and its window.
class desk {
public:
  desk() {
    shell_.client = [](const kc_shell_service*, kc_client_sink, void*, kc_error*) -> kc_status { return KC_OK; };
    shell_.show_page = [](const kc_shell_service*, kc_str, kc_error*) -> kc_status { return KC_OK; };
    log_.write = [](const kc_log_service*, std::uint32_t, kc_str, kc_str) {};
  }
  template <class Page>
  Page* show() {
    page_ = std::make_unique<Page>(ui::page_links{commands_, shell_client(&shell_), log_client(&log_)});
    page_->resize(1000, 700);
    page_->show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(page_.get()));
    return static_cast<Page*>(page_.get());
  }
  ui::scripted_core core;

private:
  kc_shell_service shell_{};
  kc_log_service log_{};
  commands_client commands_{core.table()};
  std::unique_ptr<QWidget> page_;
};

json pin(const char* application, bool locked) {
  return {{"application", application},
          {"pin", {{"locked", locked}, {"remaining", locked ? 0 : 7}}},
          {"text", locked ? "locked, says the core" : "7 tries left"}};
}
json state(const json& applications, const json& unlocks = json::array()) {
  return {
      {"data",
       {{"tokens", json::array({json{
                       {"serial", "A1"}, {"label", "Token"}, {"can_unlock", true}, {"applications", applications}}})},
        {"unlocks", unlocks}}},
      {"text", json::array()}};
}
json unlock_of(const char* application, const char* state) {
  return {{"uuid", uuid},
          {"state", state},
          {"application", application},
          {"token", {{"serial", "A1"}}},
          {"redemptions_left", 3}};
}
json stands(const char* state, const json& next) {
  auto out = ui::reply(next);
  out["data"]["unlock"] = unlock_of("APP", state);
  return out;
}

void choose(QWidget* page, const char* name) {
  QTest::mouseClick(usable<QRadioButton>(page, name), Qt::LeftButton, {}, QPoint(8, 8));
}

TEST(UnlockPage, TellsTheApplicationsOfOneTokenApart) {
  desk at;
  at.core.script = {{KC_OK, state(json::array({pin("WORK", true), pin("BIDS", true), pin("MAIL", false)}))}};
  auto* page = at.show<unlock_page>();
  ASSERT_TRUE(sees(page, "Token serial number: A1, application: WORK"));
  EXPECT_TRUE(sees(page, "Token serial number: A1, application: BIDS"));
  EXPECT_TRUE(sees(page, "This token has several applications"));
  EXPECT_FALSE(child<QPushButton>(page, "next")->isEnabled()) << "none is chosen for anybody";
  choose(page, "token-A1-BIDS");
  ASSERT_TRUE(sees(page, "Certificates and keys on it are safe"));
  at.core.script = {{KC_OK, {{"data", {{"problems", json::array()}}}, {"text", json::array()}}},
                    {KC_OK, stands("awaiting-code", {{"command", "continue"}, {"wait", "user"}})}};
  press(page, "next");
  ASSERT_TRUE(sees(page, "Token serial number: A1, application: BIDS")) << "the form says whose it is";
  press(page, "submit");
  ASSERT_TRUE(sees(page, "Prove that it is you"));
  const auto asked = at.core.asked.back();
  ASSERT_TRUE(asked.starts_with("apply ")) << asked;
  EXPECT_EQ(json::parse(asked.substr(6)).value("application", ""), "BIDS");
}

TEST(UnlockPage, GoesOnWithTheUnlockOfTheChosenApplication) {
  desk at;
  at.core.script = {{KC_OK, state(json::array({pin("WORK", true), pin("BIDS", true)}),
                                  json::array({unlock_of("BIDS", "under-review"), unlock_of("GONE", "approved")}))}};
  auto* page = at.show<unlock_page>();
  ASSERT_TRUE(sees(page, "application: BIDS"));
  EXPECT_TRUE(sees(page, "application: GONE")) << "an unlock is not lost because its certificates are";
  choose(page, "token-A1-WORK");
  EXPECT_TRUE(sees(page, "Next: the applicant's data"));
  choose(page, "token-A1-BIDS");
  ASSERT_TRUE(sees(page, "You have applied already"));
  at.core.script = {{KC_OK, stands("under-review", {{"command", "continue"}, {"wait", "user"}})}};
  press(page, "next");
  EXPECT_TRUE(sees(page, "Under review"));
  EXPECT_TRUE(at.core.asked.back().find(uuid) != std::string::npos);
}

TEST(UnlockPage, NamesNoApplicationWhereATokenHasOne) {
  desk at;
  at.core.script = {{KC_OK, state(json::array({pin("APP", true)}))}};
  auto* page = at.show<unlock_page>();
  ASSERT_TRUE(sees(page, "Token serial number: A1"));
  EXPECT_FALSE(seen(page).contains("application: APP"));
  EXPECT_TRUE(child<QPushButton>(page, "next")->isEnabled()) << "there is nothing to choose";
}

TEST(UnlockCard, ChangesThePinOfTheApplicationThatIsNamed) {
  desk at;
  at.core.script = {{KC_OK, state(json::array({pin("WORK", false), pin("BIDS", false)}))}};
  auto* card = at.show<home_card>();
  ASSERT_TRUE(sees(card, "Token serial number: A1, application: WORK"));
  ASSERT_TRUE(sees(card, "Token serial number: A1, application: BIDS"));
  at.core.script = {{KC_OK, ui::reply()}};
  for (auto* one : card->findChildren<QPushButton*>("changePin"))
    if (one->accessibleName().contains("BIDS")) click(one);
  ASSERT_TRUE(wait_until([&] { return at.core.script.empty(); }));
  EXPECT_EQ(at.core.asked.back(), R"(change {"application":"BIDS","token":"A1"})");
}

/// A redemption whose answer was lost: the page waits to repeat it.
class UnlockWithoutANetwork : public testing::Test {
protected:
  void SetUp() override {
    at.core.script = {
        {KC_OK, state(json::array({pin("APP", true)}), json::array({unlock_of("APP", "approved")}))},
        {KC_OK, stands("approved", {{"command", "continue"}, {"input", {{"unlock", uuid}}}, {"wait", "user"}})},
        {KC_OK, stands("approved",
                       {{"command", "continue"}, {"input", {{"unlock", uuid}}}, {"wait", "user"}, {"ask", {"code"}}})},
        {KC_OK, repeated}};
    page = at.show<unlock_page>();
    press(page, "messageNext");
    type(usable<QLineEdit>(page, "code"), "123456");
    press(page, "confirmCode");
    ASSERT_TRUE(sees(page, "The network was interrupted"));
    ASSERT_TRUE(wait_until([&] { return at.core.script.empty(); }));
    before = at.core.asked.size();
  }
  /// The wait is over, and the network is still away.
  void stays_away() {
    at.core.script = {{KC_E_NETWORK, {}}};
    press(page, "messageNext");
    ASSERT_TRUE(sees(page, "a sentence"));
    ASSERT_TRUE(sees(page, "KC-TEST"));
  }
  void expect_waiting() {
    EXPECT_TRUE(sees(page, "The network was interrupted"));
    EXPECT_TRUE(sees(page, "is repeated by itself"));
    EXPECT_EQ(usable<QPushButton>(page, "messageNext")->text(), "Go on");
    EXPECT_EQ(usable<QPushButton>(page, "messageOther")->text(), "Cancel");
  }
  const json repeated = stands(
      "approved", {{"command", "continue"}, {"input", {{"unlock", uuid}}}, {"wait", "ra"}, {"after_seconds", 1000}});
  const std::string the_same = std::string(R"(continue {"unlock":")") + uuid + "\"}";
  desk at;
  unlock_page* page = nullptr;
  std::size_t before = 0;
};

TEST_F(UnlockWithoutANetwork, TheSameRequestGoesOnBeingRepeated) {
  expect_waiting();
  stays_away();
  expect_waiting();
  stays_away();
  expect_waiting();
  ASSERT_EQ(at.core.asked.size(), before + 2) << "no look took the place of what waits";
  EXPECT_EQ(at.core.asked[before], the_same);
  EXPECT_EQ(at.core.asked[before + 1], the_same);
  at.core.script = {{KC_OK, stands("done", nullptr)}};
  press(page, "messageNext");
  EXPECT_TRUE(sees(page, "Unlocked"));
  EXPECT_FALSE(seen(page).contains("KC-TEST")) << "what was said is over";
}

TEST_F(UnlockWithoutANetwork, WaitsOnWhenTheLanguageIsAnother) {
  stays_away();
  for (int i = 0; i < 2; ++i) {
    QEvent other(QEvent::LanguageChange);
    QCoreApplication::sendEvent(page, &other);
    expect_waiting();
  }
  EXPECT_EQ(at.core.asked.size(), before + 1) << "nobody is asked for a word";
  at.core.script = {{KC_OK, repeated}};
  press(page, "messageNext");
  ASSERT_TRUE(wait_until([&] { return at.core.script.empty(); }));
  EXPECT_EQ(at.core.asked.back(), the_same);
}

TEST_F(UnlockWithoutANetwork, WaitsOnWhenTheLanguageIsAnotherWhileItIsRepeated) {
  at.core.script = {{KC_E_NETWORK, {}}};
  click(usable<QPushButton>(page, "messageNext"));
  QEvent other(QEvent::LanguageChange);
  QCoreApplication::sendEvent(page, &other);
  ASSERT_TRUE(wait_until([&] { return at.core.script.empty(); }));
  expect_waiting();
  EXPECT_EQ(at.core.asked.size(), before + 1);
}

TEST_F(UnlockWithoutANetwork, TheWaitCanBeEndedAndTakenUp) {
  stays_away();
  press(page, "messageOther");
  ASSERT_TRUE(sees(page, "Home page"));
  EXPECT_FALSE(seen(page).contains("by itself"));
  EXPECT_FALSE(seen(page).contains("KC-TEST"));
  EXPECT_TRUE(sees(page, "Nothing is lost"));
  at.core.script = {{KC_OK, repeated}};
  press(page, "messageNext");
  expect_waiting();
  EXPECT_EQ(at.core.asked.back(), the_same);
}

}  // namespace
}  // namespace keycare::unlock
