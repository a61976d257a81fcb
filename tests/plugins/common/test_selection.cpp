// test_selection.cpp - tokens and certificates are named by what is printed on them, and PIN figures are never
// invented.
#include "plugins/common/selection.hpp"

#include <gtest/gtest.h>

namespace keycare::common {
namespace {

token_info token(const char* serial) {
  token_info out;
  out.token = {"Maker", serial};
  return out;
}

certificate_info certificate(const char* token_serial, const char* serial, std::uint8_t sha) {
  certificate_info out;
  out.token = {"Maker", token_serial};
  out.serial = serial;
  out.sha256.fill(sha);
  return out;
}

template <class T>
std::string code(const result<T>& chosen) {
  return chosen ? "" : chosen.error().code;
}

TEST(Selection, OfATokenIsNeededOnlyWhenThereAreSeveral) {
  const std::vector two{token("A1"), token("B2")};
  EXPECT_EQ(code(choose_token({}, "")), "KC-TOKEN-NONE");
  EXPECT_EQ(choose_token(std::span(two).first(1), "")->token.serial, "A1");
  EXPECT_EQ(choose_token(two, "B2")->token.serial, "B2");
  EXPECT_EQ(code(choose_token(two, "")), "KC-TOKEN-CHOOSE");
  EXPECT_EQ(choose_token(two, "").error().args, R"({"serials":"A1, B2"})");
  EXPECT_EQ(code(choose_token(two, "C3")), "KC-TOKEN-NOT-THERE");
}

TEST(Selection, TwoTokensThatCallThemselvesTheSameAreNotAChoice) {
  const std::vector twins{token("A1"), token("A1"), token("B2")};
  EXPECT_EQ(code(choose_token(twins, "A1")), "KC-TOKEN-AMBIGUOUS");
  EXPECT_EQ(code(choose_token(std::span(twins).first(2), "")), "KC-TOKEN-AMBIGUOUS");
  EXPECT_EQ(code(choose_token(twins, "")), "KC-TOKEN-CHOOSE");
  EXPECT_EQ(choose_token(twins, "B2")->token.serial, "B2");
  EXPECT_EQ(common::twins(twins), std::vector<std::string>{"A1"}) << "each pair once";
  EXPECT_TRUE(common::twins(std::span(twins).last(2)).empty());
}

TEST(Selection, CertificatesToChooseFromAreNamedWithTheirTokens) {
  const std::vector all{certificate("A1", "77", 1), certificate("B2", "78", 2)};
  EXPECT_EQ(choose_certificate(all, "", "").error().args, R"({"serials":"77 @ A1, 78 @ B2"})");
}

TEST(Selection, TakesASerialNumberOrAHashAsPeopleCopyThem) {
  const std::vector all{certificate("A1", "1F2E", 0xAB), certificate("A1", "77", 0xCD)};
  EXPECT_EQ(choose_certificate(all, "00:1f:2e", "")->serial, "1F2E");
  std::string hash;
  for (int i = 0; i < 32; ++i) hash += "cd";
  EXPECT_EQ(choose_certificate(all, hash, "")->serial, "77");
  EXPECT_EQ(code(choose_certificate(all, "", "")), "KC-CERTIFICATE-CHOOSE");
  EXPECT_EQ(code(choose_certificate(all, "99", "")), "KC-CERTIFICATE-NOT-THERE");
  EXPECT_EQ(code(choose_certificate(all, "77", "B2")), "KC-CERTIFICATE-NOT-THERE");
  EXPECT_EQ(code(choose_certificate({}, "", "")), "KC-CERTIFICATE-NONE");
}

TEST(Selection, OfACertificateThatIsOnTwoTokensAsksForTheToken) {
  const std::vector all{certificate("A1", "77", 1), certificate("B2", "77", 1)};
  EXPECT_EQ(code(choose_certificate(all, "77", "")), "KC-TOKEN-CHOOSE");
  EXPECT_EQ(choose_certificate(all, "77", "B2")->token.serial, "B2");
}

TEST(PinText, SaysWhatTheTokenReportsAndNothingElse) {
  EXPECT_EQ(pin_text({0, 6, 4, ""}, "zh-CN"), "剩余密码重试次数: 4（共 6 次）");
  EXPECT_EQ(pin_text({0, {}, 4, ""}, "zh-CN"), "剩余密码重试次数: 4");
  EXPECT_EQ(pin_text({0, {}, {}, "none"}, "zh-CN"), "剩余密码重试次数: 未知（该介质不提供）");
  EXPECT_NE(pin_text({KC_PIN_FINAL_TRY, {}, {}, ""}, "zh-CN").find("再输错一次将被锁定"), std::string::npos);
  EXPECT_NE(pin_text({0, 6, 1, ""}, "zh-CN").find("再输错一次将被锁定"), std::string::npos);
  EXPECT_NE(pin_text({KC_PIN_LOCKED, 6, 0, ""}, "zh-CN").find("【忘记密码】"), std::string::npos);
  EXPECT_FALSE(pin_json({0, {}, {}, ""}).contains("remaining"));
}

}  // namespace
}  // namespace keycare::common
