// texts.hpp - what the renewal plugin says: zh-CN in the words of the guide, and en.
#pragma once

#include "plugins/common/catalogue.hpp"
#include "plugins/common/problem.hpp"

namespace keycare::renewal {

/// The plugin's one catalogue: its own texts and those that it shares. [any-thread]
[[nodiscard]] const common::catalogue& texts();

/// KC-RENEWAL-FORM for fields that do not fit (warnings apart): "fields" are their names for programs, "names" for
/// people, "code" is the first one's. [any-thread]
[[nodiscard]] keycare::error form_error(std::span<const common::field_problem> problems, std::string_view language);

/// The tables behind it. [any-thread]
[[nodiscard]] std::span<const common::sentence> error_texts();
[[nodiscard]] std::span<const common::sentence> ra_texts();
[[nodiscard]] std::span<const common::sentence> order_texts();

}  // namespace keycare::renewal
