// damage_test.cpp - a token file that is not one is told so, and never opened.
#include <openssl/evp.h>
#include <sys/stat.h>

#include "token_codec.hpp"
#include "token_store.hpp"
#include "vendor.hpp"

namespace soft_skf_test {

using ::testing::ElementsAre;

class Damage : public Folder {
protected:
  void SetUp() override {
    make_token("good");
    original = file_content("good");
  }
  void write(const std::string& content) { std::ofstream(file("bad"), std::ios::binary | std::ios::trunc) << content; }
  ULONG connect() {
    skf::DEVHANDLE device = nullptr;
    const ULONG answer = lib().ConnectDev(str("bad"), &device);
    if (answer == SAR_OK) lib().DisConnectDev(device);
    return answer;
  }
  /// The content with a digest that fits, as an attacker would write it.
  static std::string resealed(std::string content) {
    content.resize(content.size() - 32);
    unsigned char digest[32];
    EVP_Digest(content.data(), content.size(), digest, nullptr, EVP_sha256(), nullptr);
    return content.append(reinterpret_cast<char*>(digest), 32);
  }

  std::string original;
};

TEST_F(Damage, ATruncatedFileIsDamagedAtEveryLength) {
  for (std::size_t size = 0; size < original.size(); size += size < 64 ? 1 : 13) {
    write(original.substr(0, size));
    ASSERT_EQ(connect(), ULONG{SAR_FILEERR}) << size;
  }
  EXPECT_THAT(devices(), ElementsAre("good"));
}

TEST_F(Damage, AFlippedBitIsFoundWhereverItIs) {
  for (std::size_t at = 0; at < original.size(); at += 3) {
    std::string content = original;
    content[at] = static_cast<char>(content[at] ^ 0x10);
    write(content);
    ASSERT_NE(connect(), SAR_OK) << at;
  }
  EXPECT_THAT(devices(), ElementsAre("good"));
}

TEST_F(Damage, AForgedFileWithAFittingDigestNeverCrashesTheReader) {
  for (std::size_t at = 16; at + 32 < original.size(); ++at) {
    for (const int value : {0x00, 0xff, 0x80}) {
      std::string content = original;
      content[at] = static_cast<char>(value);
      write(resealed(content));
      (void)connect();
      session s("bad");
      if (s.opened == SAR_OK) (void)s.containers();
    }
  }
}

/// Rewrites the good token as an attacker with the format at hand would.
class Forgery : public Damage {
protected:
  void forge(const std::function<void(admin::token&)>& change) {
    auto value = admin::read_token({folder, "good"});
    ASSERT_TRUE(value.ok());
    change(*value);
    const auto content = admin::encode(*value);
    ASSERT_TRUE(content.ok());
    write({content->begin(), content->end()});
  }
};

TEST_F(Forgery, APinIsBoundToItsTokenApplicationAndCost) {
  const auto right_pin_after = [&](auto change, const char* application) {
    forge(change);
    session s("bad");
    skf::HAPPLICATION app = nullptr;
    ULONG retries = 0;
    if (lib().OpenApplication(s.device, str(application), &app) != SAR_OK) return ULONG{SAR_FAIL};
    return lib().VerifyPIN(app, USER_TYPE, str(user_pin), &retries);
  };
  EXPECT_EQ(right_pin_after([](admin::token&) {}, "APP"), SAR_OK);
  EXPECT_EQ(right_pin_after([](admin::token& t) { t.serial = "00"; }, "APP"), ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(right_pin_after([](admin::token& t) { t.applications[0].name = "XXX"; }, "XXX"), ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(right_pin_after([](admin::token& t) { t.applications[0].user.kdf.log2_n = 1; }, "APP"),
            ULONG{SAR_PIN_INCORRECT});
  EXPECT_EQ(right_pin_after([](admin::token& t) { std::swap(t.applications[0].user, t.applications[0].admin); }, "APP"),
            ULONG{SAR_PIN_INCORRECT});
}

TEST_F(Forgery, APrivateKeyIsBoundToItsContainerUsageAndPublicKey) {
  {
    session s("good");
    ASSERT_EQ(s.log_in(), SAR_OK);
    skf::RSAPUBLICKEYBLOB blob{};
    for (const char* name : {"a", "b"}) ASSERT_EQ(lib().GenRSAKeyPair(s.container(name), 2048, &blob), SAR_OK);
  }
  const auto signing_after = [&](auto change) {
    forge([&](admin::token& t) { change(t.applications[0].containers[0], t.applications[0].containers[1]); });
    session s("bad");
    EXPECT_EQ(s.log_in(), SAR_OK);
    std::string signature(256, '\0');
    ULONG size = 256;
    return lib().RSASignData(s.container("a"), raw("data to sign"), 12, raw(signature), &size);
  };
  using box = admin::container;
  EXPECT_EQ(signing_after([](box&, box&) {}), SAR_OK);
  EXPECT_EQ(signing_after([](box& a, box& b) { std::swap(a.name, b.name); }), ULONG{SAR_HASHNOTEQUALERR});
  EXPECT_EQ(signing_after([](box& a, box& b) { std::swap(a.sign.pair->private_key, b.sign.pair->private_key); }),
            ULONG{SAR_HASHNOTEQUALERR});
  EXPECT_EQ(signing_after([](box& a, box& b) { std::swap(a.sign.pair->modulus, b.sign.pair->modulus); }),
            ULONG{SAR_HASHNOTEQUALERR});
  EXPECT_EQ(signing_after([](box& a, box&) { std::swap(a.sign, a.exchange); }), ULONG{SAR_KEYNOTFOUNTERR});
}

TEST_F(Forgery, CostsThatWouldEatTheMachineAreDamage) {
  forge([](admin::token& t) { t.applications[0].user.kdf.log2_n = 30; });
  EXPECT_EQ(connect(), ULONG{SAR_FILEERR});
  forge([](admin::token& t) { t.applications[0].admin.kdf.r = 1u << 30; });
  EXPECT_EQ(connect(), ULONG{SAR_FILEERR});
}

TEST_F(Forgery, MoreTriesThanTheLimitIsDamage) {
  forge([](admin::token& t) { t.applications[0].user.remaining = 11; });
  EXPECT_EQ(connect(), ULONG{SAR_FILEERR});
}

TEST_F(Damage, ANewerFormatSaysSo) {
  std::string content = original;
  content[11] = 2;
  write(resealed(content));
  EXPECT_EQ(connect(), ULONG{SAR_NOTSUPPORTYETERR});
  ULONG state = 99;
  EXPECT_EQ(lib().GetDevState(str("bad"), &state), SAR_OK);
  EXPECT_EQ(state, ULONG{DEV_UNKNOW_STATE});
}

TEST_F(Damage, TrailingOctetsAreDamage) {
  write(original + "x");
  EXPECT_EQ(connect(), ULONG{SAR_FILEERR});
}

TEST_F(Damage, AFileOfMoreThan8MebibytesIsNotRead) {
  write(original);
  std::filesystem::resize_file(file("bad"), (8u << 20) + 1);
  EXPECT_EQ(connect(), ULONG{SAR_FILEERR});
  EXPECT_THAT(devices(), ElementsAre("good"));
}

TEST_F(Damage, WhatIsNoRegularFileIsNoToken) {
  ASSERT_EQ(mkfifo(file("bad").c_str(), 0600), 0);
  EXPECT_EQ(connect(), ULONG{SAR_FILEERR}) << "and does not hang";
  std::filesystem::remove(file("bad"));
  std::filesystem::create_symlink(file("good"), file("bad"));
  EXPECT_EQ(connect(), ULONG{SAR_FILEERR});
  std::filesystem::remove(file("bad"));
  std::filesystem::create_directory(file("bad"));
  EXPECT_EQ(connect(), ULONG{SAR_FILEERR});
  EXPECT_THAT(devices(), ElementsAre("good"));
}

TEST_F(Damage, ANameThatLeavesTheFolderIsRefused) {
  skf::DEVHANDLE device = nullptr;
  EXPECT_EQ(lib().ConnectDev(str("../good"), &device), ULONG{SAR_INVALIDPARAMERR});
  EXPECT_EQ(lib().ConnectDev(str(".state"), &device), ULONG{SAR_INVALIDPARAMERR});
  EXPECT_EQ(lib().ConnectDev(str(std::string(65, 'a').c_str()), &device), ULONG{SAR_NAMELENERR});
  EXPECT_EQ(lib().ConnectDev(str("missing"), &device), ULONG{SAR_DEVICE_REMOVED});
}

}  // namespace soft_skf_test
