// strict_json.hpp - JSON from outside: bounded in size and depth, no duplicate keys, valid UTF-8.
#pragma once

#include "keycare/sdk/result.hpp"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>

namespace keycare::services {

struct json_bounds {
  std::size_t octets = 256 * 1024;
  int depth = 16;  ///< Levels of objects and arrays.
};

/// KC-JSON-TOO-LARGE, KC-JSON-TOO-DEEP, KC-JSON-DUPLICATE-KEY (argument "key"), KC-JSON-INVALID. [any-thread]
result<nlohmann::json> parse_strict(std::string_view text, json_bounds bounds = {});

}  // namespace keycare::services
