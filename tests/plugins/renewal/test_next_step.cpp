// test_next_step.cpp - the order's table: what follows from what is known, and what never may.
#include "plugins/renewal/core/next_step.hpp"

#include <gtest/gtest.h>

namespace keycare::renewal {
namespace {

using s = stage;
using p = pending;
using r = ra_state;
using t = token_state;

template <class Function>
void for_every_situation(Function check) {
  for (std::size_t stage_at = 0; stage_at < stage_names.size(); ++stage_at)
    for (std::size_t held = 0; held < pending_names.size(); ++held)
      for (std::size_t ra = 0; ra < ra_state_names.size(); ++ra)
        for (std::size_t token = 0; token < token_state_names.size(); ++token)
          check(static_cast<s>(stage_at), static_cast<p>(held), static_cast<r>(ra), static_cast<t>(token));
}

struct row {
  s at;
  p held;
  r ra;
  t token;
  step then;
};

TEST(NextStep, FollowsTheTableOfTheRenewalOrder) {
  const row expected[] = {
      // the application
      {s::sign_intent, p::none, r::unasked, t::unasked, step::fill_form},
      {s::sign_intent, p::draft, r::unasked, t::unasked, step::look_at_token},
      {s::sign_intent, p::draft, r::unasked, t::no_pair, step::sign_application},
      {s::sign_intent, p::draft, r::unasked, t::away, step::await_token},
      {s::sign_intent, p::draft, r::unasked, t::locked, step::unlock_pin},
      {s::signed_, p::application, r::unasked, t::unasked, step::send},
      // payment
      {s::accepted, p::none, r::unasked, t::unasked, step::ask_ra},
      {s::accepted, p::none, r::awaiting_payment, t::unasked, step::pay},
      {s::accepted, p::payment, r::awaiting_payment, t::unasked, step::send},
      {s::accepted, p::payment, r::paid, t::unasked, step::wait_review},
      // withdrawal
      {s::withdraw_intent, p::none, r::awaiting_payment, t::unasked, step::look_at_token},
      {s::withdraw_intent, p::none, r::awaiting_payment, t::no_pair, step::sign_withdrawal},
      {s::withdraw_intent, p::none, r::awaiting_payment, t::away, step::await_token},
      {s::withdraw_intent, p::none, r::paid, t::unasked, step::wait_review},
      {s::accepted, p::withdrawal, r::awaiting_payment, t::unasked, step::send},
      {s::accepted, p::withdrawal, r::withdrawing, t::unasked, step::wait_withdrawal},
      {s::accepted, p::none, r::withdrawn, t::unasked, step::close},
      {s::accepted, p::none, r::expired, t::unasked, step::close},
      // review
      {s::accepted, p::none, r::under_review, t::unasked, step::wait_review},
      {s::accepted, p::none, r::needs_correction, t::unasked, step::correct},
      {s::accepted, p::correction, r::needs_correction, t::unasked, step::send},
      {s::accepted, p::none, r::rejected, t::unasked, step::wait_refund},
      {s::accepted, p::none, r::refunding, t::unasked, step::wait_refund},
      {s::accepted, p::none, r::refunded, t::unasked, step::close},
      {s::accepted, p::none, r::refund_failed, t::unasked, step::support},
      // the key
      {s::accepted, p::none, r::approved, t::unasked, step::look_at_token},
      {s::accepted, p::none, r::approved, t::away, step::await_token},
      {s::accepted, p::none, r::approved, t::locked, step::unlock_pin},
      {s::accepted, p::none, r::approved, t::certificate_gone, step::ask_person},
      {s::accepted, p::none, r::approved, t::no_pair, step::make_request},
      {s::key_intent, p::none, r::approved, t::our_pair, step::make_request},
      {s::proved, p::none, r::approved, t::certified, step::make_request},
      {s::key_ready, p::csr, r::approved, t::unasked, step::send},
      {s::key_ready, p::none, r::issued, t::unasked, step::fetch_bundle},
      // another computer, which has only the RA and the token to go by
      {s::accepted, p::none, r::issued, t::our_pair, step::fetch_bundle},
      {s::accepted, p::none, r::issued, t::certified, step::fetch_bundle},
      {s::accepted, p::none, r::issued, t::no_pair, step::new_generation},
      // the certificate
      {s::bundle_held, p::none, r::issued, t::our_pair, step::install},
      {s::bundle_held, p::none, r::issued, t::certified, step::install},
      {s::install_intent, p::none, r::issued, t::certified, step::install},
      {s::bundle_held, p::none, r::issued, t::away, step::await_token},
      {s::bundle_held, p::none, r::issued, t::no_pair, step::new_generation},
      {s::bundle_held, p::none, r::issued, t::other_pair, step::new_generation},
      {s::bundle_held, p::generation, r::issued, t::no_pair, step::send},
      {s::proved, p::confirmation, r::issued, t::away, step::send},
      {s::proved, p::none, r::confirmed, t::unasked, step::wait_rebinding},
      {s::proved, p::none, r::rebinding, t::unasked, step::wait_rebinding},
      {s::proved, p::none, r::complete, t::unasked, step::close},
      {s::closed, p::none, r::complete, t::unasked, step::done},
      // what nobody expects
      {s::accepted, p::none, r::unknown, t::unasked, step::support},
      {s::accepted, p::none, r::other, t::unasked, step::support},
      {s::accepted, p::none, r::support, t::unasked, step::support},
  };
  for (const auto& want : expected)
    EXPECT_EQ(name_of(next_step(want.ra, want.token, {want.at, want.held})), name_of(want.then))
        << name_of(want.at) << " " << name_of(want.held) << " " << name_of(want.ra) << " " << name_of(want.token);
}

TEST(NextStep, TheTokenIsWrittenOnlyWhenItAndTheOldCertificateAreThereAndOpen) {
  for_every_situation([](s at, p held, r ra, t token) {
    const auto then = next_step(ra, token, {at, held});
    const bool uses_key = then == step::sign_application || then == step::sign_withdrawal ||
                          then == step::make_request || then == step::install || then == step::new_generation;
    if (!uses_key) return;
    EXPECT_TRUE(token == t::no_pair || token == t::our_pair || token == t::other_pair || token == t::certified)
        << name_of(then) << " with the token " << name_of(token);
  });
}

TEST(NextStep, NoKeyIsMadeBeforeTheRaHasApproved) {
  for_every_situation([](s at, p held, r ra, t token) {
    const auto then = next_step(ra, token, {at, held});
    EXPECT_TRUE(then != step::make_request || ra == r::approved);
    const bool with_certificate = then == step::install || then == step::fetch_bundle || then == step::new_generation;
    EXPECT_TRUE(!with_certificate || ra == r::issued);
  });
}

TEST(NextStep, ACertificateIsInstalledOnlyAfterItWasCheckedAndStored) {
  for_every_situation([](s at, p held, r ra, t token) {
    if (next_step(ra, token, {at, held}) != step::install) return;
    EXPECT_TRUE(row_of(at).bundle) << name_of(at);
  });
}

TEST(NextStep, AnEndedOrderStaysEndedWhateverElseIsSaid) {
  for_every_situation([](s at, p held, r ra, t token) {
    EXPECT_TRUE(at != s::closed || next_step(ra, token, {at, held}) == step::done);
  });
}

TEST(NextStep, AWithdrawnOrderIsNeverPaidFor) {
  for_every_situation([](s at, p held, r ra, t token) {
    const auto then = next_step(ra, token, {at, held});
    EXPECT_TRUE(then != step::pay || ra == r::awaiting_payment);
  });
}

TEST(NextStep, ARequestIsSentOnlyWhileTheRaCanStillWantIt) {
  for_every_situation([](s at, p held, r ra, t token) {
    if (at <= s::signed_ || next_step(ra, token, {at, held}) != step::send) return;
    EXPECT_FALSE(is_moot(held, ra)) << name_of(held) << " " << name_of(ra);
  });
}

TEST(NextStep, EveryRowOfTheTableDecidesSomething) {
  std::array<int, rules.size()> used{};
  for_every_situation([&](s at, p held, r ra, t token) {
    for (std::size_t i = 0; i < rules.size(); ++i)
      if (rules[i].at.has(at) && rules[i].held.has(held) && rules[i].ra.has(ra) && rules[i].token.has(token)) {
        ++used[i];
        return;
      }
  });
  // The last row is for states that a later version may add.
  for (std::size_t i = 0; i + 1 < rules.size(); ++i) EXPECT_GT(used[i], 0) << "row " << i;
}

TEST(NextStep, AfterARestartNoStageIsFurtherThanItWas) {
  for (const auto& row : stages) {
    EXPECT_LE(row.stable, row.at);
    EXPECT_EQ(row_of(row.stable).stable, row.stable) << "a stable stage falls no further";
  }
}

TEST(NextStep, TheStepBarNeverStandsOnInstallationBeforeApproval) {
  EXPECT_EQ(progress_of(s::sign_intent, r::unasked), 1);
  EXPECT_EQ(progress_of(s::accepted, r::awaiting_payment), 2);
  EXPECT_EQ(progress_of(s::accepted, r::under_review), 3);
  EXPECT_EQ(progress_of(s::key_ready, r::issued), 4);
  EXPECT_EQ(progress_of(s::closed, r::complete), 5);
}

}  // namespace
}  // namespace keycare::renewal
