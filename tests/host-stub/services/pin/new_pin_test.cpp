// new_pin_test.cpp - which new PINs are refused, and why.
#include "host-stub/services/pin/new_pin.hpp"

#include <gtest/gtest.h>

namespace keycare::services {
namespace {

pin_problem problem(std::string_view pin) {
  return new_pin_problem(pin, {});
}

TEST(NewPin, AnOrdinaryOneWillDo) {
  for (const auto* pin : {"Kc7Hd2Qm", "840271", "blau9Stein"}) EXPECT_EQ(problem(pin), pin_problem::ok) << pin;
}
TEST(NewPin, LengthIsTheTokensPolicy) {
  EXPECT_EQ(problem("84027"), pin_problem::too_short);
  EXPECT_EQ(problem("84027184027184027"), pin_problem::too_long);
  EXPECT_EQ(new_pin_problem("8402718", {8, 16}), pin_problem::too_short);
}
TEST(NewPin, OnlyLettersAndDigits) {
  for (const auto* pin : {"8402 71", "密码密码", "8402-71"}) EXPECT_EQ(problem(pin), pin_problem::characters) << pin;
}
TEST(NewPin, RepetitionsAreTooSimple) {
  for (const auto* pin : {"11111111", "121212", "123123", "aaaaaa", "abcabcabc"})
    EXPECT_EQ(problem(pin), pin_problem::repeated) << pin;
}
TEST(NewPin, SequencesAreTooSimple) {
  for (const auto* pin : {"12345678", "87654321", "abcdefgh", "1234567890", "567890123"})
    EXPECT_EQ(problem(pin), pin_problem::sequence) << pin;
}
TEST(NewPin, WhatEverybodyTriesFirstIsRefusedInAnyCase) {
  for (const auto* pin : {"password", "PassWord", "Qwerty123", "1qaz2wsx"})
    EXPECT_EQ(problem(pin), pin_problem::common) << pin;
}
TEST(NewPin, EveryProblemHasACodeAndASentenceInBothLanguages) {
  for (const auto each : {pin_problem::too_short, pin_problem::too_long, pin_problem::characters, pin_problem::repeated,
                          pin_problem::sequence, pin_problem::common}) {
    EXPECT_FALSE(pin_problem_code(each).empty());
    EXPECT_FALSE(pin_problem_text(each, "zh-CN").empty());
    EXPECT_NE(pin_problem_text(each, "zh-CN"), pin_problem_text(each, "en"));
  }
}

}  // namespace
}  // namespace keycare::services
