// pure_test.cpp - what decides without a widget: how an order stands, and the QR code.
#include "plugins/renewal/ui/order_stand.hpp"
#include "plugins/renewal/ui/qr_code.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace keycare::renewal {
namespace {

using nlohmann::json;

json order(const char* state, const char* next, bool open = true) {
  return {{"state", state}, {"next_step", next}, {"open", open}};
}

TEST(OrderStand, FollowsFromTheCoresWords) {
  EXPECT_EQ(stand_of(order("awaiting-payment", "pay")), stand::pay);
  auto paying = order("awaiting-payment", "pay");
  paying["payments"] = {{{"state", "closed"}}, {{"state", "open"}, {"pay_url", "https://ra/pay"}}};
  EXPECT_EQ(stand_of(paying), stand::paying);
  EXPECT_EQ(open_payment(paying)["pay_url"], "https://ra/pay");
  EXPECT_EQ(stand_of(order("under-review", "wait-review")), stand::review);
  EXPECT_EQ(stand_of(order("approved", "make-request")), stand::install);
  EXPECT_EQ(stand_of(order("approved", "look-at-token")), stand::install);
  EXPECT_EQ(stand_of(order("approved", "await-token")), stand::token);
  EXPECT_EQ(stand_of(order("approved", "unlock-pin")), stand::locked);
  EXPECT_EQ(stand_of(order("complete", "done", false)), stand::complete);
  EXPECT_EQ(stand_of(order("refunded", "done", false)), stand::ended);
  EXPECT_EQ(stand_of(order("unasked", "fill-form")), stand::fill);
}

TEST(OrderStand, WhatIsNoOrderIsLookedAt) {
  EXPECT_EQ(stand_of(nullptr), stand::looking);
  EXPECT_EQ(stand_of(json::array()), stand::looking);
  EXPECT_EQ(stand_of({{"next_step", 7}, {"payments", "none"}}), stand::looking);
  EXPECT_EQ(stand_of(order("of-the-future", "a-new-step")), stand::looking);
}

TEST(OrderStand, WhatIsPaidIsNotWithdrawnAndWhatWaitsCanBeLookedAt) {
  for (const auto paid : {stand::review, stand::correct, stand::refund, stand::token, stand::install, stand::binding})
    EXPECT_FALSE(row_of(paid).may_withdraw);
  EXPECT_TRUE(row_of(stand::pay).may_withdraw);
  EXPECT_TRUE(row_of(stand::review).may_look);
}

TEST(QrCode, HasItsThreeEyesAndHoldsTheText) {
  const auto code = make_qr_code("https://ra.example/pay/1");
  ASSERT_EQ(code.size, 25) << "version 2 holds 26 octets at level M";
  for (const auto& [x, y] : {std::pair{0, 0}, {18, 0}, {0, 18}})
    for (int i = 0; i < 7; ++i) {
      EXPECT_TRUE(code.at(x + i, y) && code.at(x, y + i) && code.at(x + i, y + 6) && code.at(x + 6, y + i));
      EXPECT_EQ(code.at(x + 1, y + i), i == 0 || i == 6);
    }
  EXPECT_NE(make_qr_code("https://ra.example/pay/2").dark, code.dark);
}

TEST(QrCode, OfTooMuchOrNothingThereIsNone) {
  EXPECT_EQ(make_qr_code("").size, 0);
  EXPECT_EQ(make_qr_code(std::string(3000, 'a')).size, 0);
  EXPECT_GT(make_qr_code(std::string(512, 'a')).size, 0);
}

}  // namespace
}  // namespace keycare::renewal
