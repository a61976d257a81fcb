// strict_json.cpp - nlohmann's parser with a watcher for depth and duplicate keys.
#include "host-stub/services/config/strict_json.hpp"

#include <set>
#include <string>
#include <vector>

namespace keycare::services {

result<nlohmann::json> parse_strict(std::string_view text, json_bounds bounds) {
  using json = nlohmann::json;
  if (text.size() > bounds.octets) return fail(KC_E_TOO_LARGE, "KC-JSON-TOO-LARGE");
  bool too_deep = false;
  std::string twice;
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
    switch (event) {
      case json::parse_event_t::object_start:
        keys.emplace_back();
        [[fallthrough]];
      case json::parse_event_t::array_start:
        too_deep = too_deep || depth >= bounds.depth;
        break;
      case json::parse_event_t::object_end:
        if (!keys.empty()) keys.pop_back();
        break;
      case json::parse_event_t::key:
        if (!keys.empty() && twice.empty() && !keys.back().insert(parsed.get<std::string>()).second)
          twice = parsed.get<std::string>().substr(0, 64);
        break;
      default:
        break;
    }
    return true;
  };
  json parsed = json::parse(text.begin(), text.end(), watch, false);
  if (too_deep) return fail(KC_E_ARGUMENT, "KC-JSON-TOO-DEEP");
  if (parsed.is_discarded()) return fail(KC_E_ARGUMENT, "KC-JSON-INVALID");
  if (!twice.empty())
    return error{KC_E_ARGUMENT, "KC-JSON-DUPLICATE-KEY", 0,
                 json{{"key", twice}}.dump(-1, ' ', false, json::error_handler_t::replace)};
  return parsed;
}

}  // namespace keycare::services
