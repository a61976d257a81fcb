// file.cpp - opening and reading files that nobody vouches for.
#include "host-stub/loader/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <system_error>

namespace keycare::loader {

descriptor::~descriptor() {
  if (number_ >= 0) ::close(number_);
}

file_octets read_bounded(const std::filesystem::path& path, std::size_t limit) {
  const auto failed = [] { return file_octets{{}, file_fault::unreadable, std::generic_category().message(errno)}; };
  const auto too_large = [&] {
    return file_octets{{}, file_fault::unreadable, "larger than " + std::to_string(limit) + " octets"};
  };
  // O_NONBLOCK: a named pipe in a file's place must not hold the client up.
  const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file) return errno == ENOENT || errno == ENOTDIR ? file_octets{{}, file_fault::missing, {}} : failed();
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) return failed();
  if (!S_ISREG(about.st_mode)) return {{}, file_fault::unreadable, "not a regular file"};
  const auto size = static_cast<std::size_t>(about.st_size);
  if (size > limit) return too_large();

  file_octets out;
  out.octets.resize(size + 1);  // one more, to notice that the file grows
  std::size_t have = 0;
  while (have < out.octets.size()) {
    const auto got = ::read(file.get(), out.octets.data() + have, out.octets.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed();
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  if (have > size) return {{}, file_fault::unreadable, "it is being written"};
  out.octets.resize(have);
  return out;
}

}  // namespace keycare::loader
