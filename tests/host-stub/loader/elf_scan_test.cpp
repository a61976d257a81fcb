// elf_scan_test.cpp - the reader of library files survives whatever a file holds.
#include "host-stub/loader/elf_scan.hpp"
#include "workshop.hpp"

#include <random>

namespace keycare::loader::testing {
namespace {

TEST(elf_scan, reads_what_a_plugin_exports_and_needs) {
  const auto facts = scan_elf(read_file(bad_plugin("foreign-library")), "bad", "bad.so");
  ASSERT_TRUE(facts.ok()) << facts.error().args;
  EXPECT_EQ(facts->exports, (std::vector<std::string>{"keycare_plugin_entry"}));
  EXPECT_NE(std::find(facts->needed.begin(), facts->needed.end(), "libkeycare-foreign.so"), facts->needed.end());
  EXPECT_EQ(facts->search_path, "");
  EXPECT_FALSE(facts->executable_stack);
}

TEST(elf_scan, lets_only_ui_libraries_use_qt) {
  const elf_facts pages{1, {"keycare_plugin_entry"}, {"libc.so.6", "libQt6Widgets.so.6"}, "", false};
  EXPECT_TRUE(check_elf(pages, part::ui, "x").ok());
  EXPECT_EQ(code_of(check_elf(pages, part::core, "x")), "KC-PLUGIN-DEPENDENCY");
}

TEST(elf_scan, takes_no_cut_file_for_a_whole_one) {
  const auto whole = read_file(bad_plugin("good-table"));
  ASSERT_TRUE(scan_elf(whole, "bad", "bad.so").ok());
  for (std::size_t size = 0; size < whole.size(); size += 37)
    EXPECT_FALSE(scan_elf(std::span(whole).first(size), "bad", "bad.so").ok()) << size;
}

// Any answer will do, as long as there is one: under the address sanitizer a wild read ends the test.
TEST(elf_scan, answers_for_a_thousand_damaged_files) {
  const auto whole = read_file(bad_plugin("good-table"));
  std::mt19937 random(20240607);
  std::uniform_int_distribution<std::size_t> anywhere(0, std::min<std::size_t>(whole.size(), 8192) - 1);
  std::uniform_int_distribution<int> octet(0, 255);
  for (int file = 0; file < 1000; ++file) {
    auto damaged = whole;
    for (int change = 0; change < 4; ++change) damaged[anywhere(random)] = static_cast<std::uint8_t>(octet(random));
    for (int change = 0; change < 4; ++change) damaged[anywhere(random) % 512] = 0xFF;
    (void)scan_elf(damaged, "bad", "bad.so").ok();
  }
}

}  // namespace
}  // namespace keycare::loader::testing
