// terminal_pair.hpp - a pseudo-terminal: the test sits at the keyboard and sees the screen.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

class terminal_pair {
public:
  terminal_pair() : keyboard_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    ::grantpt(keyboard_);
    ::unlockpt(keyboard_);
    std::array<char, 64> name{};
    ::ptsname_r(keyboard_, name.data(), name.size());
    name_ = name.data();
    kept_open_ = ::open(name_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  }
  ~terminal_pair() {
    ::close(kept_open_);
    ::close(keyboard_);
  }
  terminal_pair(const terminal_pair&) = delete;
  terminal_pair& operator=(const terminal_pair&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  void type(std::string_view keys) const {
    if (::write(keyboard_, keys.data(), keys.size()) < 0) return;
  }
  /// Reads the screen until it shows @p text; at most five seconds.
  bool wait_for(std::string_view text) {
    while (screen_.find(text) == std::string::npos) {
      pollfd waiting{keyboard_, POLLIN, 0};
      std::array<char, 1024> buffer{};
      if (::poll(&waiting, 1, 5000) <= 0) return false;
      const auto got = ::read(keyboard_, buffer.data(), buffer.size());
      if (got <= 0) return false;
      screen_.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return true;
  }
  [[nodiscard]] const std::string& screen() const { return screen_; }
  void clear_screen() { screen_.clear(); }
  [[nodiscard]] bool echoes() const {
    termios now{};
    ::tcgetattr(kept_open_, &now);
    return (now.c_lflag & ECHO) != 0;
  }

private:
  int keyboard_;
  int kept_open_ = -1;
  std::string name_;
  std::string screen_;
};
