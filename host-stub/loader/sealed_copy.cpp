// sealed_copy.cpp - copies a library into a sealed memory file.
#include "host-stub/loader/sealed_copy.hpp"

#include "host-stub/loader/verdict.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cerrno>
#include <system_error>

namespace keycare::loader {
namespace {

constexpr std::size_t max_library = 64U << 20U;

#ifdef __linux__
descriptor memory_file() {
  constexpr unsigned base = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  constexpr unsigned executable = 0x0010U;  // MFD_EXEC, Linux 6.3: asked for by name where the system's default is "no"
  descriptor file(::memfd_create("keycare-plugin", base | executable));
  if (!file && errno == EINVAL) file = descriptor(::memfd_create("keycare-plugin", base));
  return file;
}

bool write_all(int to, std::span<const std::uint8_t> octets) {
  while (!octets.empty()) {
    const auto written = ::write(to, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    octets = octets.subspan(static_cast<std::size_t>(written));
  }
  return true;
}
#endif

}  // namespace

std::string to_hex(const digest& d) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const auto octet : d) {
    out += digits[octet >> 4U];
    out += digits[octet & 15U];
  }
  return out;
}

sealed_copy::sealed_copy(sealed_copy&& other) noexcept
    : memory_(std::move(other.memory_)), octets_(std::exchange(other.octets_, {})) {}

sealed_copy::~sealed_copy() {
  if (!octets_.empty()) ::munmap(const_cast<std::uint8_t*>(octets_.data()), octets_.size());
}

std::string sealed_copy::path() const {
  return "/proc/self/fd/" + std::to_string(memory_.get());
}

result<sealed_copy> sealed_copy::make(const std::filesystem::path& file, std::string_view id) {
  const auto name = file.filename().string();
  auto from = read_bounded(file, max_library);
  if (from.fault == file_fault::missing) return refuse(reason::library_missing, {{"id", id}, {"file", name}});
  if (from.fault == file_fault::none && from.octets.empty()) {
    from.fault = file_fault::unreadable;
    from.detail = "it is empty";
  }
  if (from.fault != file_fault::none)
    return refuse(reason::library_unreadable, {{"id", id}, {"file", name}, {"detail", from.detail}});
#ifdef __linux__
  const auto unsealed = [&](const char* step) {
    return refuse(reason::no_seal, {{"id", id}, {"detail", step + std::generic_category().message(errno)}});
  };
  auto memory = memory_file();
  if (!memory) return unsealed("memfd_create: ");
  if (!write_all(memory.get(), from.octets)) return unsealed("write: ");
  if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0)
    return unsealed("F_ADD_SEALS: ");
  // Hashed and scanned from here on are the sealed octets, not those that were read.
  void* mapped = ::mmap(nullptr, from.octets.size(), PROT_READ, MAP_PRIVATE, memory.get(), 0);
  if (mapped == MAP_FAILED) return unsealed("mmap: ");
  return sealed_copy(std::move(memory), {static_cast<const std::uint8_t*>(mapped), from.octets.size()});
#else
  return refuse(reason::no_seal, {{"id", id}, {"detail", "no sealed memory on this system"}});
#endif
}

}  // namespace keycare::loader
