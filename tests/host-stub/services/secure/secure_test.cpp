// secure_test.cpp - secrets are wiped and not copied; small files are whole and private.
#include "host-stub/services/secure/durable_file.hpp"
#include "host-stub/services/secure/secret.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"

#include <gtest/gtest.h>
#include <openssl/crypto.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace keycare::services {
namespace {

using std::string_view_literals::operator""sv;

static_assert(!std::is_copy_constructible_v<secret> && std::is_nothrow_move_constructible_v<secret>);

TEST(Secret, KeepsWhatItWasGivenAndMovesIt) {
  secret pin("123456"sv);
  const auto* where = pin.bytes().data();
  secret moved(std::move(pin));
  EXPECT_EQ(moved.text(), "123456");
  EXPECT_EQ(moved.bytes().data(), where);
  EXPECT_TRUE(pin.empty());  // NOLINT(bugprone-use-after-move): that is what is asked here
  const auto second = moved.copy();
  EXPECT_TRUE(second == moved);
  EXPECT_FALSE(second == secret("123457"sv));
}

TEST(Secret, ShrinkingWipesTheRest) {
  secret pin("12345678"sv);
  auto* data = pin.bytes().data();
  pin.shrink(2);
  EXPECT_EQ(pin.text(), "12");
  EXPECT_TRUE(std::all_of(data + 2, data + 8, [](auto octet) { return octet == 0; }));
}

TEST(Secret, LivesInTheSecureHeapOfAHardenedProcess) {
  // In a child: the limits that are set here are for the rest of a process's life.
  const pid_t child = ::fork();
  if (child == 0) {
    if (!harden_process()) ::_exit(1);
    const secret pin("123456"sv);
    if (CRYPTO_secure_allocated(pin.bytes().data()) != 1) ::_exit(2);
    rlimit core{};
    ::getrlimit(RLIMIT_CORE, &core);
    if (core.rlim_max != 0 || ::prctl(PR_GET_DUMPABLE) != 0) ::_exit(3);
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(DurableFile, ReplacesTheWholeFileForThisUserOnly) {
  const scratch_folder scratch;
  const auto file = scratch.path() / "a" / "key";
  ASSERT_TRUE(make_private_folder(file.parent_path()).ok());
  const secret first("first, and longer"sv);
  const secret second("second"sv);
  ASSERT_TRUE(write_durably(file, first.bytes()).ok());
  ASSERT_TRUE(write_durably(file, second.bytes()).ok());
  EXPECT_EQ(read_private_file(file, 100)->text(), "second");
  struct stat info {};
  ASSERT_EQ(::stat(file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(file.parent_path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0700U);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}), 1)
      << "a temporary file is left";
}

TEST(DurableFile, CreatingLeavesAnExistingFileAlone) {
  const scratch_folder scratch;
  const auto file = scratch.path() / "key";
  ASSERT_TRUE(create_durably(file, secret("mine"sv).bytes()).ok());
  EXPECT_EQ(create_durably(file, secret("yours"sv).bytes()).error().status, KC_E_CONFLICT);
  EXPECT_EQ(read_private_file(file, 100)->text(), "mine");
}

TEST(DurableFile, SaysWhatIsWrong) {
  const scratch_folder scratch;
  EXPECT_EQ(read_private_file(scratch.path() / "none", 10).error().status, KC_E_NOT_FOUND);
  std::ofstream(scratch.path() / "large") << std::string(11, 'x');
  EXPECT_EQ(read_private_file(scratch.path() / "large", 10).error().status, KC_E_TOO_LARGE);
  EXPECT_EQ(read_private_file(scratch.path(), 10).error().code, "KC-FILE-UNREADABLE");
  EXPECT_EQ(file_error(ENOSPC, "x").code, "KC-STORE-FULL");
  EXPECT_EQ(file_error(EROFS, "x").code, "KC-STORE-READ-ONLY");
}

}  // namespace
}  // namespace keycare::services
