// crash_test.cpp - kill -9 at every point of a write leaves the old state or the new one.
#include <csignal>

#include "vendor.hpp"

namespace soft_skf_test {

constexpr const char* points[] = {"before-write", "written", "synced", "replaced", "folder-synced", "recorded"};

class Crash : public Folder {
protected:
  /// Runs an action in a child that dies at the n-th pass of a point. True if it died there.
  static bool killed_at(const std::string& point, int n, const std::function<void(session&)>& action) {
    const int end = in_child([&] {
      session s;
      if (s.log_in() != SAR_OK) return 1;
      setenv("KEYCARE_SOFTSKF_FAULT", ("kill:" + point + ":" + std::to_string(n)).c_str(), 1);
      action(s);
      return 0;
    });
    EXPECT_TRUE(end == 0 || end == -SIGKILL) << end;
    return end == -SIGKILL;
  }

  /// Every point of every write of an action; @p check sees what is left. The token is the same before each.
  void sweep(const std::function<void(session&)>& action, const std::function<void()>& check) {
    const std::string before = file_content("token");
    int deaths = 0;
    for (int n = 1; n <= 2; ++n) {
      for (const char* point : points) {
        SCOPED_TRACE(std::string(point) + " " + std::to_string(n));
        if (!killed_at(point, n, action)) continue;
        ++deaths;
        EXPECT_EQ(devices(), std::vector<std::string>{"token"});
        check();
        std::ofstream(file("token"), std::ios::binary) << before;
      }
    }
    EXPECT_GE(deaths, 6) << "the points were not passed";
  }
};

TEST_F(Crash, AWrongPinIsSpentOrNotAndNeverGivenBack) {
  make_token("token");
  sweep([](session& s) { s.verify("wrong-pin"); },
        [] {
          session s;
          const ULONG left = s.remaining();
          EXPECT_TRUE(left == 9 || left == 10) << left;
          EXPECT_EQ(s.log_in(), SAR_OK);
        });
}

TEST_F(Crash, ARightPinLeavesAtMostOneTrySpent) {
  make_token("token");
  sweep([](session& s) { s.log_in(); },
        [] {
          session s;
          EXPECT_GE(s.remaining(), 9u);
          EXPECT_EQ(s.log_in(), SAR_OK);
        });
}

TEST_F(Crash, ATryIsSpentBeforeItsAnswerIsKnown) {
  make_token("token");
  ASSERT_TRUE(killed_at("recorded", 1, [](session& s) { s.log_in(); }));
  session s;
  EXPECT_EQ(s.remaining(), 9u) << "even the right PIN costs a try until it was compared";
}

TEST_F(Crash, AfterAChangeExactlyOneOfTheTwoPinsIsRight) {
  make_token("token");
  sweep(
      [](session& s) {
        ULONG retries = 0;
        lib().ChangePIN(s.app, USER_TYPE, str(user_pin), str("second-pin"), &retries);
      },
      [] {
        session s;
        EXPECT_NE(s.verify(user_pin) == SAR_OK, s.verify("second-pin") == SAR_OK);
      });
}

TEST_F(Crash, AnUnblockHappenedOrDidNot) {
  make_token("token", 2);
  sweep(
      [](session& s) {
        ULONG retries = 0;
        lib().UnblockPIN(s.app, str(admin_pin), str("second-pin"), &retries);
      },
      [] {
        session s;
        EXPECT_NE(s.verify(user_pin) == SAR_OK, s.verify("second-pin") == SAR_OK);
        EXPECT_GE(s.remaining(ADMIN_TYPE), 1u);
      });
}

TEST_F(Crash, AContainerIsThereWithItsKeyOrWithoutAny) {
  make_token("token");
  {
    LOGGED_IN(s);
    ASSERT_NE(s.container("c"), nullptr);
  }
  sweep(
      [](session& s) {
        skf::RSAPUBLICKEYBLOB blob{};
        lib().GenRSAKeyPair(s.container("c"), 2048, &blob);
      },
      [] {
        LOGGED_IN(s);
        const skf::HCONTAINER container = s.container("c");
        ULONG type = 99;
        ASSERT_EQ(lib().GetContainerType(container, &type), SAR_OK);
        std::string data = "twenty octets to sign";
        std::string signature(256, '\0');
        ULONG size = 256;
        EXPECT_EQ(lib().RSASignData(container, raw(data), 20, raw(signature), &size),
                  type == SKF_CONTAINER_RSA ? ULONG{SAR_OK} : ULONG{SAR_KEYNOTFOUNTERR});
      });
}

TEST_F(Crash, ADeletedContainerIsWholeOrGone) {
  make_token("token");
  {
    LOGGED_IN(s);
    ASSERT_EQ(lib().ImportCertificate(s.container("c"), TRUE, raw("certificate"), 11), SAR_OK);
  }
  sweep([](session& s) { lib().DeleteContainer(s.app, str("c")); },
        [] {
          session s;
          if (s.containers().empty()) return;
          ULONG size = 0;
          EXPECT_EQ(lib().ExportCertificate(s.container("c"), TRUE, nullptr, &size), SAR_OK);
          EXPECT_EQ(size, 11u);
        });
}

TEST_F(Crash, TheDeathOfOneProcessDoesNotEndTheLoginOfAnother) {
  make_token("token");
  LOGGED_IN(s);
  ASSERT_NE(s.container("c"), nullptr);
  for (const char* point : points) {
    ASSERT_TRUE(killed_at(point, 1, [](session& other) { other.container("d"); })) << point;
    skf::HCONTAINER open = nullptr;
    EXPECT_EQ(lib().CreateContainer(s.app, str("mine"), &open), SAR_OK) << point;
    EXPECT_EQ(lib().DeleteContainer(s.app, str("mine")), SAR_OK) << point;
    lib().DeleteContainer(s.app, str("d"));
  }
}

}  // namespace soft_skf_test
