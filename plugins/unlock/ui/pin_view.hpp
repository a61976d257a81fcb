// pin_view.hpp - what the command `state` says, as pages show it: each PIN of each token, and its unlock under way.
#pragma once

#include "plugins/common/ui/tones.hpp"

#include <nlohmann/json.hpp>

#include <QString>
#include <vector>

namespace keycare::unlock {

/// One PIN: a token's only one, or that of one application of a token that has several.
struct pin_view {
  QString serial;        ///< The token's.
  QString label;         ///< The token's; empty when it is not plugged in.
  QString application;   ///< Empty when the token did not say.
  bool several = false;  ///< The token has more than this one: only its application tells them apart.
  QString unlock;        ///< The uuid of its open unlock; empty without one.
  bool there = false;    ///< Else only its open unlock is known.
  bool can_unlock = false;
  bool busy = false;  ///< The token is there but does not answer.
  bool locked = false;
  QString text;  ///< The core's words for its state; empty when the token did not say.
  ui::tone tone = ui::tone::notice;

  /// "Token serial number: …", and which application where there are several.
  [[nodiscard]] QString name() const;
  [[nodiscard]] bool is_same(const pin_view& other) const {
    return serial == other.serial && application == other.application;
  }
};

/// @param data of a reply of `state`. The PINs of a token stand together.
[[nodiscard]] std::vector<pin_view> read_pins(const nlohmann::json& data);

/// "Token serial number: …" and, unless it is empty, ", application: …".
[[nodiscard]] QString token_text(const QString& serial, const QString& application = {});

/// A sentence of the core's as it may be drawn.
[[nodiscard]] QString said(const QString& sentence);

}  // namespace keycare::unlock
