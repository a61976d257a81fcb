// barrier_test.cpp - no exception crosses the border, and the side that threw is named.
#include "keycare/sdk/barrier.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

namespace keycare {
namespace {

TEST(the_border, turns_an_exception_into_the_guilty_sides_error) {
  auto why = sized<kc_error>();
  const auto throws = []() -> result<void> { throw std::runtime_error("secret words"); };
  EXPECT_EQ(at_border(side::host, "keycare.clock/1 now", &why, throws), KC_E_FAILED);
  EXPECT_STREQ(why.code, "KC-HOST-BUG");
  EXPECT_EQ(std::string(why.args).find("secret"), std::string::npos) << "an exception's words may hold anything";
  EXPECT_EQ(at_border(side::plugin, "invoke", &why, throws), KC_E_FAILED);
  EXPECT_STREQ(why.code, "KC-PLUGIN-BUG");
  EXPECT_NE(std::string(why.args).find("invoke"), std::string::npos);
}

TEST(the_border, stops_what_is_no_exception_of_the_library_too) {
  auto why = sized<kc_error>();
  EXPECT_EQ(at_border(side::plugin, "invoke", &why, []() -> result<void> { throw 3; }), KC_E_FAILED);
  at_border_void([] { throw 3; });
}

TEST(the_border, never_reports_success_for_an_error) {
  EXPECT_EQ(at_border(side::host, "f", nullptr, []() -> result<void> { return fail(KC_OK, "KC-X"); }), KC_E_FAILED);
}

TEST(a_sink, that_throws_stops_and_tells_its_owner) {
  int taken = 0;
  auto take = [&](const int&) {
    if (++taken == 2) throw std::runtime_error("enough");
  };
  item_sink<int, decltype(take)> sink(take);
  const int item = 1;
  for (int i = 0; i < 4; ++i) item_sink<int, decltype(take)>::call(sink.context(), &item);
  EXPECT_EQ(taken, 2);
  EXPECT_THROW(sink.rethrow(), std::runtime_error);
}

TEST(collected_octets, are_bounded) {
  bytes_collector sink(4);
  const std::uint8_t some[3] = {1, 2, 3};
  bytes_collector::call(sink.context(), some, 3);
  bytes_collector::call(sink.context(), some, 3);
  EXPECT_EQ(sink.take().error().code, "KC-REPLY-TOO-LARGE");
}

}  // namespace
}  // namespace keycare
