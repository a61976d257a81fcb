// allocations.hpp - how often this thread asked operator new for memory; the program's own operator new counts.
#pragma once

#include <cstdint>

namespace keycare::bench {

[[nodiscard]] std::uint64_t allocations_here() noexcept;

}  // namespace keycare::bench
