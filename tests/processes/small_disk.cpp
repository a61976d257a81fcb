// small_disk.cpp - see small_disk.hpp.
#include "small_disk.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

namespace keycare::e2e {

namespace fs = std::filesystem;

namespace {

bool write_text(const char* file, const std::string& text) {
  std::ofstream out(file);
  out << text << std::flush;
  return out.good();
}

/// Root in a user namespace of our own is still this user to everybody else.
bool become_root_of_a_namespace() {
  const auto user = std::to_string(geteuid());
  const auto group = std::to_string(getegid());
  return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 && write_text("/proc/self/setgroups", "deny") &&
         write_text("/proc/self/uid_map", "0 " + user + " 1") && write_text("/proc/self/gid_map", "0 " + group + " 1");
}

}  // namespace

std::string own_mounts() {
  static const std::string why = []() -> std::string {
    const bool apart = geteuid() == 0 ? unshare(CLONE_NEWNS) == 0 : become_root_of_a_namespace();
    if (!apart) return std::string("no mounts of its own: ") + std::strerror(errno);
    // What is mounted here is nobody else's.
    if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("none", "/mnt", "tmpfs", 0, "size=64k") != 0)
      return std::string("mounting is not permitted: ") + std::strerror(errno);
    umount2("/mnt", MNT_DETACH);
    return {};
  }();
  return why;
}

small_disk::small_disk(fs::path folder, std::size_t octets) : folder_(std::move(folder)) {
  const auto aside = folder_.string() + ".aside";
  fs::copy(folder_, aside, fs::copy_options::recursive);
  const auto how = "mode=700,size=" + std::to_string(octets);
  EXPECT_EQ(mount("none", folder_.c_str(), "tmpfs", 0, how.c_str()), 0) << std::strerror(errno);
  fs::copy(aside, folder_, fs::copy_options::recursive);
  fs::remove_all(aside);
}

small_disk::~small_disk() {
  umount2(folder_.c_str(), MNT_DETACH);
}

void small_disk::fill(std::size_t left) {
  const auto file = folder_ / "filler";
  const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  ASSERT_GE(fd, 0) << std::strerror(errno);
  const std::vector<char> page(4096, 'x');
  while (write(fd, page.data(), page.size()) > 0) {
  }
  EXPECT_EQ(errno, ENOSPC) << "full at last";
  const auto size = lseek(fd, 0, SEEK_END);
  EXPECT_EQ(ftruncate(fd, std::max<off_t>(0, size - static_cast<off_t>(left))), 0);
  close(fd);
}

void small_disk::clear() {
  fs::remove(folder_ / "filler");
}

read_only::read_only(fs::path folder) : folder_(std::move(folder)) {
  EXPECT_EQ(mount(folder_.c_str(), folder_.c_str(), nullptr, MS_BIND, nullptr), 0) << std::strerror(errno);
  EXPECT_EQ(mount(nullptr, folder_.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr), 0)
      << std::strerror(errno);
}

read_only::~read_only() {
  umount2(folder_.c_str(), MNT_DETACH);
}

}  // namespace keycare::e2e
