// shell_port.hpp - what the host's surface can do: the console implements it, later the window.
#pragma once

#include "keycare/abi/base.h"
#include "keycare/sdk/result.hpp"

#include <string>
#include <string_view>

namespace keycare::services {

/// Texts that arrive here are clean (plain.hpp) and addresses were checked. Methods are called on worker threads; an
/// implementation with a window brings them to its own thread.
class shell_port {
public:
  virtual ~shell_port() = default;
  /// Asks yes or no and waits; gives up when @p call is cancelled. KC-SHELL-DECLINED when the person closed the
  /// question, KC-SHELL-NO-TERMINAL when nobody can be asked. [worker-thread]
  virtual result<bool> confirm(const kc_call* call, const std::string& title, const std::string& text) = 0;
  /// [any-thread]
  virtual result<void> notify(const std::string& title, const std::string& text) = 0;
  /// [any-thread]
  virtual result<void> open_url(const std::string& url) = 0;
  /// KC_E_UNSUPPORTED "KC-SHELL-NO-PAGE" without a window. [any-thread]
  virtual result<void> show_page(const std::string& slot) = 0;
  /// [any-thread]
  [[nodiscard]] virtual bool has_window() const = 0;
  /// What the user chose meanwhile (BCP 47); empty: the configuration's. [any-thread]
  [[nodiscard]] virtual std::string language() const { return {}; }
};

}  // namespace keycare::services
