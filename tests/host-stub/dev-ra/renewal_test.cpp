// renewal_test.cpp - the life of a renewal order at the RA, over TLS.
#include "ra_kit.hpp"

#include "dev-ra/messages.hpp"
#include "dev-ra/octets.hpp"
#include "dev-ra/quotes.hpp"
#include "keycare/sdk/statement.hpp"

#include <gtest/gtest.h>

namespace keycare::dev_ra::test {
namespace {

std::string path(const applied& of, const char* rest) {
  return "/v1/renewals/" + of.uuid + rest;
}

/// The statement that an answer's receipt is for.
std::string receipted(const reply& answer) {
  const auto read = read_signed(from_base64(answer.body.at("receipt").get<std::string>()).value());
  return read ? read->statement.at("statement_sha256").get<std::string>() : read.error().code;
}

TEST(Renewal, GoesFromApplicationToTheNewCertificateAndMovesTheBinding) {
  ra_kit ra;
  const auto who = ra.enrol("alice", 25, rsa_key());
  const auto quote = ra.quote(who, 24);
  EXPECT_EQ(quote.at("fee_fen"), 40'000);
  const auto order = ra.apply(who, 24);
  EXPECT_EQ(order.order.at("state"), "awaiting-payment");
  EXPECT_EQ(order.order.at("step"), 2);
  EXPECT_EQ(order.order.at("applicant").at("name"), "张*");
  ra.approve(order);

  auto fresh = rsa_key();
  EXPECT_EQ(ra.get(path(order, "/bundle"), order.secret).code(), "not-issued-yet");
  const auto issued = ra.put_json(path(order, "/csr"), ra.csr_request(who, order, fresh.get()));
  ASSERT_EQ(issued.status, 200) << issued.body;
  EXPECT_EQ(issued.body.at("order").at("state"), "issued");
  const auto bundle = ra.get(path(order, "/bundle"), order.secret).body;
  const auto now = ra_kit::renewed(who, std::move(fresh), bundle);
  EXPECT_EQ(not_after(now.certificate.get()), quote.at("new_not_after"));
  EXPECT_EQ(not_after(now.certificate.get()), new_end(not_after(who.certificate.get()), 24));
  EXPECT_EQ(X509_NAME_cmp(X509_get_subject_name(now.certificate.get()), X509_get_subject_name(who.certificate.get())),
            0);
  EXPECT_NE(
      ASN1_INTEGER_cmp(X509_get0_serialNumber(now.certificate.get()), X509_get0_serialNumber(who.certificate.get())),
      0);

  const auto confirmation = ra.sign(now, ra.confirm_statement(who, now, order));
  const auto confirmed = ra.put_cms(path(order, "/confirmation"), confirmation);
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_EQ(confirmed.body.at("order").at("state"), "confirmed");
  EXPECT_GT(confirmed.retry_after, 0);
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(order), "rebinding");
  EXPECT_EQ(ra.get("/v1/certificates/" + who.sha256 + "/status").body.at("status"), "good");
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(order), "complete");
  EXPECT_EQ(ra.get("/v1/certificates/" + who.sha256 + "/status").body.at("superseded_by"), now.sha256);
  EXPECT_EQ(ra.order(order).body.at("seal"), "awaiting-reissue");
  const auto again = ra.put_cms(path(order, "/confirmation"), confirmation);
  EXPECT_EQ(again.body.at("receipt"), confirmed.body.at("receipt"));
  EXPECT_EQ(ra.post_json("/v1/eligibility", {{"certificate_sha256", who.sha256}}).body.at("reason"), "superseded");
}

TEST(Renewal, GivesTheSameAnswerToTheSameRequestEvenAfterARestart) {
  ra_kit ra;
  const auto who = ra.enrol("bob");
  const auto statement = ra.apply_statement(who, random_uuid(), ra.quote(who));
  const auto first = ra.submit(who, statement);
  auto again = statement;
  again["time"] = statement.at("time").get<std::int64_t>() + 5;  // signed anew after a crash: same payload
  ra.restart();
  const auto second = ra.submit(who, again);
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(ra.submit(who, statement).body.at("receipt"), first.body.at("receipt"));
  EXPECT_EQ(ra.submit(who, again).body.at("receipt"), second.body.at("receipt"));
  // Whoever signed something holds a receipt for that, also when another computer said the same before.
  EXPECT_EQ(receipted(first), sha256_hex(*keycare::statement::canonical(statement)));
  EXPECT_EQ(receipted(second), sha256_hex(*keycare::statement::canonical(again)));
  EXPECT_EQ(first.body.at("order_secret"), second.body.at("order_secret"));
  EXPECT_EQ(first.body.at("order").at("number"), second.body.at("order").at("number"));

  auto other = statement;
  other["form"]["name"] = "李四";
  ra_kit::seal_payload(other);
  EXPECT_EQ(ra.submit(who, other).code(), "other-payload");
}

TEST(Renewal, ShowsTheOpenOrderInsteadOfTakingASecondOne) {
  ra_kit ra;
  const auto who = ra.enrol("carol");
  const auto order = ra.apply(who);
  const auto refused = ra.submit(who, ra.apply_statement(who, random_uuid(), ra.quote(who, 36)));
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "open-order");
  EXPECT_EQ(refused.body.at("order").at("uuid"), order.uuid);
  const auto eligible =
      ra.post_json("/v1/eligibility", {{"certificate_sha256", who.sha256}, {"account", "carol"}}).body;
  EXPECT_EQ(eligible.at("reason"), "open-order");
  EXPECT_EQ(eligible.at("order").at("number"), order.order.at("number"));
  EXPECT_FALSE(eligible.at("order").contains("applicant"));
}

TEST(Renewal, ClosesAUuidWhoseQuoteHasExpired) {
  ra_kit ra;
  const auto who = ra.enrol("dave");
  const auto statement = ra.apply_statement(who, random_uuid(), ra.quote(who));
  ra.advance(86'401);
  EXPECT_EQ(ra.submit(who, statement).code(), "quote-expired");
  auto fresh = ra.apply_statement(who, statement.at("order"), ra.quote(who));
  EXPECT_EQ(ra.submit(who, fresh).status, 410);  // a used uuid never revives
}

TEST(Renewal, RefusesWhoIsNotEligible) {
  ra_kit ra;
  const auto reason = [&](const person& who) {
    return ra.post_json("/v1/eligibility", {{"certificate_sha256", who.sha256}}).body.at("reason").get<std::string>();
  };
  EXPECT_EQ(reason(ra.enrol("ended", -1)), "ended");
  EXPECT_EQ(reason(ra.enrol("early", 200)), "not-yet-open");
  const auto who = ra.enrol("erin");
  EXPECT_EQ(reason(who), "ok");
  EXPECT_EQ(
      ra.post_json("/v1/eligibility", {{"certificate_sha256", who.sha256}, {"account", "mallory"}}).body.at("reason"),
      "account-differs");
  const auto statement = ra.apply_statement(who, random_uuid(), ra.quote(who));
  ra.dev("revoke", {{"certificate_sha256", who.sha256}});
  EXPECT_EQ(reason(who), "revoked");
  EXPECT_EQ(ra.submit(who, statement).code(), "not-eligible");
}

TEST(Renewal, CompletesAfterTheOldCertificateHasEnded) {
  ra_kit ra;
  const auto who = ra.enrol("frank", 2);
  const auto order = ra.apply(who);
  ra.approve(order);
  ra.advance(3 * 86'400);
  EXPECT_EQ(ra.put_json(path(order, "/csr"), ra.csr_request(who, order, new_key().get())).status, 200);
  EXPECT_EQ(ra.state(order), "issued");
}

TEST(Renewal, ExpiresWhenItStaysUnpaid) {
  ra_kit ra;
  const auto who = ra.enrol("grace");
  const auto order = ra.apply(who);
  ra.advance(7 * 86'400 + 1);
  EXPECT_EQ(ra.state(order), "expired");
  EXPECT_EQ(ra.apply(who).order.at("state"), "awaiting-payment");
}

TEST(Renewal, CountsTheGenerationAndRevokesTheUnconfirmedCertificateWhenAKeyIsLost) {
  ra_kit ra;
  const auto who = ra.enrol("heidi");
  const auto order = ra.apply(who);
  ra.approve(order);
  const auto lost = new_key();
  const auto request = ra.csr_request(who, order, lost.get());
  const auto first = ra.put_json(path(order, "/csr"), request);
  EXPECT_EQ(ra.put_json(path(order, "/csr"), request).body, first.body);
  const auto old_bundle = ra.get(path(order, "/bundle"), order.secret).body;
  EXPECT_EQ(ra.put_json(path(order, "/csr"), ra.csr_request(who, order, new_key().get())).code(), "csr-key-differs");

  const auto generation = ra.sign(who, ra.statement(who, "new-generation", order.uuid, 2));
  const auto counted = ra.put_cms(path(order, "/generation"), generation);
  EXPECT_EQ(counted.body.at("order").at("generation"), 2);
  EXPECT_EQ(counted.body.at("order").at("state"), "approved");
  EXPECT_EQ(ra.put_cms(path(order, "/generation"), generation).body.at("receipt"), counted.body.at("receipt"));
  EXPECT_EQ(
      ra.put_cms(path(order, "/generation"), ra.sign(who, ra.statement(who, "new-generation", order.uuid, 4))).code(),
      "generation-differs");
  const auto revoked = sha256_hex(from_base64(old_bundle.at("signing_certificate").get<std::string>()).value());
  EXPECT_EQ(ra.get("/v1/certificates/" + revoked + "/status").body.at("status"), "revoked");

  EXPECT_EQ(ra.put_json(path(order, "/csr"), request).code(), "generation-differs");
  auto fresh = new_key();
  EXPECT_EQ(ra.put_json(path(order, "/csr"), ra.csr_request(who, order, fresh.get(), 2)).status, 200);
  const auto now = ra_kit::renewed(who, std::move(fresh), ra.get(path(order, "/bundle"), order.secret).body);
  EXPECT_EQ(ra.put_cms(path(order, "/confirmation"), ra.sign(now, ra.confirm_statement(who, now, order, 2))).status,
            200);
  EXPECT_EQ(
      ra.put_cms(path(order, "/generation"), ra.sign(who, ra.statement(who, "new-generation", order.uuid, 3))).code(),
      "already-confirmed");
}

TEST(Renewal, LetsAnotherComputerGoOnWithAStatementByTheOldKey) {
  ra_kit ra;
  const auto who = ra.enrol("ivan");
  const auto order = ra.apply(who);
  const auto list = [&](const person& by) {
    return ra.send("POST", "/v1/renewals/list", ra.sign(by, ra.statement(by, "list", random_uuid(), 0)),
                   "application/cms");
  };
  const auto listed = list(who).body.at("orders");
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].at("order_secret"), order.secret);

  ra.approve(order);
  auto fresh = new_key();
  ra.put_json(path(order, "/csr"), ra.csr_request(who, order, fresh.get()));
  const auto now = ra_kit::renewed(who, std::move(fresh), ra.get(path(order, "/bundle"), order.secret).body);
  // Any statement by the new key counts as confirmation.
  EXPECT_EQ(list(now).body.at("orders")[0].at("order").at("state"), "confirmed");

  auto stale = ra.statement(who, "list", random_uuid(), 0);
  stale["time"] = ra.now() - 3600;
  EXPECT_EQ(ra.send("POST", "/v1/renewals/list", ra.sign(who, stale), "application/cms").code(), "stale-statement");
}

TEST(Renewal, IsCorrectedOnTheSameOrderWithoutASecondFee) {
  ra_kit ra([](options& o) { o.review = review_mode::by_hand; });
  const auto who = ra.enrol("judy");
  const auto order = ra.apply(who);
  ra.pay(order);
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(order), "under-review");
  ra.dev("review", {{"uuid", order.uuid},
                    {"decision", "correct"},
                    {"reason", "姓名与身份证不符"},
                    {"fields", {{{"field", "name"}, {"code", "mismatch"}}}}});
  EXPECT_EQ(ra.order(order).body.at("correction").at("fields")[0].at("field"), "name");

  auto correction = ra.statement(who, "correct", order.uuid);
  correction["form"] = {{"phone", "13800138000"}};
  EXPECT_EQ(ra.put_cms(path(order, "/correction"), ra.seal(ra.sign(who, correction))).body.at("fields")[0].at("field"),
            "name");
  correction["form"] = {{"name", "张三丰"}};
  const auto done = ra.put_cms(path(order, "/correction"), ra.seal(ra.sign(who, correction)));
  EXPECT_EQ(done.body.at("order").at("state"), "under-review");
  EXPECT_EQ(ra.put_cms(path(order, "/correction"), ra.seal(ra.sign(who, correction))).body.at("receipt"),
            done.body.at("receipt"));
  correction["form"] = {{"name", "张三"}};
  EXPECT_EQ(ra.put_cms(path(order, "/correction"), ra.seal(ra.sign(who, correction))).code(), "wrong-state");
  ra.dev("review", {{"uuid", order.uuid}, {"decision", "approve"}});
  EXPECT_EQ(ra.state(order), "approved");
  EXPECT_EQ(ra.order(order).body.at("payments").size(), 1U);
}

TEST(Renewal, WaitsInSupportForAPersonAndGoesOn) {
  ra_kit ra;
  const auto who = ra.enrol("kim");
  const auto order = ra.apply(who);
  ra.approve(order);
  const auto key = new_key();
  ra.put_json(path(order, "/csr"), ra.csr_request(who, order, key.get()));
  ra.dev("support", {{"uuid", order.uuid}, {"open", true}});
  EXPECT_EQ(ra.state(order), "support");
  EXPECT_GT(ra.order(order).retry_after, 0);
  ra.dev("support", {{"uuid", order.uuid}, {"open", false}});
  EXPECT_EQ(ra.state(order), "approved");
  EXPECT_EQ(ra.put_json(path(order, "/csr"), ra.csr_request(who, order, key.get())).body.at("order").at("state"),
            "issued");
}

}  // namespace
}  // namespace keycare::dev_ra::test
