// routes.hpp - the paths of openapi.json, each with its handler.
#pragma once

#include "call.hpp"

#include <span>
#include <string_view>

namespace keycare::dev_ra {

enum class media { none, json, cms };

struct route {
  std::string_view method;
  std::string_view path;  // as in openapi.json
  media takes;
  std::string_view schema;  // of a JSON body
  handler run;
};

[[nodiscard]] std::span<const route> routes();

}  // namespace keycare::dev_ra
