// interruption.hpp - a demo that is stopped by a signal tidies up like one that came to its end.
#pragma once

#include <csignal>

namespace keycare::demo {

/// While it lives, the first SIGINT, SIGTERM or SIGHUP is noted and nothing more: the story looks for it between its
/// steps, so that everything that was opened is closed in order. A second one ends the process at once. One at a time.
/// [main-thread]
class interruption {
public:
  interruption();
  ~interruption();
  interruption(const interruption&) = delete;
  interruption& operator=(const interruption&) = delete;

  /// [any-thread]
  [[nodiscard]] static bool asked() noexcept;

private:
  static constexpr int signals[] = {SIGINT, SIGTERM, SIGHUP};
  struct sigaction before_[3]{};
};

}  // namespace keycare::demo
