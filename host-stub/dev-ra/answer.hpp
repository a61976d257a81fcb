// answer.hpp - what a request is answered with; problems by their stable codes (openapi.json, ProblemCode).
#pragma once

#include "keycare/sdk/result.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace keycare::dev_ra {

struct answer {
  int status = 200;
  nlohmann::json body;
  std::optional<std::int64_t> retry_after;  // seconds
  std::int64_t at = 0;                      // the RA's clock, for the Date header; 0: none
};

/// A problem as an error: code is the problem's, args its further members. @p detail is for a developer and never holds
/// personal data.
[[nodiscard]] error problem(std::string_view code, nlohmann::json members = nlohmann::json::object(),
                            std::string_view detail = {});
/// {"fields": [{field, code}]}
[[nodiscard]] nlohmann::json field_error(std::string_view field, std::string_view code);
/// The problem document that @p why is.
[[nodiscard]] answer to_answer(const error& why);
/// The answer, or the problem document.
[[nodiscard]] answer to_answer(const result<answer>& made);

}  // namespace keycare::dev_ra
