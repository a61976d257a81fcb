// admin_test.cpp - making, plugging, pulling and listing tokens.
#include "vendor.hpp"

namespace soft_skf_test {

class Admin : public Folder {};

TEST_F(Admin, ATokenIsMadeOnceAndPulledAndPlugged) {
  make_token("token");
  admin::token_spec again;
  again.name = "token";
  EXPECT_EQ(admin::create_token(folder, again).error().native, SAR_FILE_ALREADY_EXIST);
  ASSERT_TRUE(admin::unplug(folder, "token").ok());
  EXPECT_EQ(admin::create_token(folder, again).error().native, SAR_FILE_ALREADY_EXIST);
  EXPECT_TRUE(devices().empty());
  EXPECT_EQ(admin::unplug(folder, "token").error().native, SAR_DEVICE_REMOVED);
  const auto listed = admin::list_tokens(folder);
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_FALSE(listed[0].plugged);
  EXPECT_EQ(listed[0].applications, std::vector<std::string>{"APP"});
  EXPECT_EQ(listed[0].serial.size(), 16u);
  ASSERT_TRUE(admin::plug(folder, "token").ok());
  EXPECT_EQ(devices(), std::vector<std::string>{"token"});
}

TEST_F(Admin, EachMistakeHasACodeOfItsOwn) {
  make_token("token");
  const auto code = [](const auto& outcome) { return outcome.ok() ? std::string() : outcome.error().code; };
  EXPECT_EQ(code(admin::plug(folder, "token")), "KC-SOFTSKF-PLUGGED");
  ASSERT_TRUE(admin::unplug(folder, "token").ok());
  EXPECT_EQ(code(admin::unplug(folder, "token")), "KC-SOFTSKF-UNPLUGGED");
  EXPECT_EQ(code(admin::plug(folder, "nobody")), "KC-SOFTSKF-NOT-THERE");
  EXPECT_EQ(code(admin::plug(folder, "../x")), "KC-SOFTSKF-NAME");
  EXPECT_EQ(code(admin::plug("/proc/nowhere", "token")), "KC-SOFTSKF-FOLDER");
  admin::token_spec spec;
  spec.name = "token";
  spec.scrypt_log2_n = 4;
  EXPECT_EQ(code(admin::create_token(folder, spec)), "KC-SOFTSKF-EXISTS");
  EXPECT_EQ(code(admin::create_token("/proc/nowhere", spec)), "KC-SOFTSKF-FOLDER");
  spec.name = "other";
  spec.serial = "not hex";
  EXPECT_EQ(code(admin::create_token(folder, spec)), "KC-SOFTSKF-SERIAL");
  spec.serial = "4B43";
  spec.applications.push_back({"APP", std::string_view("short"), std::string_view("654321")});
  EXPECT_EQ(code(admin::create_token(folder, spec)), "KC-SOFTSKF-PIN");
}

TEST_F(Admin, ABadSpecificationIsRefused) {
  const auto refused = [&](auto change) {
    admin::token_spec spec;
    spec.name = "x";
    spec.scrypt_log2_n = 4;
    spec.applications.push_back({"APP", std::string_view("123456"), std::string_view("654321")});
    change(spec);
    const auto made = admin::create_token(folder, spec);
    return made.ok() ? 0 : made.error().native;
  };
  EXPECT_EQ(refused([](auto& spec) { spec.name = "../x"; }), SAR_NAMELENERR);
  EXPECT_EQ(refused([](auto& spec) { spec.serial = "not hex"; }), SAR_INVALIDPARAMERR);
  EXPECT_EQ(refused([](auto& spec) { spec.label = std::string(32, 'l'); }), SAR_INVALIDPARAMERR);
  EXPECT_EQ(refused([](auto& spec) { spec.applications[0].user_pin = std::string_view("short"); }), SAR_PIN_LEN_RANGE);
  EXPECT_EQ(refused([](auto& spec) { spec.applications[0].user_tries = 0; }), SAR_INVALIDPARAMERR);
  EXPECT_EQ(refused([](auto& spec) { spec.applications.push_back(spec.applications[0]); }), SAR_APPLICATION_EXISTS);
  EXPECT_TRUE(devices().empty());
  EXPECT_EQ(refused([](auto&) {}), 0);
}

TEST_F(Admin, ADamagedTokenIsListedWithItsReason) {
  std::ofstream(file("broken")) << "nonsense";
  const auto listed = admin::list_tokens(folder);
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].damage, std::uint32_t{SAR_FILEERR});
}

TEST_F(Admin, TheDefaultLabelSaysThatThisIsNoDevice) {
  admin::token_spec spec;
  spec.name = "token";
  ASSERT_TRUE(admin::create_token(folder, spec).ok());
  skf::DEVHANDLE device = nullptr;
  skf::DEVINFO info{};
  ASSERT_EQ(lib().ConnectDev(str("token"), &device), SAR_OK);
  ASSERT_EQ(lib().GetDevInfo(device, &info), SAR_OK);
  EXPECT_STREQ(info.Label, "软件令牌 SOFT, NOT A DEVICE");
  EXPECT_EQ(lib().SetLabel(device, str("mine")), SAR_OK);
  ASSERT_EQ(lib().GetDevInfo(device, &info), SAR_OK);
  EXPECT_STREQ(info.Label, "mine");
  EXPECT_EQ(lib().DisConnectDev(device), SAR_OK);
}

TEST_F(Admin, TheFilesAreTheOwnersAlone) {
  make_token("token");
  EXPECT_EQ(std::filesystem::status(file("token")).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace soft_skf_test
