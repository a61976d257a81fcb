// unlock_seal_test.cpp - opening the two admin PINs.
#include "host-stub/services/pin/unlock_seal.hpp"
#include "tests/host-stub/services/pin/test_ra.hpp"

#include <gtest/gtest.h>

namespace keycare::test {
namespace {

using namespace services;

result<admin_pins> read(std::string_view text) {
  return read_admin_pins(secret(text));
}

TEST(AdminPins, AreReadExactly) {
  const auto pins = read(R"({"current":"Admin2468","next":"a\"b\\cd"})");
  ASSERT_TRUE(pins.ok());
  EXPECT_EQ(pins->current.text(), "Admin2468");
  EXPECT_EQ(pins->next.text(), "a\"b\\cd");
}
TEST(AdminPins, AnythingElseIsRefused) {
  for (const auto* text :
       {"", "{}", R"({"current":"Admin2468"})", R"({"current":"Admin2468","next":"short"})",
        R"({"current":"Admin2468","next":"12345678901234567"})", R"({"current":"Admin2468","next":"Admin1357"} )",
        R"({"next":"Admin1357","current":"Admin2468"})", R"({"current":"Admin2468","next":"Admin\u0031357"})",
        R"({"current":"Admin2468","next":"Admin1357)"})
    EXPECT_EQ(read(text).error().code, "KC-UNLOCK-SEAL") << text;
}

TEST(UnlockSeal, OpensWithTheRightKeyNonceAndRedemptionOnly) {
  auto key = make_ephemeral_key();
  ASSERT_TRUE(key.ok());
  const redemption asked{"u", "0f8fad5b-d9cb-469f-a165-70867728950e", octets(32, 7), key->public_key};
  const nlohmann::json statement{{"sealed", seal_pins(asked, R"({"current":"Admin2468","next":"Admin1357"})")}};
  unlock_expectation expected;
  expected.redeem_id = asked.redeem_id;
  expected.nonce = asked.nonce;
  expected.public_key = key->public_key;
  const auto pins = open_admin_pins(statement, expected, key->key.get());
  ASSERT_TRUE(pins.ok());
  EXPECT_EQ(pins->next.text(), "Admin1357");
  auto other = expected;
  other.nonce[0] ^= 1U;
  EXPECT_EQ(open_admin_pins(statement, other, key->key.get()).error().code, "KC-UNLOCK-SEAL");
  other = expected;
  other.redeem_id[0] = '1';
  EXPECT_EQ(open_admin_pins(statement, other, key->key.get()).error().code, "KC-UNLOCK-SEAL");
  const auto stranger = make_ephemeral_key();
  EXPECT_EQ(open_admin_pins(statement, expected, stranger->key.get()).error().code, "KC-UNLOCK-SEAL");
}

}  // namespace
}  // namespace keycare::test
