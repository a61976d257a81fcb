// test_order_record.cpp - stored orders: what is read back, and what is refused with a clear sentence.
#include "plugins/renewal/core/order_record.hpp"
#include "plugins/renewal/core/order_table.hpp"
#include "plugins/renewal/core/texts.hpp"

#include <gtest/gtest.h>

namespace keycare::renewal {
namespace {

constexpr const char* uuid = "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11";

order_record full(stage at) {
  order_record r;
  r.uuid = uuid;
  r.at = at;
  r.created = 1'795'392'000;
  r.token = {"Maker", "A1"};
  r.application = "APP";
  r.old_certificate = {1, 2, 3};
  r.certificate_sha256 = std::string(64, 'a');
  r.container = container_name(uuid, 1);
  r.leftovers = {"KC1-x-1"};
  r.quote = {{"id", uuid},
             {"certificate_sha256", std::string(64, 'a')},
             {"months", 12},
             {"fee_fen", 20000},
             {"currency", "CNY"},
             {"items", json::array()},
             {"delivery_included", false},
             {"old_not_after", 1'800'000'000},
             {"new_not_after", 1'831'536'000},
             {"rule", "old-end-plus-months"},
             {"issued", 1'795'392'000},
             {"expires", 1'795'395'600}};
  r.number = "KC20261";
  r.secret = std::string(40, 's');
  r.public_key_sha256 = std::string(64, 'b');
  r.certificates.signing_certificate = {4, 5, 6};
  if (at == stage::signed_) r.to_send = {pending::application, {7, 8}, {}, std::string(64, 'c')};
  r.poll = {3, 5};
  return r;
}

result<order_record> reread(const order_record& r) {
  return read_record(uuid, bytes_of(write_record(r)));
}

std::string code_of(const std::string& stored) {
  const auto read = read_record(uuid, bytes_of(stored));
  return read ? "read" : read.error().code;
}

TEST(OrderRecord, EveryStageIsReadBackAsItWasWritten) {
  for (const auto& row : stages) {
    const auto again = reread(full(row.at));
    ASSERT_TRUE(again) << name_of(row.at);
    EXPECT_EQ(*again, full(row.at)) << name_of(row.at);
  }
}

TEST(OrderRecord, ARecordThatDoesNotHoldWhatItsStagePromisesIsDamaged) {
  auto r = full(stage::accepted);
  r.secret.clear();
  EXPECT_FALSE(reread(r));
  r = full(stage::key_ready);
  r.public_key_sha256.clear();
  EXPECT_FALSE(reread(r));
  r = full(stage::bundle_held);
  r.certificates = {};
  EXPECT_FALSE(reread(r));
  r = full(stage::signed_);
  r.to_send = {};
  EXPECT_FALSE(reread(r));
}

TEST(OrderRecord, MembersThatAreMissingStrangeOrOfAnotherTypeAreDamage) {
  const auto whole = json::parse(write_record(full(stage::accepted)));
  for (const auto& [name, value] : whole.items()) {
    auto doc = whole;
    doc.erase(name);
    EXPECT_EQ(code_of(doc.dump()), "KC-RENEWAL-RECORD-DAMAGED") << "without " << name;
    doc = whole;
    doc[name] = json::array({1.5});
    EXPECT_EQ(code_of(doc.dump()), "KC-RENEWAL-RECORD-DAMAGED") << "with a strange " << name;
  }
  auto doc = whole;
  doc["extra"] = 1;
  EXPECT_EQ(code_of(doc.dump()), "KC-RENEWAL-RECORD-DAMAGED");
  doc = whole;
  doc["stage"] = "paid-for";
  EXPECT_EQ(code_of(doc.dump()), "KC-RENEWAL-RECORD-DAMAGED");
  doc = whole;
  doc["uuid"] = "9d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11";
  EXPECT_EQ(code_of(doc.dump()), "KC-RENEWAL-RECORD-DAMAGED") << "another order's record under this name";
  EXPECT_EQ(code_of(std::string(100, '[')), "KC-RENEWAL-RECORD-DAMAGED");
}

TEST(OrderRecord, TheContainersNameFitsOnAToken) {
  EXPECT_EQ(container_name(uuid, 1), "KC1-rvhfwdukgbfz7himf5vy6h32ce-1");
  EXPECT_LE(container_name(uuid, 1000).size(), std::size_t{KC_CONTAINER_MAX});
  EXPECT_NE(container_name(uuid, 1), container_name(uuid, 2));
}

TEST(OrderRecord, ARestartFallsBackToTheLastStableStage) {
  EXPECT_EQ(fallen_back(full(stage::install_intent)).at, stage::bundle_held);
  EXPECT_EQ(fallen_back(full(stage::key_intent)).at, stage::accepted);
  EXPECT_EQ(fallen_back(full(stage::withdraw_intent)).at, stage::accepted);
  EXPECT_EQ(fallen_back(full(stage::signed_)).at, stage::signed_);
}

TEST(OrderRecord, AnOrderOrAQuoteThatTheRaWouldNotSayIsDamaged) {
  // What is shown reads their members without asking again.
  for (const char* part : {"order", "quote"}) {
    auto doc = json::parse(write_record(full(stage::accepted)));
    doc[part] = json::object();
    EXPECT_EQ(code_of(doc.dump()), "KC-RENEWAL-RECORD-DAMAGED") << part;
  }
}

}  // namespace
}  // namespace keycare::renewal
