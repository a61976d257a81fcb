// forms.hpp - an application's form and an invoice's data: which fields are refused, and how they are masked. Pure.
//
// The RA checks again what the plugin has checked: it trusts no client.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace keycare::dev_ra {

/// [{field, code}] for every refused field of @p form (id_type, id_number, name, phone, email, address); [] when all is
/// well.
[[nodiscard]] nlohmann::json refused_fields(const nlohmann::json& form);
/// The same for an InvoiceRequest: companies need a taxpayer number, special invoices all of it.
[[nodiscard]] nlohmann::json refused_invoice_fields(const nlohmann::json& invoice);
/// The Applicant that an answer shows: enough to recognise, not enough to use.
[[nodiscard]] nlohmann::json masked(const nlohmann::json& form);
[[nodiscard]] std::string masked_phone(std::string_view phone);
[[nodiscard]] std::string masked_account(std::string_view account);

}  // namespace keycare::dev_ra
