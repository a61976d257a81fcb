// allocations.cpp - operator new and delete that count. The sized and array forms of the standard library end here too.
#include "allocations.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

thread_local std::uint64_t asked_here = 0;

void* counted(std::size_t size, std::size_t alignment) {
  ++asked_here;
  // aligned_alloc wants a multiple of the alignment, and a size of 0 must give an address of its own.
  const std::size_t whole = (size / alignment + 1) * alignment;
  void* out = alignment <= alignof(std::max_align_t) ? std::malloc(whole) : std::aligned_alloc(alignment, whole);
  if (out == nullptr) throw std::bad_alloc();
  return out;
}

}  // namespace

void* operator new(std::size_t size) {
  return counted(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}

namespace keycare::bench {

std::uint64_t allocations_here() noexcept {
  return asked_here;
}

}  // namespace keycare::bench
