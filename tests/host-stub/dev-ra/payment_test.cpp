// payment_test.cpp - money: only the provider's signed word counts, and any excess goes back.
#include "database_dump.hpp"
#include "ra_kit.hpp"

#include "dev-ra/authority.hpp"
#include "dev-ra/messages.hpp"
#include "dev-ra/octets.hpp"

#include <gtest/gtest.h>

namespace keycare::dev_ra::test {
namespace {

std::string path(const applied& of, const std::string& rest) {
  return "/v1/renewals/" + of.uuid + rest;
}

reply withdraw(ra_kit& ra, const person& who, const applied& of) {
  return ra.put_cms(path(of, "/withdrawal"), ra.sign(who, ra.statement(who, "withdraw", of.uuid)));
}

json payment(ra_kit& ra, const applied& of, const std::string& uuid) {
  return ra.get(path(of, "/payments/" + uuid), of.secret).body;
}

TEST(Payment, IsOpenOnceAndTheSameRequestGetsTheSameAddress) {
  ra_kit ra;
  const auto who = ra.enrol("alice");
  const auto order = ra.apply(who);
  const auto first = random_uuid();
  const auto opened = ra.open_payment(order, first);
  EXPECT_EQ(opened.body.at("state"), "open");
  EXPECT_TRUE(opened.body.at("pay_url").get<std::string>().starts_with(ra.base_url() + "/pay/"));
  EXPECT_EQ(ra.open_payment(order, first).body, opened.body);
  EXPECT_EQ(ra.open_payment(order, first, "alipay").code(), "other-payload");

  // Another method: the first payment is closed before the second one opens.
  const auto second = random_uuid();
  const auto wait = ra.open_payment(order, second, "alipay");
  EXPECT_EQ(wait.code(), "payment-closing");
  EXPECT_GT(wait.retry_after, 0);
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.open_payment(order, second, "alipay").status, 200);
  EXPECT_EQ(payment(ra, order, first).at("state"), "closed");
}

TEST(Payment, AsksForWhatAnInvoiceNeeds) {
  ra_kit ra;
  const auto order = ra.apply(ra.enrol("bob"));
  auto wanted = invoice();
  wanted["kind"] = "special";
  const auto refused =
      ra.put_json(path(order, "/payments/" + random_uuid()), {{"method", "wechat"}, {"invoice", wanted}}, order.secret);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.body.at("fields").size(), 5U);
  EXPECT_EQ(ra.open_payment(order, random_uuid(), "cash").body.at("fields")[0].at("field"), "method");
}

TEST(Payment, OfASecondTransferGoesBackUnderItsOwnId) {
  ra_kit ra;
  const auto order = ra.apply(ra.enrol("carol"));
  const auto first = random_uuid();
  ra.open_payment(order, first);
  const auto second = random_uuid();
  ra.open_payment(order, second, "alipay");
  ra.advance(ra_kit::step);
  ra.open_payment(order, second, "alipay");
  ra.dev("pay", {{"payment", second}});
  ra.dev("notice", {{"payment", first}, {"event", "succeeded"}});  // it had been paid in another window
  EXPECT_EQ(payment(ra, order, second).at("state"), "succeeded");
  EXPECT_EQ(payment(ra, order, first).at("refund_reason"), "second");
  ra.advance(ra_kit::step);
  EXPECT_EQ(payment(ra, order, first).at("state"), "refunded");
  EXPECT_EQ(payment(ra, order, second).at("state"), "succeeded");
  EXPECT_EQ(ra.state(order), "under-review");
  ra.dev("notice", {{"payment", second}, {"event", "succeeded"}});  // the same word twice changes nothing
  EXPECT_EQ(payment(ra, order, second).at("state"), "succeeded");
}

TEST(Payment, IsClosedBeforeAnApplicationIsWithdrawn) {
  ra_kit ra;
  const auto who = ra.enrol("dave");
  const auto order = ra.apply(who);
  const auto open = random_uuid();
  ra.open_payment(order, open);
  ra.dev("provider", {{"holds", true}});
  EXPECT_EQ(withdraw(ra, who, order).body.at("order").at("state"), "withdrawing");
  ra.advance(3600);
  EXPECT_EQ(ra.state(order), "withdrawing");  // silence is not closure
  ra.dev("provider", {{"holds", false}});
  EXPECT_EQ(ra.state(order), "withdrawn");
  EXPECT_EQ(withdraw(ra, who, order).status, 200);

  ra.dev("notice", {{"payment", open}, {"event", "succeeded"}});
  ra.advance(ra_kit::step);
  EXPECT_EQ(payment(ra, order, open).at("refund_reason"), "late");
  EXPECT_EQ(payment(ra, order, open).at("state"), "refunded");
  EXPECT_EQ(ra.state(order), "withdrawn");
}

TEST(Payment, ThatIsFasterThanAWithdrawalKeepsTheOrder) {
  ra_kit ra;
  const auto who = ra.enrol("erin");
  const auto order = ra.apply(who);
  const auto open = random_uuid();
  ra.open_payment(order, open);
  ra.dev("provider", {{"holds", true}});
  withdraw(ra, who, order);
  ra.dev("pay", {{"payment", open}});
  EXPECT_EQ(ra.state(order), "paid");
  EXPECT_EQ(withdraw(ra, who, order).code(), "already-paid");
  EXPECT_EQ(ra.open_payment(order, random_uuid()).code(), "already-paid");
}

TEST(Payment, WithoutOneAnApplicationIsWithdrawnAtOnce) {
  ra_kit ra;
  const auto who = ra.enrol("frank");
  const auto order = ra.apply(who);
  const auto first = withdraw(ra, who, order);
  EXPECT_EQ(first.body.at("order").at("state"), "withdrawn");
  EXPECT_EQ(withdraw(ra, who, order).body.at("receipt"), first.body.at("receipt"));
  EXPECT_EQ(ra.apply(who).order.at("state"), "awaiting-payment");
}

TEST(Payment, OfARejectedOrderIsRefundedAndItsInvoiceReversed) {
  ra_kit ra([](options& o) { o.review = review_mode::by_hand; });
  const auto order = ra.apply(ra.enrol("grace"));
  const auto paid = ra.pay(order);
  ra.advance(ra_kit::step);
  ra.dev("provider", {{"refuses_refund", true}});
  ra.dev("review", {{"uuid", order.uuid}, {"decision", "reject"}, {"reason", "营业执照已注销"}});
  const auto rejected = ra.order(order).body;
  EXPECT_EQ(rejected.at("state"), "rejected");
  EXPECT_EQ(rejected.at("rejection").at("reason"), "营业执照已注销");
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(order), "refunding");
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(order), "refund-failed");
  ra.dev("provider", {{"refuses_refund", false}});
  ra.dev("refund", {{"uuid", order.uuid}});
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(order), "refunded");
  EXPECT_EQ(payment(ra, order, paid).at("invoice").at("state"), "reversed");
}

TEST(Payment, OfAnExpiredOrderIsLate) {
  ra_kit ra;
  const auto order = ra.apply(ra.enrol("heidi"));
  const auto open = random_uuid();
  ra.open_payment(order, open);
  ra.advance(7 * 86'400 + 1);
  EXPECT_EQ(ra.state(order), "expired");
  ra.dev("notice", {{"payment", open}, {"event", "succeeded"}});
  ra.advance(ra_kit::step);
  EXPECT_EQ(payment(ra, order, open).at("state"), "refunded");
}

TEST(Payment, IsMadeByTheProvidersOwnNoticeOfThisAmountOnly) {
  ra_kit ra;
  const auto order = ra.apply(ra.enrol("ivan"));
  const auto open = random_uuid();
  ra.open_payment(order, open);
  const auto other = ra.apply(ra.enrol("other"));
  const auto others = random_uuid();
  ra.open_payment(other, others);
  const auto keys = authority::open(ra.folder(), ra.now());
  ASSERT_TRUE(keys.ok());
  const auto send = [&](const json& notice, const std::string& signature) {
    return ra.send({"POST", "/provider/notices", notice.dump(), "application/json", "", base64(signature)});
  };
  const auto by_provider = [&](const json& notice) { return sign_notice(keys->provider_key(), notice.dump()); };
  const json good{{"payment", open}, {"event", "succeeded"}, {"fee_fen", 20'000}, {"time", ra.now()}};
  const key_ptr stranger(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  const auto changed = [&](const char* member, const json& value) {
    auto notice = good;
    notice[member] = value;
    return notice;
  };
  auto without_fee = good;
  without_fee.erase("fee_fen");

  struct row {
    const char* what;
    json notice;
    std::string signature;
    const char* refusal;
  };
  const row refused[] = {
      {"nobody's", good, "", "untrusted-signature"},
      {"a stranger's", good, sign_notice(stranger.get(), good.dump()), "untrusted-signature"},
      {"signed for another payment", changed("payment", others), by_provider(good), "untrusted-signature"},
      {"signed for another amount", good, by_provider(changed("fee_fen", 40'000)), "untrusted-signature"},
      {"signed for another word", good, by_provider(changed("event", "closed")), "untrusted-signature"},
      {"about a payment of nobody", changed("payment", random_uuid()), {}, "unknown-payment"},
      {"of one fen", changed("fee_fen", 1), {}, "unknown-payment"},
      {"of one fen more", changed("fee_fen", 20'001), {}, "unknown-payment"},
      {"of the negative amount", changed("fee_fen", -20'000), {}, "unknown-payment"},
      {"of a broken fen", changed("fee_fen", 20'000.5), {}, "bad-json"},
      {"of a written amount", changed("fee_fen", "20000"), {}, "bad-json"},
      {"of no amount", without_fee, {}, "bad-json"},
      {"of no payment", changed("payment", nullptr), {}, "bad-json"},
      {"of no event", changed("event", 1), {}, "bad-json"},
      {"of an event that nobody knows", changed("event", "paid-twice"), {}, "bad-json"},
  };
  const auto before = dump(ra.folder() / "ra.sqlite");
  for (const auto& [what, notice, signature, refusal] : refused) {
    const bool own = signature.empty() && std::string_view(refusal) != "untrusted-signature";
    EXPECT_EQ(send(notice, own ? by_provider(notice) : signature).code(), refusal) << what;
    EXPECT_EQ(difference(before, dump(ra.folder() / "ra.sqlite")), "") << what;
  }

  EXPECT_EQ(send(good, by_provider(good)).status, 200);
  EXPECT_EQ(ra.state(order), "paid");
  EXPECT_EQ(ra.state(other), "awaiting-payment");
  const auto paid = dump(ra.folder() / "ra.sqlite");
  // The same word again, the same word signed later, and words that contradict it.
  for (const char* event : {"succeeded", "closed", "refunded", "refund-failed"})
    for (const std::int64_t time : {ra.now() - 1, ra.now() + 1}) {
      auto again = changed("event", event);
      again["time"] = time;
      EXPECT_EQ(send(again, by_provider(again)).status, 200) << event;
      EXPECT_EQ(difference(paid, dump(ra.folder() / "ra.sqlite")), "") << event;
    }
}

TEST(Payment, OfAnExcessWhoseRefundFailedIsRefundedWhenAPersonAsksAgain) {
  ra_kit ra;
  const auto who = ra.enrol("kim");
  const auto order = ra.apply(who);
  const auto open = random_uuid();
  ra.open_payment(order, open);
  withdraw(ra, who, order);
  ra.advance(ra_kit::step);
  ra.dev("provider", {{"refuses_refund", true}});
  ra.dev("notice", {{"payment", open}, {"event", "succeeded"}});  // the transfer and the closure crossed
  ra.advance(ra_kit::step);
  EXPECT_EQ(payment(ra, order, open).at("state"), "refund-failed");
  EXPECT_EQ(ra.dev("refund", {{"uuid", random_uuid()}}, false).value("code", ""), "unknown-order");
  ra.dev("provider", {{"refuses_refund", false}});
  ra.dev("refund", {{"uuid", order.uuid}});
  ra.advance(ra_kit::step);
  EXPECT_EQ(payment(ra, order, open).at("state"), "refunded");
  EXPECT_EQ(payment(ra, order, open).at("refund_reason"), "late");
  EXPECT_EQ(ra.state(order), "withdrawn");
  EXPECT_EQ(ra.dev("refund", {{"uuid", order.uuid}}, false).value("code", ""), "wrong-state")
      << "there is nothing left";
}

TEST(Payment, PageIsForWhoHasItsAddress) {
  ra_kit ra;
  const auto order = ra.apply(ra.enrol("judy"));
  const auto open = random_uuid();
  const auto url = ra.open_payment(order, open).body.at("pay_url").get<std::string>();
  EXPECT_EQ(ra.get("/pay/" + open + "?k=guess").status, 404);
  const auto page = url.substr(ra.base_url().size());
  EXPECT_EQ(ra.send("POST", page, "action=pay", "application/x-www-form-urlencoded").status, 200);
  EXPECT_EQ(ra.state(order), "paid");
}

}  // namespace
}  // namespace keycare::dev_ra::test
