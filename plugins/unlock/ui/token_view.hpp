// token_view.hpp - what the command `state` says, as pages show it: each token, its PINs, and its unlock under way.
#pragma once

#include "plugins/common/ui/tones.hpp"

#include <nlohmann/json.hpp>

#include <QString>
#include <vector>

namespace keycare::unlock {

/// The PIN of one application of a token.
struct pin_view {
  QString application;
  QString text;  ///< The core's words.
  ui::tone tone = ui::tone::notice;
  bool locked = false;
};

/// A token that is plugged in, or one that is not and has an unlock under way.
struct token_view {
  QString serial;
  QString label;   ///< Empty when it is not plugged in.
  QString unlock;  ///< The uuid of its open unlock; empty without one.
  bool there = false;
  bool can_unlock = false;
  bool busy = false;  ///< It is there but does not answer.
  std::vector<pin_view> pins;

  [[nodiscard]] bool locked() const;
};

/// @param data of a reply of `state`
[[nodiscard]] std::vector<token_view> read_tokens(const nlohmann::json& data);

/// @p text as it may be drawn: no control or invisible characters (they can turn a line round), never longer than
/// @p most, and breakable everywhere, so that no name of a stranger's choosing widens a page.
[[nodiscard]] QString harmless(const QString& text, int most = 600);
/// "Token serial number: …"
[[nodiscard]] QString serial_text(const QString& serial);

}  // namespace keycare::unlock
