// view_test.cpp - what crosses the border is borrowed, sized and bounded.
#include "keycare/sdk/view.hpp"

#include "keycare/abi/shell.h"

#include <gtest/gtest.h>

namespace keycare {
namespace {

TEST(lent_text, without_data_reads_as_empty) {
  EXPECT_EQ(text({nullptr, 7}), "");
  EXPECT_EQ(bytes({nullptr, 7}).size(), 0U);
}

TEST(a_structure, from_an_older_peer_is_read_with_zeros_for_what_it_has_not) {
  kc_client_info old{};
  old.size = offsetof(kc_client_info, language);
  old.has_window = 1;
  old.language = borrow(std::string_view("en"));  // behind its end: not ours to read
  const auto got = known_part(&old);
  EXPECT_EQ(got.has_window, 1U);
  EXPECT_EQ(text(got.language), "");
}

TEST(an_error, crosses_and_comes_back) {
  auto lent = sized<kc_error>();
  const error why{KC_E_TOKEN_REMOVED, "KC-TOKEN-REMOVED", 42, R"({"serial":"1"})"};
  write_error(&lent, why);
  EXPECT_EQ(read_error(KC_E_TOKEN_REMOVED, lent), why);
}

TEST(an_error, whose_arguments_do_not_fit_crosses_without_them) {
  auto lent = sized<kc_error>();
  write_error(&lent, {KC_E_FAILED, "KC-X", 0, R"({"a":")" + std::string(500, 'a') + R"("})"});
  EXPECT_EQ(read_error(KC_E_FAILED, lent).args, "{}");
}

TEST(an_error, is_not_written_where_there_is_no_room) {
  auto small = sized<kc_error>();
  small.size = 16;
  write_error(&small, fail(KC_E_BUSY, "KC-X"));
  EXPECT_EQ(small.status, KC_OK);
  write_error(nullptr, fail(KC_E_BUSY, "KC-X"));
}

TEST(an_error, from_a_peer_that_left_its_texts_open_is_still_read) {
  auto open = sized<kc_error>();
  std::fill(std::begin(open.code), std::end(open.code), 'A');
  std::fill(std::begin(open.args), std::end(open.args), 'B');
  const auto got = read_error(KC_E_BUSY, open);
  EXPECT_EQ(got.code, "KC-STATUS-28");
  EXPECT_EQ(got.args, "{}");
}

TEST(statuses, have_stable_names) {
  EXPECT_EQ(status_name(KC_OK), "ok");
  EXPECT_EQ(status_name(KC_E_OUTCOME_UNKNOWN), "outcome-unknown");
  EXPECT_EQ(status_name(KC_E_BUSY), "busy");
  EXPECT_EQ(status_name(-1), "unknown");
  EXPECT_EQ(status_name(1000), "unknown");
}

}  // namespace
}  // namespace keycare
