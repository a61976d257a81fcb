// random.hpp - the one source of chance in a schedule: what a seed decides, it decides again.
#pragma once

#include <cstdint>

namespace keycare::sim {

/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, and the same everywhere.
class dice {
public:
  explicit dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  /// 0 to @p bound - 1.
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>((next() >> 32) * bound >> 32); }
  /// True in @p percent of a hundred.
  bool chance(std::uint32_t percent) { return below(100) < percent; }

private:
  std::uint64_t state_;
};

}  // namespace keycare::sim
