// version_test.cpp - which versions fit together.
#include "host-stub/loader/version.hpp"

#include <gtest/gtest.h>

namespace keycare::loader {
namespace {

TEST(versions, are_compared_as_numbers) {
  EXPECT_LT(parse_version("4.8.2"), parse_version("4.10.0"));
  EXPECT_EQ(parse_version("4.8.2"), (version{4, 8, 2}));
}

TEST(versions, are_three_numbers_and_nothing_else) {
  for (const auto* text :
       {"", "4", "4.8", "4.8.", "4.8.2.1", "4.8.2 ", " 4.8.2", "-4.8.2", "4.8.x", "4.8.9999999", "v4.8.2"})
    EXPECT_FALSE(parse_version(text)) << text;
}

TEST(contract_versions, fit_when_the_host_lies_in_the_plugins_range) {
  const auto open = parse_abi_range("1.2", "1.x");
  ASSERT_TRUE(open);
  EXPECT_EQ(fits(*open, {1, 1}), fit::plugin_too_new);
  EXPECT_EQ(fits(*open, {1, 2}), fit::ok);
  EXPECT_EQ(fits(*open, {1, 65535}), fit::ok);
  EXPECT_EQ(fits(*open, {2, 0}), fit::plugin_too_old);
  const auto closed = parse_abi_range("1.0", "1.3");
  EXPECT_EQ(fits(*closed, {1, 3}), fit::ok);
  EXPECT_EQ(fits(*closed, {1, 4}), fit::plugin_too_old);
  EXPECT_FALSE(parse_abi_range("1", "1.x"));
  EXPECT_FALSE(parse_abi_range("1.0", "x"));
  EXPECT_FALSE(parse_abi_range("1.0", "65536.x"));
}

TEST(qt_versions, fit_within_a_major_upwards_in_the_same_build) {
  const auto at = [](const char* text) { return *parse_qt_tag(text); };
  EXPECT_TRUE(fits(at("6.4.2-release"), at("6.4.0-release")));
  EXPECT_TRUE(fits(at("6.4.2-release"), at("6.8.1-release")));
  EXPECT_FALSE(fits(at("6.5.0-release"), at("6.4.2-release")));
  EXPECT_FALSE(fits(at("5.15.8-release"), at("6.4.2-release")));
  EXPECT_FALSE(fits(at("6.4.2-debug"), at("6.4.2-release")));
  EXPECT_FALSE(parse_qt_tag("6.4.2"));
}

}  // namespace
}  // namespace keycare::loader
