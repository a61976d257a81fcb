// sealed_copy_test.cpp - what was checked is what is loaded.
#include "host-stub/loader/sealed_copy.hpp"
#include "workshop.hpp"

#include <unistd.h>

namespace keycare::loader::testing {
namespace {

TEST(sealed_copy, cannot_be_changed_by_anybody) {
  workshop shop;
  write_file(shop.folder() / "a", "octets");
  const auto copy = sealed_copy::make(shop.folder() / "a", "a");
  ASSERT_TRUE(copy.ok()) << copy.error().args;
  EXPECT_EQ(::pwrite(copy->number(), "x", 1, 0), -1);
  EXPECT_EQ(::ftruncate(copy->number(), 0), -1);
  std::ofstream again(copy->path());
  again << "x" << std::flush;
  EXPECT_FALSE(again.good());
  write_file(shop.folder() / "a", "others");
  EXPECT_EQ(text_of(copy->octets()), "octets");
}

TEST(sealed_copy, refuses_a_folder_and_what_is_not_there) {
  workshop shop;
  EXPECT_EQ(code_of(sealed_copy::make(shop.folder(), "a")), "KC-PLUGIN-LIBRARY-UNREADABLE");
  EXPECT_EQ(code_of(sealed_copy::make(shop.folder() / "b", "a")), "KC-PLUGIN-LIBRARY-MISSING");
}

}  // namespace
}  // namespace keycare::loader::testing
