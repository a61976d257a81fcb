// pure_test.cpp - names for containers, keys from attributes, p11-kit's files.
#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/token/pkcs11/names.hpp"
#include "host-stub/services/token/pkcs11/objects.hpp"
#include "host-stub/services/token/pkcs11/p11_kit.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"
#include "tests/host-stub/services/token/test_ca.hpp"

#include <fstream>

namespace keycare::services::pkcs11 {
namespace {

octets of(std::string_view text) {
  return {bytes_of(text).begin(), bytes_of(text).end()};
}

TEST(Pkcs11Names, OurOwnIdsAreTheirNamesAndOthersAreHexadecimal) {
  EXPECT_EQ(name_of(of("KC1-ABC-1")), "KC1-ABC-1");
  EXPECT_EQ(name_of(octets{0x01}), "0x01");
  EXPECT_EQ(name_of(of("A")), "0x41");  // One octet is a number.
  EXPECT_EQ(name_of(octets{}), "0x");
  EXPECT_EQ(name_of(of("0x41")), "0x30783431");
  EXPECT_EQ(name_of(of("a b")), "0x612062");
  for (const auto& id : {octets{}, octets{0}, octets{0xFF, 0x00}, of("KC1-X"), of("0x"), of("a#b"), of("--")})
    EXPECT_EQ(read_name(name_of(id))->id, id);
}
TEST(Pkcs11Names, AnExchangePairHasTheNameOfItsSigningPair) {
  const auto name = read_name("KC1-A");
  ASSERT_TRUE(name.ok());
  EXPECT_EQ(name->exchange_id, of("KC1-A:exchange"));
  EXPECT_EQ(*signing_id(name->exchange_id), of("KC1-A"));
  EXPECT_FALSE(signing_id(of("KC1-A")).has_value());
}
TEST(Pkcs11Names, OneOfSeveralCertificatesIsNamedByItsHash) {
  const auto name = read_name(name_of(of("KC1-A"), "0123456789abcdef0123"));
  ASSERT_TRUE(name.ok());
  EXPECT_EQ(name->id, of("KC1-A"));
  EXPECT_EQ(name->certificate, "0123456789abcdef");
}
TEST(Pkcs11Names, WhatIsNoNameIsRefused) {
  for (const char* text : {"", "a", "0x1", "0xZZ", "0xAB", "a b", "KC1-A#12", "KC1-A#", "名"})
    EXPECT_FALSE(read_name(text).ok()) << text;
  EXPECT_FALSE(read_name("0x" + std::string(2 * max_id + 2, 'a')).ok());
}

TEST(Pkcs11Objects, AnEcPointIsReadWrappedAndBare) {
  const test::test_ca ca;  // P-256
  const auto spki = test::der_of(i2d_PUBKEY, ca.key());
  ASSERT_GT(spki.size(), 65u);
  const octets bare(spki.end() - 65, spki.end());
  octets wrapped(67);
  wrapped[0] = 0x04;
  wrapped[1] = 65;
  std::copy(bare.begin(), bare.end(), wrapped.begin() + 2);
  const octets p256{0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};
  EXPECT_EQ(ec_public_key(p256, bare), spki);
  EXPECT_EQ(ec_public_key(p256, wrapped), spki);
  EXPECT_TRUE(ec_public_key(p256, octets(65, 0x04)).empty());  // On no curve.
  EXPECT_TRUE(ec_public_key(p256, {}).empty());
  EXPECT_TRUE(ec_public_key({}, bare).empty());
  EXPECT_TRUE(ec_public_key(octets(40, 0xFF), bare).empty());
}
TEST(Pkcs11Objects, AnEcPrivateKeyBelongsToThePublicKeyWithItsId) {
  const test::test_ca ca;
  const test::test_ca other;
  const auto mine = test::der_of(i2d_PUBKEY, ca.key());
  const auto foreign = test::der_of(i2d_PUBKEY, other.key());
  object_set set;
  set.private_keys.push_back({1, of("a"), false, {}});
  set.public_keys.push_back({2, of("a"), false, mine});
  set.public_keys.push_back({3, of("b"), false, foreign});
  const auto keys = keys_of(set);
  EXPECT_TRUE(keys.private_keys.contains(mine));
  EXPECT_FALSE(keys.private_keys.contains(foreign));
  EXPECT_EQ(keys.public_keys.size(), 2u);
}

class P11Kit : public testing::Test {
protected:
  void SetUp() override {
    for (const char* name : {"shared", "own", "lib"}) std::filesystem::create_directory(folder_.path() / name);
    std::ofstream(folder_.path() / "lib" / "relative.so") << "x";
    where_.configured = {folder_.path() / "shared", folder_.path() / "own", folder_.path() / "none"};
    where_.libraries = {folder_.path() / "lib"};
  }
  void write(const char* file, const std::string& text) { std::ofstream(folder_.path() / file) << text; }
  std::vector<std::string> names() {
    std::vector<std::string> out;
    for (const auto& one : system_modules(where_, "keycare-host")) out.push_back(one.name + "=" + one.path.string());
    return out;
  }
  scratch_folder folder_;
  module_folders where_;
};

TEST_F(P11Kit, ModulesAreReadInTheOrderOfTheirFilesAndTheSystemsOwnWin) {
  write("shared/b.module", "# a comment\r\nmodule: /opt/b.so\r\n");
  write("shared/a.module", "  module :  /opt/a.so  \nunknown: value\nno colon\n");
  write("own/b.module", "module: /etc/b.so\nx-init-reserved: configdir='sql:/p'\n");
  write("own/c.module", "module: relative.so\n");
  write("own/readme.txt", "module: /opt/text.so\n");
  EXPECT_EQ(names(), (std::vector<std::string>{"a=/opt/a.so", "b=/etc/b.so",
                                               "c=" + (folder_.path() / "lib" / "relative.so").string()}));
  EXPECT_EQ(system_modules(where_, "keycare-host").at(1).init, "configdir='sql:/p'");
}
TEST_F(P11Kit, WhatIsNotForUsIsPassedOver) {
  write("own/proxy.module", "module: /usr/lib/p11-kit-proxy.so\n");
  write("own/trust.module", "module: /opt/trust.so\ntrust-policy: yes\n");
  write("own/off.module", "module: /opt/off.so\ndisable-in: other, keycare-host\n");
  write("own/others.module", "module: /opt/others.so\nenable-in: firefox\n");
  write("own/ours.module", "module: /opt/ours.so\nenable-in: firefox keycare-host\n");
  write("own/twice.module", "module: /opt/ours.so\n");
  write("own/nowhere.module", "module: nowhere.so\n");
  write("own/empty.module", "");
  write("own/large.module", std::string(100'000, '#') + "\nmodule: /opt/large.so\n");
  EXPECT_EQ(names(), std::vector<std::string>{"ours=/opt/ours.so"});
}

}  // namespace
}  // namespace keycare::services::pkcs11
