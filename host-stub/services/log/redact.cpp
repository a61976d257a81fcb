// redact.cpp - what in a log line looks like an identity number, a telephone number or a secret.
#include "host-stub/services/log/redact.hpp"

#include "keycare/sdk/json.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <optional>
#include <regex>
#include <vector>

namespace keycare::services {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view mark = "[redacted]";
constexpr int deepest = 16;

constexpr std::array private_words = {"pin"sv,    "pins"sv,    "password"sv,  "passwd"sv,        "passphrase"sv,
                                      "secret"sv, "secrets"sv, "bearer"sv,    "authorization"sv, "code"sv,
                                      "otp"sv,    "cookie"sv,  "ticket"sv,    "phone"sv,         "mobile"sv,
                                      "tel"sv,    "email"sv,   "telephone"sv, "address"sv,       "applicant"sv,
                                      "form"sv,   "invoice"sv, "idnumber"sv,  "taxpayer"sv};

/// "orderSecret", "order_secret" and "ORDER-SECRET" are {"order", "secret"}.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  bool lower_before = false;
  for (const char c : name) {
    const auto octet = static_cast<unsigned char>(c);
    const bool upper = std::isupper(octet) != 0;
    if (std::isalnum(octet) == 0) {
      words.emplace_back();
    } else {
      if (upper && lower_before) words.emplace_back();
      words.back() += static_cast<char>(std::tolower(octet));
    }
    lower_before = !upper && std::isalnum(octet) != 0;
  }
  return words;
}

/// A digit, ASCII or full-width (U+FF10 to U+FF19), and how many octets it takes.
struct digit {
  char value;
  std::size_t octets;
};

std::optional<digit> digit_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  if (text[at] >= '0' && text[at] <= '9') return digit{text[at], 1};
  if (at + 2 < text.size() && text[at] == '\xEF' && text[at + 1] == '\xBC' && text[at + 2] >= '\x90' &&
      text[at + 2] <= '\x99')
    return digit{static_cast<char>('0' + (text[at + 2] - '\x90')), 3};
  return {};
}

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

/// A hash or a uuid in hexadecimal: worth keeping, and its digits are chance.
std::size_t identifier_at(std::string_view text, std::size_t at) {
  if (at > 0 && std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0) return 0;
  constexpr std::size_t uuid_octets = 36;
  std::size_t end = at;
  bool letter = false;
  bool hyphen = false;
  while (end < text.size() && (std::isxdigit(static_cast<unsigned char>(text[end])) != 0 || text[end] == '-')) {
    letter = letter || is_letter(text[end]);
    hyphen = hyphen || text[end] == '-';
    // Neither of both any more; a line of hyphens would be looked at from each of them to its end.
    if (hyphen && end - at >= uuid_octets) return 0;
    ++end;
  }
  if (end < text.size() && std::isalnum(static_cast<unsigned char>(text[end])) != 0) return 0;
  const auto run = text.substr(at, end - at);
  const auto hyphens = std::count(run.begin(), run.end(), '-');
  const bool uuid =
      run.size() == uuid_octets && hyphens == 4 && run[8] == '-' && run[13] == '-' && run[18] == '-' && run[23] == '-';
  const bool hash = hyphens == 0 && letter && run.size() >= 32;
  return uuid || hash ? run.size() : 0;
}

/// The digits from @p at on, over single blanks and hyphens between them.
struct run {
  std::string digits;
  std::size_t end;
};

/// The whole group of numbers that starts at @p at, and before it each beginning of it that ends where a number ends:
/// what follows a telephone ("13800138000 3 tries") does not make it less of one.
std::vector<run> groups_at(std::string_view text, std::size_t at) {
  constexpr std::size_t most = 64;  // more numbers than any private one is written in
  std::vector<run> found;
  run now{{}, at};
  while (found.size() < most) {
    auto next = now.end;
    const bool gap = !now.digits.empty() && next < text.size() && (text[next] == ' ' || text[next] == '-');
    const auto one = digit_at(text, gap ? next + 1 : next);
    if ((gap || !one) && !now.digits.empty()) found.push_back(now);
    if (!one) return found;
    now.digits += one->value;
    now.end = (gap ? next + 1 : next) + one->octets;
  }
  return found;
}

bool is_mobile(std::string_view digits) {
  if (digits.size() == 15 && digits.starts_with("0086")) digits.remove_prefix(4);
  if (digits.size() == 13 && digits.starts_with("86")) digits.remove_prefix(2);
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}

/// A mobile number or 15 digits and more (identity numbers, bank accounts), or 17 digits and an X.
bool is_private_number(std::string_view digits, bool check_x) {
  return digits.size() >= 15 || (digits.size() >= 14 && check_x) || is_mobile(digits);
}

bool is_support_code(const nlohmann::json& value) {
  static const std::regex form("KC-[A-Z0-9-]{1,44}");
  return value.is_string() && std::regex_match(value.get_ref<const std::string&>(), form);
}

nlohmann::json redact_at(const nlohmann::json& value, int depth) {
  if (depth > deepest) return std::string(mark);
  if (value.is_string()) return redact_text(value.get_ref<const std::string&>());
  if (value.is_number()) {
    const auto text = json_text(value);
    return redact_text(text) == text ? value : nlohmann::json(mark);
  }
  if (value.is_array()) {
    auto out = nlohmann::json::array();
    for (const auto& item : value) out.push_back(redact_at(item, depth + 1));
    return out;
  }
  if (value.is_object()) {
    auto out = nlohmann::json::object();
    for (const auto& [name, item] : value.items()) {
      const bool hide = is_private_field(name) && !item.is_boolean() && !item.is_null() && !is_support_code(item);
      out[redact_text(name)] = hide ? nlohmann::json(mark) : redact_at(item, depth + 1);
    }
    return out;
  }
  return value;
}

}  // namespace

bool is_private_field(std::string_view name) {
  const auto words = words_of(name);
  const bool number_of_id =
      std::find(words.begin(), words.end(), "id") != words.end() &&
      std::any_of(words.begin(), words.end(), [](const auto& word) { return word == "number" || word == "no"; });
  return number_of_id || std::any_of(words.begin(), words.end(), [](const auto& word) {
           return std::find(private_words.begin(), private_words.end(), word) != private_words.end();
         });
}

std::string redact_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const auto keep = identifier_at(text, at); keep != 0) {
      out += text.substr(at, keep);
      at += keep;
      continue;
    }
    const auto groups = groups_at(text, at);
    if (groups.empty()) {
      out += text[at++];
      continue;
    }
    const auto check_x = [&](const run& group) {
      return group.end < text.size() && (text[group.end] == 'X' || text[group.end] == 'x');
    };
    const auto found = std::find_if(groups.rbegin(), groups.rend(),
                                    [&](const run& group) { return is_private_number(group.digits, check_x(group)); });
    if (found != groups.rend()) {
      out += mark;
      at = found->end + (check_x(*found) ? 1 : 0);
    } else {
      // Only the first number of the group, so that "5 13800138000" is looked at again from the second on.
      auto end = at;
      while (const auto one = digit_at(text, end)) end += one->octets;
      out += text.substr(at, end - at);
      at = end;
    }
  }
  return out;
}

nlohmann::json redact(const nlohmann::json& value) {
  return redact_at(value, 0);
}

}  // namespace keycare::services
