// form.hpp - the application form (网证通数字证书续期申请表): every field held against its rule, all at once.
#pragma once

#include "plugins/common/dates.hpp"
#include "plugins/common/problem.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace keycare::renewal {

struct checked_form {
  nlohmann::json value = nlohmann::json::object();  ///< Normalised, as the statement wants it.
  std::vector<common::field_problem> problems;      ///< In the order of the form: the cursor goes to the first one.

  [[nodiscard]] bool fits() const { return problems.empty(); }
};

/// A whole form: id_type (absent: resident-id), id_number, name, phone and email are needed, address is not.
/// @param today in the user's zone. Pure. [any-thread]
[[nodiscard]] checked_form check_form(const nlohmann::json& typed, common::day today);

/// A correction: only the fields that are there. A corrected id_type needs its id_number. [any-thread]
[[nodiscard]] checked_form check_correction(const nlohmann::json& typed, common::day today);

/// 续期时间: 12, 24, 36, 48 or 60 months. [any-thread]
[[nodiscard]] bool is_offered_term(std::int64_t months);

}  // namespace keycare::renewal
