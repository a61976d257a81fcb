// token_store.cpp - the folder of token files, their locks, and the durable replace.
#include "token_store.hpp"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "crypto.hpp"
#include "fault.hpp"
#include "token_codec.hpp"

namespace keycare::soft_skf {
namespace {

constexpr std::string_view suffix = ".kct";
constexpr const char* state_folder_name = ".state";
constexpr const char* unplugged_folder_name = "unplugged";
constexpr std::size_t max_tokens = 256;
constexpr std::chrono::seconds longest_wait{10};

std::string file_name(std::string_view name) {
  return std::string(name).append(suffix);
}

unique_fd open_folder(int at, const char* path) {
  return unique_fd(::openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

unique_fd open_subfolder(int folder, const char* name) {
  if (::mkdirat(folder, name, 0700) != 0 && errno != EEXIST) return {};
  return open_folder(folder, name);
}

struct read_file {
  bytes content;
  struct stat status {};
};

result<read_file> read_whole(int folder, const std::string& name) {
  // O_NONBLOCK: a FIFO of that name must not hold us. O_NOFOLLOW: a link is no token.
  const unique_fd file(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file) return sar(errno == ENOENT ? SAR_DEVICE_REMOVED : SAR_FILEERR);
  read_file out;
  if (::fstat(file.get(), &out.status) != 0 || !S_ISREG(out.status.st_mode) ||
      out.status.st_size > static_cast<off_t>(max_token_file)) {
    return sar(SAR_FILEERR);
  }
  out.content.resize(static_cast<std::size_t>(out.status.st_size));
  std::size_t done = 0;
  while (done < out.content.size()) {
    const ssize_t n = ::read(file.get(), out.content.data() + done, out.content.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return sar(SAR_READFILEERR);
    done += static_cast<std::size_t>(n);
  }
  return out;
}

bool write_all(int fd, byte_view data) {
  while (!data.empty()) {
    const ssize_t n = ::write(fd, data.data(), data.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    data = data.subspan(static_cast<std::size_t>(n));
  }
  return true;
}

/// flock() has no time-out of its own, so: ask again, ever less often. The death of the holder releases it.
result<unique_fd> lock_file(int folder, const std::string& name, int operation, lock_wait wait) {
  unique_fd file(::openat(folder, name.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return sar(SAR_FILEERR);
  const auto begin = std::chrono::steady_clock::now();
  long pause = 100'000;
  while (::flock(file.get(), operation | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return sar(SAR_FILEERR);
    if (wait && std::chrono::steady_clock::now() - begin >= *wait) return sar(SAR_TIMEOUTERR);
    const timespec rest{0, pause};
    ::nanosleep(&rest, nullptr);
    pause = std::min(pause * 2, 5'000'000L);
  }
  return file;
}

/// Swaps the new file with the old one, so that a token which was pulled meanwhile is not brought back from the dead.
bool swap_files(int from, const std::string& from_name, int to, const std::string& to_name) {
  if (::renameat2(from, from_name.c_str(), to, to_name.c_str(), RENAME_EXCHANGE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  // A file system without the exchange: the gap between the look and the rename is the price.
  struct stat now {};
  return ::fstatat(to, to_name.c_str(), &now, AT_SYMLINK_NOFOLLOW) == 0 &&
         ::renameat(from, from_name.c_str(), to, to_name.c_str()) == 0;
}

bool exists(int folder, const std::string& name) {
  struct stat status {};
  return ::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

result<void> move_token(const token_ref& ref, bool out) {
  if (!valid_token_name(ref.name)) return sar(SAR_INVALIDPARAMERR);
  const unique_fd folder = open_folder(AT_FDCWD, ref.folder.c_str());
  if (!folder) return sar(SAR_FILEERR);
  const unique_fd state = open_subfolder(folder.get(), state_folder_name);
  const unique_fd outside = open_subfolder(folder.get(), unplugged_folder_name);
  if (!state || !outside) return sar(SAR_FILEERR);
  // Under the operation's lock, so that no operation is under way; a damaged token moves as well.
  auto lock = lock_file(state.get(), ref.name + ".lock", LOCK_EX, longest_wait);
  if (!lock) return lock.error();
  const int from = out ? folder.get() : outside.get();
  const int to = out ? outside.get() : folder.get();
  const std::string name = file_name(ref.name);
  // An empty record: the next one who opens the token starts a new epoch.
  if (::ftruncate(lock->get(), 0) != 0) return sar(SAR_FILEERR);
  if (::renameat2(from, name.c_str(), to, name.c_str(), RENAME_NOREPLACE) != 0) {
    return sar(errno == ENOENT ? SAR_DEVICE_REMOVED : errno == EEXIST ? SAR_FILE_ALREADY_EXIST : SAR_FILEERR);
  }
  ::fsync(to);
  ::fsync(from);
  return {};
}

}  // namespace

std::string token_folder() {
  if (const char* folder = std::getenv("KEYCARE_SOFTSKF_DIR"); folder != nullptr && *folder != 0) return folder;
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/') {
    return std::string(data) + "/keycare/soft-tokens";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
    return std::string(home) + "/.local/share/keycare/soft-tokens";
  }
  return {};
}

bool valid_token_name(std::string_view name) {
  return !name.empty() && name.size() <= max_token_name && name.front() != '.' &&
         std::none_of(name.begin(), name.end(), [](char c) {
           return c == '/' || static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f;
         });
}

result<void> make_folder(const std::string& folder) {
  if (folder.empty()) return sar(SAR_FILEERR);
  for (std::size_t at = folder.find('/', 1);; at = folder.find('/', at + 1)) {
    const std::string part = folder.substr(0, at);
    if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) return sar(SAR_FILEERR);
    if (at == std::string::npos) return {};
  }
}

std::vector<std::string> token_names(const std::string& folder) {
  std::vector<std::string> names;
  DIR* listing = folder.empty() ? nullptr : ::opendir(folder.c_str());
  if (listing == nullptr) return names;
  while (const dirent* entry = ::readdir(listing)) {
    std::string_view name = entry->d_name;
    if (!name.ends_with(suffix)) continue;
    name.remove_suffix(suffix.size());
    if (valid_token_name(name) && names.size() < max_tokens) names.emplace_back(name);
  }
  ::closedir(listing);
  std::sort(names.begin(), names.end());
  return names;
}

result<token> read_token(const token_ref& ref) {
  if (!valid_token_name(ref.name)) return sar(SAR_INVALIDPARAMERR);
  const unique_fd folder = open_folder(AT_FDCWD, ref.folder.c_str());
  if (!folder) return sar(SAR_DEVICE_REMOVED);
  auto file = read_whole(folder.get(), file_name(ref.name));
  if (!file) return file.error();
  return decode(file->content);
}

result<void> write_new_token(const token_ref& ref, const token& value) {
  if (!valid_token_name(ref.name)) return sar(SAR_NAMELENERR);
  if (auto made = make_folder(ref.folder); !made) return made;
  const unique_fd folder = open_folder(AT_FDCWD, ref.folder.c_str());
  const unique_fd state = folder ? open_subfolder(folder.get(), state_folder_name) : unique_fd();
  const unique_fd outside = folder ? open_subfolder(folder.get(), unplugged_folder_name) : unique_fd();
  if (!state || !outside) return sar(SAR_FILEERR);
  auto lock = lock_file(state.get(), ref.name + ".lock", LOCK_EX, longest_wait);
  if (!lock) return lock.error();
  if (exists(outside.get(), file_name(ref.name))) return sar(SAR_FILE_ALREADY_EXIST);
  auto content = encode(value);
  if (!content) return content.error();
  const std::string temporary = ref.name + ".tmp";
  ::unlinkat(state.get(), temporary.c_str(), 0);
  const unique_fd file(::openat(state.get(), temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file || !write_all(file.get(), *content) || ::fsync(file.get()) != 0) return sar(SAR_WRITEFILEERR);
  if (::ftruncate(lock->get(), 0) != 0) return sar(SAR_FILEERR);
  if (::renameat2(state.get(), temporary.c_str(), folder.get(), file_name(ref.name).c_str(), RENAME_NOREPLACE) != 0) {
    const bool taken = errno == EEXIST;
    ::unlinkat(state.get(), temporary.c_str(), 0);
    return sar(taken ? SAR_FILE_ALREADY_EXIST : SAR_WRITEFILEERR);
  }
  if (::fsync(folder.get()) != 0) return sar(SAR_WRITEFILEERR);
  return {};
}

result<void> unplug_token(const token_ref& ref) {
  return move_token(ref, true);
}
result<void> plug_token(const token_ref& ref) {
  return move_token(ref, false);
}

void unplug_all(const std::string& folder) {
  for (const std::string& name : token_names(folder)) (void)unplug_token({folder, name});
}

result<unique_fd> lock_device(const token_ref& ref, lock_wait wait) {
  const unique_fd folder = open_folder(AT_FDCWD, ref.folder.c_str());
  const unique_fd state = folder ? open_subfolder(folder.get(), state_folder_name) : unique_fd();
  if (!state) return sar(SAR_FILEERR);
  return lock_file(state.get(), ref.name + ".device", LOCK_EX, wait);
}

result<token_guard> token_guard::open(const token_ref& ref, access how, bool owns_device_lock) {
  if (!valid_token_name(ref.name)) return sar(SAR_INVALIDPARAMERR);
  token_guard guard;
  guard.ref_ = ref;
  guard.folder_ = open_folder(AT_FDCWD, ref.folder.c_str());
  // Looked for first, so that a wrong name leaves no lock files behind.
  if (!guard.folder_ || !exists(guard.folder_.get(), file_name(ref.name))) return sar(SAR_DEVICE_REMOVED);
  guard.state_folder_ = open_subfolder(guard.folder_.get(), state_folder_name);
  if (!guard.state_folder_) return sar(SAR_FILEERR);
  const int state = guard.state_folder_.get();
  if (how == access::use && !owns_device_lock) {
    auto device = lock_file(state, ref.name + ".device", LOCK_SH, longest_wait);
    if (!device) return device.error();
    guard.device_lock_ = std::move(*device);
  }
  auto lock = lock_file(state, ref.name + ".lock", LOCK_EX, longest_wait);
  if (!lock) return lock.error();
  guard.lock_ = std::move(*lock);

  auto file = read_whole(guard.folder_.get(), file_name(ref.name));
  if (!file) return file.error();
  auto value = decode(file->content);
  if (!value) return value.error();
  guard.state = std::move(*value);
  guard.inode_ = file->status.st_ino;
  guard.file_size_ = file->content.size();
  guard.settle_epoch(file->status.st_ino, file->status.st_ctim.tv_sec, file->status.st_ctim.tv_nsec);
  return guard;
}

void token_guard::settle_epoch(std::uint64_t inode, std::int64_t seconds, std::int64_t nanoseconds) {
  record found;
  const bool read = ::pread(lock_.get(), &found, sizeof found, 0) == static_cast<ssize_t>(sizeof found);
  const bool same = read && found.inode == inode && found.seconds == seconds && found.nanoseconds == nanoseconds;
  const bool writer_died = read && found.pending != 0 && found.pending == inode;
  record_ = found;
  if (same && found.epoch != 0) return;
  if (!writer_died || found.epoch == 0) {
    std::uint64_t fresh = 0;
    if (!crypto::random({reinterpret_cast<std::uint8_t*>(&fresh), sizeof fresh})) fresh = found.epoch + 1;
    record_.epoch = fresh | 1;
  }
  record_.inode = inode;
  record_.seconds = seconds;
  record_.nanoseconds = nanoseconds;
  record_.pending = 0;
  write_record();
}

void token_guard::write_record() const {
  // Not synced and not checked: a lost record costs a new epoch, so at worst somebody has to enter a PIN again.
  [[maybe_unused]] const ssize_t written = ::pwrite(lock_.get(), &record_, sizeof record_, 0);
}

result<void> token_guard::commit() {
  ++state.generation;
  auto content = encode(state);
  if (!content) return content.error();
  const int folder = folder_.get();
  const int outside = state_folder_.get();
  const std::string name = file_name(ref_.name);
  const std::string temporary = ref_.name + ".tmp";
  fault::point("before-write");
  ::unlinkat(outside, temporary.c_str(), 0);
  const unique_fd file(::openat(outside, temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return sar(SAR_WRITEFILEERR);
  const auto give_up = [&](std::uint32_t why) {
    ::unlinkat(outside, temporary.c_str(), 0);
    return sar(why);
  };
  if (!write_all(file.get(), *content)) return give_up(errno == ENOSPC ? SAR_NO_ROOM : SAR_WRITEFILEERR);
  fault::point("written");
  if (::fsync(file.get()) != 0) return give_up(SAR_WRITEFILEERR);
  fault::point("synced");

  struct stat now {};
  if (::fstatat(folder, name.c_str(), &now, AT_SYMLINK_NOFOLLOW) != 0 || now.st_ino != inode_) {
    return give_up(SAR_DEVICE_REMOVED);
  }
  struct stat made {};
  if (::fstat(file.get(), &made) != 0) return give_up(SAR_WRITEFILEERR);
  record_.pending = made.st_ino;
  write_record();
  if (!swap_files(outside, temporary, folder, name)) {
    return give_up(errno == ENOENT ? SAR_DEVICE_REMOVED : SAR_WRITEFILEERR);
  }
  fault::point("replaced");
  const bool durable = ::fsync(folder) == 0;
  fault::point("folder-synced");
  ::unlinkat(outside, temporary.c_str(), 0);  // the old state

  inode_ = made.st_ino;
  file_size_ = content->size();
  if (::fstat(file.get(), &made) == 0) {
    record_.inode = made.st_ino;
    record_.seconds = made.st_ctim.tv_sec;
    record_.nanoseconds = made.st_ctim.tv_nsec;
    record_.pending = 0;
    write_record();
  }
  fault::point("recorded");
  if (!durable) return sar(SAR_WRITEFILEERR);
  return {};
}

}  // namespace keycare::soft_skf
