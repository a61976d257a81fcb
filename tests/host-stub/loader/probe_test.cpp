// probe_test.cpp - the child process that takes the first look.
#include "host-stub/loader/probe.hpp"
#include "workshop.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keycare::loader::testing {
namespace {

result<probed_plugin> probe(const std::string& name) {
  const auto copy = sealed_copy::make(bad_plugin(name), "bad");
  if (!copy) return copy.error();
  return run_probe(*copy, "bad", {KEYCARE_PROBE, std::chrono::seconds(30), {KC_ABI_MAJOR, KC_ABI_MINOR}});
}

TEST(probe, tells_what_the_table_says) {
  const auto found = probe("good-table");
  ASSERT_TRUE(found.ok()) << found.error().code << found.error().args;
  EXPECT_EQ(found->id, "bad");
  EXPECT_EQ(found->version, "1.0.0");
}

TEST(probe, inherits_no_descriptor_and_no_environment) {
  ASSERT_EQ(::setenv("KEYCARE_TEST_SECRET", "1", 1), 0);
  const int open = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC
  ASSERT_GE(::fcntl(open, F_DUPFD, 40), 40);
  const auto found = probe("nosy");
  EXPECT_TRUE(found.ok()) << found.error().code << found.error().args;
  ::close(open);
}

TEST(probe, leaves_no_child_behind) {
  (void)probe("entry-crashes").ok();
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child of this process was not collected";
}

}  // namespace
}  // namespace keycare::loader::testing
