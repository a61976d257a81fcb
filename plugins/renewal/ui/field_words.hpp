// field_words.hpp - the fields of the application and of the invoice, their names and hints in the guide's words.
#pragma once

#include "plugins/renewal/ui/form_fields.hpp"

namespace keycare::renewal {

/// 证件类型, 证件号码, 姓名, 地址, 手机号码, email.
void add_applicant_fields(form_fields& to);
/// Sets their texts; the choice stays.
void name_applicant_fields(form_fields& of);
/// 发票类型 and what each kind needs.
void add_invoice_fields(form_fields& to);
void name_invoice_fields(form_fields& of);
/// The fields of that kind of invoice.
[[nodiscard]] std::set<std::string> invoice_fields_of(const std::string& kind);

}  // namespace keycare::renewal
