// form.cpp - the fields of the form, one rule each.
#include "plugins/renewal/core/form.hpp"

#include "plugins/common/contact.hpp"
#include "plugins/common/documents.hpp"
#include "plugins/common/names.hpp"

namespace keycare::renewal {

using nlohmann::json;

namespace {

std::string typed_text(const json& typed, const char* field) {
  const auto it = typed.find(field);
  return it != typed.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

checked_form check_fields(const json& typed, common::day today, bool whole) {
  checked_form out;
  const auto wanted = [&](const char* field) { return whole || typed.contains(field); };
  const auto take = [&](const char* field, const result<std::string>& checked) {
    if (checked)
      out.value[field] = *checked;
    else
      out.problems.push_back({field, checked.error().code});
  };
  auto id_type = typed_text(typed, "id_type");
  if (id_type.empty()) id_type = "resident-id";
  if (wanted("id_number") || wanted("id_type")) {
    const auto number = common::check_document(id_type, typed_text(typed, "id_number"), today);
    if (!number && number.error().code == "KC-FORM-DOCUMENT-KIND") {
      out.problems.push_back({"id_type", number.error().code});
    } else {
      out.value["id_type"] = id_type;
      take("id_number", number);
    }
  }
  if (wanted("name")) take("name", common::check_name(typed_text(typed, "name")));
  if (typed.contains("address")) {
    const auto address = common::check_address(typed_text(typed, "address"));
    if (!address || !address->empty() || !whole) take("address", address);
  }
  if (wanted("phone")) take("phone", common::check_mobile(typed_text(typed, "phone")));
  if (wanted("email")) take("email", common::check_email(typed_text(typed, "email")));
  return out;
}

}  // namespace

checked_form check_form(const json& typed, common::day today) {
  return check_fields(typed, today, true);
}

checked_form check_correction(const json& typed, common::day today) {
  return check_fields(typed, today, false);
}

bool is_offered_term(std::int64_t months) {
  return months >= 12 && months <= 60 && months % 12 == 0;
}

}  // namespace keycare::renewal
