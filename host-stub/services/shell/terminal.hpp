// terminal.hpp - one line from a terminal or a pipe: bounded, cancellable, without echo where it is a secret.
#pragma once

#include "host-stub/services/clock/time_source.hpp"
#include "host-stub/services/secure/secret.hpp"
#include "keycare/abi/base.h"
#include "keycare/sdk/result.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace keycare::services {

/// Closes its descriptor.
class open_file {
public:
  explicit open_file(int fd = -1) noexcept : fd_(fd) {}
  open_file(open_file&& other) noexcept;
  open_file& operator=(open_file&& other) noexcept;
  ~open_file();
  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] bool ok() const noexcept { return fd_ >= 0; }

private:
  int fd_;
};

/// Writes everything to @p fd; what cannot be written is dropped.
void write_text(int fd, std::string_view text) noexcept;

/// KC_E_ARGUMENT "KC-CLI-PIN-FD" with "fd" and "reason" when @p fd is not open, for writing only, or a folder. To be
/// asked before anything is opened: the number of what is closed is soon another file's. [main-thread]
[[nodiscard]] result<void> check_readable(int fd);

/// No line is longer, and none is waited for longer.
inline constexpr std::size_t longest_line = 4096;
inline constexpr std::chrono::minutes line_patience{5};

/// Reads up to and without the line feed (and a carriage return before it), octet by octet, so that nothing after the
/// line is taken. KC_E_CANCELLED at the end of the file, also in the middle of a line: half a line is nobody's answer;
/// KC_E_TOO_LARGE for more than @p most octets, which are read to the line's end and wiped; KC_E_ARGUMENT
/// "KC-PIN-FD-ENDLESS" past longest_line, "KC-CLI-PIN-FD" with "fd" when it cannot be read; KC_E_TIMEOUT
/// "KC-PIN-FD-SILENT" after line_patience; or what may_go_on() says. [worker-thread]
result<secret> read_line(int fd, std::size_t most, const kc_call* call, const time_source& time);

/// The same from a terminal. Echo is off meanwhile when @p hidden, and the terminal is as before afterwards, whatever
/// happens: a signal restores it first and then does what it would have done. What was typed ahead of a hidden question
/// is discarded. @param ask printed before, and again after the process was stopped and goes on. [worker-thread]
result<secret> read_terminal_line(int terminal, std::string_view ask, bool hidden, std::size_t most,
                                  const kc_call* call, const time_source& time);

}  // namespace keycare::services
