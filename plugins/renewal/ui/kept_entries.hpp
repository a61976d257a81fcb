// kept_entries.hpp - what was typed and not yet sent: a half filled form survives leaving the page and closing the
// window.
//
// In memory only, as long as the UI library lives: it holds an identity number and a telephone.
#pragma once

#include <nlohmann/json.hpp>

namespace keycare::renewal {

struct kept_entries {
  nlohmann::json form = nlohmann::json::object();     ///< As typed; the core's names.
  nlohmann::json invoice = nlohmann::json::object();  ///< Likewise.
  int months = 12;

  void forget_application() { *this = {}; }
};

}  // namespace keycare::renewal
