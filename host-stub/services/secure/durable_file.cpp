// durable_file.cpp - temporary file, fsync, rename or link, fsync of the folder.
#include "host-stub/services/secure/durable_file.hpp"

#include "keycare/sdk/json.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>
#include <utility>

namespace keycare::services {

namespace {

class descriptor {
public:
  explicit descriptor(int number) noexcept : number_(number) {}
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  ~descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const noexcept { return number_; }
  [[nodiscard]] bool ok() const noexcept { return number_ >= 0; }

private:
  int number_;
};

bool write_all(int fd, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

bool sync_folder(const std::filesystem::path& file) {
  const descriptor folder(::open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.ok() && ::fsync(folder.get()) == 0;
}

/// A finished temporary file beside @p file; the caller gives it its name.
result<std::string> write_beside(const std::filesystem::path& file, std::span<const std::uint8_t> bytes) {
  std::string name = (folder_of(file) / ("." + file.filename().string() + ".XXXXXX")).string();
  const descriptor out(::mkostemp(name.data(), O_CLOEXEC));  // mode 0600
  if (!out.ok()) return file_error(errno, file);
  if (!write_all(out.get(), bytes) || ::fsync(out.get()) != 0) {
    const int why = errno;
    ::unlink(name.c_str());
    return file_error(why, file);
  }
  return name;
}

}  // namespace

error file_error(int code, const std::filesystem::path& file) {
  std::string name = "KC-FILE-UNWRITABLE";
  if (code == ENOSPC || code == EDQUOT) name = "KC-STORE-FULL";
  if (code == EROFS) name = "KC-STORE-READ-ONLY";
  return fail_with(KC_E_FAILED, std::move(name), {{"file", file.string()}}, code);
}

result<void> make_private_folder(const std::filesystem::path& folder) {
  std::error_code why;
  if (std::filesystem::is_directory(folder, why)) return {};
  if (folder.has_parent_path() && folder.parent_path() != folder) {
    if (auto parent = make_private_folder(folder.parent_path()); !parent) return parent;
  }
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return file_error(errno, folder);
  return {};
}

result<secret> read_private_file(const std::filesystem::path& file, std::size_t most) {
  // O_NONBLOCK: a FIFO in place of the file must not hold us.
  const descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  const auto unreadable = [&](int why) {
    auto what = file_error(why, file);
    what.code = "KC-FILE-UNREADABLE";
    if (why == ENOENT) what.status = KC_E_NOT_FOUND;
    return what;
  };
  if (!in.ok()) return unreadable(errno);
  struct stat info {};
  if (::fstat(in.get(), &info) != 0) return unreadable(errno);
  if (!S_ISREG(info.st_mode)) return unreadable(S_ISDIR(info.st_mode) ? EISDIR : EINVAL);
  if (static_cast<std::uintmax_t>(info.st_size) > most) {
    auto what = unreadable(EFBIG);
    what.status = KC_E_TOO_LARGE;
    return what;
  }
  secret bytes(static_cast<std::size_t>(info.st_size));
  std::size_t have = 0;
  while (have < bytes.size()) {
    const auto got = ::read(in.get(), bytes.bytes().data() + have, bytes.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(errno);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.shrink(have);
  return bytes;
}

result<void> write_durably(const std::filesystem::path& file, std::span<const std::uint8_t> bytes) {
  const auto name = write_beside(file, bytes);
  if (!name) return name.error();
  if (::rename(name->c_str(), file.c_str()) != 0) {
    const int why = errno;
    ::unlink(name->c_str());
    return file_error(why, file);
  }
  if (!sync_folder(file)) return file_error(errno, file);
  return {};
}

result<void> create_durably(const std::filesystem::path& file, std::span<const std::uint8_t> bytes) {
  const auto name = write_beside(file, bytes);
  if (!name) return name.error();
  // link() and not rename(): it fails when somebody else was faster, and then his content counts.
  const int why = ::link(name->c_str(), file.c_str()) == 0 ? 0 : errno;
  ::unlink(name->c_str());
  if (why == EEXIST) return fail(KC_E_CONFLICT, "KC-FILE-EXISTS");
  if (why != 0) return file_error(why, file);
  if (!sync_folder(file)) return file_error(errno, file);
  return {};
}

}  // namespace keycare::services
