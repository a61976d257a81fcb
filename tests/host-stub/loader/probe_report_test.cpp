// probe_report_test.cpp - what the child's lines come to.
#include "host-stub/loader/probe_report.hpp"

#include <gtest/gtest.h>
#include <csignal>

namespace keycare::loader {
namespace {

std::string code(std::string_view report, child_end end = {}) {
  const auto found = judge(report, end, "a", "1.0");
  return found ? "plugin " + found->id : found.error().code;
}

TEST(probe_report, is_a_plugin_only_with_its_last_line) {
  EXPECT_EQ(code("phase load\nphase entry\nphase table\nplugin {\"id\":\"a\",\"version\":\"1\"}\n"), "plugin a");
  EXPECT_EQ(code("phase load\nphase entry\nphase table\nplugin {\"id\":\"a\",\"vers"), "KC-PLUGIN-EXITED");
  EXPECT_EQ(code("phase load\nphase entry\nphase table\nplugin []\n"), "KC-PLUGIN-ENTRY-TABLE");
}

TEST(probe_report, names_the_step_in_which_the_child_ended) {
  const auto found = judge("phase load\nphase entry\n", {false, SIGSEGV, 5000}, "a", "1.0");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, "KC-PLUGIN-CRASHED");
  EXPECT_NE(found.error().args.find("in its entry"), std::string::npos);
}

TEST(probe_report, tells_hanging_from_crashing) {
  EXPECT_EQ(code("phase load\n", {true, SIGKILL, 5000}), "KC-PLUGIN-HUNG");
  EXPECT_EQ(code("phase load\n", {false, SIGXCPU, 5000}), "KC-PLUGIN-HUNG");
  EXPECT_EQ(code("phase load\n", {false, SIGABRT, 5000}), "KC-PLUGIN-CRASHED");
}

TEST(probe_report, tells_a_missing_symbol_from_another_refusal) {
  EXPECT_EQ(code("phase load\nunloadable undefined symbol: f\n"), "KC-PLUGIN-UNRESOLVED");
  EXPECT_EQ(code("phase load\nunloadable file too short\n"), "KC-PLUGIN-NOT-LOADABLE");
}

TEST(probe_report, blames_the_host_when_the_child_said_nothing) {
  EXPECT_EQ(code("", {false, 0, 5000}), "KC-PLUGIN-PROBE-FAILED");
  EXPECT_EQ(code("hello\n", {false, SIGSEGV, 5000}), "KC-PLUGIN-PROBE-FAILED");
}

}  // namespace
}  // namespace keycare::loader
