// fuzz.hpp - what every fuzz target is made of: the octets taken apart, and promises that end the run when they break.
//
// A target is one file: FUZZ(name) { ... data ... }. libFuzzer calls it in the preset "fuzz"; fuzz_corpus_test calls
// it with every seed and every regression input in the ordinary builds, so that what was mended once stays mended.
#pragma once

#include "keycare/sdk/view.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace keycare::fuzz {

/// Ends the run when @p kept is false: the sanitizers see damaged memory, but not a wrong answer.
inline void must(bool kept, const char* promise) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

/// Takes values off the front of the data. After the end everything is zero or empty, so that a short input is one,
/// too.
class input {
public:
  explicit input(octets_view data) : rest_(data) {}

  [[nodiscard]] std::uint64_t number(std::size_t octets) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < octets; ++i) out = (out << 8U) | octet();
    return out;
  }
  [[nodiscard]] std::uint8_t octet() {
    if (rest_.empty()) return 0;
    const auto out = rest_.front();
    rest_ = rest_.subspan(1);
    return out;
  }
  [[nodiscard]] bool flag() { return (octet() & 1U) != 0; }
  /// 0 to @p count - 1.
  [[nodiscard]] std::size_t pick(std::size_t count) { return octet() % count; }
  /// A length of two octets, and as many octets as are there.
  [[nodiscard]] octets_view octets() {
    const auto size = std::min<std::size_t>(number(2), rest_.size());
    const auto out = rest_.first(size);
    rest_ = rest_.subspan(size);
    return out;
  }
  [[nodiscard]] std::string text() { return std::string(text_of(octets())); }
  /// A line, without its end: for inputs that people read.
  [[nodiscard]] std::string line() {
    const auto all = text_of(rest_);
    const auto end = all.find('\n');
    std::string out(all.substr(0, end));
    rest_ = rest_.subspan(end == std::string_view::npos ? all.size() : end + 1);
    return out;
  }
  [[nodiscard]] octets_view rest() const { return rest_; }
  [[nodiscard]] bool empty() const { return rest_.empty(); }

private:
  octets_view rest_;
};

using target = void (*)(octets_view data);
struct registered {
  registered(const char* name, target run);
};

}  // namespace keycare::fuzz

#ifdef KEYCARE_FUZZ
#define FUZZ(name)                                                                    \
  static void fuzz_##name(keycare::octets_view data);                                 \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);  \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { \
    fuzz_##name({data, size});                                                        \
    return 0;                                                                         \
  }                                                                                   \
  static void fuzz_##name([[maybe_unused]] keycare::octets_view data)
#else
#define FUZZ(name)                                                               \
  static void fuzz_##name(keycare::octets_view data);                            \
  static const keycare::fuzz::registered registered_##name(#name, &fuzz_##name); \
  static void fuzz_##name([[maybe_unused]] keycare::octets_view data)
#endif
