// layout_test.cpp - the structures' sizes as GM/T 0016 packs them, for both widths of ULONG.
#include <cstddef>

#include "vendor.hpp"

namespace skf64 {
#define SKF_ULONG uint64_t
#include "gmt0016/skf_width.inc"
}  // namespace skf64

static_assert(sizeof(skf::DEVINFO) == 294 && offsetof(skf::DEVINFO, AlgSymCap) == 198);
static_assert(sizeof(skf::RSAPUBLICKEYBLOB) == 268 && offsetof(skf::RSAPUBLICKEYBLOB, Modulus) == 8);
static_assert(sizeof(skf::ECCPUBLICKEYBLOB) == 132);
static_assert(sizeof(skf::ECCSIGNATUREBLOB) == 128);
static_assert(sizeof(skf::ECCCIPHERBLOB) == 165);
static_assert(sizeof(skf::BLOCKCIPHERPARAM) == 44);
static_assert(sizeof(skf::ENVELOPEDKEYBLOB) == 12 + 64 + 132 + 165);
static_assert(sizeof(skf::FILEATTRIBUTE) == 44);
static_assert(sizeof(skf64::DEVINFO) == 326 && sizeof(skf64::RSAPUBLICKEYBLOB) == 276);
static_assert(sizeof(skf64::BLOCKCIPHERPARAM) == 56 && sizeof(skf64::FILEATTRIBUTE) == 56);

namespace soft_skf_test {

class Width : public Folder {};

TEST_F(Width, AThirtyTwoBitLibraryLeavesTheHighHalfOfAPoisonedCell) {
  make_token("token");
  std::uint64_t cell = 0xA5A5A5A5'00000000;
  ASSERT_EQ(lib().EnumDev(TRUE, nullptr, reinterpret_cast<ULONG*>(&cell)), SAR_OK);
  EXPECT_EQ(cell, 0xA5A5A5A5'00000007) << "\"token\", two NULs, and the poison";
}

TEST_F(Width, AWideLibraryWritesTheWholeCellAndWorksWithWideStructures) {
  make_token("token");
  const auto wide = open_library<skf64::skf_functions>(SOFTSKF_WIDE_LIBRARY);
  std::uint64_t cell = 0xA5A5A5A5'00000000;
  ASSERT_EQ(wide.EnumDev(TRUE, nullptr, &cell), SAR_OK);
  EXPECT_EQ(cell, 7u);
  skf64::DEVHANDLE device = nullptr;
  skf64::DEVINFO info{};
  ASSERT_EQ(wide.ConnectDev(str("token"), &device), SAR_OK);
  ASSERT_EQ(wide.GetDevInfo(device, &info), SAR_OK);
  const std::uint64_t algorithms = info.AlgAsymCap;  // a copy: the member is packed
  EXPECT_EQ(algorithms, std::uint64_t{SGD_RSA});
  EXPECT_EQ(wide.DisConnectDev(device), SAR_OK);
}

}  // namespace soft_skf_test
