// statement_view.hpp - what is about to be signed or done, in the host's own words, for the PIN dialog. Pure.
//
// Rationale: the plugin prepares statements, but the user believes the dialog. So the host parses them itself and says
// what they say; nothing that a plugin or a certificate wrote reaches the dialog with a control or bidirectional
// character in it.
#pragma once

#include "host-stub/services/text/plain.hpp"

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::services {

/// Seconds east of UTC at a Unix time: dates are the reader's.
using zone = std::function<std::int32_t(std::int64_t)>;

/// What a checked statement (keycare/sdk/statement.hpp) says: what it asks for, and the figures that count. Identity
/// numbers and telephones are masked, because a console keeps its output. [any-thread]
[[nodiscard]] std::vector<std::string> statement_lines(const nlohmann::json& statement, std::string_view language,
                                                       const zone& offset);
/// What a statement of this type asks for, where its text is not known yet. [any-thread]
[[nodiscard]] std::string statement_title(std::string_view type, std::string_view language);
/// What an operation of keycare.keys/1 does to @p container; empty for a kind that is none. [any-thread]
[[nodiscard]] std::string operation_line(std::string_view kind, std::string_view container, std::string_view language);
/// 正在使用 <subject> 的证书对应的私钥进行签名 [any-thread]
[[nodiscard]] std::string signing_sentence(std::string_view subject, std::string_view language);

}  // namespace keycare::services
