// kill_test.cpp - kill -9 of the client, of the RA, or of both, after a durable write or at any moment: the order goes
// on.
#include "clerk.hpp"

#include "host-stub/demo/narrator.hpp"
#include "host-stub/demo/scripted_prompt.hpp"
#include "host-stub/services/config/config.hpp"
#include "host-stub/services/log/log.hpp"
#include "host-stub/services/token/token_side.hpp"
#include "keycare/abi/keys.h"
#include "plugins/common/encoding.hpp"

#include <csignal>
#include <fstream>
#include <iostream>

namespace keycare::e2e {
namespace {

namespace cast = demo::cast;
using std::chrono::milliseconds;

class killing : public order_test {
protected:
  /// From now on every client, and every RA that is raised later, counts its durable writes while this file exists.
  std::map<std::string, std::string> moments(const std::string& who) const {
    return {{"LD_PRELOAD", KEYCARE_MOMENTS}, {"KEYCARE_TEST_MOMENTS", (folder_ / who).string()}};
  }
  /// @p who dies with its @p nth durable write from now.
  void arm(const std::string& who, int nth) const { std::ofstream(folder_ / who) << nth << '\n'; }
  /// It still lives.
  bool armed(const std::string& who) const { return std::filesystem::exists(folder_ / who); }
  void disarm(const std::string& who) const { std::filesystem::remove(folder_ / who); }
  /// The RA under the same environment as a client; the variables are gone again when it runs.
  void raise_counting_ra() {
    for (const auto& [name, value] : moments("ra-dies")) setenv(name.c_str(), value.c_str(), 1);
    raise_ra();
    for (const auto& [name, value] : moments("ra-dies")) unsetenv(name.c_str());
  }
  /// The RA's state of the order, and how many payments it knows: what says whether a turn got anywhere.
  std::string progress() const {
    const auto now = books::read(ra_folder());
    return now.orders.empty() ? "" : now.orders.back().state + " " + std::to_string(now.payments.size());
  }
  /// The client dies after one durable write of its own after another; then the order is completed.
  void die_after_durable_writes();
  /// @return how often something was killed: @p times, or as often as there was an order to go on with.
  int die_at_random_moments(std::mt19937& random, int times);
};

void killing::die_after_durable_writes() {
  // Every write of every command, if so many are wanted; otherwise a walk over them from a random first step.
  auto random = seeded();
  corrections_ = true;
  const int wanted = kills_wanted();
  const int stride = wanted >= 100 ? 1 : 5;
  environment_ = moments("client-dies");
  int died = 0;
  int nth = 1 + static_cast<int>(random() % static_cast<unsigned>(stride));
  auto before = progress();
  while (died < wanted && progress() != "complete 1" && !HasFailure()) {
    arm("client-dies", nth);
    turn();
    const bool died_now = !armed("client-dies");
    disarm("client-dies");
    died += died_now ? 1 : 0;
    const auto now = progress();
    nth = now != before ? 1 + static_cast<int>(random() % static_cast<unsigned>(stride)) : nth + stride;
    before = now;
  }
  std::cout << "killed " << died << " times" << std::endl;
  EXPECT_GE(died, std::min(wanted, 5)) << "the client was killed at all";
  finish();
  expect_everything_is_there();
}

TEST_F(killing, AClientThatDiesAfterAnyDurableWriteGoesOnWithTheSameOrder) {
  die_after_durable_writes();
}

TEST_F(killing, AnRaThatDiesBetweenACommitAndItsAnswerHasTheOrderWhenItIsBack) {
  corrections_ = true;
  raise_counting_ra();
  const int wanted = kills_wanted();
  int died = 0;
  int nth = 1;
  auto before = progress();
  for (int turns = 0; turns < 60 && died < wanted && progress() != "complete 1" && !HasFailure(); ++turns) {
    // What the bank and the reviewer do with an RA that dies is not this test's.
    const bool dangerous = whose_turn() == actor::clerk;
    if (dangerous) arm("ra-dies", nth);
    turn();
    if (dangerous && !armed("ra-dies")) {
      ++died;
      raise_counting_ra();
    }
    disarm("ra-dies");
    const auto now = progress();
    // A repeated request may be a write as well (its receipt): live longer each time that nothing moved.
    nth = now != before ? 1 : nth + 1;
    before = now;
  }
  std::cout << "killed " << died << " times" << std::endl;
  EXPECT_GE(died, 4) << "the RA was killed at all";
  finish();
  expect_everything_is_there();
}

int killing::die_at_random_moments(std::mt19937& random, int times) {
  // As long as a command of keycare-host takes here, measured by one that is left alone.
  const auto begun = std::chrono::steady_clock::now();
  run({"renewal", "orders"});
  const auto usual = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun).count();
  int killed = 0;
  // An order that is complete has nothing left that could be lost.
  for (int turns = 0; killed < times && turns < 4 * times && progress() != "complete 1" && !HasFailure(); ++turns) {
    const auto who = random() % 3;
    bool acted = false;
    meanwhile_.after = milliseconds(random() % static_cast<unsigned long>(2 * usual + 1));
    meanwhile_.act = [this, who, &acted](pid_t client) {
      acted = true;
      if (who != 1) kill(client, SIGKILL);
      if (who != 0) kill_ra();
    };
    turn();
    if (acted && who != 0) raise_ra();
    killed += acted ? 1 : 0;
  }
  meanwhile_ = {};
  std::cout << "killed " << killed << " times" << std::endl;
  return killed;
}

TEST_F(killing, ClientAndRaMayDieAtAnyMoment) {
  auto random = seeded();
  int left = kills_wanted();
  for (bool first = true; left > 0 && !HasFailure(); first = false) {
    if (!first) {  // another order in another office
      TearDown();
      SetUp();
      if (HasFailure()) return;
    }
    corrections_ = random() % 2 == 0;
    const int killed = die_at_random_moments(random, std::min(left, 12));
    EXPECT_GT(killed, 0);
    left -= killed;
    finish();
    expect_everything_is_there();
  }
}

class killing_with_softhsm : public killing {
protected:
  void SetUp() override {
    if (demo::find_built_files().softhsm.empty()) GTEST_SKIP() << "SoftHSM 2 (package softhsm2) is not installed";
    killing::SetUp();
  }
  [[nodiscard]] demo::token_kind kind() const override { return demo::token_kind::pkcs11; }
  [[nodiscard]] std::string algorithm() const override { return "ec-p256"; }
};

// Not at any moment: SoftHSM writes its files in place, and one that dies in the middle may lose its whole token.
TEST_F(killing_with_softhsm, AClientThatDiesAfterAnyDurableWriteGoesOnWithTheSameOrder) {
  die_after_durable_writes();
}

TEST_F(killing, AWithdrawalThatDiedIsCarriedOutAndALatePaymentIsReturned) {
  while (whose_turn() != actor::bank && !HasFailure()) turn();
  const auto late = books::read(ra_folder()).payments.back().uuid;
  environment_ = moments("client-dies");
  int died = 0;
  for (int nth = 1; state() != "withdrawn" && nth < 40 && !HasFailure(); ++nth) {
    arm("client-dies", nth);
    run({"renewal", "withdraw"}, nullptr, {cast::pin});
    expect_sensible(last_);
    died += armed("client-dies") ? 0 : 1;
    disarm("client-dies");
  }
  EXPECT_GE(died, 2);
  environment_.clear();
  run({"renewal", "continue"});  // until this computer knows it as well
  EXPECT_TRUE(office_->ra().desk("notice", {{"payment", late}, {"event", "succeeded"}}).ok());
  finish();
  expect_everything_is_there(2, 2);
}

TEST_F(killing, AKeyThatWasHalfMadeWhenThePowerWentIsMadeOnTheSameOrder) {
  while (progress().find("approved") == std::string::npos && !HasFailure()) turn();
  // The token's library dies in the middle of its durable writes, with the client, at one point after the other.
  for (const char* point : {"written", "replaced", "recorded"}) {
    environment_ = {{"KEYCARE_SOFTSKF_FAULT", std::string("kill:") + point + ":3"}};
    turn();
  }
  finish();
  const auto now = books::read(ra_folder());
  EXPECT_EQ(now.orders.back().generation, 1) << "the same key, not another one";
  expect_everything_is_there();
}

/// Removes the container of an order's first key from the token, as a program of somebody else's would.
void remove_first_key(const std::filesystem::path& config_file, const token_ref& token, const std::string& uuid) {
  using namespace services;
  const auto container = KC_CONTAINER_PREFIX + common::to_base32(*common::from_uuid(uuid)) + "-1";
  auto settings = *read_config(config_file);
  const system_time time;
  auto log = *open_log(settings.data_dir / "log", time);
  demo::narrator nobody(false, true);
  demo::scripted_prompt nobody_types(nobody);
  std::mutex one_dialog;
  token_side side(settings, time, *log, nobody_types, one_dialog);
  const auto old = *side.registry().certificates(nullptr, token);
  const auto device = *side.registry().open(nullptr, token);
  const auto removed = side.registry().act<void>(
      nullptr, device, patience::usual, device_effect::writes,
      [application = old.front().application, container](token_session& session) -> result<void> {
        if (auto in = session.verify_pin(application, pin_kind::user, secret(cast::pin)); !in) return in;
        auto gone = session.delete_container(application, container);
        session.logout(application);
        return gone;
      });
  ASSERT_TRUE(removed.ok()) << removed.error().code;
}

TEST_F(killing, AKeyThatAnotherProgramRemovedIsMadeAnewOnTheSamePaidOrder) {
  while (state() != "approved" && !HasFailure()) turn();
  // The empty container goes before there is a key in it; then the key, for which the RA has issued the certificate.
  remove_first_key(office_->config_file(), token_.token, order());
  environment_ = moments("client-dies");
  for (int nth = 1; state() != "issued" && nth < 40 && !HasFailure(); ++nth) {
    arm("client-dies", nth);
    turn();
    disarm("client-dies");
  }
  environment_.clear();
  ASSERT_EQ(state(), "issued");
  remove_first_key(office_->config_file(), token_.token, order());
  finish();
  EXPECT_EQ(books::read(ra_folder()).orders.back().generation, 2) << "the RA counts the keys";
  expect_everything_is_there();
}

}  // namespace
}  // namespace keycare::e2e
