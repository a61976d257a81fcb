// secret.cpp - the secure heap behind `secret`, and harden_process().
#include "host-stub/services/secure/secret.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <utility>

#ifdef KEYCARE_SANITIZED
#include <sanitizer/lsan_interface.h>
#endif

namespace keycare::services {

namespace {
// Room for a few RSA private keys and PINs. More than RLIMIT_MEMLOCK still works, only then the pages are not locked.
constexpr std::size_t secure_heap_octets = 256 * 1024;
constexpr std::size_t secure_heap_smallest = 32;

/// Whoever closed one of them would have the next file that is opened written over by what is printed. What stands in
/// can be neither read nor written, so that lost output is still noticed.
bool fill_standard_descriptors() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
    if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd) return false;  // the lowest that is free
  }
  return true;
}

/// Tells LeakSanitizer where the secure heap is: OpenSSL's random generators live there, and what only they point to
/// would be taken for lost. The heap gives its last piece first.
void show_heap_to_leak_check() {
#if defined(KEYCARE_SANITIZED) && defined(__has_feature)
#if __has_feature(address_sanitizer)
  auto* last = static_cast<std::uint8_t*>(OPENSSL_secure_malloc(secure_heap_smallest));
  __lsan_register_root_region(last + secure_heap_smallest - secure_heap_octets, secure_heap_octets);
  OPENSSL_secure_free(last);
#endif
#endif
}
}  // namespace

secret::secret(std::size_t size) : size_(size), capacity_(size) {
  if (size == 0) return;
  data_ = static_cast<std::uint8_t*>(OPENSSL_secure_zalloc(size));
  if (data_ == nullptr) throw std::bad_alloc();
}

secret::secret(std::span<const std::uint8_t> bytes) : secret(bytes.size()) {
  std::copy(bytes.begin(), bytes.end(), data_);
}

secret::secret(std::string_view text)
    : secret(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())) {}

secret::secret(secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

secret& secret::operator=(secret&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  if (this != &other) other.clear();
  return *this;
}

secret::~secret() {
  clear();
}

void secret::shrink(std::size_t size) noexcept {
  if (size >= size_) return;
  OPENSSL_cleanse(data_ + size, size_ - size);
  size_ = size;
}

void secret::clear() noexcept {
  if (data_ != nullptr) OPENSSL_secure_clear_free(data_, capacity_);
  data_ = nullptr;
  size_ = capacity_ = 0;
}

void wipe(std::span<std::uint8_t> octets) noexcept {
  OPENSSL_cleanse(octets.data(), octets.size());
}

bool operator==(const secret& a, const secret& b) noexcept {
  return a.size_ == b.size_ && (a.size_ == 0 || CRYPTO_memcmp(a.data_, b.data_, a.size_) == 0);
}

result<void> harden_process() {
  if (!fill_standard_descriptors()) return fail(KC_E_FAILED, "KC-SECURE-MEMORY", errno);
  if (CRYPTO_secure_malloc_initialized() == 0) {
    if (CRYPTO_secure_malloc_init(secure_heap_octets, secure_heap_smallest) == 0)
      return fail(KC_E_FAILED, "KC-SECURE-MEMORY");
    show_heap_to_leak_check();
  }
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0) return fail(KC_E_FAILED, "KC-SECURE-MEMORY", errno);
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return fail(KC_E_FAILED, "KC-SECURE-MEMORY", errno);
  return {};
}

}  // namespace keycare::services
