// test_renewal_resume.cpp - the process dies before and after every effect, and starts again from every stored stage.
#include "renewal_bench.hpp"

namespace keycare::fakes {
namespace {

/// What must be true of the world, however often the process died.
void expect_one_good_renewal(bench& b, const std::string& when) {
  SCOPED_TRACE(when);
  ASSERT_EQ(b.ra.orders.size(), 1U) << "one order";
  const auto& o = *b.ra.only();
  EXPECT_EQ(o.state, "complete");
  int kept = 0;
  for (const auto& payment : o.payments) kept += payment["state"] == "succeeded" ? 1 : 0;
  EXPECT_EQ(kept, 1) << "one payment";
  EXPECT_EQ(b.device.boxes.at("OLD").key, "old-key");
  EXPECT_EQ(b.device.boxes.at("OLD").certificate, b.ra.old.der()) << "the old certificate is untouched";
  int renewed = 0;
  for (const auto& [name, box] : b.device.boxes)
    if (name != "OLD" && box.certificate == o.certificate) ++renewed;
  EXPECT_EQ(renewed, 1) << "the new certificate is on the token, once";
  EXPECT_EQ(b.ra.certificates_issued, 1) << "one key, one certificate";
  EXPECT_LE(b.device.boxes.size(), 2U) << "no container is left behind";
  EXPECT_GE(o.confirmations, 1);
}

int effects_of_a_whole_renewal() {
  bench b;
  EXPECT_EQ(b.play(), "complete");
  expect_one_good_renewal(b, "without a crash");
  EXPECT_EQ(b.device.prompts, 2);
  return b.host->fate.effects;
}

TEST(RenewalResume, DyingOnceAtAnyPointLosesNothingAndPaysOnce) {
  const int effects = effects_of_a_whole_renewal();
  ASSERT_GT(effects, 60);
  for (int at = 0; at < effects; ++at) {
    bench b;
    b.host->fate.crash_at = at;
    const auto ended = b.play();
    ASSERT_EQ(ended, "complete") << "died at effect " << at;
    expect_one_good_renewal(b, "died at effect " + std::to_string(at));
    ASSERT_LE(b.device.prompts, 4) << "died at effect " << at;
  }
}

TEST(RenewalResume, DyingAgainAndAgainStillEndsWell) {
  for (int stride = 7; stride < 40; stride += 4) {
    bench b;
    // Each life is a little longer than the last, so that there is an end.
    for (int life = 0; life < 40; ++life) {
      b.host->fate.crash_at = b.host->fate.effects + stride + life;
      std::string ended = "crash";
      try {
        ended = b.play(1);
      } catch (const crash&) {
      }
      if (ended == "complete") break;
    }
    b.host->fate.crash_at = -1;
    EXPECT_EQ(b.play(), "complete") << stride;
    expect_one_good_renewal(b, "stride " + std::to_string(stride));
  }
}

TEST(RenewalResume, EveryAnswerOfTheRaMayBeLost) {
  bench whole;
  whole.play();
  const auto requests = static_cast<int>(whole.ra.log.size());
  for (int lost = 0; lost < requests; ++lost) {
    bench b;
    int count = 0;
    b.host->http.on_send = [&](const http_request& request) {
      if (count++ == lost) b.ra.lose_answers = 1;
      return b.ra.serve(request);
    };
    auto ended = b.play();
    // Before there is an order a lost answer is an error that the user sees; pressing again goes on.
    if (ended == "KC-NET-LOST") ended = b.play();
    ASSERT_EQ(ended, "complete") << "answer " << lost;
    expect_one_good_renewal(b, "answer " + std::to_string(lost));
  }
}

TEST(RenewalResume, AWithdrawalThatDiedAnywhereEndsWithdrawnOrAsIfNeverAskedFor) {
  for (int at = 0; at < 24; ++at) {
    bench b;
    b.applied();
    b.host->fate.crash_at = b.host->fate.effects + at;
    try {
      (void)b.run("withdraw");
    } catch (const crash&) {
      b.start();
    }
    b.host->fate.crash_at = -1;
    for (int turn = 0; turn < 8 && b.record().at != renewal::stage::closed; ++turn) {
      if (b.ra.only()->state == "awaiting-payment") (void)b.run("withdraw");
      b.world();
      (void)b.run("continue");
    }
    EXPECT_EQ(b.ra.only()->state, "withdrawn") << at;
    EXPECT_EQ(b.record().at, renewal::stage::closed) << at;
    EXPECT_TRUE(b.ra.only()->payments.empty()) << at;
  }
}

TEST(RenewalResume, ALostKeyThatDiesAnywhereStillEndsWithOneCertificate) {
  for (int at = 0; at < 60; at += 2) {
    bench b;
    b.approved();
    for (int i = 0; i < 3; ++i) b.must("continue");
    b.device.boxes[b.record().container].key.clear();
    b.start();
    b.host->fate.crash_at = at;
    ASSERT_EQ(b.play(), "complete") << at;
    EXPECT_EQ(b.ra.only()->generation, 2) << at;
    EXPECT_EQ(b.device.boxes.at("OLD").certificate, b.ra.old.der());
  }
}

}  // namespace
}  // namespace keycare::fakes
