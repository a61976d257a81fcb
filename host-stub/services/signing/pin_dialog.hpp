// pin_dialog.hpp - the one PIN dialog of the process: who may show it, and what it says about a PIN's state.
#pragma once

#include "host-stub/services/signing/pin_prompt.hpp"
#include "keycare/sdk/barrier.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::services {

/// No token has more tries; a prompt that answers rubbish must end.
inline constexpr int most_pin_attempts = 64;

/// One dialog at a time, a plugin's questions (shell_context) included; no other lock is held while it is open.
class pin_dialog {
public:
  /// @p one_dialog is the client's one mutex for all dialogs; it lives longer.
  pin_dialog(pin_prompt& prompt, std::mutex& one_dialog) : prompt_(prompt), one_dialog_(one_dialog) {}

  /// The dialog, taken for a series of questions; at its end the prompt is told that they are over.
  class turn {
  public:
    turn(pin_prompt& prompt, std::unique_lock<std::mutex> lock) : prompt_(prompt), lock_(std::move(lock)) {}
    turn(turn&&) = default;
    turn& operator=(turn&&) = delete;
    ~turn() {
      if (lock_) at_border_void([&] { prompt_.over(); });
    }

  private:
    pin_prompt& prompt_;
    std::unique_lock<std::mutex> lock_;
  };
  /// KC_E_BUSY "KC-DIALOG-BUSY". [worker-thread]
  [[nodiscard]] result<turn> take() {
    std::unique_lock lock(one_dialog_, std::try_to_lock);
    if (!lock) return fail(KC_E_BUSY, "KC-DIALOG-BUSY");
    return turn(prompt_, std::move(lock));
  }
  /// Only while the dialog is taken.
  [[nodiscard]] pin_prompt& prompt() noexcept { return prompt_; }

private:
  pin_prompt& prompt_;
  std::mutex& one_dialog_;
};

/// A PIN as a prompt may give it: 1 to 64 octets without NUL. KC-PIN-REFUSED. [any-thread]
[[nodiscard]] result<void> check_typed_pin(const secret& pin);
/// "The next miss locks" and its like, from what the token reports. [any-thread]
[[nodiscard]] std::vector<std::string> pin_warnings(const pin_state& pin, std::string_view language);
/// Why the dialog asks again or ends: a sentence for KC-PIN-WRONG, KC-PIN-REFUSED, KC-PIN-LOCKED ... [any-thread]
[[nodiscard]] std::string pin_problem_sentence(std::string_view code, std::string_view language);

}  // namespace keycare::services
