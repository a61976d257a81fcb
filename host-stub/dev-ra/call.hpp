// call.hpp - one request, after its path, media type and size were found good.
#pragma once

#include "answer.hpp"
#include "room.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace keycare::dev_ra {

struct call {
  std::vector<std::string> ids;  // uuids or hashes of the path, in order
  std::map<std::string, std::string> query;
  std::string bearer;   // empty without
  std::string body;     // application/cms: DER
  nlohmann::json json;  // application/json: fits the schema that openapi.json gives this path
};

using handler = result<answer> (*)(const room&, const call&);

/// 200 with @p body.
[[nodiscard]] inline answer ok(nlohmann::json body, std::optional<std::int64_t> retry_after = std::nullopt) {
  return {200, std::move(body), retry_after, 0};
}

}  // namespace keycare::dev_ra
