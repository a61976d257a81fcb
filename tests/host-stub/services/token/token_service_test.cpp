// token_service_test.cpp - tokens and certificates as a plugin sees them, with the real software token.
#include "host-stub/services/text/texts.hpp"
#include "softskf_admin.hpp"
#include "tests/host-stub/services/token/soft_host.hpp"

#include <condition_variable>

namespace keycare::test {
namespace {

TEST(TokenService, ListsTheTokenWithItsRetryCounter) {
  soft_host host;
  const auto tokens = soft_host::client<token_client>(*host.token_service).tokens(*host.call.abi());
  ASSERT_TRUE(tokens.ok());
  ASSERT_EQ(tokens->size(), 1u);
  const auto& one = tokens->front();
  EXPECT_EQ(one.backend, "skf");
  EXPECT_EQ(one.module, "soft");
  EXPECT_NE(one.flags & KC_TOKEN_SOFTWARE, 0u);
  EXPECT_EQ(one.pin.remaining, 10);
  EXPECT_EQ(one.pin.max, 10);
  EXPECT_EQ(one.pin.source, "SKF_GetPINInfo");
}

TEST(TokenService, ListsTheCertificateWithItsPlaceAndKey) {
  soft_host host;
  const auto& one = host.certificate;
  EXPECT_EQ(one.common_name, "张三");
  EXPECT_EQ(one.application, "KEYCARE");
  EXPECT_EQ(one.container, "OLD");
  EXPECT_EQ(one.usage, static_cast<std::uint32_t>(KC_USAGE_SIGN));
  EXPECT_EQ(one.private_key, static_cast<std::uint32_t>(KC_KEY_PRESENT));
  EXPECT_EQ(one.algorithm, "rsa-2048");
  EXPECT_GT(one.not_after, host.time.wall_seconds() + 24 * 86400);
}

TEST(TokenService, ALibraryWithWideNumbersIsRecognisedAndWorks) {
  soft_host host({.library = KEYCARE_SOFTSKF_WIDE_PATH});
  EXPECT_EQ(host.certificate.common_name, "张三");
  EXPECT_EQ(host.tries_left(), 10);
}

TEST(TokenService, AnUnpluggedTokenIsNotFound) {
  soft_host host;
  host.unplug();
  const auto client = soft_host::client<token_client>(*host.token_service);
  EXPECT_TRUE(client.tokens(*host.call.abi())->empty());
  EXPECT_EQ(client.certificates(*host.call.abi(), host.token).error().status, KC_E_NOT_FOUND);
  host.plug();
  EXPECT_EQ(client.certificates(*host.call.abi(), host.token)->size(), 1u);
}

TEST(TokenService, ReadsTheSealFile) {
  soft_host host;
  const octets seal(5000, 0x5A);
  ASSERT_TRUE(soft_skf::put_file(host.folder.path() / "plugged", "token", "KEYCARE", "SEAL", seal).ok());
  const auto read =
      soft_host::client<token_client>(*host.token_service).read_file(*host.call.abi(), host.token, "KEYCARE", "SEAL");
  ASSERT_TRUE(read.ok()) << read.error().code;
  EXPECT_EQ(*read, seal);
}

TEST(TokenService, APluggedTokenIsNoticedByAnEvent) {
  soft_host host;
  host.unplug();
  std::mutex mutex;
  std::condition_variable changed;
  bool seen = false;
  host.side->watch([&] {
    const std::lock_guard lock(mutex);
    seen = true;
    changed.notify_all();
  });
  std::unique_lock lock(mutex);
  for (int i = 0; i < 50 && !seen; ++i) {  // The watcher may begin to look only after the first change.
    host.plug();
    changed.wait_for(lock, std::chrono::milliseconds(200), [&] { return seen; });
    if (!seen) host.unplug();
  }
  EXPECT_TRUE(seen);
}

TEST(TokenService, TwoTokensThatCallThemselvesTheSameAreBothListedAndNeitherIsUsed) {
  soft_host host;
  soft_skf::token_spec twin;
  twin.name = "twin";
  twin.serial = host.token.serial;
  twin.scrypt_log2_n = 4;
  ASSERT_TRUE(soft_skf::create_token(host.folder.path() / "plugged", twin).ok());
  const auto client = soft_host::client<token_client>(*host.token_service);
  EXPECT_EQ(client.tokens(*host.call.abi())->size(), 2u);
  const auto all = client.certificates(*host.call.abi());
  ASSERT_FALSE(all.ok()) << "hidden certificates look like none";
  EXPECT_EQ(all.error().code, "KC-TOKEN-AMBIGUOUS");
  EXPECT_NE(all.error().args.find(host.token.serial), std::string::npos);
  EXPECT_EQ(client.certificates(*host.call.abi(), host.token).error().code, "KC-TOKEN-AMBIGUOUS");
  EXPECT_EQ(host.side->registry().describe(host.call.abi(), host.token).error().code, "KC-TOKEN-AMBIGUOUS");
}

TEST(TokenService, TwoTokensThatCallThemselvesTheSameDoNotHideTheOthers) {
  soft_host host;
  const auto client = soft_host::client<token_client>(*host.token_service);
  const auto before = client.certificates(*host.call.abi())->size();
  ASSERT_GT(before, 0u);
  for (const char* name : {"castor", "pollux"}) {
    soft_skf::token_spec twin;
    twin.name = name;
    twin.serial = "7715";
    twin.scrypt_log2_n = 4;
    ASSERT_TRUE(soft_skf::create_token(host.folder.path() / "plugged", twin).ok());
  }
  EXPECT_EQ(client.tokens(*host.call.abi())->size(), 3u) << "who lists tokens can name the twins";
  const auto all = client.certificates(*host.call.abi());
  ASSERT_TRUE(all.ok()) << all.error().code;
  EXPECT_EQ(all->size(), before);
  for (const auto& one : *all) EXPECT_EQ(one.token, host.token);
}

TEST(TokenService, ADeviceThatTwoLibrariesShowIsListedOnce) {
  soft_host host;
  const auto client = soft_host::client<token_client>(*host.token_service);
  const auto certificates = client.certificates(*host.call.abi())->size();
  host.side->registry().load(std::vector<skf_config>{{"again", KEYCARE_SOFTSKF_PATH, ulong_width::automatic}},
                             host.folder.path() / "modules");
  ASSERT_TRUE(host.side->registry().refused().empty());
  EXPECT_EQ(client.tokens(*host.call.abi())->size(), 1u);
  EXPECT_EQ(client.certificates(*host.call.abi())->size(), certificates);
  EXPECT_TRUE(client.certificates(*host.call.abi(), host.token).ok());
}

TEST(TokenService, WithoutATokenADriverThatWasRefusedIsNamed) {
  scratch_folder folder;
  system_time time;
  memory_log log(time);
  services::call call;
  const thread_role_scope worker(thread_role::worker);
  token_registry registry(time, log, folder.path() / "locks");
  EXPECT_TRUE(registry.certificates(call.abi(), {})->empty());
  registry.load({{"maker", folder.path() / "none.so", ulong_width::automatic}}, folder.path());
  const auto found = registry.certificates(call.abi(), {});
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, "KC-TOKEN-NONE-DRIVER");
  for (const char* language : {"zh-CN", "en"})
    EXPECT_NE(sentence_for(found.error(), language).find("maker"), std::string::npos);
}

TEST(TokenService, IsRefusedOutsideTheWorkerThread) {
  soft_host host;
  const thread_role_scope main(thread_role::main);
  const auto tokens = soft_host::client<token_client>(*host.token_service).tokens(*host.call.abi());
  EXPECT_EQ(tokens.error().status, KC_E_WRONG_THREAD);
}

}  // namespace
}  // namespace keycare::test
