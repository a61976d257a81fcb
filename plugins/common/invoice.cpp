// invoice.cpp - see invoice.hpp.
#include "plugins/common/invoice.hpp"

#include "keycare/sdk/result.hpp"
#include "plugins/common/contact.hpp"
#include "plugins/common/credit_code.hpp"
#include "plugins/common/identity_number.hpp"
#include "plugins/common/narrow.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace keycare::common {
namespace {

struct member {
  const char* name;
  std::string invoice::*text;
};
constexpr std::array members = std::to_array<member>({
    {"kind", &invoice::kind},
    {"title", &invoice::title},
    {"taxpayer_number", &invoice::taxpayer_number},
    {"email", &invoice::email},
    {"address", &invoice::address},
    {"telephone", &invoice::telephone},
    {"bank", &invoice::bank},
    {"account", &invoice::account},
});

result<std::string> required(std::string_view text, std::size_t max_octets) {
  auto kept = keep(text, max_octets);
  if (kept && kept->empty()) return fail(KC_E_ARGUMENT, "KC-FORM-MISSING");
  return kept;
}

result<std::string> account_number(std::string_view text) {
  auto number = narrow_number(text);
  if (!number) return number;
  std::erase(*number, '-');
  if (number->empty()) return fail(KC_E_ARGUMENT, "KC-FORM-MISSING");
  const bool fits = number->size() >= 6 && number->size() <= 32 &&
                    std::all_of(number->begin(), number->end(), [](char c) { return c >= '0' && c <= '9'; });
  return fits ? number : fail(KC_E_ARGUMENT, "KC-FORM-BANK-ACCOUNT");
}

/// 18 characters are a unified social credit code, or else an identity number (sole traders); 15 to 20 others are old
/// numbers, of which there is no check: they warn.
result<std::string> taxpayer(std::string_view text, day today, bool& odd) {
  auto code = check_credit_code(text);
  if (code) return code;
  const auto& why = code.error().code;
  if (why != "KC-FORM-CREDIT-LENGTH" && why != "KC-FORM-CREDIT-CHARACTERS" && why != "KC-FORM-CREDIT-CHECK")
    return code;
  auto number = narrow_number(text);
  if (!number) return number;
  for (char& c : *number) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  const bool old = number->size() >= 15 && number->size() <= 20 &&
                   std::all_of(number->begin(), number->end(),
                               [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
  if (!old) return fail(KC_E_ARGUMENT, "KC-FORM-TAX-NUMBER");
  if (number->size() == 18 && !check_identity_number(*number, today).ok()) return code;
  odd = true;
  return number;
}

}  // namespace

bool checked_invoice::fits() const {
  return std::all_of(problems.begin(), problems.end(), [](const auto& problem) { return problem.warning; });
}

checked_invoice check_invoice(const invoice& typed, day today) {
  checked_invoice out;
  const auto take = [&](const char* name, std::string invoice::*member, result<std::string> checked) {
    if (checked)
      out.value.*member = *std::move(checked);
    else
      out.problems.push_back({std::string("invoice.") + name, checked.error().code, false});
  };
  const bool enterprise = typed.kind == "enterprise" || typed.kind == "special";
  if (enterprise || typed.kind == "personal" || typed.kind == "public-body")
    out.value.kind = typed.kind;
  else
    out.problems.push_back({"invoice.kind", typed.kind.empty() ? "KC-FORM-MISSING" : "KC-FORM-INVOICE-KIND", false});

  take("title", &invoice::title, required(typed.title, 128));
  if (enterprise) {
    bool odd = false;
    take("taxpayer_number", &invoice::taxpayer_number, taxpayer(typed.taxpayer_number, today, odd));
    if (odd) out.problems.push_back({"invoice.taxpayer_number", "KC-FORM-TAX-ODD", true});
  }
  take("email", &invoice::email, check_email(typed.email));
  if (typed.kind == "special") {
    take("address", &invoice::address, required(typed.address, 256));
    take("telephone", &invoice::telephone, check_telephone(typed.telephone));
    take("bank", &invoice::bank, required(typed.bank, 128));
    take("account", &invoice::account, account_number(typed.account));
  }
  return out;
}

invoice read_invoice(const nlohmann::json& typed) {
  invoice out;
  for (const auto& one : members) {
    if (!typed.is_object()) break;
    const auto found = typed.find(one.name);
    if (found != typed.end() && found->is_string()) out.*one.text = found->get<std::string>();
  }
  return out;
}

nlohmann::json invoice_json(const invoice& value) {
  auto json = nlohmann::json::object();
  for (const auto& one : members) {
    if (!(value.*one.text).empty()) json[one.name] = value.*one.text;
  }
  return json;
}

}  // namespace keycare::common
