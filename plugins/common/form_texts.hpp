// form_texts.hpp - the sentences that stand beside a field of a form.
#pragma once

#include "plugins/common/catalogue.hpp"

#include <span>

namespace keycare::common {

/// The sentence for every KC-FORM code of this room. Each says what to type. [any-thread]
[[nodiscard]] std::span<const sentence> form_texts();

}  // namespace keycare::common
