// pure_test.cpp - what decides without a widget: how an order stands, and QR codes against libqrencode.
#include "plugins/renewal/ui/order_stand.hpp"
#include "plugins/renewal/ui/qr_code.hpp"

#include <gtest/gtest.h>

#ifdef KEYCARE_QRENCODE
#include <qrencode.h>
#endif

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

TEST(QrCode, IsLibqrencodesModuleForModule) {
#ifndef KEYCARE_QRENCODE
  GTEST_SKIP() << "libqrencode (package libqrencode-dev) is not installed";
#else
  for (const std::size_t length :
       std::initializer_list<std::size_t>{1, 14, 15, 42, 84, 85, 152, 180, 213, 214, 400, 512, 900}) {
    std::string text = "https://ra.example/pay/";
    while (text.size() < length) text += static_cast<char>('a' + text.size() % 26);
    text.resize(length);
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> theirs(
        QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0,
                          QR_ECLEVEL_M),
        &QRcode_free);
    ASSERT_NE(theirs, nullptr);
    // Which mask is best is a matter of taste; everything else is not.
    int same = 0;
    for (int mask = 0; mask < 8; ++mask) {
      const auto ours = make_qr_code(text, mask);
      ASSERT_EQ(ours.size, theirs->width) << length;
      bool equal = true;
      for (int i = 0; i < ours.size * ours.size; ++i)
        equal = equal && ours.dark[static_cast<std::size_t>(i)] == ((theirs->data[i] & 1) != 0);
      same += equal ? 1 : 0;
    }
    EXPECT_EQ(same, 1) << length;
  }
#endif
}

TEST(QrCode, OfTooMuchOrNothingThereIsNone) {
  EXPECT_EQ(make_qr_code("").size, 0);
  EXPECT_EQ(make_qr_code(std::string(3000, 'a')).size, 0);
  EXPECT_GT(make_qr_code(std::string(512, 'a')).size, 0);
}

}  // namespace
}  // namespace keycare::renewal
