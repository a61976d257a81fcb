// exports.hpp - certificates as a table for a spreadsheet, and their ends as days of a calendar.
// Pure functions; every one is [any-thread].
#pragma once

#include "keycare/sdk/values.hpp"
#include "plugins/validity/core/calendar.hpp"
#include "plugins/validity/core/view.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace keycare::validity {

/// The days before its end on which somebody is reminded of a certificate: an application, its payment and its review
/// take days, and an ended certificate cannot be renewed.
inline constexpr std::array reminder_days{90, 30, 7};

/// One day for each certificate that is still to end and has no newer one; a double certificate is one. Alarms whose
/// day is over are left out: some calendars would ring them all at once. The uid is made of the certificate's SHA-256,
/// so that a second import changes nothing.
[[nodiscard]] std::vector<calendar_event> reminders(std::span<const token_info> tokens,
                                                    std::span<const certificate_info> all, const frame& at);

/// One row for each of @p rows, below a row of headings in the call's language: UTF-8 with a byte order mark.
/// @param all every certificate beside them: it decides which have a newer one
[[nodiscard]] std::string certificate_table(std::span<const token_info> tokens, std::span<const certificate_info> rows,
                                            std::span<const certificate_info> all, const frame& at);

}  // namespace keycare::validity
