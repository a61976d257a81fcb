// timer_queue.hpp - a plugin's timers as a value: set, cancel, what is due. No thread and no clock of its own.
#pragma once

#include "keycare/sdk/result.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keycare::services {

class timer_queue {
public:
  static constexpr std::size_t most = 256;
  static constexpr std::size_t longest_key = 200;

  /// A timer of the same key is replaced. KC-CLOCK-TIMERS when there are too many, KC_E_ARGUMENT for a bad key.
  result<void> set(std::string_view key, std::int64_t due_ns) {
    if (key.empty() || key.size() > longest_key) return fail(KC_E_ARGUMENT, "KC-CLOCK-KEY");
    const auto found = due_.find(key);
    if (found != due_.end()) {
      found->second = due_ns;
      return {};
    }
    if (due_.size() >= most) return fail(KC_E_TOO_LARGE, "KC-CLOCK-TIMERS");
    due_.emplace(key, due_ns);
    return {};
  }
  void cancel(std::string_view key) {
    if (const auto found = due_.find(key); found != due_.end()) due_.erase(found);
  }
  /// The earliest moment, or nothing.
  [[nodiscard]] std::optional<std::int64_t> next() const {
    std::optional<std::int64_t> earliest;
    for (const auto& [key, due] : due_)
      if (!earliest || due < *earliest) earliest = due;
    return earliest;
  }
  /// Takes the timers that are due at @p now_ns, the earliest first.
  std::vector<std::string> take_due(std::int64_t now_ns) {
    std::multimap<std::int64_t, std::string> ready;
    for (auto at = due_.begin(); at != due_.end();) {
      if (at->second > now_ns) {
        ++at;
        continue;
      }
      ready.emplace(at->second, at->first);
      at = due_.erase(at);
    }
    std::vector<std::string> keys;
    for (auto& [due, key] : ready) keys.push_back(std::move(key));
    return keys;
  }

private:
  std::map<std::string, std::int64_t, std::less<>> due_;
};

}  // namespace keycare::services
