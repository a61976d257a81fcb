// story.cpp - three people.
#include "story.hpp"

#include "dev-ra/octets.hpp"
#include "unlock_kit.hpp"

#include <gtest/gtest.h>

namespace keycare::dev_ra::test {

namespace {

std::string path(const applied& of, const char* rest) {
  return "/v1/renewals/" + of.uuid + rest;
}

void review(ra_kit& ra, const applied& of, const char* decision, const char* field = nullptr) {
  json wanted{{"uuid", of.uuid}, {"decision", decision}, {"reason", "请核对"}};
  if (field != nullptr) wanted["fields"] = json::array({{{"field", field}, {"code", "mismatch"}}});
  ra.dev("review", wanted);
}

void correct(ra_kit& ra, const person& who, const applied& of, const json& form) {
  auto correction = ra.statement(who, "correct", of.uuid);
  correction["form"] = form;
  EXPECT_EQ(ra.put_cms(path(of, "/correction"), ra.seal(ra.sign(who, correction))).status, 200);
}

/// The supplier's clerk: changes the method of payment, is corrected twice, loses a key, and ends with a certificate.
void renew(ra_kit& ra, const person& who) {
  EXPECT_EQ(ra.get("/v1/info").status, 200);
  EXPECT_EQ(ra.get("/v1/time?nonce=" + std::string(32, 'a')).status, 200);
  EXPECT_EQ(ra.post_json("/v1/eligibility", {{"certificate_sha256", who.sha256}}).body.at("reason"), "ok");
  const auto order = ra.apply(who);
  EXPECT_EQ(ra.get(path(order, "/payment-methods"), order.secret).status, 200);
  const auto first = random_uuid();
  EXPECT_EQ(ra.open_payment(order, first).status, 200);
  const auto second = random_uuid();
  EXPECT_EQ(ra.open_payment(order, second, "alipay").code(), "payment-closing");
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.open_payment(order, second, "alipay").status, 200);
  ra.dev("pay", {{"payment", second}});
  EXPECT_EQ(ra.get(path(order, "/payments/") + second, order.secret).body.at("state"), "succeeded");
  ra.advance(ra_kit::step);
  review(ra, order, "correct", "name");
  correct(ra, who, order, {{"name", "张三丰"}});
  review(ra, order, "correct", "name");
  correct(ra, who, order, {{"name", "张三"}, {"phone", "13900139000"}});
  review(ra, order, "approve");

  const auto lost = new_key();
  EXPECT_EQ(ra.put_json(path(order, "/csr"), ra.csr_request(who, order, lost.get())).status, 200);
  EXPECT_EQ(
      ra.put_cms(path(order, "/generation"), ra.sign(who, ra.statement(who, "new-generation", order.uuid, 2))).status,
      200);
  auto fresh = new_key();
  EXPECT_EQ(ra.put_json(path(order, "/csr"), ra.csr_request(who, order, fresh.get(), 2)).status, 200);
  const auto now = ra_kit::renewed(who, std::move(fresh), ra.get(path(order, "/bundle"), order.secret).body);
  EXPECT_EQ(ra.put_cms(path(order, "/confirmation"), ra.sign(now, ra.confirm_statement(who, now, order, 2))).status,
            200);
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(order), "rebinding");
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(order), "complete");
  const auto list = ra.sign(now, ra.statement(now, "list", random_uuid(), 0));
  EXPECT_EQ(ra.send("POST", "/v1/renewals/list", list, "application/cms").body.at("orders").size(), 1U);
  EXPECT_EQ(ra.get("/v1/certificates/" + who.sha256 + "/status").body.at("status"), "superseded");
}

/// Somebody who thinks better of it, and then is refused.
void withdraw_and_be_rejected(ra_kit& ra, const person& who) {
  const auto first = ra.apply(who);
  EXPECT_EQ(ra.open_payment(first, random_uuid()).status, 200);
  const auto withdrawal = ra.sign(who, ra.statement(who, "withdraw", first.uuid));
  EXPECT_EQ(ra.put_cms(path(first, "/withdrawal"), withdrawal).body.at("order").at("state"), "withdrawing");
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(first), "withdrawn");
  const auto second = ra.apply(who);
  ra.pay(second);
  ra.advance(ra_kit::step);
  review(ra, second, "reject");
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(second), "refunding");
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(second), "refunded");
}

void unlock(ra_kit& ra, const person& who) {
  unlock_kit locked(ra, who);
  EXPECT_EQ(locked.apply().status, 200);
  EXPECT_EQ(locked.verify().body.at("state"), "under-review");
  ra.dev("review", {{"uuid", locked.uuid()}, {"decision", "approve"}});
  EXPECT_EQ(locked.redeem().answer.status, 200);  // its answer was lost, and so was its key
  const auto redeemed = locked.redeem();
  EXPECT_EQ(redeemed.answer.status, 200);
  EXPECT_EQ(locked.report(redeemed, "next").body.at("state"), "done");
  EXPECT_EQ(locked.show().body.at("redemptions_left"), 1);
}

}  // namespace

void tell(ra_kit& ra) {
  const auto alice = ra.enrol("alice");
  const auto bob = ra.enrol("bob");
  renew(ra, alice);
  withdraw_and_be_rejected(ra, bob);
  unlock(ra, bob);
}

}  // namespace keycare::dev_ra::test
