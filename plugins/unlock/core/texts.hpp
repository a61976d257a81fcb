// texts.hpp - what the unlock plugin says, in the words of the guide (忘记密码).
#pragma once

#include "plugins/common/catalogue.hpp"

namespace keycare::unlock {

/// The plugin's one catalogue: its own texts and those that it shares. [any-thread]
[[nodiscard]] common::catalogue texts();

}  // namespace keycare::unlock
