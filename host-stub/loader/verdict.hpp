// verdict.hpp - why a plugin was not loaded: a reason, its support code, and one sentence for people from one table.
//
// A verdict travels as a keycare::error (code "KC-PLUGIN-...", args with what was found and what was expected).
#pragma once

#include "keycare/sdk/result.hpp"

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace keycare::loader {

enum class reason {
  manifest_missing,
  manifest_unreadable,
  manifest_syntax,
  manifest_invalid,
  abi_too_new,
  abi_too_old,
  client_too_old,
  permission_unknown,
  permission_forbidden,
  endpoint_unknown,
  id_duplicate,
  library_missing,
  library_unreadable,
  no_seal,
  hash_mismatch,
  file_damaged,
  wrong_architecture,
  export_wrong,
  dependency_unknown,
  search_path,
  executable_stack,
  qt_mismatch,
  no_ui,
  symbol_unresolved,
  not_loadable,
  probe_failed,
  crashed,
  threw,
  exited,
  hung,
  entry_refused,
  table_wrong,
  id_mismatch,
  version_mismatch,
};

/// One row of the table: everything that the house says about a reason. {name} in a text is replaced by the argument.
struct reason_text {
  loader::reason reason;
  kc_status status;
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};

/// Every reason, in the order of the enumeration. [any-thread]
[[nodiscard]] std::span<const reason_text> all_reasons();

using arguments = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// Makes a verdict. Arguments come from files that nobody vouches for: each is cut to 96 octets and stripped of what
/// could make a terminal or a dialog show something else (control and bidirectional characters). [any-thread]
[[nodiscard]] error refuse(reason why, arguments args);

/// The reason of a verdict; absent for an error of another room. [any-thread]
[[nodiscard]] std::optional<reason> reason_of(const error& verdict);

/// One sentence for people. @p language: "zh-CN", or anything else for English. An error of another room is answered
/// with its code. [any-thread]
[[nodiscard]] std::string sentence(const error& verdict, std::string_view language);

}  // namespace keycare::loader
