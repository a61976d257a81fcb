// name_lock.cpp - flock() on a file that exists only while somebody holds it.
#include "host-stub/services/store/name_lock.hpp"

#include "host-stub/services/secure/durable_file.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>

namespace keycare::services {

namespace {

std::string file_name(std::string_view name) {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> hash{};
  unsigned int size = 0;
  EVP_Digest(name.data(), name.size(), hash.data(), &size, EVP_sha256(), nullptr);
  std::string out;
  for (std::size_t at = 0; at < 16; ++at) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += digits[hash[at] >> 4];
    out += digits[hash[at] & 15];
  }
  return out + ".lock";
}

}  // namespace

result<name_lock> name_lock::take(const std::filesystem::path& folder, std::string_view name) {
  if (auto made = make_private_folder(folder); !made) return made.error();
  const auto file = folder / file_name(name);
  // The holder before us removes the file when it lets go; a lock on a removed file locks nobody out, so try again.
  for (int round = 0; round < 16; ++round) {
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return file_error(errno, file);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
      const int why = errno;
      ::close(fd);
      if (why == EINTR) continue;
      if (why == EWOULDBLOCK) return fail(KC_E_BUSY, "KC-STORE-LOCKED");
      return file_error(why, file);
    }
    struct stat held {};
    struct stat named {};
    if (::fstat(fd, &held) == 0 && ::stat(file.c_str(), &named) == 0 && held.st_ino == named.st_ino &&
        held.st_dev == named.st_dev)
      return name_lock(file, fd);
    ::close(fd);
  }
  return fail(KC_E_BUSY, "KC-STORE-LOCKED");
}

name_lock::~name_lock() {
  if (fd_ < 0) return;
  ::unlink(file_.c_str());
  ::close(fd_);
}

}  // namespace keycare::services
