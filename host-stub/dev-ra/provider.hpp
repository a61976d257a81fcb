// provider.hpp - a stand-in for a payment provider, with its own view of every payment. It tells the RA by signed
// notices only.
#pragma once

#include "room.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keycare::dev_ra::provider {

/// Opens a payment at the provider.
void open(const room& at, std::string_view payment, std::int64_t fee_fen);
/// Asks for "close" or "refund"; the word comes later, by a notice.
void ask(const room& at, std::string_view payment, std::string_view what);
/// Gives the words that are due now, unless it was told to hold them.
void speak(const room& at);

enum class outcome { done, closed, unknown };
/// The user presses 支付 on the provider's page.
outcome pay(const room& at, std::string_view payment);
/// The user presses 取消 there: the provider closes the payment.
outcome cancel(const room& at, std::string_view payment);

struct page {
  std::string state;  // open, paid, closed, refunded
  std::int64_t fee_fen = 0;
};
[[nodiscard]] std::optional<page> find(const room& at, std::string_view payment);

/// Sends a notice whatever the provider's own view is: a late or doubled word, for tests.
void send(const room& at, std::string_view payment, std::string_view event);

}  // namespace keycare::dev_ra::provider
