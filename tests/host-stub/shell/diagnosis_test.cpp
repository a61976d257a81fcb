// diagnosis_test.cpp - what may be sent to the service desk.
#include "host-stub/shell/diagnosis.hpp"

#include <gtest/gtest.h>

namespace keycare::shell {
namespace {

TEST(Diagnosis, OnlyTheLastDigitsOfASerialNumberAreTold) {
  EXPECT_EQ(last_digits("4B43000000000001"), "…0001");
  EXPECT_EQ(last_digits("01"), "01");
}

}  // namespace
}  // namespace keycare::shell
