// screen.hpp - an X server of our own, so that tests of windows need no display and disturb nobody's.
#pragma once

#include <sys/types.h>

namespace keycare::window {

/// Xvfb with one screen of 2560×2048 (1280×1024 at twice the scale), on a display that it chooses itself; DISPLAY names
/// it. It ends with this object, and with this process.
class screen {
public:
  /// Throws std::runtime_error when Xvfb (package xvfb) does not start.
  screen();
  ~screen();
  screen(const screen&) = delete;
  screen& operator=(const screen&) = delete;

private:
  pid_t server_ = -1;
};

}  // namespace keycare::window
