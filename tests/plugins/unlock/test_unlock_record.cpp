// test_unlock_record.cpp - what is stored comes back, and what is damaged, newer or cut is refused and left alone.
#include "plugins/unlock/core/record.hpp"
#include "plugins/unlock/core/redemption.hpp"

#include <gtest/gtest.h>

namespace keycare::unlock {
namespace {

record sample() {
  record out;
  out.uuid = "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11";
  out.stage = stage::proved;
  out.token = {"Maker", "A1"};
  out.application = "APP";
  out.certificate.fill(0xAB);
  out.subject = "平安供应商";
  out.created = 1'795'392'000;
  out.secret = std::string(40, 's');
  out.redemption = out.uuid;
  out.proof = "cHJvb2Y=";
  out.ra.state = ra_state::redeemed;
  out.ra.phone = "138****8000";
  out.ra.redemptions_left = 2;
  return out;
}

std::string refusal(std::string_view text) {
  const auto read = read_record(text);
  return read ? "" : read.error().code;
}

TEST(UnlockRecord, ComesBackAsItWasWritten) {
  const auto text = write_record(sample());
  const auto read = read_record(text);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(write_record(*read), text);
  EXPECT_EQ(read->stage, stage::proved);
  EXPECT_EQ(read->ra.redemptions_left, 2);
}

TEST(UnlockRecord, EveryMemberIsNeededAndOfItsKind) {
  const auto good = nlohmann::json::parse(write_record(sample()));
  for (const auto& [name, value] : good.items()) {
    auto without = good;
    without.erase(name);
    EXPECT_NE(refusal(without.dump()), "") << name;
    auto other = good;
    other[name] = nlohmann::json::array();
    EXPECT_NE(refusal(other.dump()), "") << name;
  }
}

TEST(UnlockRecord, MustHoldWhatItsStageNeeds) {
  auto open = sample();
  open.secret.clear();
  EXPECT_NE(refusal(write_record(open)), "");
  auto proved = sample();
  proved.proof.clear();
  EXPECT_NE(refusal(write_record(proved)), "");
  auto applying = sample();
  applying.stage = stage::applying;
  EXPECT_NE(refusal(write_record(applying)), "");
}

nlohmann::json ra_body() {
  std::string hex;
  for (int i = 0; i < 32; ++i) hex += "ab";
  return {{"uuid", sample().uuid},
          {"state", "approved"},
          {"token", {{"manufacturer", "Maker"}, {"serial", "A1"}}},
          {"application", "APP"},
          {"certificate_sha256", hex},
          {"applied_at", 1},
          {"phone", "138****8000"},
          {"redemptions_left", 3},
          {"exposed", false},
          {"remark", ""}};
}

TEST(RaView, IsReadStrictly) {
  EXPECT_TRUE(read_ra_view(ra_body(), sample()).ok());
  const auto good = ra_body();
  for (const auto& [name, value] : good.items()) {
    if (name == "application" || name == "applied_at") continue;  // not used
    auto body = ra_body();
    body[name] = nullptr;
    EXPECT_FALSE(read_ra_view(body, sample()).ok()) << name;
  }
  auto rejected = ra_body();
  rejected["state"] = "rejected";
  rejected["rejection"] = {{"reason", "资料不符"}};
  EXPECT_EQ(read_ra_view(rejected, sample())->rejection, "资料不符");
}

TEST(RaView, OfAnotherUnlockOrTokenIsNotOurs) {
  auto body = ra_body();
  body["token"]["serial"] = "B2";
  EXPECT_FALSE(read_ra_view(body, sample()).ok());
  body = ra_body();
  body["uuid"] = "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a12";
  EXPECT_FALSE(read_ra_view(body, sample()).ok());
}

TEST(HostRequest, IsReadStrictly) {
  const std::string nonce(64, '0');
  const auto read = [](const std::string& redemption, const std::string& n, const std::string& key) {
    return read_host_request(
        bytes_of(nlohmann::json{{"redemption", redemption}, {"nonce", n}, {"ephemeral_key", key}}.dump()));
  };
  ASSERT_TRUE(read(sample().uuid, nonce, "AAAA").ok());
  EXPECT_EQ(read(sample().uuid, nonce, "AAAA")->nonce, nonce);
  EXPECT_FALSE(read("x", nonce, "AAAA").ok());
  EXPECT_FALSE(read(sample().uuid, "00", "AAAA").ok());
  EXPECT_FALSE(read(sample().uuid, nonce, "no base64").ok());
  EXPECT_FALSE(read_host_request(bytes_of("[]")).ok());
}

}  // namespace
}  // namespace keycare::unlock
