// order_stand.cpp - the table.
#include "plugins/renewal/ui/order_stand.hpp"

#include "plugins/common/ui/text.hpp"

#include <string_view>

namespace keycare::renewal {
namespace {

using ui::tone;

constexpr std::array rows = std::to_array<stand_row>({
    // what             tone           withdraw look
    {stand::fill, tone::warning, true, false},
    {stand::sign, tone::warning, true, false},
    {stand::submit, tone::notice, true, true},
    {stand::pay, tone::notice, true, false},
    {stand::paying, tone::notice, true, false},
    {stand::withdraw, tone::warning, false, false},
    {stand::withdrawing, tone::notice, false, true},
    {stand::review, tone::notice, false, true},
    {stand::correct, tone::warning, false, false},
    {stand::refund, tone::warning, false, true},
    {stand::token, tone::warning, false, false},
    {stand::locked, tone::bad, false, true},
    {stand::install, tone::good, false, false},
    {stand::binding, tone::notice, false, true},
    {stand::person, tone::bad, false, true},
    {stand::looking, tone::faded, false, true},
    {stand::complete, tone::good, false, false},
    {stand::ended, tone::faded, false, false},
});
static_assert(rows.size() == stand_count);
static_assert([] {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].what != static_cast<stand>(i)) return false;
  return true;
}());

struct word_row {
  std::string_view word;  ///< The core's "next_step".
  stand what;
};
constexpr std::array words = std::to_array<word_row>({
    {"fill-form", stand::fill},
    {"sign-application", stand::sign},
    {"send", stand::submit},
    {"pay", stand::pay},
    {"sign-withdrawal", stand::withdraw},
    {"wait-withdrawal", stand::withdrawing},
    {"wait-review", stand::review},
    {"correct", stand::correct},
    {"wait-refund", stand::refund},
    {"await-token", stand::token},
    {"unlock-pin", stand::locked},
    {"make-request", stand::install},
    {"fetch-bundle", stand::install},
    {"install", stand::install},
    {"new-generation", stand::install},
    {"wait-rebinding", stand::binding},
    {"ask-person", stand::person},
    {"support", stand::person},
});

}  // namespace

stand stand_of(const nlohmann::json& order) {
  const auto text = [&](const char* name) { return ui::to_utf8(ui::text_of(order, name)); };
  const auto state = text("state");
  if (order.is_object() && order.contains("open") && !ui::flag_of(order, "open"))
    return state == "complete" ? stand::complete : stand::ended;
  const auto next = text("next_step");
  for (const auto& row : words)
    if (row.word == next) {
      if (row.what == stand::pay && !open_payment(order).is_null()) return stand::paying;
      // What is sent after the application is no news to the user: the order stands as before.
      if (row.what == stand::submit && state == "awaiting-payment") return stand::pay;
      if (row.what == stand::submit && state == "needs-correction") return stand::review;
      if (row.what == stand::submit && (state == "approved" || state == "issued")) return stand::install;
      return row.what;
    }
  if (next == "look-at-token" && (state == "approved" || state == "issued")) return stand::install;
  if (next == "look-at-token" && state == "awaiting-payment") return stand::withdraw;
  return stand::looking;
}

const nlohmann::json& open_payment(const nlohmann::json& order) {
  static const nlohmann::json none;
  const auto& payments = ui::part_of(order, "payments");
  if (payments.is_array())
    for (const auto& one : payments)
      if (ui::text_of(one, "state") == QLatin1String("open")) return one;
  return none;
}

const stand_row& row_of(stand what) {
  return rows[static_cast<std::size_t>(what)];
}

}  // namespace keycare::renewal
