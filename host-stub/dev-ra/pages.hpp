// pages.hpp - two plain pages for people: payment at the stand-in provider, and review.
#pragma once

#include "room.hpp"

#include <string>
#include <string_view>

namespace keycare::dev_ra {

struct html {
  int status = 200;
  std::string text;
};

/// The provider's page for @p payment; @p key is the address's own. @p action: "", "pay" or "cancel".
[[nodiscard]] html payment_page(const room& at, std::string_view payment, std::string_view key,
                                std::string_view action);

struct review_form {
  std::string uuid;
  std::string decision;
  std::string reason;
  std::string field;  // of a correction
};
/// The reviewer's page: at most 100 orders and unlocks under review, oldest first. An empty uuid only shows it.
[[nodiscard]] html review_page(const room& at, std::string_view token, const review_form& form);

}  // namespace keycare::dev_ra
