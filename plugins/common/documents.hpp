// documents.hpp - the kinds of identity document that the form offers (证件类型), and the rule for each number.
#pragma once

#include "keycare/sdk/result.hpp"
#include "plugins/common/dates.hpp"

#include <span>
#include <string>
#include <string_view>

namespace keycare::common {

/// One kind: the word that statements and the RA use, and its names for people.
struct document_kind {
  std::string_view word;
  std::string_view zh;
  std::string_view en;
};

/// Every kind, in the order in which the form offers them: 身份证 first. [any-thread]
[[nodiscard]] std::span<const document_kind> document_kinds();

/// The name of the kind @p word in @p language, or @p word itself. [any-thread]
[[nodiscard]] std::string_view document_name(std::string_view word, std::string_view language);

/// The normalised number of a document of kind @p word (absent: resident-id).
/// KC-FORM-DOCUMENT-KIND, KC-FORM-MISSING, KC-FORM-CHARACTERS, KC-FORM-HK-MACAU, KC-FORM-TAIWAN, KC-FORM-PASSPORT, and
/// the codes of identity_number.hpp and credit_code.hpp. [any-thread]
[[nodiscard]] result<std::string> check_document(std::string_view word, std::string_view number, day today);

/// The number with all but its first and last @p shown characters as '*', for screens. [any-thread]
[[nodiscard]] std::string masked(std::string_view number, std::size_t shown = 3);

}  // namespace keycare::common
