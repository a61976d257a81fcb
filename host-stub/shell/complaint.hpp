// complaint.hpp - why no window of the client's can open, in a window of its own: who started the program from a menu
// sees no terminal.
#pragma once

#include "keycare/sdk/result.hpp"

#include <string>

namespace keycare::shell {

/// Where a window can be shown to somebody. Before there is a QApplication. [any-thread]
[[nodiscard]] bool has_screen();

/// Shows @p why with its support code, and comes back when it was read. Needs a QApplication. [main-thread]
void complain(const error& why, const std::string& language);

}  // namespace keycare::shell
