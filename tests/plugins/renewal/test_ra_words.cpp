// test_ra_words.cpp - quotes, orders and bundles of the RA, and names in certificates.
#include "fake_ra.hpp"
#include "plugins/renewal/core/bundle_check.hpp"
#include "plugins/renewal/core/name_match.hpp"

#include <gtest/gtest.h>

namespace keycare::renewal {
namespace {

using fakes::fake_renewal_ra;
using nlohmann::json;

json a_quote(std::int64_t months = 12) {
  fake_renewal_ra ra;
  const auto answer = ra.quoted({{"certificate_sha256", std::string(64, 'a')}, {"months", months}});
  return json::parse(answer.body);
}
std::string problem_of(const json& quote, std::int64_t months = 12) {
  fake_renewal_ra ra;
  return quote_problem(quote, std::string(64, 'a'), ra.old.not_after, months, ra.now).value_or("none");
}
json an_order() {
  fake_renewal_ra ra;
  fakes::fake_order o;
  o.uuid = "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11";
  o.number = "KC20261";
  o.state = "awaiting-payment";
  o.quote = a_quote();
  return ra.view(o);
}

TEST(Quote, OneThatFitsIsAccepted) {
  EXPECT_EQ(problem_of(a_quote()), "none");
  EXPECT_EQ(problem_of(a_quote(60), 60), "none");
}

TEST(Quote, OneThatDoesNotFitIsRefusedAndNeverRepaired) {
  auto quote = a_quote();
  quote["fee_fen"] = 10000;
  EXPECT_EQ(problem_of(quote), "KC-RENEWAL-QUOTE-SUM");
  quote = a_quote();
  quote["items"][0]["amount_fen"] = 1;
  EXPECT_EQ(problem_of(quote), "KC-RENEWAL-QUOTE-SUM");
  quote = a_quote();
  quote["delivery_included"] = true;
  EXPECT_EQ(problem_of(quote), "KC-RENEWAL-QUOTE-SUM");
  quote = a_quote();
  quote["new_not_after"] = quote["new_not_after"].get<std::int64_t>() - 1;
  EXPECT_EQ(problem_of(quote), "KC-RENEWAL-QUOTE-END");
  EXPECT_EQ(problem_of(a_quote(24), 12), "KC-RENEWAL-QUOTE-MONTHS");
  quote = a_quote();
  quote["expires"] = 1;
  EXPECT_EQ(problem_of(quote), "KC-RENEWAL-QUOTE-EXPIRED");
  quote = a_quote();
  quote["certificate_sha256"] = std::string(64, 'b');
  EXPECT_EQ(problem_of(quote), "KC-RENEWAL-QUOTE-CERTIFICATE");
}

TEST(Quote, MonthsAreCountedOnTheCalendar) {
  constexpr std::int64_t leap_day = 1'835'395'200 + 3600;  // 2028-02-29 01:00 UTC
  EXPECT_EQ(plus_months(leap_day, 12), 1'866'934'800 + 0) << "2029-02-28 01:00 UTC";
  EXPECT_EQ(plus_months(leap_day, 48) - leap_day, (365 * 4 + 1) * 86400LL) << "2032-02-29";
}

TEST(Order, WhatTheContractDoesNotAllowIsNotRead) {
  EXPECT_TRUE(read_order(an_order()));
  for (const char* name : {"uuid", "number", "state", "generation", "fee_fen", "applicant", "payments"}) {
    auto order = an_order();
    order.erase(name);
    EXPECT_FALSE(read_order(order)) << "without " << name;
    order[name] = json::array({json::array()});
    EXPECT_FALSE(read_order(order)) << "with a strange " << name;
  }
  auto order = an_order();
  order["remark"] = std::string(100'000, 'x');
  EXPECT_FALSE(read_order(order));
  order = an_order();
  order["generation"] = 0;
  EXPECT_FALSE(read_order(order));
  order = an_order();
  order["number"] = "";
  EXPECT_FALSE(read_order(order)) << "a record without its number could not be read again";
}

TEST(Order, UnknownMembersAreDroppedAndUnknownStatesAreSaidToBeUnknown) {
  auto order = an_order();
  order["order_secret"] = "s";
  EXPECT_FALSE(read_order(order)->contains("order_secret"));
  order["state"] = "on-the-moon";
  EXPECT_EQ(state_of(*read_order(order)), ra_state::other);
  order["state"] = "unasked";
  EXPECT_EQ(state_of(*read_order(order)), ra_state::other) << "our own words are not the RA's";
}

TEST(Order, AnotherGenerationLetsGoOfTheLostKeyAndKeepsItsContainerForReaping) {
  order_record r;
  r.uuid = an_order()["uuid"];
  r.at = stage::bundle_held;
  r.container = container_name(r.uuid, 1);
  r.public_key_sha256 = std::string(64, 'b');
  r.to_send = {pending::generation, {1}, {}, {}};
  auto order = an_order();
  order["generation"] = 2;
  order["state"] = "approved";
  const auto next = merged(r, order, 5);
  EXPECT_EQ(next.at, stage::accepted);
  EXPECT_EQ(next.generation, 2);
  EXPECT_EQ(next.container, container_name(r.uuid, 2));
  EXPECT_EQ(next.leftovers, std::vector{container_name(r.uuid, 1)});
  EXPECT_TRUE(next.public_key_sha256.empty());
  EXPECT_EQ(next.to_send.kind, pending::none);
}

TEST(Name, StringTypesCaseAndBlanksMakeNoDifference) {
  const octets utf8 = {0x30, 0x10, 0x31, 0x0E, 0x30, 0x0C, 0x06, 0x03, 0x55,
                       0x04, 0x03, 0x0C, 0x05, 'A',  'b',  ' ',  ' ',  'C'};
  const octets printable = {0x30, 0x0F, 0x31, 0x0D, 0x30, 0x0B, 0x06, 0x03, 0x55,
                            0x04, 0x03, 0x13, 0x04, 'a',  'B',  ' ',  'c'};
  EXPECT_TRUE(same_name(utf8, printable));
  auto other = printable;
  other.back() = 'd';
  EXPECT_FALSE(same_name(utf8, other));
  EXPECT_TRUE(same_name(fakes::fake_name("平安供应商"), fakes::fake_name("平安供应商")));
  EXPECT_FALSE(same_name(fakes::fake_name("平安供应商"), fakes::fake_name("平安供应")));
}

TEST(Name, WhatIsNotANameEqualsNothing) {
  const auto name = fakes::fake_name("x");
  EXPECT_FALSE(same_name({}, {}));
  for (std::size_t size = 0; size < name.size(); ++size) {
    const octets_view cut(name.data(), size);
    EXPECT_FALSE(same_name(cut, cut)) << size;
  }
  const octets lying = {0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF};
  EXPECT_FALSE(same_name(lying, lying));
}

class BundleCheck : public ::testing::Test {
protected:
  fakes::fake_certificate old, made;
  held_bundle got;
  bundle_expectation wanted;
  void SetUp() override {
    made.key = "key-1";
    made.serial = "21";
    made.not_after = old.not_after + 1000;
    got.generation = 1;
    wanted = {1, "hash-of-key-1", fakes::fake_name(old.name), old.serial, made.not_after};
  }
  std::string problem(std::string_view key = "hash-of-key-1") {
    got.certificates.signing_certificate = fakes::octets_of(made.der());
    return bundle_problem(got, fakes::parsed_certificate(made.der()), {}, key, wanted).value_or("none");
  }
};

TEST_F(BundleCheck, WhatWasAskedForIsTaken) {
  EXPECT_EQ(problem(), "none");
}
TEST_F(BundleCheck, AnotherKeySubjectEndSerialOrGenerationIsRefused) {
  EXPECT_EQ(problem("hash-of-another-key"), "KC-RENEWAL-BUNDLE-KEY");
  made.name = "别的供应商";
  EXPECT_EQ(problem(), "KC-RENEWAL-BUNDLE-SUBJECT");
  made.name = old.name;
  made.not_after += 1;
  EXPECT_EQ(problem(), "KC-RENEWAL-BUNDLE-DATES");
  made.not_after -= 1;
  made.serial = old.serial;
  EXPECT_EQ(problem(), "KC-RENEWAL-BUNDLE-SERIAL");
  made.serial = "21";
  got.generation = 2;
  EXPECT_EQ(problem(), "KC-RENEWAL-BUNDLE-GENERATION");
}
TEST_F(BundleCheck, AnEncryptionCertificateWithoutItsKeyIsRefused) {
  got.certificates.signing_certificate = fakes::octets_of(made.der());
  auto encryption = fakes::parsed_certificate(made.der());
  EXPECT_EQ(bundle_problem(got, fakes::parsed_certificate(made.der()), encryption, "hash-of-key-1", wanted),
            "KC-RENEWAL-BUNDLE-ENVELOPE");
  got.certificates.key_envelope = {1};
  got.certificates.envelope_format = "gmt0016-rsa";
  EXPECT_EQ(bundle_problem(got, fakes::parsed_certificate(made.der()), encryption, "hash-of-key-1", wanted),
            "KC-RENEWAL-BUNDLE-SERIAL");
  encryption.serial = "22";
  EXPECT_EQ(bundle_problem(got, fakes::parsed_certificate(made.der()), encryption, "hash-of-key-1", wanted),
            "KC-RENEWAL-BUNDLE-KEY")
      << "the exchange pair is another pair";
  encryption.public_key = {9};
  EXPECT_FALSE(bundle_problem(got, fakes::parsed_certificate(made.der()), encryption, "hash-of-key-1", wanted));
}

}  // namespace
}  // namespace keycare::renewal
