// pin_test.cpp - retry counters: ten tries are ten, whoever asks and however often at once.
#include <sys/wait.h>

#include <numeric>

#include "vendor.hpp"

namespace soft_skf_test {

class Pin : public Folder {};

TEST_F(Pin, AWrongPinSpendsATryAndARightOneGivesAllBack) {
  make_token("token", 3);
  session s;
  EXPECT_EQ(s.verify("wrong-pin"), ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(s.retries, 2u);
  EXPECT_EQ(s.remaining(), 2u);
  EXPECT_EQ(s.log_in(), SAR_OK);
  EXPECT_EQ(s.retries, 3u);
}

TEST_F(Pin, AfterTheLastTryEvenTheRightPinIsRefused) {
  make_token("token", 2);
  session s;
  EXPECT_EQ(s.verify("wrong-pin"), ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(s.verify("wrong-pin"), ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(s.retries, 0u);
  EXPECT_EQ(s.log_in(), ULONG{SAR_PIN_LOCKED});
  EXPECT_EQ(s.remaining(), 0u);
}

TEST_F(Pin, APinOfImpossibleLengthSpendsNothing) {
  make_token("token");
  session s;
  EXPECT_EQ(s.verify("short"), ULONG{SAR_PIN_LEN_RANGE});
  EXPECT_EQ(s.verify("seventeen-letters"), ULONG{SAR_PIN_LEN_RANGE});
  EXPECT_EQ(s.remaining(), 10u);
}

TEST_F(Pin, AMissEndsALoginAndALockEndsItEverywhere) {
  make_token("token", 2);
  LOGGED_IN(s);
  ASSERT_NE(s.container("c"), nullptr);
  EXPECT_EQ(s.verify("wrong-pin"), ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(lib().DeleteContainer(s.app, str("c")), ULONG{SAR_USER_NOT_LOGGED_IN});
  ASSERT_EQ(s.log_in(), SAR_OK);
  EXPECT_EQ(in_child([] {
              session other;
              other.verify("wrong-pin");
              other.verify("wrong-pin");
              return static_cast<int>(other.remaining());
            }),
            0);
  EXPECT_EQ(lib().DeleteContainer(s.app, str("c")), ULONG{SAR_PIN_LOCKED});
}

TEST_F(Pin, TheAdminPinOpensALockedUserPin) {
  make_token("token", 1);
  session s;
  ULONG retries = 0;
  EXPECT_EQ(s.verify("wrong-pin"), ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(lib().UnblockPIN(s.app, str(admin_pin), str("new-user-pin"), &retries), SAR_OK);
  EXPECT_EQ(s.remaining(), 1u);
  EXPECT_EQ(s.verify("new-user-pin"), SAR_OK);
  skf::HCONTAINER container = nullptr;
  EXPECT_EQ(lib().CreateContainer(s.app, str("c"), &container), SAR_OK) << "the keys are open again";
}

TEST_F(Pin, WrongAdminPinsLockTheAdminPin) {
  make_token("token", 2);
  session s;
  ULONG retries = 9;
  EXPECT_EQ(lib().UnblockPIN(s.app, str("wrong-pin"), str("new-user-pin"), &retries), ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(retries, 1u);
  EXPECT_EQ(s.verify("wrong-pin", ADMIN_TYPE), ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(lib().UnblockPIN(s.app, str(admin_pin), str("new-user-pin"), &retries), ULONG{SAR_PIN_LOCKED});
  EXPECT_EQ(s.log_in(), SAR_OK) << "the user PIN is another matter";
}

TEST_F(Pin, ChangingAPinTakesTheOldOneAndATry) {
  make_token("token");
  session s;
  ULONG retries = 0;
  EXPECT_EQ(lib().ChangePIN(s.app, USER_TYPE, str("wrong-pin"), str("new-user-pin"), &retries),
            ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(retries, 9u);
  EXPECT_EQ(lib().ChangePIN(s.app, USER_TYPE, str(user_pin), str("short"), &retries), ULONG{SAR_PIN_LEN_RANGE});
  EXPECT_EQ(lib().ChangePIN(s.app, USER_TYPE, str(user_pin), str("new-user-pin"), &retries), SAR_OK);
  EXPECT_EQ(s.log_in(), ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(s.verify("new-user-pin"), SAR_OK);
  EXPECT_EQ(lib().ChangePIN(s.app, ADMIN_TYPE, str(admin_pin), str("new-admin-pin"), &retries), SAR_OK);
  EXPECT_EQ(lib().UnblockPIN(s.app, str("new-admin-pin"), str(user_pin), &retries), SAR_OK);
  EXPECT_EQ(s.log_in(), SAR_OK);
  ULONG limit = 0;
  skf::BOOL fresh = TRUE;
  EXPECT_EQ(lib().GetPINInfo(s.app, USER_TYPE, &limit, &retries, &fresh), SAR_OK);
  EXPECT_EQ(fresh, FALSE);
}

TEST_F(Pin, RightsSurviveClosingAndEndWithClearSecureState) {
  make_token("token");
  { LOGGED_IN(first); }
  session second;
  EXPECT_NE(second.container("c"), nullptr) << "closed and connected again, still logged in";
  EXPECT_EQ(lib().ClearSecureState(second.app), SAR_OK);
  EXPECT_EQ(lib().DeleteContainer(second.app, str("c")), ULONG{SAR_USER_NOT_LOGGED_IN});
}

TEST_F(Pin, ALoginIsNotInheritedByAChild) {
  make_token("token");
  LOGGED_IN(s);
  ASSERT_NE(s.container("c"), nullptr);
  EXPECT_EQ(in_child([] {
              session mine;
              return lib().DeleteContainer(mine.app, str("c")) == SAR_USER_NOT_LOGGED_IN ? 0 : 1;
            }),
            0);
}

TEST_F(Pin, PullingTheTokenDropsTheLoginAndTheHandles) {
  make_token("token");
  LOGGED_IN(s);
  ASSERT_NE(s.container("c"), nullptr);
  ASSERT_TRUE(admin::unplug(folder, "token").ok());
  EXPECT_EQ(lib().DeleteContainer(s.app, str("c")), ULONG{SAR_DEVICE_REMOVED});
  ASSERT_TRUE(admin::plug(folder, "token").ok());
  EXPECT_EQ(lib().DeleteContainer(s.app, str("c")), ULONG{SAR_DEVICE_REMOVED}) << "a new connection is needed";
  session again;
  EXPECT_EQ(lib().DeleteContainer(again.app, str("c")), ULONG{SAR_USER_NOT_LOGGED_IN});
}

TEST_F(Pin, ATryThatCannotBeWrittenIsNotCompared) {
  make_token("token");
  session s;
  // Something that cannot be unlinked stands where the new state must be written.
  std::filesystem::create_directories(std::filesystem::path(folder) / ".state" / "token.tmp");
  EXPECT_EQ(s.log_in(), ULONG{SAR_WRITEFILEERR}) << "although the PIN is right";
  std::filesystem::remove(std::filesystem::path(folder) / ".state" / "token.tmp");
  EXPECT_EQ(s.remaining(), 10u);
  EXPECT_EQ(s.log_in(), SAR_OK);
}

/// Eight processes guess at once until the token locks; the answer is how many guesses were compared.
int compared_guesses(ULONG type) {
  constexpr int processes = 8;
  int go[2];
  EXPECT_EQ(pipe(go), 0);
  std::vector<pid_t> children;
  for (int i = 0; i < processes; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      close(go[1]);
      session s;
      char byte = 0;
      [[maybe_unused]] const ssize_t n = read(go[0], &byte, 1);  // end of file: all at once
      int compared = 0;
      for (;;) {
        const ULONG answer = s.verify("wrong-pin", type);
        if (answer == SAR_PIN_LOCKED) _exit(compared);
        if (answer != SAR_PIN_INCORRECT) _exit(200);
        ++compared;
      }
    }
    children.push_back(child);
  }
  close(go[0]);
  close(go[1]);
  int total = 0;
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    total += WIFEXITED(status) ? WEXITSTATUS(status) : 1000;
  }
  return total;
}

TEST_F(Pin, EightProcessesGuessingAtOnceHaveTenTriesTogether) {
  for (int round = 0; round < 3; ++round) {
    make_token("token");
    EXPECT_EQ(compared_guesses(USER_TYPE), 10);
    session s;
    EXPECT_EQ(s.log_in(), ULONG{SAR_PIN_LOCKED});
    std::filesystem::remove(file("token"));
  }
}

TEST_F(Pin, EightProcessesGuessingTheAdminPinHaveTenTriesTogether) {
  make_token("token");
  EXPECT_EQ(compared_guesses(ADMIN_TYPE), 10);
}

TEST_F(Pin, NoPinStandsInAnyFile) {
  make_token("token");
  LOGGED_IN(s);
  ASSERT_NE(s.container("c"), nullptr);
  ULONG retries = 0;
  ASSERT_EQ(lib().ChangePIN(s.app, USER_TYPE, str(user_pin), str("canary-pin-4711"), &retries), SAR_OK);
  ASSERT_EQ(s.verify("wrong-guess-99"), ULONG{SAR_PIN_INCORRECT});
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const std::string content = read_all(entry.path());
    for (const char* canary : {user_pin, admin_pin, "canary-pin-4711", "wrong-guess-99"}) {
      EXPECT_EQ(content.find(canary), std::string::npos) << entry.path();
    }
  }
  EXPECT_GT(files, 1);
}

}  // namespace soft_skf_test
