// fault_test.cpp - the fault switches do what their documentation says.
#include <ctime>

#include "vendor.hpp"

namespace soft_skf_test {

class Fault : public Folder {
protected:
  static void fault(const std::string& text) { setenv("KEYCARE_SOFTSKF_FAULT", text.c_str(), 1); }
};

TEST_F(Fault, AFailingCallDoesNothingAndTheNthOneOnlyIfSo) {
  make_token("token");
  LOGGED_IN(s);
  fault("fail:SKF_CreateContainer:SAR_NO_ROOM:2");
  EXPECT_NE(s.container("a"), nullptr);
  EXPECT_EQ(s.container("b"), nullptr);
  EXPECT_NE(s.container("b"), nullptr);
  fault("fail:SKF_EnumContainer:0x0A000001");
  ULONG size = 0;
  EXPECT_EQ(lib().EnumContainer(s.app, nullptr, &size), ULONG{SAR_FAIL});
}

TEST_F(Fault, ALostAnswerLeavesTheWorkDone) {
  make_token("token");
  LOGGED_IN(s);
  fault("lost:SKF_CreateContainer:SAR_FAIL");
  skf::HCONTAINER container = nullptr;
  EXPECT_EQ(lib().CreateContainer(s.app, str("a"), &container), ULONG{SAR_FAIL});
  EXPECT_EQ(s.containers(), std::vector<std::string>{"a"});
}

TEST_F(Fault, ATokenCanBePulledInTheMiddle) {
  make_token("token");
  LOGGED_IN(s);
  fault("unplug:SKF_CreateContainer");
  skf::HCONTAINER container = nullptr;
  EXPECT_EQ(lib().CreateContainer(s.app, str("a"), &container), ULONG{SAR_DEVICE_REMOVED});
  EXPECT_TRUE(devices().empty());
}

TEST_F(Fault, AFileSwitchesFaultsOnInARunningProcess) {
  make_token("token");
  const std::string path = folder + "/faults";
  fault("@" + path);
  EXPECT_EQ(devices().size(), 1u);
  std::ofstream(path) << "fail:SKF_EnumDev:SAR_FAIL\n";
  EXPECT_EQ(devices(), std::vector<std::string>{"<failed>"});
  std::filesystem::remove(path);
  EXPECT_EQ(devices().size(), 1u);
}

TEST_F(Fault, AHangingCallHangs) {
  make_token("token");
  fault("hang:SKF_EnumDev:1:1");
  timespec before{};
  timespec after{};
  ULONG size = 0;
  clock_gettime(CLOCK_MONOTONIC, &before);
  EXPECT_EQ(lib().EnumDev(TRUE, nullptr, &size), SAR_OK);
  clock_gettime(CLOCK_MONOTONIC, &after);
  EXPECT_GE((after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000, 999);
}

}  // namespace soft_skf_test
