// together_test.cpp - two processes on one computer, and two computers with one token: one order, one payment kept.
#include "clerk.hpp"

#include <fstream>
#include <thread>

namespace keycare::e2e {
namespace {

namespace cast = demo::cast;
using nlohmann::json;

/// One run of keycare-host, prepared.
struct errand {
  std::vector<std::string> arguments;
  json input;
};

class together : public order_test {
protected:
  /// Both at the same time.
  std::pair<outcome, outcome> both(const errand& one, const errand& other) {
    std::pair<outcome, outcome> out;
    const auto go = [](const errand& what, outcome& ended) {
      ended = run_program(what.arguments, what.input.is_null() ? std::string{} : what.input.dump(),
                          {cast::pin, cast::pin, cast::pin});
    };
    std::thread first([&] { go(one, out.first); });
    go(other, out.second);
    first.join();
    return out;
  }
  errand prepared(const std::vector<std::string>& arguments, const json& input = nullptr) const {
    return {command_line(arguments, input), input};
  }
  /// Two at once: each is done, or says who is in its way; never what nobody understands.
  void expect_polite(const outcome& ended, const std::vector<std::string>& codes) {
    const auto code = code_of(ended);
    EXPECT_EQ(ended.signal, 0);
    if (code.empty()) {
      EXPECT_EQ(ended.exit, 0) << ended.out << ended.err;
    } else {
      EXPECT_TRUE(std::find(codes.begin(), codes.end(), code) != codes.end()) << ended.exit << ended.out << ended.err;
      EXPECT_GT(words_of(ended).size(), 20u);
    }
  }
  /// What one process may say while another is at the same order.
  const std::vector<std::string> in_the_way{"KC-RENEWAL-BUSY", "KC-STORE-BUSY",         "KC-RENEWAL-UNDER-WAY",
                                            "KC-TOKEN-BUSY",   "KC-RENEWAL-TOKEN-BUSY", "KC-RA-PAYMENT-CLOSING"};
  /// The bank pays the open payment; and then, late, every other one that was ever opened.
  void pay_all() {
    for (int turns = 0; whose_turn() != actor::bank && turns < 5; ++turns) turn();
    ASSERT_EQ(whose_turn(), actor::bank) << last_.out << last_.err;
    turn();
    for (const auto& one : books::read(ra_folder()).payments) {
      if (one.kept()) continue;
      EXPECT_TRUE(office_->ra().desk("notice", {{"payment", one.uuid}, {"event", "succeeded"}}).ok());
    }
  }
  json paying_by(const char* method) const {
    auto out = paying();
    out["method"] = method;
    return out;
  }
};

TEST_F(together, TwoProcessesOfOneComputerMakeOneOrderOnePaymentAndOneKey) {
  // The very first use of the data folder, by both.
  std::filesystem::remove_all(folder_ / "client");
  const auto first = both(prepared({"renewal", "agreement"}), prepared({"renewal", "agreement"}));
  EXPECT_EQ(first.first.exit, 0) << first.first.out << first.first.err;
  EXPECT_EQ(first.second.exit, 0) << first.second.out << first.second.err;

  const auto applied = both(prepared({"renewal", "apply"}, form_), prepared({"renewal", "apply"}, form_));
  expect_polite(applied.first, in_the_way);
  expect_polite(applied.second, in_the_way);
  ASSERT_EQ(books::read(ra_folder()).orders.size(), 1u) << applied.first.out << applied.second.out;

  for (int round = 0; round < 2; ++round) {
    const auto paid =
        both(prepared({"renewal", "pay"}, paying_by("wechat")), prepared({"renewal", "pay"}, paying_by("alipay")));
    expect_polite(paid.first, in_the_way);
    expect_polite(paid.second, in_the_way);
  }
  pay_all();
  if (HasFatalFailure()) return;
  for (int turns = 0; state() != "approved" && turns < 10 && !HasFailure(); ++turns) turn();
  ASSERT_EQ(state(), "approved") << last_.out << last_.err;

  for (int round = 0; round < 3; ++round) {
    const auto went_on = both(prepared({"renewal", "continue"}), prepared({"renewal", "continue"}));
    auto codes = in_the_way;
    codes.emplace_back("KC-RENEWAL-NO-ORDER");  // the other one has completed it
    expect_polite(went_on.first, codes);
    expect_polite(went_on.second, codes);
  }
  finish();
  expect_everything_is_there();
}

TEST_F(together, TwoComputersWithOneTokenMakeOneOrderAndTheSecondPaymentIsReturned) {
  std::ifstream in(office_->config_file());
  auto config = json::parse(in);
  config["data_dir"] = (folder_ / "other-client").string();
  const auto other = folder_ / "other.json";
  std::ofstream(other) << config;
  const auto own = config_;
  const auto there = [&](auto what) {
    config_ = other;
    auto out = what();
    config_ = own;
    return out;
  };
  const auto other_form = there([&] { return application(); });
  const auto on_other = [&](const std::vector<std::string>& arguments, const json& input = nullptr) {
    return there([&] { return prepared(arguments, input); });
  };

  const auto applied = both(prepared({"renewal", "apply"}, form_), on_other({"renewal", "apply"}, other_form));
  auto codes = in_the_way;
  codes.insert(codes.end(), {"KC-RA-OPEN-ORDER", "KC-RENEWAL-NOT-OPEN-ORDER"});
  expect_polite(applied.first, codes);
  expect_polite(applied.second, codes);
  ASSERT_EQ(books::read(ra_folder()).orders.size(), 1u) << applied.first.out << applied.second.out;

  // Whichever lost fetches the order with the token; then both have it.
  for (const auto& config_file : {own, other}) {
    config_ = config_file;
    run({"renewal", "orders", "--remote"}, nullptr, {cast::pin});
    EXPECT_EQ(last_.exit, 0) << last_.out << last_.err;
  }
  config_ = own;
  const auto uuid = order();
  const auto with_order = [&](json what) {
    what["order"] = uuid;
    return what;
  };
  for (int round = 0; round < 2; ++round) {
    const auto paid = both(prepared({"renewal", "pay"}, with_order(paying_by("wechat"))),
                           on_other({"renewal", "pay"}, with_order(paying_by("alipay"))));
    expect_polite(paid.first, codes);
    expect_polite(paid.second, codes);
  }
  EXPECT_GE(books::read(ra_folder()).payments.size(), 2u);
  pay_all();
  if (HasFatalFailure()) return;
  for (int turns = 0; state() != "approved" && turns < 10 && !HasFailure(); ++turns) turn();
  ASSERT_EQ(state(), "approved") << last_.out << last_.err;
  for (int round = 0; round < 4 && state() != "complete"; ++round) {
    const auto went_on =
        both(prepared({"renewal", "continue", "--order", uuid}), on_other({"renewal", "continue", "--order", uuid}));
    expect_polite(went_on.first, codes);
    expect_polite(went_on.second, codes);
  }
  // Both see it complete.
  for (const auto& config_file : {own, other}) {
    config_ = config_file;
    const auto done = until(uuid, "complete", {cast::pin});
    EXPECT_EQ(done["open"], false) << done;
  }
  config_ = own;
  // Whoever came second after making his container leaves it behind: empty, and reaped with his next application.
  const bool left_behind =
      code_of(applied.first) == "KC-RA-OPEN-ORDER" || code_of(applied.second) == "KC-RA-OPEN-ORDER";
  expect_everything_is_there(left_behind ? 3 : 2);
}

}  // namespace
}  // namespace keycare::e2e
