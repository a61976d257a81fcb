// lent.hpp - what a careless or hostile caller lends over the ABI: structures of any size, spans, null pointers.
//
// Each lies in memory of exactly its own size, so that AddressSanitizer sees whoever reads more than was lent. A
// pointer that is neither null nor good cannot be defended against, and is not tried.
#pragma once

#include "fuzz.hpp"

#include <cstring>
#include <memory>
#include <vector>

namespace keycare::fuzz {

class lender {
public:
  explicit lender(input& in) : in_(in) {}

  /// A span over exact memory; sometimes null, with or without a size.
  std::pair<const std::uint8_t*, std::size_t> span() {
    switch (in_.pick(10)) {
      case 0:
        return {nullptr, 0};
      case 1:
        return {nullptr, static_cast<std::size_t>(in_.number(8))};
      default: {
        const auto from = in_.octets();
        auto* to = room(from.size());
        std::memcpy(to, from.data(), from.size());
        return {to, from.size()};
      }
    }
  }
  kc_str text() {
    const auto [data, size] = span();
    return {reinterpret_cast<const char*>(data), size};
  }
  /// One of @p known, more often than anything else: the way in must be found.
  kc_str word(std::initializer_list<std::string_view> known) {
    if (in_.pick(4) == 0) return text();
    const auto which = *(known.begin() + in_.pick(known.size()));
    return {which.data(), which.size()};
  }
  kc_bytes bytes() {
    const auto [data, size] = span();
    return {data, size};
  }
  /// @p full, cut to or followed by as many octets as its size then says; or null. At least the size itself is there.
  template <class Struct>
  const Struct* structure(Struct full) {
    if (in_.pick(12) == 0) return nullptr;
    std::size_t size = sizeof full;
    if (in_.pick(4) == 0) size = 4 + in_.number(1) * 2;
    full.size = static_cast<std::uint32_t>(size);
    auto* to = room(size);
    std::memset(to, 0xA5, size);
    std::memcpy(to, &full, std::min(size, sizeof full));
    return reinterpret_cast<const Struct*>(to);
  }
  /// An error in memory of its own size; or null.
  kc_error* error() { return const_cast<kc_error*>(structure(sized<kc_error>())); }

private:
  std::uint8_t* room(std::size_t size) {
    held_.push_back(std::make_unique<std::uint8_t[]>(size));
    return held_.back().get();
  }
  input& in_;
  std::vector<std::unique_ptr<std::uint8_t[]>> held_;
};

}  // namespace keycare::fuzz
