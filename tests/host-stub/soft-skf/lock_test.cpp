// lock_test.cpp - SKF_LockDev shuts other processes out, and dies with its holder.
#include "vendor.hpp"

namespace soft_skf_test {

class Lock : public Folder {};

TEST_F(Lock, AnotherProcessCannotLockWhatIsLockedAndCanAfterwards) {
  make_token("token");
  session s;
  ASSERT_EQ(lib().LockDev(s.device, 1000), SAR_OK);
  const auto other_locks = [] {
    return in_child([] {
      session other;
      return lib().LockDev(other.device, 20) == SAR_OK ? 0 : lib().LockDev(other.device, 0) == SAR_TIMEOUTERR ? 1 : 2;
    });
  };
  EXPECT_EQ(other_locks(), 1);
  EXPECT_EQ(s.log_in(), SAR_OK) << "the holder itself works on";
  EXPECT_EQ(lib().UnlockDev(s.device), SAR_OK);
  EXPECT_EQ(lib().UnlockDev(s.device), ULONG{SAR_NOTINITIALIZEERR});
  EXPECT_EQ(other_locks(), 0);
}

TEST_F(Lock, TwoHandlesOfOneProcessExcludeEachOther) {
  make_token("token");
  session a;
  session b;
  ASSERT_EQ(lib().LockDev(a.device, 0), SAR_OK);
  EXPECT_EQ(lib().LockDev(b.device, 0), ULONG{SAR_TIMEOUTERR});
  EXPECT_EQ(lib().DisConnectDev(a.device), SAR_OK);
  a.device = nullptr;
  EXPECT_EQ(lib().LockDev(b.device, 0), SAR_OK) << "disconnecting released it";
}

TEST_F(Lock, AnOperationOfAnotherProcessWaitsForTheLock) {
  make_token("token");
  session s;
  ASSERT_EQ(lib().LockDev(s.device, 0), SAR_OK);
  int ready[2];
  int done[2];
  ASSERT_EQ(pipe(ready), 0);
  ASSERT_EQ(pipe(done), 0);
  const pid_t child = fork();
  if (child == 0) {
    session other;
    const ULONG looked = other.remaining();  // a look passes
    char byte = looked == 10 ? 'r' : 'x';
    [[maybe_unused]] ssize_t n = write(ready[1], &byte, 1);
    byte = other.log_in() == SAR_OK ? 'd' : 'x';
    n = write(done[1], &byte, 1);
    _exit(0);
  }
  char byte = 0;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  EXPECT_EQ(byte, 'r');
  EXPECT_EQ(s.verify("wrong-pin"), ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(s.remaining(), 9u) << "the other process has not verified between";
  ASSERT_EQ(lib().UnlockDev(s.device), SAR_OK);
  ASSERT_EQ(read(done[0], &byte, 1), 1);
  EXPECT_EQ(byte, 'd');
  waitpid(child, nullptr, 0);
  EXPECT_EQ(s.remaining(), 10u);
  for (const int fd : {ready[0], ready[1], done[0], done[1]}) close(fd);
}

TEST_F(Lock, TheLockDiesWithTheProcessThatHeldIt) {
  make_token("token");
  EXPECT_EQ(in_child([] {
              session other;
              return lib().LockDev(other.device, 0) == SAR_OK ? raise(SIGKILL) : 1;
            }),
            -SIGKILL);
  session s;
  EXPECT_EQ(lib().LockDev(s.device, 0), SAR_OK);
}

}  // namespace soft_skf_test
