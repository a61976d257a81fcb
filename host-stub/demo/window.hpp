// window.hpp - the window on the demo's office: a token with a certificate that ends in 25 days, and an RA that reviews
// by itself. What other people would tell the clerk (a code by text message) is printed.
#pragma once

#include "host-stub/demo/stage.hpp"

namespace keycare::demo {

/// Starts keycare-gui, the program beside this one, on the office in `how.keep` (made when it is new, gone at the end
/// when it is empty), and waits for it. The exit status: the window's, or 1 without a display or keycare-gui.
/// [main-thread]
[[nodiscard]] int show_window(const demo_options& how);

/// Starts keycare-gui on a configuration and waits for it. [main-thread]
[[nodiscard]] int show_window(const std::filesystem::path& config_file, const std::string& language);

/// Whether this computer can show a window: DISPLAY or WAYLAND_DISPLAY. [any-thread]
[[nodiscard]] bool has_display();

}  // namespace keycare::demo
