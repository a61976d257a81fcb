// statement_view_test.cpp - what the PIN dialog says about what is being signed.
#include "host-stub/services/signing/statement_view.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace keycare::services {
namespace {

const nlohmann::json apply = {
    {"type", "apply"},
    {"order", "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11"},
    {"account", "supplier-1"},
    {"generation", 1},
    {"quote", {{"months", 12}, {"fee_fen", 20005}, {"new_not_after", 1'797'004'800}}},
    {"form", {{"name", "张三"}, {"id_number", "11010519491231002X"}, {"phone", "13800138000"}}}};

bool has(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

TEST(StatementView, AnApplicationSaysTermFeeAndNewEndInTheReadersLanguageAndZone) {
  const auto zone = [](std::int64_t) { return 8 * 3600; };
  const auto zh = statement_lines(apply, "zh-CN", zone);
  EXPECT_EQ(zh.front(), "申请证书续期");
  EXPECT_TRUE(has(zh, "续期时间：12个月"));
  EXPECT_TRUE(has(zh, "费用：200.05 元"));
  EXPECT_TRUE(has(zh, "新有效期至：2026-12-12"));
  EXPECT_TRUE(has(zh, "经办人：张三"));
  EXPECT_TRUE(has(statement_lines(apply, "en", zone), "Fee: 200.05 CNY"));
}

TEST(StatementView, IdentityNumbersAndTelephonesAreMasked) {
  for (const auto& line : statement_lines(apply, "zh-CN", {})) {
    EXPECT_EQ(line.find("11010519491231002X"), std::string::npos);
    EXPECT_EQ(line.find("13800138000"), std::string::npos);
  }
}

TEST(StatementView, NothingThatTurnsTheTextAroundReachesTheDialog) {
  EXPECT_EQ(signing_sentence("张\u202E三", "zh-CN"), "正在使用 张三 的证书对应的私钥进行签名");
}

TEST(StatementView, AKeyOperationNamesItsContainer) {
  EXPECT_EQ(operation_line("generate", "KC1-A", "en"), "Generate a new key in the token: KC1-A");
  EXPECT_EQ(operation_line("format-disk", "KC1-A", "en"), "");
}

TEST(StatementView, WhatStandsWhereANumberShouldIsMaskedByWholeCharacters) {
  auto odd = apply;
  odd["form"]["id_number"] = "证件号码一二三四五";
  odd["form"]["phone"] = "电话";
  const auto lines = statement_lines(odd, "zh-CN", {});
  EXPECT_TRUE(has(lines, "经办人证件号码：证件号****四五"));
  EXPECT_TRUE(has(lines, "手机号码：***"));
}

}  // namespace
}  // namespace keycare::services
