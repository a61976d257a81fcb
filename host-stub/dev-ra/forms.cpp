// forms.cpp - GB 11643, GB 32100 and the other rules of the form.
#include "forms.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <vector>

namespace keycare::dev_ra {

namespace {

using json = nlohmann::json;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}
int number(std::string_view text) {
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

/// Resident identity number, GB 11643: why it is refused, or empty.
std::string_view check_resident(std::string_view id) {
  static constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  static constexpr std::string_view checks = "10X98765432";
  if (id.size() != 18 || !digits(id.substr(0, 17)) || !(is_digit(id[17]) || id[17] == 'X')) return "malformed";
  const std::chrono::year_month_day born{std::chrono::year(number(id.substr(6, 4))),
                                         std::chrono::month(static_cast<unsigned>(number(id.substr(10, 2)))),
                                         std::chrono::day(static_cast<unsigned>(number(id.substr(12, 2))))};
  if (!born.ok() || born.year() < std::chrono::year(1800)) return "malformed";
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += (id[i] - '0') * weights[i];
  return checks[static_cast<std::size_t>(sum % 11)] == id[17] ? "" : "check-digit";
}

/// Unified social credit code, GB 32100.
std::string_view check_social_credit(std::string_view code) {
  static constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  if (code.size() != 18) return "malformed";
  std::size_t sum = 0;
  std::size_t weight = 1;
  for (std::size_t i = 0; i < 17; ++i) {
    const auto value = alphabet.find(code[i]);
    if (value == std::string_view::npos) return "malformed";
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  return alphabet[(31 - sum % 31) % 31] == code[17] ? "" : "check-digit";
}

std::string_view check_identity(std::string_view type, std::string_view id) {
  if (type == "resident-id") return check_resident(id);
  if (type == "social-credit-code") return check_social_credit(id);
  const bool eight_or_ten = id.size() == 8 || id.size() == 10;
  if (type == "taiwan-permit") return eight_or_ten && digits(id) ? "" : "malformed";
  if (type == "hk-macau-permit") {
    const bool good = (id.size() == 9 || id.size() == 11) && (id[0] == 'H' || id[0] == 'M') && digits(id.substr(1));
    return good ? "" : "malformed";
  }
  const bool passport = id.size() >= 5 && id.size() <= 17 &&
                        std::all_of(id.begin(), id.end(), [](char c) { return is_digit(c) || is_letter(c); });
  return passport ? "" : "malformed";
}

bool is_offered_type(std::string_view type) {
  static constexpr std::string_view offered[] = {"resident-id", "social-credit-code", "hk-macau-permit",
                                                 "taiwan-permit", "passport"};
  return std::find(std::begin(offered), std::end(offered), type) != std::end(offered);
}

bool is_mobile(std::string_view phone) {
  return phone.size() == 11 && phone[0] == '1' && phone[1] >= '3' && digits(phone);
}

bool is_email(std::string_view address) {
  const auto at = address.find('@');
  if (at == std::string_view::npos || at == 0 || address.find('@', at + 1) != std::string_view::npos) return false;
  const auto domain = address.substr(at + 1);
  const auto dot = domain.find('.');
  return dot != std::string_view::npos && dot > 0 && !domain.ends_with('.') &&
         address.find(' ') == std::string_view::npos;
}

std::string text(const json& object, const char* name) {
  return object.value(name, std::string());
}

/// The first @p head and last @p tail code points; stars between.
std::string mask(std::string_view value, std::size_t head, std::size_t tail) {
  std::vector<std::string> points;
  for (const char c : value) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (continues && !points.empty()) {
      points.back() += c;
    } else {
      points.emplace_back(1, c);
    }
  }
  if (points.size() <= head + tail) head = std::min<std::size_t>(1, points.size()), tail = 0;
  std::string shown;
  for (std::size_t i = 0; i < points.size(); ++i)
    shown += i < head || i + tail >= points.size() ? points[i] : std::string("*");
  return shown;
}

}  // namespace

json refused_fields(const json& form) {
  auto refused = json::array();
  const auto refuse = [&](std::string_view field, std::string_view code) {
    if (!code.empty()) refused.push_back({{"field", field}, {"code", code}});
  };
  const auto type = text(form, "id_type");
  if (is_offered_type(type)) {
    refuse("id_number", check_identity(type, text(form, "id_number")));
  } else {
    refuse("id_type", "not-offered");
  }
  const auto name = text(form, "name");
  if (std::all_of(name.begin(), name.end(), [](char c) { return c == ' '; })) refuse("name", "missing");
  if (!is_mobile(text(form, "phone"))) refuse("phone", "malformed");
  if (form.contains("email") && !is_email(text(form, "email"))) refuse("email", "malformed");
  return refused;
}

json refused_invoice_fields(const json& invoice) {
  auto refused = json::array();
  const auto kind = text(invoice, "kind");
  const bool company = kind == "enterprise" || kind == "special";
  const auto taxpayer = text(invoice, "taxpayer_number");
  // An odd old tax number warns, it does not block: only its presence is demanded.
  if (company && taxpayer.empty()) refused.push_back({{"field", "invoice.taxpayer_number"}, {"code", "missing"}});
  if (kind == "special")
    for (const char* name : {"address", "telephone", "bank", "account"})
      if (text(invoice, name).empty())
        refused.push_back({{"field", std::string("invoice.") + name}, {"code", "missing"}});
  if (!is_email(text(invoice, "email"))) refused.push_back({{"field", "invoice.email"}, {"code", "malformed"}});
  return refused;
}

json masked(const json& form) {
  const auto email = text(form, "email");
  const auto at = std::min(email.find('@'), email.size());
  return {{"id_type", text(form, "id_type")},
          {"id_number", mask(text(form, "id_number"), 3, 4)},
          {"name", mask(text(form, "name"), 1, 0)},
          {"phone", masked_phone(text(form, "phone"))},
          {"email", mask(email.substr(0, at), 1, 0) + email.substr(at)}};
}

std::string masked_phone(std::string_view phone) {
  return mask(phone, 3, 4);
}
std::string masked_account(std::string_view account) {
  return mask(account, 2, 2);
}

}  // namespace keycare::dev_ra
