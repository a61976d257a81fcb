// damage.hpp - a good JSON document made bad somewhere: deeper than octets that are turned over at random would come.
#pragma once

#include "fuzz.hpp"

#include <nlohmann/json.hpp>

namespace keycare::fuzz {

/// What a hostile peer might say instead.
inline nlohmann::json odd_value(input& in, const nlohmann::json& before) {
  switch (in.pick(14)) {
    case 0:
      return nullptr;
    case 1:
      return true;
    case 2:
      return -1;
    case 3:
      return 18'446'744'073'709'551'615ULL;
    case 4:
      return 9'223'372'036'854'775'807LL;
    case 5:
      return 253'402'300'799LL;
    case 6:
      return 0;
    case 7:
      return 1.5;
    case 8:
      return "";
    case 9:
      return std::string(1U << in.pick(14), 'x');
    case 10:
      return nlohmann::json::array({before, before});
    case 11:
      return {{"uuid", before}, {"state", before}};
    case 12:
      return static_cast<std::int64_t>(in.number(5));
    default: {
      // Only what a JSON text can hold: the document is sent as one.
      const auto text = nlohmann::json(in.text()).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
      return nlohmann::json::parse(text);
    }
  }
}

/// Replaces, removes or adds one value somewhere in @p doc.
inline void damage(nlohmann::json& doc, input& in) {
  auto* at = &doc;
  while (true) {
    if (!at->is_structured() || at->empty()) break;
    auto child = at->begin();
    std::advance(child, static_cast<std::ptrdiff_t>(in.pick(at->size())));
    switch (in.pick(8)) {
      case 0:
        at->erase(child);
        return;
      case 1:
        if (at->is_array()) {
          const auto copy = *child;
          for (std::size_t more = in.pick(64); more > 0; --more) at->push_back(copy);
        } else {
          (*at)["more"] = odd_value(in, *child);
        }
        return;
      case 2:
        *child = odd_value(in, *child);
        return;
      default:
        at = &*child;
    }
  }
  *at = odd_value(in, *at);
}

}  // namespace keycare::fuzz
