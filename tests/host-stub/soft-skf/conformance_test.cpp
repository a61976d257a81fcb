// conformance_test.cpp - devices, applications, containers and files behave as GM/T 0016 has them.
#include <openssl/evp.h>

#include <array>
#include <cstring>

#include "vendor.hpp"

namespace soft_skf_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Conformance : public Folder {};

TEST_F(Conformance, EveryFunctionOfTheListIsThere) {
#define SKF_PRESENT(name, parameters) EXPECT_NE(lib().name, nullptr) << #name;
  SKF_FUNCTIONS(SKF_PRESENT)
#undef SKF_PRESENT
}

TEST_F(Conformance, AnEmptyFolderHasNoTokens) {
  EXPECT_THAT(devices(), IsEmpty());
}

TEST_F(Conformance, SeveralTokensWithTheSameLabelAreToldApartByNameAndSerial) {
  make_token("b", 10, "same");
  make_token("a", 10, "same");
  EXPECT_THAT(devices(), ElementsAre("a", "b"));
  std::vector<std::string> serials;
  for (const char* name : {"a", "b"}) {
    skf::DEVHANDLE device = nullptr;
    skf::DEVINFO info{};
    ASSERT_EQ(lib().ConnectDev(str(name), &device), SAR_OK);
    ASSERT_EQ(lib().GetDevInfo(device, &info), SAR_OK);
    EXPECT_STREQ(info.Label, "same");
    EXPECT_STREQ(info.Manufacturer, "Keycare");
    EXPECT_STREQ(info.Issuer, "软件令牌 SOFT TOKEN - NOT A DEVICE");
    serials.emplace_back(info.SerialNumber);
    EXPECT_EQ(lib().DisConnectDev(device), SAR_OK);
  }
  EXPECT_NE(serials[0], serials[1]);
}

TEST_F(Conformance, ASmallBufferGetsTheSizeAndNothingElse) {
  make_token("token");
  std::array<char, 4> small{'x', 'x', 'x', 'x'};
  ULONG size = small.size();
  EXPECT_EQ(lib().EnumDev(TRUE, small.data(), &size), ULONG{SAR_BUFFER_TOO_SMALL});
  EXPECT_EQ(size, 7u);
  EXPECT_EQ(small[0], 'x');
}

TEST_F(Conformance, NullArgumentsAreRefused) {
  make_token("token");
  session s;
  ULONG size = 0;
  EXPECT_EQ(lib().EnumDev(TRUE, nullptr, nullptr), ULONG{SAR_INVALIDPARAMERR});
  EXPECT_EQ(lib().ConnectDev(nullptr, &s.device), ULONG{SAR_INVALIDPARAMERR});
  EXPECT_EQ(lib().ConnectDev(str("token"), nullptr), ULONG{SAR_INVALIDPARAMERR});
  EXPECT_EQ(lib().GetDevInfo(s.device, nullptr), ULONG{SAR_INVALIDPARAMERR});
  EXPECT_EQ(lib().OpenApplication(s.device, str("APP"), nullptr), ULONG{SAR_INVALIDPARAMERR});
  EXPECT_EQ(lib().VerifyPIN(s.app, USER_TYPE, nullptr, &size), ULONG{SAR_INVALIDPARAMERR});
  EXPECT_EQ(lib().VerifyPIN(s.app, USER_TYPE, str(user_pin), nullptr), ULONG{SAR_INVALIDPARAMERR});
  EXPECT_EQ(lib().CreateContainer(s.app, str("c"), nullptr), ULONG{SAR_INVALIDPARAMERR});
  EXPECT_EQ(lib().GenRandom(s.device, nullptr, 8), ULONG{SAR_INVALIDPARAMERR});
  EXPECT_EQ(lib().WaitForDevEvent(nullptr, nullptr, nullptr), ULONG{SAR_INVALIDPARAMERR});
}

TEST_F(Conformance, AForgedAClosedOrAnotherKindOfHandleIsRefused) {
  make_token("token");
  int forged = 0;
  skf::DEVINFO info{};
  EXPECT_EQ(lib().GetDevInfo(nullptr, &info), ULONG{SAR_INVALIDHANDLEERR});
  EXPECT_EQ(lib().GetDevInfo(&forged, &info), ULONG{SAR_INVALIDHANDLEERR});
  session s;
  EXPECT_EQ(lib().GetDevInfo(s.app, &info), ULONG{SAR_INVALIDHANDLEERR});
  EXPECT_EQ(lib().ClearSecureState(s.device), ULONG{SAR_INVALIDHANDLEERR});
  EXPECT_EQ(lib().CloseHandle(s.device), ULONG{SAR_INVALIDHANDLEERR});
  skf::HAPPLICATION closed = s.app;
  EXPECT_EQ(lib().CloseApplication(s.app), SAR_OK);
  s.app = nullptr;
  EXPECT_EQ(lib().CloseApplication(closed), ULONG{SAR_INVALIDHANDLEERR});
}

TEST_F(Conformance, HandlesDieWithTheirDevice) {
  make_token("token");
  session s;
  EXPECT_EQ(lib().DisConnectDev(s.device), SAR_OK);
  s.device = nullptr;
  EXPECT_EQ(s.log_in(), ULONG{SAR_INVALIDHANDLEERR});
}

TEST_F(Conformance, CreatingAnApplicationTakesTheDeviceKey) {
  make_token("token");
  session s;
  skf::HAPPLICATION app = nullptr;
  const auto create = [&] {
    return lib().CreateApplication(s.device, str("SECOND"), str("admin-pin-2"), 6, str("user-pin-2"), 5,
                                   SECURE_USER_ACCOUNT, &app);
  };
  EXPECT_EQ(create(), ULONG{SAR_USER_NOT_LOGGED_IN});

  std::array<BYTE, 16> block{};
  std::array<BYTE, 32> answer{};
  EXPECT_EQ(lib().DevAuth(s.device, answer.data(), 16), ULONG{SAR_NOTINITIALIZEERR}) << "without a challenge";
  ASSERT_EQ(lib().GenRandom(s.device, block.data(), 8), SAR_OK);
  EXPECT_EQ(lib().DevAuth(s.device, answer.data(), 16), ULONG{SAR_FAIL}) << "wrong answer";
  ASSERT_EQ(lib().GenRandom(s.device, block.data(), 8), SAR_OK);
  EVP_CIPHER_CTX* sm4 = EVP_CIPHER_CTX_new();
  int size = 0;
  EVP_EncryptInit_ex(sm4, EVP_sm4_ecb(), nullptr, raw("KeycareSoftToken"), nullptr);
  EVP_EncryptUpdate(sm4, answer.data(), &size, block.data(), 16);
  EVP_CIPHER_CTX_free(sm4);
  ASSERT_EQ(lib().DevAuth(s.device, answer.data(), 16), SAR_OK);

  EXPECT_EQ(create(), SAR_OK);
  EXPECT_EQ(create(), ULONG{SAR_APPLICATION_EXISTS});
  EXPECT_THAT(listed([&](char* out, ULONG* n) { return lib().EnumApplication(s.device, out, n); }),
              ElementsAre("APP", "SECOND"));
  ULONG limit = 0;
  ULONG left = 0;
  skf::BOOL fresh = FALSE;
  EXPECT_EQ(lib().GetPINInfo(app, USER_TYPE, &limit, &left, &fresh), SAR_OK);
  EXPECT_EQ(limit, 5u);
  EXPECT_EQ(fresh, TRUE);
  EXPECT_EQ(lib().VerifyPIN(app, USER_TYPE, str("user-pin-2"), &left), SAR_OK);
  EXPECT_EQ(lib().DeleteApplication(s.device, str("SECOND")), SAR_OK);
  EXPECT_EQ(lib().DeleteApplication(s.device, str("SECOND")), ULONG{SAR_APPLICATION_NOT_EXISTS});
}

TEST_F(Conformance, ContainersNeedALoginToChangeAndNoneToList) {
  make_token("token");
  session s;
  skf::HCONTAINER container = nullptr;
  EXPECT_EQ(lib().CreateContainer(s.app, str("one"), &container), ULONG{SAR_USER_NOT_LOGGED_IN});
  ASSERT_EQ(s.log_in(), SAR_OK);
  EXPECT_EQ(lib().CreateContainer(s.app, str("one"), &container), SAR_OK);
  EXPECT_EQ(lib().CreateContainer(s.app, str("one"), &container), ULONG{SAR_OBJERR});
  EXPECT_EQ(lib().ClearSecureState(s.app), SAR_OK);
  EXPECT_THAT(s.containers(), ElementsAre("one"));
  EXPECT_EQ(lib().DeleteContainer(s.app, str("one")), ULONG{SAR_USER_NOT_LOGGED_IN});
  ASSERT_EQ(s.log_in(), SAR_OK);
  EXPECT_EQ(lib().DeleteContainer(s.app, str("one")), SAR_OK);
  EXPECT_EQ(lib().DeleteContainer(s.app, str("one")), ULONG{SAR_OBJERR});
}

TEST_F(Conformance, AFullTokenSaysSo) {
  make_token("token");
  LOGGED_IN(s);
  for (const char* name : {"1", "2", "3"}) EXPECT_NE(s.container(name), nullptr);
  skf::HCONTAINER fourth = nullptr;
  EXPECT_EQ(lib().CreateContainer(s.app, str("4"), &fourth), ULONG{SAR_REACH_MAX_CONTAINER_COUNT});
}

TEST_F(Conformance, AContainerNameEndsAt64Octets) {
  make_token("token");
  LOGGED_IN(s);
  skf::HCONTAINER container = nullptr;
  EXPECT_EQ(lib().CreateContainer(s.app, str(std::string(64, 'n').c_str()), &container), SAR_OK);
  EXPECT_EQ(lib().CreateContainer(s.app, str(std::string(65, 'n').c_str()), &container), ULONG{SAR_NAMELENERR});
}

TEST_F(Conformance, ThreadsShareAHandle) {
  make_token("token");
  LOGGED_IN(s);
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n) {
        std::array<BYTE, 16> random{};
        if (s.containers().empty() && lib().GenRandom(s.device, random.data(), 16) == SAR_OK) ++good;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 80);
}

TEST_F(Conformance, AFileEverybodyMayReadIsReadWithoutALogin) {
  make_token("token");
  const std::string seal = "the electronic seal";
  const std::span<const std::uint8_t> content(raw(seal), seal.size());
  ASSERT_TRUE(admin::put_file(folder, "token", "APP", "SEAL", content).ok());
  session s;
  EXPECT_THAT(listed([&](char* out, ULONG* size) { return lib().EnumFiles(s.app, out, size); }), ElementsAre("SEAL"));
  skf::FILEATTRIBUTE info{};
  ASSERT_EQ(lib().GetFileInfo(s.app, str("SEAL"), &info), SAR_OK);
  EXPECT_EQ(info.FileSize, seal.size());
  EXPECT_EQ(info.ReadRights, ULONG{SECURE_ANYONE_ACCOUNT});
  std::string read(100, '\0');
  ULONG size = 100;
  ASSERT_EQ(lib().ReadFile(s.app, str("SEAL"), 4, 10, raw(read), &size), SAR_OK);
  EXPECT_EQ(read.substr(0, size), "electronic");
  EXPECT_EQ(lib().ReadFile(s.app, str("SEAL"), 20, 1, raw(read), &size), ULONG{SAR_INVALIDPARAMERR});
  EXPECT_EQ(lib().ReadFile(s.app, str("none"), 0, 1, raw(read), &size), ULONG{SAR_FILE_NOT_EXIST});
  EXPECT_EQ(lib().WriteFile(s.app, str("SEAL"), 0, raw("x"), 1), ULONG{SAR_USER_NOT_LOGGED_IN});
}

TEST_F(Conformance, APrivateFileIsReadByItsUserOnlyAndIsEncryptedAtRest) {
  make_token("token");
  LOGGED_IN(s);
  const std::string text = "canary-of-a-private-file";
  ASSERT_EQ(lib().CreateFile(s.app, str("F"), 100, SECURE_USER_ACCOUNT, SECURE_USER_ACCOUNT), SAR_OK);
  EXPECT_EQ(lib().CreateFile(s.app, str("F"), 100, SECURE_USER_ACCOUNT, SECURE_USER_ACCOUNT),
            ULONG{SAR_FILE_ALREADY_EXIST});
  ASSERT_EQ(lib().WriteFile(s.app, str("F"), 10, raw(text), static_cast<ULONG>(text.size())), SAR_OK);
  EXPECT_EQ(lib().WriteFile(s.app, str("F"), 90, raw(text), static_cast<ULONG>(text.size())), ULONG{SAR_INDATALENERR});
  std::string read(text.size(), '\0');
  ULONG size = static_cast<ULONG>(read.size());
  ASSERT_EQ(lib().ReadFile(s.app, str("F"), 10, size, raw(read), &size), SAR_OK);
  EXPECT_EQ(read, text);
  EXPECT_EQ(file_content("token").find(text), std::string::npos);
  lib().ClearSecureState(s.app);
  EXPECT_EQ(lib().ReadFile(s.app, str("F"), 10, size, raw(read), &size), ULONG{SAR_USER_NOT_LOGGED_IN});
  ASSERT_EQ(s.log_in(), SAR_OK);
  EXPECT_EQ(lib().DeleteFile(s.app, str("F")), SAR_OK);
}

TEST_F(Conformance, EllipticCurvesAreNotSupportedYet) {
  EXPECT_EQ(lib().GenECCKeyPair(nullptr, SGD_SM2_1, nullptr), ULONG{SAR_NOTSUPPORTYETERR});
  EXPECT_EQ(lib().ImportECCKeyPair(nullptr, nullptr), ULONG{SAR_NOTSUPPORTYETERR});
  EXPECT_EQ(lib().ECCSignData(nullptr, nullptr, 0, nullptr), ULONG{SAR_NOTSUPPORTYETERR});
}

TEST_F(Conformance, DigestsOfTheStandardsVectors) {
  make_token("token");
  session s;
  const auto digest = [&](ULONG algorithm, bool in_pieces) -> std::string {
    skf::HANDLE hash = nullptr;
    if (lib().DigestInit(s.device, algorithm, nullptr, nullptr, 0, &hash) != SAR_OK) return "no handle";
    std::array<BYTE, 64> out{};
    ULONG size = 0;
    if (in_pieces) {
      lib().DigestUpdate(hash, raw("a"), 1);
      lib().DigestUpdate(hash, raw("bc"), 2);
      EXPECT_EQ(lib().DigestFinal(hash, nullptr, &size), SAR_OK);
      EXPECT_EQ(lib().DigestFinal(hash, out.data(), &size), SAR_OK);
      EXPECT_EQ(lib().DigestFinal(hash, out.data(), &size), ULONG{SAR_HASHOBJERR}) << "twice";
    } else {
      EXPECT_EQ(lib().Digest(hash, raw("abc"), 3, nullptr, &size), SAR_OK);
      EXPECT_EQ(lib().Digest(hash, raw("abc"), 3, out.data(), &size), SAR_OK);
    }
    EXPECT_EQ(lib().CloseHandle(hash), SAR_OK);
    std::string text;
    for (ULONG i = 0; i < size; ++i) {
      char two[3];
      std::snprintf(two, sizeof two, "%02x", out[i]);
      text += two;
    }
    return text;
  };
  for (const bool in_pieces : {false, true}) {
    EXPECT_EQ(digest(SGD_SM3, in_pieces), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    EXPECT_EQ(digest(SGD_SHA256, in_pieces), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(digest(SGD_SHA1, in_pieces), "a9993e364706816aba3e25717850c26c9cd0d89d");
  }
  skf::HANDLE hash = nullptr;
  EXPECT_EQ(lib().DigestInit(s.device, 0x77, nullptr, nullptr, 0, &hash), ULONG{SAR_NOTSUPPORTYETERR});
}

}  // namespace soft_skf_test
