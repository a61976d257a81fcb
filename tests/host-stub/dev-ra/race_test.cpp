// race_test.cpp - a withdrawal, two payments, the provider's words, the review and the passing of time, in every order
// in which they can arrive: at the end one payment is kept or none is, and no money is lost or kept twice.
#include "ra_kit.hpp"

#include "keycare/sdk/statement.hpp"

#include "dev-ra/authority.hpp"
#include "dev-ra/octets.hpp"
#include "dev-ra/orders.hpp"
#include "dev-ra/payments.hpp"
#include "dev-ra/provider.hpp"
#include "dev-ra/reviews.hpp"

#include <gtest/gtest.h>
#include <ctime>
#include <unordered_set>

namespace keycare::dev_ra::test {
namespace {

constexpr std::int64_t fee = 20'000;
constexpr const char* order_uuid = "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11";
constexpr std::array payments = {"11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"};

enum message {
  withdrawal,      // the applicant's statement
  other_method,    // the applicant asks for the second payment
  money_of_first,  // the applicant pays at the provider, on a page or by a transfer that nobody can stop
  word_of_first,   // the provider's notice of that
  money_of_second,
  word_of_second,
  closed_again,  // the provider says once more that the first one is closed
  approval,
  rejection,
  an_hour,
  a_week,
  messages
};
/// How often each can arrive.
constexpr std::array<int, messages> occurrences = {1, 2, 1, 2, 1, 1, 1, 1, 1, 3, 1};

/// An RA in memory with one order, whose first payment is open.
class small_ra {
public:
  explicit small_ra(const authority& keys) : keys_(keys) {
    config_.review = review_mode::by_hand;
    config_.step_delay = config_.provider_delay = ra_kit::step;
    auto* name = X509_NAME_new();
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("alice"), -1, -1, 0);
    const auto key = new_key();
    const auto old = keys.issue(name, key.get(), now_ - day, now_ + 20 * day);
    X509_NAME_free(name);
    certificate_record bound;
    bound.der = der(old.get());
    bound.sha256 = fingerprint(old.get());
    bound.account = "alice";
    bound.manufacturer = "Keycare";
    bound.serial = "T-1";
    bound.status = "good";
    bound.seal = "none";
    bound.not_before = not_before(old.get());
    bound.not_after = not_after(old.get());
    db_.begin();
    db_.run("INSERT INTO accounts(account, applicant, certificate) VALUES('alice', '{}', ?)", bound.sha256);
    insert_certificate(at(), bound, public_key_fingerprint(key.get()));
    order made;
    made.uuid = order_uuid;
    made.account = bound.account;
    made.certificate = bound.sha256;
    made.manufacturer = bound.manufacturer;
    made.serial = bound.serial;
    made.months = 12;
    made.fee_fen = fee;
    made.old_not_after = bound.not_after;
    made.form = nlohmann::json::object();
    made.applied_at = now_;
    made.pay_before = now_ + 7 * day;
    insert_order(at(), made);
    db_.commit();
    const auto said =
        statement::make({"withdraw", config_.ra_id, order_uuid, 1, "alice", "Keycare", "T-1", bound.sha256, now_});
    const auto text = said.dump();
    const auto content = reading(text);
    const cms_ptr cms(CMS_sign(old.get(), key.get(), nullptr, content.get(), CMS_BINARY | CMS_NOSMIMECAP));
    withdrawal_ = der_of<CMS_ContentInfo>(i2d_CMS_ContentInfo, cms.get());
    db_.begin();
    EXPECT_TRUE(ask_for_payment(0));
    db_.commit();
  }

  /// False when the message cannot come now.
  bool receive(message what) {
    switch (what) {
      case withdrawal: {
        call request;
        request.ids = {order_uuid};
        request.body = withdrawal_;
        const auto got = withdraw(at(), request);
        EXPECT_TRUE(got.ok() || got.error().code == "already-paid" || got.error().code == "wrong-state")
            << got.error().code;
        return true;
      }
      case other_method:
        (void)ask_for_payment(1);
        return true;
      case money_of_first:
        return take_money(0);
      case money_of_second:
        return take_money(1);
      case word_of_first:
        return tell(0);
      case word_of_second:
        return tell(1);
      case closed_again: {
        const auto page = provider::find(at(), payments[0]);
        if (page->state != "closed") return false;
        provider::send(at(), payments[0], "closed");
        return true;
      }
      case approval:
        return decide(at(), order_uuid, "approve", "", {}).ok();
      case rejection:
        return decide(at(), order_uuid, "reject", "", {}).ok();
      case an_hour:
        return pass(3'600);
      default:
        return pass(7 * day + 1);
    }
  }

  /// Everything that is under way arrives: the provider's words, the expiry, the refunds.
  void settle() {
    for (const std::size_t one : {0U, 1U}) (void)tell(one);
    for (int i = 0; i < 6; ++i) pass(8 * day);
  }

  /// What must be true in the end, whatever came in which order; empty when it is.
  std::string judge() {
    const auto now = find_order(at(), order_uuid)->state;
    int kept = 0;
    std::string wrong;
    for (const std::size_t one : {0U, 1U}) {
      const auto state = of_payment("SELECT state FROM payments WHERE uuid = ?", one);
      const auto provider = of_payment("SELECT state FROM provider WHERE payment = ?", one);
      const bool is_kept = state == "succeeded" && provider == "paid";
      const bool is_back = state == "refunded" && provider == "refunded";
      kept += is_kept ? 1 : 0;
      const bool as_it_should_be = taken_[one] ? is_kept || is_back : state.empty() || state == "closed";
      if (!as_it_should_be)
        wrong += "payment " + std::to_string(one + 1) + " is " + state + ", at the provider " + provider + "; ";
    }
    using enum order_state;
    const bool ended = now == withdrawn || now == expired || now == refunded;
    const bool goes_on = now == under_review || now == approved;
    if (!ended && !goes_on) wrong += "the order stays " + std::string(name(now)) + "; ";
    if (kept != (goes_on ? 1 : 0))
      wrong += "the order is " + std::string(name(now)) + " with " + std::to_string(kept) + " payments kept; ";
    return wrong;
  }

  /// All that decides what can still happen.
  std::string state() {
    std::string out = std::to_string(taken_[0]) + std::to_string(taken_[1]);
    const auto add = [&](const char* sql) {
      auto rows = db_.select(sql);
      while (rows.next())
        out += "|" + rows.text(0) + " " + (rows.is_null(1) ? "" : std::to_string(rows.integer(1) - now_));
    };
    add("SELECT state, due_at FROM orders");
    add("SELECT uuid || state || coalesce(refund_reason, ''), NULL FROM payments ORDER BY uuid");
    add("SELECT payment || state || coalesce(asked, ''), due_at FROM provider ORDER BY payment");
    return out;
  }

  /// Does @p what, and then all of it has never been.
  template <class Act>
  void as_if(const Act& act) {
    const auto now = now_;
    const auto taken = taken_;
    const auto name = "\"" + std::to_string(++depth_) + "\"";
    db_.run(("SAVEPOINT " + name).c_str());
    act();
    db_.run(("ROLLBACK TO " + name).c_str());
    db_.run(("RELEASE " + name).c_str());
    --depth_;
    taken_ = taken;
    now_ = now;
  }

private:
  room at() { return {config_, keys_, db_, dev_, base_url_, now_}; }

  bool ask_for_payment(std::size_t one) {
    call request;
    request.ids = {order_uuid, payments[one]};
    request.bearer = secret_of(at(), order_uuid);
    request.json = {{"method", "wechat"}, {"invoice", invoice()}};
    return pay(at(), request).ok();
  }
  bool take_money(std::size_t one) {
    const auto page = provider::find(at(), payments[one]);
    if (!page || (page->state != "open" && page->state != "closed")) return false;
    db_.run("UPDATE provider SET state = 'paid' WHERE payment = ?", std::string_view(payments[one]));
    return taken_[one] = true;
  }
  bool tell(std::size_t one) {
    if (taken_[one]) provider::send(at(), payments[one], "succeeded");
    return taken_[one];
  }
  bool pass(std::int64_t seconds) {
    now_ += seconds;
    catch_up(at());
    return true;
  }
  std::string of_payment(const char* sql, std::size_t one) {
    auto row = db_.select(sql, std::string_view(payments[one]));
    return row.next() ? row.text(0) : std::string();
  }

  const authority& keys_;
  options config_;
  database db_{":memory:"};
  switches dev_;
  std::string base_url_ = "https://127.0.0.1:1";
  std::int64_t now_ = std::time(nullptr);
  std::string withdrawal_;
  std::array<bool, 2> taken_{};  ///< Whose money the provider has been given.
  int depth_ = 0;
};

class Race : public testing::Test {
protected:
  /// Every order of what is @p left, from here on; each situation once.
  void go_on(std::array<int, messages> left, std::string story) {
    std::string situation = ra.state();
    for (const auto count : left) situation += static_cast<char>('0' + count);
    if (!seen.insert(std::move(situation)).second || HasFailure()) return;
    ra.as_if([&] {
      ra.settle();
      const auto wrong = ra.judge();
      EXPECT_EQ(wrong, "") << "after" << story;
    });
    static constexpr std::array<const char*, messages> names = {"withdrawal",
                                                                "other method",
                                                                "money of the first",
                                                                "word of the first",
                                                                "money of the second",
                                                                "word of the second",
                                                                "closed again",
                                                                "approval",
                                                                "rejection",
                                                                "an hour",
                                                                "a week"};
    for (std::size_t next = 0; next < messages; ++next) {
      if (left[next] == 0) continue;
      ra.as_if([&] {
        if (!ra.receive(static_cast<message>(next))) return;
        auto rest = left;
        --rest[next];
        go_on(rest, story + ", " + names[next]);
      });
    }
  }

  const authority keys = std::move(*authority::open(shared_authority(), std::time(nullptr)));
  small_ra ra{keys};
  std::unordered_set<std::string> seen;
};

TEST_F(Race, InEveryOrderOfTheMessagesMoneyIsKeptOnceOrGivenBack) {
  go_on(occurrences, "");
  EXPECT_GT(seen.size(), 500U);
  RecordProperty("situations", static_cast<int>(seen.size()));
}

}  // namespace
}  // namespace keycare::dev_ra::test
