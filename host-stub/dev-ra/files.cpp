// files.cpp - atomic replacement of small files.
#include "files.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <fstream>

namespace keycare::dev_ra {

namespace {

class descriptor {
public:
  explicit descriptor(int number) : number_(number) {}
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  ~descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }

private:
  int number_;
};

error system_error() {
  return fail(KC_E_FAILED, "KC-RA-FILE", errno);
}

}  // namespace

result<void> write_file(const std::filesystem::path& file, std::string_view octets, file_access access) {
  auto temporary = file;
  temporary += ".new";
  {
    const descriptor out(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                                access == file_access::owner ? 0600 : 0644));
    if (out.get() < 0) return system_error();
    while (!octets.empty()) {
      const auto written = ::write(out.get(), octets.data(), octets.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return system_error();
      octets.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(out.get()) != 0) return system_error();
  }
  if (::rename(temporary.c_str(), file.c_str()) != 0) return system_error();
  const descriptor folder(::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0) ::fsync(folder.get());
  return {};
}

std::optional<std::string> read_file(const std::filesystem::path& file, std::size_t limit) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::string octets(limit + 1, '\0');
  in.read(octets.data(), static_cast<std::streamsize>(octets.size()));
  octets.resize(static_cast<std::size_t>(in.gcount()));
  if (octets.size() > limit) return std::nullopt;
  return octets;
}

}  // namespace keycare::dev_ra
