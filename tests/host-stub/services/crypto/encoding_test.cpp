// encoding_test.cpp - base64: one text for the same octets, and nothing else.
#include "host-stub/services/crypto/encoding.hpp"

#include <gtest/gtest.h>

namespace keycare::services {
namespace {

TEST(Base64, IsReadBackAsItWasWritten) {
  for (const char* text : {"", "Zg==", "Zm8=", "Zm9v", "c2VhbGVkOnNlYWxlZA=="}) {
    const auto read = from_base64(text);
    ASSERT_TRUE(read.ok()) << text;
    EXPECT_EQ(base64(*read), text);
  }
}

TEST(Base64, AnotherTextForTheSameOctetsIsDamaged) {
  for (const char* text :
       {"Zg", "Zg=", "Zm9v----", "Zm9v\n", " Zm9v", "Z=9v", "=AAA", "Zh==", "Zm9=", "Zm9v====", "Zg==Zg=="})
    EXPECT_FALSE(from_base64(text).ok()) << text;
}

}  // namespace
}  // namespace keycare::services
