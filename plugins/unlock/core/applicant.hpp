// applicant.hpp - who asks for the unlock (经办人): the data of the last business, checked before it leaves.
#pragma once

#include "keycare/sdk/result.hpp"
#include "plugins/common/dates.hpp"
#include "plugins/common/problem.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::unlock {

struct applicant {
  std::string id_type;
  std::string id_number;
  std::string name;
  std::string phone;
};

struct checked_applicant {
  applicant value;  ///< Normalised.
  std::vector<common::field_problem> problems;
};

/// Holds the members id_type, id_number, name and phone of a command's input against the rules, all at once.
/// [any-thread]
[[nodiscard]] checked_applicant check_applicant(const nlohmann::json& input, common::day today);

/// The error KC-UNLOCK-FORM for @p problems: its argument "problems" names fields and codes, never what was typed.
[[nodiscard]] keycare::error form_error(const std::vector<common::field_problem>& problems);
/// The sentences for "problems", one line a field, the first wrong field first. [any-thread]
[[nodiscard]] std::string explain_form(std::string_view problems, std::string_view language);

}  // namespace keycare::unlock
