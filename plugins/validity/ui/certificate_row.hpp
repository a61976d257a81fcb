// certificate_row.hpp - one certificate of the command "list" as the window shows it, and the words for its state.
#pragma once

#include "plugins/common/ui/tones.hpp"

#include <nlohmann/json.hpp>

#include <QString>

#include <cstdint>
#include <vector>

namespace keycare::validity {

/// What the list says of a certificate's time. The order is that of the filter.
enum class row_state { valid, ending_soon, ended, not_yet_valid, replaced };
inline constexpr int row_states = 5;

/// 有效, 即将到期, 已过期, 尚未生效, 已有新证书: in the language of the window.
[[nodiscard]] QString word_of(row_state state);
[[nodiscard]] ui::tone tone_of(row_state state);

/// Texts are without controls and bounded: a subject may be anything.
struct certificate_row {
  QString sha256, pair_sha256, pair_serial;  ///< The pair: the encryption half of a double certificate.
  QString name, subject, issuer, serial, algorithm, usage, private_key;
  QString token_label, token_serial, manufacturer, application, container;
  QString from_text, until_text;     ///< Date, time and zone, as the core writes them.
  QString sentence, pin_text;        ///< The core's, in the user's language.
  std::int64_t from = 0, until = 0;  ///< Unix seconds, years 1 to 9999.
  std::int64_t days_left = 0;
  row_state state = row_state::valid;
  bool ended = false;   ///< A replaced one may have ended or not.
  QString search_text;  ///< Everything a filter looks at, case folded.

  /// The day alone, of "2026-12-18 08:00:00 (UTC+08:00)".
  [[nodiscard]] QString from_day() const { return from_text.section(' ', 0, 0); }
  [[nodiscard]] QString until_day() const { return until_text.section(' ', 0, 0); }
  /// The token, as "serial number (label)": what tells two apart stands first.
  [[nodiscard]] QString token() const;
  friend bool operator==(const certificate_row&, const certificate_row&) = default;
};

/// Reads the "data" of a reply; the encryption half of a double certificate goes into the row of the other half.
[[nodiscard]] std::vector<certificate_row> read_rows(const nlohmann::json& data);

}  // namespace keycare::validity
