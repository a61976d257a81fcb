// applicant.cpp - see applicant.hpp.
#include "plugins/unlock/core/applicant.hpp"

#include "keycare/sdk/json.hpp"
#include "plugins/common/contact.hpp"
#include "plugins/common/documents.hpp"
#include "plugins/common/input.hpp"
#include "plugins/common/names.hpp"
#include "plugins/unlock/core/texts.hpp"

namespace keycare::unlock {
checked_applicant check_applicant(const nlohmann::json& input, common::day today) {
  checked_applicant out;
  const auto take = [&](const char* field, std::string& to, result<std::string> checked) {
    if (checked)
      to = *std::move(checked);
    else
      out.problems.push_back({field, checked.error().code, false});
  };
  out.value.id_type = common::text_member(input, "id_type");
  if (out.value.id_type.empty()) out.value.id_type = "resident-id";
  auto number = common::check_document(out.value.id_type, common::text_member(input, "id_number"), today);
  const bool kind = !number && number.error().code == "KC-FORM-DOCUMENT-KIND";
  take(kind ? "id_type" : "id_number", out.value.id_number, std::move(number));
  take("name", out.value.name, common::check_name(common::text_member(input, "name")));
  take("phone", out.value.phone, common::check_mobile(common::text_member(input, "phone")));
  return out;
}

keycare::error form_error(const std::vector<common::field_problem>& problems) {
  std::string list;
  for (const auto& problem : problems) list += (list.empty() ? "" : ",") + problem.field + ":" + problem.code;
  return fail_with(KC_E_ARGUMENT, "KC-UNLOCK-FORM", {{"problems", list}});
}

std::string explain_form(std::string_view problems, std::string_view language) {
  auto out = texts().text("KC-UNLOCK-FORM", language);
  while (!problems.empty()) {
    const auto one = problems.substr(0, problems.find(','));
    problems.remove_prefix(std::min(problems.size(), one.size() + 1));
    const auto colon = one.find(':');
    if (colon == std::string_view::npos) continue;
    out += "\n" + texts().text("field." + std::string(one.substr(0, colon)), language) +
           (common::is_english(language) ? ": " : "：") + texts().text(one.substr(colon + 1), language);
  }
  return out;
}

}  // namespace keycare::unlock
