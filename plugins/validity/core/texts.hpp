// texts.hpp - what the validity plugin says, in the words of the guide (主页 / 证书信息 / 我的证书).
#pragma once

#include "plugins/common/catalogue.hpp"

namespace keycare::validity {

/// The plugin's one catalogue: its own texts and those that it shares. [any-thread]
[[nodiscard]] common::catalogue texts();

}  // namespace keycare::validity
