// statement.hpp - typed statements: what a key signs, as RFC 8785 text of strings and integers.
// plugin-api/ra/statements.md.
//
// A plugin builds them, the host shows them in its own words, the RA verifies them: all three by the one table below.
// Members are named in ASCII, so that sorting by octets (std::map) is RFC 8785's sorting by UTF-16 unit.
// Every function is [any-thread].
#pragma once

#include "keycare/sdk/json.hpp"
#include "keycare/sdk/result.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace keycare::statement {

inline constexpr std::size_t max_octets = 32 * 1024;  ///< Of a statement's text.
inline constexpr int max_depth = 4;                   ///< Objects within objects.
/// RFC 8785 section 3.2.2.3: integers that a double holds exactly.
inline constexpr std::int64_t max_integer = 9'007'199'254'740'991;
inline constexpr std::int64_t version = 1;  ///< Of every type below.

/// Who makes a statement: it decides which members stand in front of the type's own ("envelope").
enum class maker { client, ra };

/// What a member's value may be. text: one line without control or bidirectional characters, min..max octets of UTF-8;
/// word: [a-z0-9-]; uuid: RFC 9562 in lower case; hex: lower case, min..max digits; base64: padded; number: min..max;
/// time: seconds since 1970 (UTC).
enum class kind { text, word, uuid, hex, base64, number, time };

/// One type of statement.
struct type_rule {
  std::string_view type;  ///< Its name, in the member "type".
  maker by;               ///< Whose envelope it has.
};

/// One member of one type.
struct member_rule {
  std::string_view type;  ///< A type's name, or "client" / "ra" for an envelope
  std::string_view path;  ///< Members joined by dots
  statement::kind kind;   ///< What its value may be.
  bool required;          ///< Whether a statement without it is refused.
  std::int64_t min;       ///< Octets, digits or the number itself, as kind says.
  std::int64_t max;       ///< Likewise; 0 and 0 where the kind fixes it.
};

/// Every type; another is refused.
inline constexpr std::array types = std::to_array<type_rule>({
    {"apply", maker::client},
    {"bind-csr", maker::client},
    {"confirm", maker::client},
    {"withdraw", maker::client},
    {"correct", maker::client},
    {"list", maker::client},
    {"new-generation", maker::client},
    {"unlock-apply", maker::client},
    {"unlock-proof", maker::client},
    {"receipt", maker::ra},
    {"time", maker::ra},
    {"unlock-authorisation", maker::ra},
});

/// The whole contract of statements: a member that is not here is refused.
inline constexpr std::array members = std::to_array<member_rule>({
    {"client", "type", kind::word, true, 1, 32},
    {"client", "version", kind::number, true, version, version},
    {"client", "ra", kind::text, true, 1, 128},
    {"client", "order", kind::uuid, true, 0, 0},
    {"client", "generation", kind::number, true, 0, 1000},
    {"client", "account", kind::text, true, 0, 128},
    {"client", "token.manufacturer", kind::text, true, 0, 64},
    {"client", "token.serial", kind::text, true, 1, 64},
    {"client", "certificate_sha256", kind::hex, true, 64, 64},
    {"client", "time", kind::time, true, 0, max_integer},

    {"apply", "form.id_type", kind::word, true, 1, 32},
    {"apply", "form.id_number", kind::text, true, 1, 64},
    {"apply", "form.name", kind::text, true, 1, 128},
    {"apply", "form.address", kind::text, false, 0, 256},
    {"apply", "form.phone", kind::text, true, 1, 32},
    {"apply", "form.email", kind::text, true, 3, 254},
    {"apply", "quote.id", kind::uuid, true, 0, 0},
    {"apply", "quote.months", kind::number, true, 1, 120},
    {"apply", "quote.fee_fen", kind::number, true, 0, 100'000'000},
    {"apply", "quote.currency", kind::text, true, 3, 3},
    {"apply", "quote.rule", kind::word, true, 1, 64},
    {"apply", "quote.new_not_after", kind::time, true, 0, max_integer},
    {"apply", "quote.expires", kind::time, true, 0, max_integer},
    {"apply", "consent.agreement.id", kind::text, true, 1, 64},
    {"apply", "consent.agreement.version", kind::text, true, 1, 32},
    {"apply", "consent.agreement.sha256", kind::hex, true, 64, 64},
    {"apply", "consent.agreement.language", kind::text, true, 2, 16},
    {"apply", "consent.agreement.shown_at", kind::time, true, 0, max_integer},
    {"apply", "consent.agreement.accepted_at", kind::time, true, 0, max_integer},
    {"apply", "consent.personal_data.id", kind::text, true, 1, 64},
    {"apply", "consent.personal_data.version", kind::text, true, 1, 32},
    {"apply", "consent.personal_data.sha256", kind::hex, true, 64, 64},
    {"apply", "consent.personal_data.language", kind::text, true, 2, 16},
    {"apply", "consent.personal_data.shown_at", kind::time, true, 0, max_integer},
    {"apply", "consent.personal_data.accepted_at", kind::time, true, 0, max_integer},
    {"apply", "consent.channel", kind::word, true, 1, 16},
    {"apply", "consent.client", kind::text, true, 1, 64},
    {"apply", "consent.plugin", kind::text, true, 1, 64},
    {"apply", "payload_sha256", kind::hex, true, 64, 64},

    {"bind-csr", "csr_sha256", kind::hex, true, 64, 64},
    {"bind-csr", "public_key_sha256", kind::hex, true, 64, 64},

    {"confirm", "signing_certificate_sha256", kind::hex, true, 64, 64},
    {"confirm", "encryption_certificate_sha256", kind::hex, false, 64, 64},

    {"correct", "form.id_type", kind::word, false, 1, 32},
    {"correct", "form.id_number", kind::text, false, 1, 64},
    {"correct", "form.name", kind::text, false, 1, 128},
    {"correct", "form.address", kind::text, false, 0, 256},
    {"correct", "form.phone", kind::text, false, 1, 32},
    {"correct", "form.email", kind::text, false, 3, 254},

    {"unlock-apply", "applicant.id_type", kind::word, true, 1, 32},
    {"unlock-apply", "applicant.id_number", kind::text, true, 1, 64},
    {"unlock-apply", "applicant.name", kind::text, true, 1, 128},
    {"unlock-apply", "applicant.phone", kind::text, true, 1, 32},
    {"unlock-apply", "application", kind::text, true, 0, 64},

    {"unlock-proof", "redemption", kind::uuid, true, 0, 0},
    {"unlock-proof", "nonce", kind::hex, true, 64, 64},
    {"unlock-proof", "authorisation_sha256", kind::hex, true, 64, 64},
    {"unlock-proof", "admin_pin", kind::word, true, 1, 16},  // "next", or "current": it could not be changed

    {"ra", "type", kind::word, true, 1, 32},
    {"ra", "version", kind::number, true, version, version},
    {"ra", "ra", kind::text, true, 1, 128},
    {"ra", "time", kind::time, true, 0, max_integer},

    {"receipt", "order", kind::uuid, true, 0, 0},
    {"receipt", "number", kind::text, true, 1, 32},
    {"receipt", "statement", kind::word, true, 1, 32},
    {"receipt", "statement_sha256", kind::hex, true, 64, 64},

    {"time", "nonce", kind::hex, true, 32, 64},

    {"unlock-authorisation", "unlock", kind::uuid, true, 0, 0},
    {"unlock-authorisation", "redemption", kind::uuid, true, 0, 0},
    {"unlock-authorisation", "action", kind::word, true, 1, 32},
    {"unlock-authorisation", "method", kind::word, true, 1, 32},
    {"unlock-authorisation", "token.manufacturer", kind::text, true, 0, 64},
    {"unlock-authorisation", "token.serial", kind::text, true, 1, 64},
    {"unlock-authorisation", "application", kind::text, true, 0, 64},
    {"unlock-authorisation", "certificate_sha256", kind::hex, true, 64, 64},
    {"unlock-authorisation", "nonce", kind::hex, true, 64, 64},
    {"unlock-authorisation", "ephemeral_key_sha256", kind::hex, true, 64, 64},
    {"unlock-authorisation", "rotation", kind::word, true, 1, 16},  // "required" or "impossible"
    {"unlock-authorisation", "sealed.scheme", kind::word, true, 1, 64},
    {"unlock-authorisation", "sealed.ra_key", kind::base64, true, 4, 512},
    {"unlock-authorisation", "sealed.data", kind::base64, true, 24, 1024},
});

/// How the two admin PINs of an authorisation are sealed; statements.md, "Sealed admin PINs", says it octet by octet.
inline constexpr std::string_view unlock_scheme = "x25519-hkdf-sha256-aes256gcm";
inline constexpr std::string_view unlock_info = "keycare unlock-authorisation 1";  ///< HKDF's info (RFC 5869).
/// Seconds on the host's monotonic clock from making the nonce to the end of its use.
inline constexpr std::int64_t unlock_lifetime = 300;

namespace detail {

inline keycare::error wrong(std::string_view code, std::string_view member = {}) {
  auto why = fail(KC_E_UNTRUSTED, std::string(code));
  if (!member.empty()) why.args = nlohmann::json{{"member", std::string(member.substr(0, 64))}}.dump();
  return why;
}

inline bool every(std::string_view text, auto&& test) {
  return std::all_of(text.begin(), text.end(), test);
}
inline bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}
inline bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
}
inline bool is_base64(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '/';
}

/// Only objects, strings and integers in range, members in ASCII [a-z0-9_], not too deep.
inline result<void> check_values(const nlohmann::json& value, int depth) {
  if (value.is_string()) return {};
  if (value.is_number_integer()) {
    const bool above =
        value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(max_integer);
    const auto number = above ? 0 : value.get<std::int64_t>();
    if (above || number > max_integer || number < -max_integer) return wrong("KC-STATEMENT-NUMBER");
    return {};
  }
  if (!value.is_object()) return wrong("KC-STATEMENT-VALUE");
  if (depth >= max_depth) return wrong("KC-STATEMENT-DEPTH");
  for (const auto& [name, item] : value.items()) {
    if (name.empty() || !every(name, [](char c) { return is_word(c) ? c != '-' : c == '_'; }))
      return wrong("KC-STATEMENT-MEMBER");
    if (auto ok = check_values(item, depth + 1); !ok) return ok;
  }
  return {};
}

/// The code point at @p at in valid UTF-8, which is moved past it.
inline char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
  const unsigned char first = octet(at);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) point = (point << 6U) | (octet(at + i) & 0x3FU);
  at += length;
  return point;
}

inline const nlohmann::json* find(const nlohmann::json& doc, std::string_view path) {
  const nlohmann::json* at = &doc;
  while (true) {
    const auto dot = path.find('.');
    const auto it = at->is_object() ? at->find(std::string(path.substr(0, dot))) : at->end();
    if (!at->is_object() || it == at->end()) return nullptr;
    at = &*it;
    if (dot == std::string_view::npos) return at;
    path.remove_prefix(dot + 1);
  }
}

}  // namespace detail

/// True when valid UTF-8 @p text is one line that a dialog can show as it stands: no control characters, no line or
/// paragraph separators, no bidirectional controls (they could make a dialog say something else than what is signed).
[[nodiscard]] inline bool is_plain_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = detail::next_code_point(text, at);
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200B && c <= 0x200F) || c == 0x2028 ||
        c == 0x2029 || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF)
      return false;
  }
  return true;
}

/// RFC 9562 section 4, lower case.
[[nodiscard]] inline bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !detail::is_hex(text[i])) return false;
  }
  return true;
}

/// 64 lower-case hexadecimal digits.
[[nodiscard]] inline bool is_sha256(std::string_view text) {
  return text.size() == 64 && detail::every(text, detail::is_hex);
}

/// The RFC 8785 text of @p doc, or why it is none: KC-STATEMENT-VALUE, -NUMBER, -MEMBER, -DEPTH, -SIZE, -UTF8.
[[nodiscard]] inline result<std::string> canonical(const nlohmann::json& doc) {
  if (!doc.is_object()) return detail::wrong("KC-STATEMENT-VALUE");
  if (auto ok = detail::check_values(doc, 0); !ok) return ok.error();
  std::string text;
  try {
    text = doc.dump();  // sorted, no blanks, the escapes of RFC 8785 section 3.2.2.2
  } catch (const nlohmann::json::exception&) {
    return detail::wrong("KC-STATEMENT-UTF8");
  }
  if (text.size() > max_octets) return detail::wrong("KC-STATEMENT-SIZE");
  return text;
}

/// Reads canonical text only: whatever is not, octet for octet, what canonical() writes is KC-STATEMENT-NOT-CANONICAL
/// (duplicate members, blanks, other escapes, -0, 1e3 ...); over-long or deep input is refused before it is built.
[[nodiscard]] inline result<nlohmann::json> parse(std::string_view text) {
  auto doc = read_json(text, {max_octets, max_depth});
  if (!doc) {
    const auto& code = doc.error().code;
    if (code == "KC-JSON-TOO-LARGE") return detail::wrong("KC-STATEMENT-SIZE");
    if (code == "KC-JSON-TOO-DEEP") return detail::wrong("KC-STATEMENT-DEPTH");
    return detail::wrong(code == "KC-JSON-DUPLICATE-KEY" ? "KC-STATEMENT-NOT-CANONICAL" : "KC-STATEMENT-SYNTAX");
  }
  auto again = canonical(*doc);
  if (!again) return again.error();
  if (*again != text) return detail::wrong("KC-STATEMENT-NOT-CANONICAL");
  return doc;
}

/// Holds one value against its rule.
[[nodiscard]] inline bool fits(const nlohmann::json& value, const member_rule& rule) {
  if (rule.kind == kind::number || rule.kind == kind::time) {
    if (!value.is_number_integer()) return false;
    const auto number = value.get<std::int64_t>();
    return number >= rule.min && number <= rule.max;
  }
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  if (rule.kind == kind::uuid) return is_uuid(text);
  if (static_cast<std::int64_t>(text.size()) < rule.min || static_cast<std::int64_t>(text.size()) > rule.max)
    return false;
  switch (rule.kind) {
    case kind::word:
      return detail::every(text, detail::is_word);
    case kind::hex:
      return text.size() % 2 == 0 && detail::every(text, detail::is_hex);
    case kind::base64: {
      const auto last = text.find_last_not_of('=');
      return text.size() % 4 == 0 && last != std::string::npos && text.size() - last <= 3 &&
             detail::every(std::string_view(text).substr(0, last + 1), detail::is_base64);
    }
    default:
      return is_plain_text(text);
  }
}

/// The rule of @p type, or nullptr when there is no such type.
[[nodiscard]] inline const type_rule* find_type(std::string_view type) {
  const auto it = std::find_if(types.begin(), types.end(), [&](const auto& rule) { return rule.type == type; });
  return it == types.end() ? nullptr : &*it;
}

/// Holds a statement against the table: KC-STATEMENT-TYPE for an unknown type; KC-STATEMENT-MISSING, -MEMBER or -VALUE
/// with the member's path in args otherwise.
[[nodiscard]] inline result<void> check(const nlohmann::json& doc) {
  const auto* name = detail::find(doc, "type");
  const auto* type = name != nullptr && name->is_string() ? find_type(name->get_ref<const std::string&>()) : nullptr;
  if (type == nullptr) return detail::wrong("KC-STATEMENT-TYPE");
  const std::string_view envelope = type->by == maker::client ? "client" : "ra";
  std::size_t known = 0;
  for (const auto& rule : members) {
    if (rule.type != envelope && rule.type != type->type) continue;
    const auto* value = detail::find(doc, rule.path);
    if (value == nullptr && rule.required) return detail::wrong("KC-STATEMENT-MISSING", rule.path);
    if (value == nullptr) continue;
    if (!fits(*value, rule)) return detail::wrong("KC-STATEMENT-VALUE", rule.path);
    ++known;
  }
  // Every leaf must have been named by a rule; an empty object is a leaf that no rule names.
  if (doc.flatten().size() != known) return detail::wrong("KC-STATEMENT-MEMBER");
  return {};
}

/// parse() and check(): a statement of a known type, or why not.
[[nodiscard]] inline result<nlohmann::json> read(std::string_view text) {
  auto doc = parse(text);
  if (!doc) return doc.error();
  if (auto ok = check(*doc); !ok) return ok.error();
  return doc;
}

/// What stands in front of every statement of a client.
struct head {
  std::string type;             ///< As in `types`.
  std::string ra;               ///< The RA's name, as its /v1/info gives it.
  std::string order;            ///< The order's uuid; for `list` any uuid of this request; for unlock-* the unlock's
  std::int64_t generation = 0;  ///< Of the key, 1 for the first; 0 where there is none (list, unlock-*)
  std::string account;          ///< As typed or as a page said; compared by the RA, authenticates nobody; may be empty
  std::string manufacturer;     ///< The token's, as it says it.
  std::string serial;           ///< The token's, as it says it.
  std::string certificate_sha256;  ///< The old certificate; for `list` and `unlock-proof` the one that signs
  std::int64_t time = 0;           ///< Seconds since 1970
};

/// The envelope of a client's statement, to which its type's own members are added.
[[nodiscard]] inline nlohmann::json make(const head& h) {
  return {{"type", h.type},
          {"version", version},
          {"ra", h.ra},
          {"order", h.order},
          {"generation", h.generation},
          {"account", h.account},
          {"token", {{"manufacturer", h.manufacturer}, {"serial", h.serial}}},
          {"certificate_sha256", h.certificate_sha256},
          {"time", h.time}};
}

/// The head of a client's statement that check() has accepted.
[[nodiscard]] inline head head_of(const nlohmann::json& doc) {
  return {doc.at("type"),
          doc.at("ra"),
          doc.at("order"),
          doc.at("generation"),
          doc.at("account"),
          doc.at("token").at("manufacturer"),
          doc.at("token").at("serial"),
          doc.at("certificate_sha256"),
          doc.at("time")};
}

/// The text whose SHA-256 is an application's `payload_sha256`: canonical {consent, form, quote}. The RA tells a
/// repetition from another application by it, because signatures (SM2, ECDSA) and times differ from run to run.
[[nodiscard]] inline result<std::string> payload_text(const nlohmann::json& apply) {
  auto payload = nlohmann::json::object();
  for (const char* part : {"consent", "form", "quote"}) {
    const auto* value = detail::find(apply, part);
    if (value == nullptr) return detail::wrong("KC-STATEMENT-MISSING", part);
    payload[part] = *value;
  }
  return canonical(payload);
}

}  // namespace keycare::statement
