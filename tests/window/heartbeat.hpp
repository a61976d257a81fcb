// heartbeat.hpp - how long the main thread was not there for its user, beside what the machine itself took.
//
// A timer beats in the main loop, and a control thread beats beside it. A gap that both see is the machine's.
#pragma once

#include <QTimer>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

namespace keycare::window {

/// How much longer what is promised may take in a sanitizer's build.
#ifdef KEYCARE_SANITIZED
inline constexpr int slowness = 10;
#else
inline constexpr int slowness = 1;
#endif

class heartbeat {
public:
  using clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds beat{5};

  heartbeat() : last_(clock::now()), control_([this] { watch(); }) {
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.callOnTimeout([this] {
      const auto now = clock::now();
      gaps_.push_back({last_, now});
      last_ = now;
    });
    timer_.start(beat);
  }
  ~heartbeat() { stop(); }

  /// What the main thread has done since its last beat was the test's own work, and not the window's.
  void skip() { last_ = clock::now(); }

  struct figures {
    double longest_ms = 0, p999_ms = 0;  ///< Blocks of the main thread, less what the control thread lost meanwhile.
    std::size_t beats = 0;
  };
  /// Ends it, and says what was seen.
  figures stop() {
    timer_.stop();
    stopping_ = true;
    if (control_.joinable()) control_.join();
    std::vector<double> blocks;
    for (const auto& gap : gaps_) {
      auto lost = clock::duration::zero();
      for (const auto& other : lost_) {
        const auto from = std::max(gap.from, other.from);
        const auto to = std::min(gap.to, other.to);
        if (to > from) lost += to - from;
      }
      const auto block = gap.to - gap.from - beat - lost;
      blocks.push_back(std::max(0.0, std::chrono::duration<double, std::milli>(block).count()));
    }
    if (blocks.empty()) return {};
    std::sort(blocks.begin(), blocks.end());
    const auto at = static_cast<std::size_t>(static_cast<double>(blocks.size() - 1) * 0.999);
    return {blocks.back(), blocks[at], blocks.size()};
  }

private:
  struct span {
    clock::time_point from, to;
  };
  void watch() {
    auto last = clock::now();
    while (!stopping_) {
      std::this_thread::sleep_for(beat);
      const auto now = clock::now();
      // What it lost is what is over its own beat.
      if (now - last > 2 * beat) lost_.push_back({last + beat, now});
      last = now;
    }
  }

  QTimer timer_;
  clock::time_point last_;
  std::vector<span> gaps_;
  std::vector<span> lost_;  ///< The control thread's until stop() joined it.
  std::atomic<bool> stopping_ = false;
  std::thread control_;
};

}  // namespace keycare::window
