// invoice.hpp - what an invoice (发票) needs: depends on for whom it is.
#pragma once

#include "plugins/common/dates.hpp"
#include "plugins/common/problem.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace keycare::common {

/// As the person typed it. `kind`: "personal", "public-body", "enterprise" (ordinary, 普通发票) or "special"
/// (专用发票).
struct invoice {
  std::string kind;
  std::string title;
  std::string taxpayer_number;
  std::string email;
  std::string address;
  std::string telephone;
  std::string bank;
  std::string account;
};

struct checked_invoice {
  invoice value;  ///< Normalised; fields that the kind does not need are empty.
  std::vector<field_problem> problems;

  /// True when nothing blocks.
  [[nodiscard]] bool fits() const;
};

/// Holds an invoice against the rules, all fields at once; the fields are named "invoice.title" and so on. Individuals
/// and public bodies need no number; an enterprise needs its taxpayer number (unified social credit code), where an odd
/// old number only warns (KC-FORM-TAX-ODD); a special invoice also address, telephone, bank and account. [any-thread]
[[nodiscard]] checked_invoice check_invoice(const invoice& typed, day today);

/// An invoice as it was typed: the members that are texts. [any-thread]
[[nodiscard]] invoice read_invoice(const nlohmann::json& typed);

/// The `invoice` object of the RA's payment request, without empty members. [any-thread]
[[nodiscard]] nlohmann::json invoice_json(const invoice& value);

}  // namespace keycare::common
