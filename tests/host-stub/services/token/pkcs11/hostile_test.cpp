// hostile_test.cpp - a PKCS#11 module that crashes, hangs or lies: a sentence for it, and the host goes on.
#include "host-stub/services/text/texts.hpp"
#include "host-stub/services/token/pkcs11/ckr.hpp"
#include "host-stub/services/token/pkcs11/library.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"
#include "tests/host-stub/services/token/hostile_registry.hpp"

#include <cstdlib>
#include <thread>

namespace keycare::services {
namespace {

using namespace std::chrono_literals;

class HostilePkcs11 : public testing::Test {
protected:
  result<std::shared_ptr<token_module>> load(const std::string& mode, std::chrono::milliseconds patience = 10s) {
    setenv("KEYCARE_HOSTILE", mode.c_str(), 1);
    return pkcs11::load({"hostile", KEYCARE_HOSTILE_PKCS11_PATH, {}}, folder_.path() / "modules", patience);
  }
  /// A module that behaved while it was loaded.
  std::shared_ptr<token_module> kind() {
    auto module = load("kind");
    EXPECT_TRUE(module.ok()) << module.error().code;
    return *module;
  }
  static void now(const std::string& mode) { setenv("KEYCARE_HOSTILE", mode.c_str(), 1); }
  static token_ref token() { return {std::string(32, 'M'), std::string(16, 'M')}; }
  std::string listing_with(const std::string& mode) {
    const auto module = kind();
    now(mode);
    const auto tokens = module->tokens();
    if (!tokens) return tokens.error().code;
    return tokens->left_out.empty() ? "" : tokens->left_out.front().code;
  }
  std::string certificates_with(const std::string& mode) {
    const auto module = kind();
    now(mode);
    const auto found = module->certificates(token());
    if (!found) return found.error().code;
    return found->left_out.empty() ? "" : found->left_out.front().code;
  }
  scratch_folder folder_;
};

TEST_F(HostilePkcs11, CrashesAndHangsAreFoundOutInAChild) {
  EXPECT_EQ(load("crash-in-start").error().code, "KC-MODULE-CRASHED");
  EXPECT_EQ(load("exit-in-start").error().code, "KC-MODULE-CRASHED");
  EXPECT_EQ(load("crash").error().code, "KC-MODULE-CRASHED");
  EXPECT_EQ(load("hang", 200ms).error().code, "KC-MODULE-HANGS");
}
TEST_F(HostilePkcs11, AModuleWithoutAListOfVersion2IsIncomplete) {
  EXPECT_EQ(load("no-list").error().code, "KC-MODULE-INCOMPLETE");
  EXPECT_EQ(load("version-3").error().code, "KC-MODULE-INCOMPLETE");
  EXPECT_EQ(load("ckr:list:5").error().code, "KC-MODULE-INCOMPLETE");
}
TEST_F(HostilePkcs11, OneThatDoesNotInitialiseIsRefusedWithItsOwnCode) {
  const auto refused = load("ckr:initialize:0x30");
  EXPECT_EQ(refused.error().code, "KC-MODULE-INITIALIZE") << "no token has refused anything";
  EXPECT_EQ(refused.error().native, 0x30);
  for (const char* language : {"zh-CN", "en"})
    EXPECT_NE(sentence_for(refused.error(), language).find("C_Initialize"), std::string::npos);
  EXPECT_NE(sentence_for(refused.error(), "en").find("0x00000030"), std::string::npos);
}
TEST_F(HostilePkcs11, OneThatWantsWordsGetsThemInTheTrialToo) {
  EXPECT_EQ(load("words").error().code, "KC-MODULE-INITIALIZE");
  const auto with = [&](const char* init) {
    return pkcs11::load({"hostile", KEYCARE_HOSTILE_PKCS11_PATH, init}, folder_.path() / "modules");
  };
  const auto module = with("folder='x'");
  ASSERT_TRUE(module.ok()) << module.error().code;
  EXPECT_EQ((*module)->tokens()->items.size(), 1u);
  EXPECT_EQ(with("folder='y'").error().native, CKR_GENERAL_ERROR);
}
TEST_F(HostilePkcs11, AStoreThatNobodyHasAKeyInIsNoToken) {
  const auto module = kind();
  now("store");
  EXPECT_TRUE(module->tokens()->items.empty());
  EXPECT_EQ(module->open(token()).error().status, KC_E_NOT_FOUND);
}
TEST_F(HostilePkcs11, AGoodTrialIsRemembered) {
  ASSERT_TRUE(load("kind").ok());
  EXPECT_TRUE(load("crash").ok());
}
TEST_F(HostilePkcs11, OneWithoutLocksWorksAndHasNoEvents) {
  const auto module = load("no-locks");
  ASSERT_TRUE(module.ok());
  EXPECT_EQ((*module)->tokens()->items.size(), 1u);
  EXPECT_EQ((*module)->tokens()->items.front().flags & KC_TOKEN_CAN_EVENTS, 0u);
  EXPECT_EQ((*module)->wait_event().error().status, KC_E_UNSUPPORTED);
}

TEST_F(HostilePkcs11, ListsOfSlotsThatCannotBeTrueAreDamaged) {
  for (const char* mode : {"slots-huge", "slots-grow", "slots-lie", "slots-too-far"})
    EXPECT_EQ(listing_with(mode), "KC-TOKEN-DAMAGED") << mode;
  EXPECT_EQ(listing_with("token-too-far"), "KC-TOKEN-DAMAGED");
}
TEST_F(HostilePkcs11, TextsWithoutAnEndAreTakenToTheirEnd) {
  const auto tokens = kind()->tokens();
  ASSERT_TRUE(tokens.ok());
  ASSERT_EQ(tokens->items.size(), 1u);
  EXPECT_EQ(tokens->items.front().token, token());
}
TEST_F(HostilePkcs11, ListsOfObjectsThatCannotBeTrueAreDamaged) {
  for (const char* mode : {"find-lies", "find-endless", "find-too-far"})
    EXPECT_EQ(certificates_with(mode), "KC-TOKEN-DAMAGED") << mode;
}
TEST_F(HostilePkcs11, ObjectsWithLengthsThatCannotBeTrueAreLeftOut) {
  for (const char* mode : {"size-max", "size-long", "too-far", "pointer", "key-type-long"})
    EXPECT_EQ(certificates_with(mode), "KC-TOKEN-DAMAGED") << mode;
}
TEST_F(HostilePkcs11, ASessionThatIsNoneIsDamaged) {
  EXPECT_EQ(certificates_with("null-session"), "KC-TOKEN-DAMAGED");
}

TEST_F(HostilePkcs11, ObjectsThatVanishOrRefuseAreLeftOutAndTheOthersListed) {
  // Every return value that the standard has, as the answer to reading an object.
  for (unsigned long code = 1; code < 0x210; ++code) {
    const auto module = kind();
    now("ckr:read:" + std::to_string(code));
    const auto found = module->certificates(token());
    if (!found) {
      EXPECT_EQ(found.error().status, KC_E_TOKEN_REMOVED) << code;
      continue;
    }
    // 0x11 and 0x12 tell about single attributes: here nothing was filled in, so nothing is believed.
    EXPECT_TRUE(found->items.empty() || code == CKR_ATTRIBUTE_SENSITIVE || code == CKR_ATTRIBUTE_TYPE_INVALID) << code;
  }
}
TEST_F(HostilePkcs11, AnyAnswerToALoginIsAnErrorWithItsCode) {
  const auto module = kind();
  const auto session = module->open(token());
  ASSERT_TRUE(session.ok());
  for (unsigned long code = 1; code < 0x210; ++code) {
    now("ckr:login:" + std::to_string(code));
    const auto verified = (*session)->verify_pin("PKCS11", pin_kind::user, secret(std::string_view("Test1357")));
    ASSERT_FALSE(verified.ok()) << code;
    EXPECT_EQ(verified.error().native, static_cast<std::int64_t>(code));
    EXPECT_EQ(verified.error().status == KC_E_PIN_WRONG, code == CKR_PIN_INCORRECT);
    EXPECT_EQ(verified.error().status == KC_E_PIN_LOCKED, code == CKR_PIN_LOCKED);
  }
}
TEST_F(HostilePkcs11, FunctionsThatAreMissingAreUnsupported) {
  const auto session = kind()->open(token());
  ASSERT_TRUE(session.ok());
  const secret pin(std::string_view("Test1357"));
  EXPECT_EQ((*session)->unblock_pin("PKCS11", pin, pin).error().status, KC_E_UNSUPPORTED);
  EXPECT_EQ((*session)->change_pin("PKCS11", pin_kind::user, pin, pin).error().status, KC_E_UNSUPPORTED);
  ASSERT_TRUE((*session)->verify_pin("PKCS11", pin_kind::user, pin).ok());
  EXPECT_EQ((*session)->generate("PKCS11", "KC1-A", "rsa-2048").error().status, KC_E_UNSUPPORTED);
  EXPECT_FALSE((*session)->sign({"PKCS11", "KC1-A", key_usage::sign}, "SHA256", octets(32)).ok());
}

TEST_F(HostilePkcs11, APinIsAlsoChangedWhereThatTakesALogin) {
  const auto module = load("set-pin-after-login");
  ASSERT_TRUE(module.ok());
  const auto session = (*module)->open(token());
  ASSERT_TRUE(session.ok());
  const secret pin(std::string_view("Test1357"));
  EXPECT_TRUE((*session)->change_pin("PKCS11", pin_kind::user, pin, pin).ok());
  now("ckr:login:" + std::to_string(CKR_PIN_INCORRECT));
  EXPECT_EQ((*session)->change_pin("PKCS11", pin_kind::user, pin, pin).error().status, KC_E_PIN_WRONG);
}
TEST_F(HostilePkcs11, ATokenWithoutASecurityOfficerCannotBeUnlocked) {
  const auto module = kind();
  const auto session = module->open(token());
  ASSERT_TRUE(session.ok());
  now("ckr:login:" + std::to_string(CKR_USER_TYPE_INVALID));
  const secret pin(std::string_view("Test1357"));
  EXPECT_EQ((*session)->verify_pin("PKCS11", pin_kind::admin, pin).error().status, KC_E_UNSUPPORTED);
}

TEST_F(HostilePkcs11, FlagsSayWhatTheySayAndNothingMore) {
  const auto module = kind();
  const auto pin = [&](const char* mode) {
    now(mode);
    return module->tokens()->items.front().pin;
  };
  EXPECT_EQ(pin("kind").flags, 0u);
  EXPECT_FALSE(pin("kind").remaining.has_value());
  EXPECT_EQ(pin("low").flags, KC_PIN_COUNT_LOW);
  EXPECT_FALSE(pin("low").remaining.has_value());
  EXPECT_EQ(pin("final").remaining, 1);
  EXPECT_TRUE(pin("locked").locked());
  EXPECT_EQ(pin("locked").remaining, 0);
  EXPECT_FALSE(pin("locked").max.has_value());
}

TEST_F(HostilePkcs11, ATokenThatWasPulledOrReplacedIsRemoved) {
  const auto module = kind();
  const auto session = module->open(token());
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(*(*session)->identity(), token());
  now("removed");
  EXPECT_EQ((*session)->identity().error().status, KC_E_TOKEN_REMOVED);
  now("another");
  EXPECT_NE(*(*session)->identity(), token());
  now("moved");  // Back again, in slot 7: the old session is dead, a new one is not.
  EXPECT_EQ((*session)->identity().error().status, KC_E_TOKEN_REMOVED);
  EXPECT_TRUE(module->open(token()).ok());
  EXPECT_EQ(module->open({"M", "M"}).error().code, "KC-TOKEN-NOT-FOUND");
}

TEST_F(HostilePkcs11, RubbishForACertificateIsLeftOutAndTheHostGoesOn) {
  expect_rubbish_left_out(kind(), folder_.path() / "locks");
}

TEST_F(HostilePkcs11, AModuleThatHangsLaterIsSetAsideAndItsTokensAreBusy) {
  expect_set_aside(kind(), folder_.path() / "locks", [] { now("hang"); });
}

}  // namespace
}  // namespace keycare::services
