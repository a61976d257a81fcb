// unlock_test.cpp - opening a locked token: proof of person, escrow, limits, and authorisations that open one token
// once.
#include "database_dump.hpp"
#include "ra_kit.hpp"
#include "unlock_kit.hpp"

#include "dev-ra/octets.hpp"

#include <gtest/gtest.h>

namespace keycare::dev_ra::test {
namespace {

TEST(Unlock, GivesBothAdminPinsToTheHostAndKeepsTheNextOneWhenItIsReported) {
  ra_kit ra;
  const auto who = ra.enrol("alice");
  unlock_kit unlock(ra, who);
  const auto applied = unlock.apply();
  EXPECT_EQ(applied.body.at("unlock").at("state"), "awaiting-code");
  EXPECT_EQ(applied.body.at("unlock").at("phone"), "138****8000");
  EXPECT_EQ(unlock.verify().body.at("state"), "under-review");
  ra.advance(ra_kit::review);
  EXPECT_EQ(unlock.state(), "approved");

  const auto first = unlock.redeem();
  ASSERT_EQ(first.answer.status, 200) << first.answer.body;
  EXPECT_EQ(first.statement.at("rotation"), "required");
  EXPECT_EQ(first.statement.at("method"), "skf-unblock-pin");
  EXPECT_EQ(first.statement.at("nonce"), first.nonce);
  EXPECT_EQ(first.pins.at("current"), "admin-pin-0");
  const auto next = first.pins.at("next").get<std::string>();
  EXPECT_EQ(next.size(), 16U);

  // Before the report every redemption gives the same two: next may be on the token already.
  const auto second = unlock.redeem();
  EXPECT_EQ(second.pins, first.pins);
  EXPECT_EQ(unlock.report(second, "next").body.at("state"), "done");
  EXPECT_EQ(unlock.report(second, "next").status, 200);

  unlock_kit later(ra, who, false);
  later.approve();
  EXPECT_EQ(later.redeem().pins.at("current"), next);
}

TEST(Unlock, GivesTheSameAnswerToTheSameRedemptionUncounted) {
  ra_kit ra;
  const auto who = ra.enrol("bob");
  unlock_kit unlock(ra, who);
  unlock.approve();
  const auto first = unlock.redeem();
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(ra.put_json(first.path, first.request, unlock.secret()).body, first.answer.body);
  auto other = first.request;
  other["nonce"] = std::string(64, '0');
  EXPECT_EQ(ra.put_json(first.path, other, unlock.secret()).code(), "other-payload");
  EXPECT_EQ(unlock.show().body.at("redemptions_left"), 2);
}

TEST(Unlock, IsLimitedForAnApprovalADayAndThirtyDaysAlsoOverRestarts) {
  ra_kit ra;
  const auto who = ra.enrol("carol");
  // Each redemption has a new uuid, key and nonce, as after a restart of the client; the RA starts again before it,
  // too.
  const auto redeem = [&](unlock_kit& of) {
    ra.restart();
    return of.redeem().answer;
  };
  unlock_kit first(ra, who);
  first.approve();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(redeem(first).status, 200);
  EXPECT_EQ(redeem(first).code(), "unlock-limit-approval");

  unlock_kit second(ra, who, false);
  second.approve();
  const auto refused = redeem(second);
  EXPECT_EQ(refused.code(), "unlock-limit");
  EXPECT_GT(refused.retry_after, 3600);
  EXPECT_EQ(second.show().body.at("redemptions_left"), 3) << "what is refused is not counted";
  ra.advance(86'401);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(redeem(second).status, 200);
  ra.advance(86'401);
  EXPECT_EQ(redeem(second).code(), "unlock-limit");  // five in thirty days
  ra.advance(28 * 86'400);
  EXPECT_EQ(redeem(second).status, 200) << "the first three are more than thirty days old";
}

TEST(Unlock, ReportedAfterAnotherUnlockOfItsTokenWasDoneLeavesTheAdminPinsOfToday) {
  for (const char* said : {"next", "current"}) {
    ra_kit ra;
    const auto who = ra.enrol("laura");
    unlock_kit first(ra, who);
    first.approve();
    const auto unreported = first.redeem();  // the computer with the proof stays without a network
    unlock_kit second(ra, who, false);
    second.approve();
    const auto redeemed = second.redeem();
    EXPECT_EQ(redeemed.pins, unreported.pins);
    EXPECT_EQ(second.report(redeemed, "next").status, 200);
    ra.advance(86'401);
    unlock_kit third(ra, who, false);
    third.approve();
    const auto pins = third.redeem().pins;
    EXPECT_EQ(pins.at("current"), redeemed.pins.at("next"));
    EXPECT_EQ(first.report(unreported, said).body.value("state", ""), "done");
    // The token may have third's next already: it must not be forgotten, and not be taken for the current one.
    EXPECT_EQ(third.redeem().pins, pins) << said;
  }
}

TEST(Unlock, SpendsNothingOnAnotherTokenApplicationOrCertificateOrAKeyThatIsNone) {
  ra_kit ra;
  const auto who = ra.enrol("dave");
  const auto other = ra.enrol("other");
  unlock_kit unlock(ra, who);
  unlock.approve();
  unlock.send_code();
  const auto good = unlock.redemption_request();
  const auto path = unlock.path("/redemptions/" + random_uuid());
  struct row {
    const char* member;
    json value;
    const char* refusal;
  };
  const row changes[] = {
      {"/token/serial", other.serial, "token-mismatch"},
      {"/token/manufacturer", "Maker", "token-mismatch"},
      {"/application", "OTHER", "token-mismatch"},
      {"/certificate_sha256", other.sha256, "token-mismatch"},
      {"/ephemeral_key", base64("no key"), "bad-fields"},
      {"/ephemeral_key", base64(public_key_der(new_key().get())), "bad-fields"},
      {"/ephemeral_key", "====", "bad-json"},
      {"/nonce", "00", "bad-json"},
  };
  const auto before = dump(ra.folder() / "ra.sqlite");
  for (const auto& [member, value, refusal] : changes) {
    auto wrong = good;
    wrong[json::json_pointer(member)] = value;
    EXPECT_EQ(ra.put_json(path, wrong, unlock.secret()).code(), refusal) << member;
    EXPECT_EQ(difference(before, dump(ra.folder() / "ra.sqlite")), "") << member;
  }
  EXPECT_EQ(unlock.show().body.at("redemptions_left"), 3);
  EXPECT_EQ(ra.put_json(path, good, unlock.secret()).status, 200) << "the same code is still good";
}

TEST(Unlock, CodesAreRightOnceAndNotForEver) {
  ra_kit ra;
  const auto who = ra.enrol("erin");
  unlock_kit unlock(ra, who);
  unlock.apply();
  const auto verify = [&](const std::string& code) {
    return ra.put_json(unlock.path("/verification"), {{"code", code}}, unlock.secret()).code();
  };
  EXPECT_EQ(verify("000000"), "code-expired");  // none was sent
  const auto code = unlock.send_code();
  EXPECT_EQ(unlock.send_code(), code);  // asked again at once: the same one stands
  const std::string wrong = code == "111111" ? "222222" : "111111";
  for (int i = 0; i < 5; ++i) EXPECT_EQ(verify(wrong), "code-wrong");
  EXPECT_EQ(verify(code), "code-expired");
  ra.advance(61);
  const auto fresh = unlock.send_code();
  ra.advance(301);
  EXPECT_EQ(verify(fresh), "code-expired");
  EXPECT_EQ(verify(unlock.send_code()), "");
  EXPECT_EQ(unlock.state(), "under-review");
}

TEST(Unlock, GoesToAPersonWhenTheDataAreNotThoseOfTheLastBusiness) {
  ra_kit ra;
  const auto who = ra.enrol("frank");
  unlock_kit unlock(ra, who);
  unlock.applicant()["name"] = "李四";
  unlock.apply();
  EXPECT_EQ(unlock.verify().body.at("state"), "under-review");
  ra.advance(86'400);
  EXPECT_EQ(unlock.state(), "under-review");
  ra.dev("review", {{"uuid", unlock.uuid()}, {"decision", "reject"}, {"reason", "资料不符"}});
  EXPECT_EQ(unlock.show().body.at("rejection").at("reason"), "资料不符");
}

TEST(Unlock, MarksATokenThatCannotChangeItsAdminPinAsExposed) {
  ra_kit ra;
  const auto who = ra.enrol("grace");
  unlock_kit unlock(ra, who, true, false);
  unlock.approve();
  const auto redeemed = unlock.redeem();
  EXPECT_EQ(redeemed.statement.at("rotation"), "impossible");
  EXPECT_EQ(redeemed.pins.at("next"), redeemed.pins.at("current"));
  EXPECT_EQ(unlock.report(redeemed, "current").body.at("exposed"), true);
}

TEST(Unlock, IsReportedByTheUnlockedKeyOnly) {
  ra_kit ra;
  const auto who = ra.enrol("heidi");
  const auto mallory = ra.enrol("mallory");
  unlock_kit unlock(ra, who);
  unlock.approve();
  const auto redeemed = unlock.redeem();
  const auto proof = unlock.proof(redeemed, "next");
  EXPECT_EQ(ra.put_cms(unlock.path("/report"), ra.sign(mallory, proof)).code(), "untrusted-signature");
  auto other = proof;
  other["nonce"] = std::string(64, '1');
  EXPECT_EQ(ra.put_cms(unlock.path("/report"), ra.sign(who, other)).code(), "wrong-state");
  EXPECT_EQ(ra.put_cms(unlock.path("/report"), ra.sign(who, proof)).status, 200);
}

TEST(Unlock, IsOneAtATimeForAToken) {
  ra_kit ra;
  const auto who = ra.enrol("ivan");
  unlock_kit first(ra, who);
  EXPECT_EQ(first.apply().status, 200);
  EXPECT_EQ(first.apply().status, 200);
  unlock_kit second(ra, who, false);
  EXPECT_EQ(second.apply().code(), "open-unlock");
  ra.advance(86'401);  // never proved
  EXPECT_EQ(first.state(), "expired");
  EXPECT_EQ(second.apply().status, 200);
  second.applicant()["phone"] = "13900139000";
  EXPECT_EQ(second.apply().code(), "other-payload");
}

TEST(Unlock, TellsNothingAboutTokensToWhoGuesses) {
  ra_kit ra;
  auto who = ra.enrol("judy");
  who.serial = "guess";
  unlock_kit unlock(ra, who, false);
  EXPECT_EQ(unlock.apply().code(), "unknown-certificate");
}

}  // namespace
}  // namespace keycare::dev_ra::test
