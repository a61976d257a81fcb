// softhsm_test.cpp - the PKCS#11 back end on SoftHSM: everything that the other back end does, and what only happens
// here.
#include "softhsm.hpp"

#include "host-stub/services/crypto/certificate.hpp"
#include "host-stub/services/crypto/encoding.hpp"
#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/keys/container_work.hpp"
#include "host-stub/services/signing/made_by_token.hpp"
#include "host-stub/services/token/registry.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

namespace keycare::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* container = "KC1-ABCDEFGH-1";

class SoftHsm : public testing::Test {
protected:
  void SetUp() override {
    KEYCARE_NEEDS_SOFTHSM();
    hsm_ = std::make_unique<soft_hsm>();
    token_ = hsm_->make_token();
    module_ = hsm_->load();
    ASSERT_NE(module_, nullptr);
  }
  void TearDown() override {
    session_.reset();
    module_.reset();
  }
  token_session& session() {
    if (!session_) {
      auto opened = module_->open(token_);
      EXPECT_TRUE(opened.ok()) << opened.error().code;
      session_ = *std::move(opened);
    }
    return *session_;
  }
  token_session& logged_in() {
    EXPECT_TRUE(session().verify_pin(test_application, pin_kind::user, user_pin()).ok());
    return session();
  }
  /// A pair and its certificate in @p name.
  octets certified(const std::string& name, std::string_view algorithm = "rsa-2048") {
    auto& card = logged_in();
    const auto key = card.generate(test_application, name, algorithm);
    EXPECT_TRUE(key.ok()) << key.error().code << " " << key.error().native;
    auto der = ca_.issue(*key, "张三");
    const auto ok = card.import_certificate({test_application, name, key_usage::sign}, der);
    EXPECT_TRUE(ok.ok()) << ok.error().code << " " << ok.error().native;
    return der;
  }
  std::uint32_t state(const std::string& name = container) {
    const auto there = session().inspect(test_application, name);
    EXPECT_TRUE(there.ok()) << there.error().code;
    return there ? there->state : 99;
  }
  std::vector<found_certificate> certificates() {
    auto found = module_->certificates(token_);
    EXPECT_TRUE(found.ok()) << found.error().code;
    return found ? found->items : std::vector<found_certificate>{};
  }

  std::unique_ptr<soft_hsm> hsm_;
  std::shared_ptr<token_module> module_;
  token_ref token_;
  std::unique_ptr<token_session> session_;
  test_ca ca_;
};

TEST_F(SoftHsm, ListsTokensByManufacturerAndSerialAndLeavesEmptySlotsOut) {
  const auto found = module_->tokens();
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->items.size(), 1u);
  const auto& one = found->items.front();
  EXPECT_EQ(one.token.manufacturer, "SoftHSM project");
  EXPECT_EQ(one.token.serial.size(), 16u);
  EXPECT_EQ(one.label, "keycare test");
  EXPECT_EQ(one.backend, "pkcs11");
  EXPECT_NE(one.flags & KC_TOKEN_SOFTWARE, 0u);
  EXPECT_NE(one.flags & KC_TOKEN_CAN_UNLOCK, 0u);
}

TEST_F(SoftHsm, TwoTokensWithOneLabelAreTwoTokens) {
  const auto second = hsm_->make_token("keycare test");
  EXPECT_NE(second.serial, token_.serial);
  EXPECT_EQ(module_->tokens()->items.size(), 2u);
  const auto opened = module_->open(second);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(*(*opened)->identity(), second);
  EXPECT_EQ(*session().identity(), token_);
}

TEST_F(SoftHsm, ATokenIsFoundAgainUnderAnotherSlotNumber) {
  certified(container);
  const auto slot_of = [&] {
    const auto raw = hsm_->raw();
    const auto slots = raw->slots(true);
    for (const auto slot : *slots)
      if (raw->token(slot)->serial == token_.serial) return slot;
    return ck_slot_id_t{0};
  };
  const auto before = slot_of();
  session_.reset();
  hsm_->restart();  // SoftHSM numbers a slot anew after its token was initialised.
  module_ = hsm_->load();
  EXPECT_NE(slot_of(), before);
  EXPECT_EQ(certificates().size(), 1u);
  EXPECT_EQ(*session().identity(), token_);
}

TEST_F(SoftHsm, NoCountOfTriesIsInvented) {
  auto state = session().pin(test_application, pin_kind::user);
  ASSERT_TRUE(state.ok());
  EXPECT_FALSE(state->max.has_value());
  EXPECT_FALSE(state->remaining.has_value());
  EXPECT_EQ(state->flags, 0u);
  EXPECT_EQ(state->source, "token flags");
  const auto wrong = session().verify_pin(test_application, pin_kind::user, secret(std::string_view("Wrong999")));
  EXPECT_EQ(wrong.error().status, KC_E_PIN_WRONG);
  state = session().pin(test_application, pin_kind::user);
  EXPECT_EQ(state->flags, KC_PIN_COUNT_LOW);
  EXPECT_FALSE(state->remaining.has_value());
}

TEST_F(SoftHsm, AVerificationLooksAtThePinAlsoWhenSomebodyIsLoggedIn) {
  logged_in();
  EXPECT_EQ(session().verify_pin(test_application, pin_kind::user, secret(std::string_view("Wrong999"))).error().status,
            KC_E_PIN_WRONG);
  EXPECT_TRUE(session().verify_pin(test_application, pin_kind::user, user_pin()).ok());
}

TEST_F(SoftHsm, AnotherApplicationIsNotThere) {
  EXPECT_EQ(session().pin("KEYCARE", pin_kind::user).error().status, KC_E_NOT_FOUND);
  EXPECT_EQ(module_->applications(token_)->front(), test_application);
}

TEST_F(SoftHsm, AContainerGoesFromEmptyToPairToCertified) {
  const container_ref where{test_application, container};
  EXPECT_EQ(state(), std::uint32_t{KC_CONTAINER_EMPTY});
  auto& card = logged_in();
  ASSERT_TRUE(create_container(card, where).ok());
  const auto key = generate_pair(card, where, "rsa-2048");
  ASSERT_TRUE(key.ok()) << key.error().code;
  EXPECT_EQ(state(), std::uint32_t{KC_CONTAINER_PAIR});
  EXPECT_EQ(*generate_pair(card, where, "rsa-2048"), *key);  // Reused.
  const std::array name{std::pair<std::string, std::string>{"CN", "张三"}};
  const auto request = request_certificate(card, where, *distinguished_name(name));
  ASSERT_TRUE(request.ok()) << request.error().code;
  const bundle issued{ca_.issue(*key, "张三"), {}, {}, {}};
  ASSERT_TRUE(install_bundle(card, where, issued).ok());
  const auto fresh = module_->open(token_);
  ASSERT_TRUE(fresh.ok());
  const auto proved = prove_bundle(card, **fresh, where, issued);
  EXPECT_TRUE(proved.ok()) << proved.error().code;
  EXPECT_EQ(state(), std::uint32_t{KC_CONTAINER_CERTIFIED});
  EXPECT_EQ(reap_container(card, where).error().code, "KC-CONTAINER-IN-USE");
}

TEST_F(SoftHsm, EveryAlgorithmSignsWhatVerifies) {
  for (const auto& [name, algorithm] :
       std::map<std::string, std::string>{{"KC1-A", "rsa-2048"}, {"KC1-B", "rsa-3072"}, {"KC1-C", "ec-p256"}}) {
    const auto der = certified(name, algorithm);
    EXPECT_EQ(session().inspect(test_application, name)->algorithm, algorithm);
    const auto cms =
        make_signed(bytes_of("a statement"), der, 1'700'000'000, [&, container = name](auto hash, auto digest) {
          return session().sign({test_application, container, key_usage::sign}, hash, digest);
        });
    ASSERT_TRUE(cms.ok()) << algorithm << " " << cms.error().code;
    EXPECT_EQ(signed_content(*cms, der), "a statement") << algorithm;
    const std::array subject{std::pair<std::string, std::string>{"CN", "a"}};
    EXPECT_TRUE(request_certificate(session(), {test_application, name}, *distinguished_name(subject)).ok())
        << algorithm;
  }
  EXPECT_EQ(session().generate(test_application, "KC1-D", "sm2").error().code, "KC-TOKEN-ALGORITHM");
}

TEST_F(SoftHsm, NobodySignsWithoutHisOwnVerification) {
  certified(container);
  const auto other = module_->open(token_);
  ASSERT_TRUE(other.ok());
  const octets digest(32, 1);
  // The module would sign: the first session's login is the whole process's.
  const auto made = (*other)->sign({test_application, container, key_usage::sign}, "SHA256", digest);
  EXPECT_EQ(made.error().code, "KC-TOKEN-LOGGED-OUT");
  session().logout(test_application);
  EXPECT_EQ(session().sign({test_application, container, key_usage::sign}, "SHA256", digest).error().code,
            "KC-TOKEN-LOGGED-OUT");
  EXPECT_EQ(session().generate(test_application, "KC1-X", "ec-p256").error().code, "KC-TOKEN-LOGGED-OUT");
}

TEST_F(SoftHsm, ThePrivateKeyNeverLeaves) {
  certified(container);
  const raw_session raw(hsm_->raw(), token_);
  const auto keys = raw.all(CKO_PRIVATE_KEY);
  ASSERT_EQ(keys.size(), 1u);
  const std::array secrets{pkcs11::wanted{CKA_PRIVATE_EXPONENT, 512}};
  const auto got = raw.module().read(raw.get(), keys.front(), secrets);
  EXPECT_TRUE(!got || !got->front().has_value());
}

TEST_F(SoftHsm, WithoutALoginAPublicKeySpeaksForItsPair) {
  const auto der = certified(container);
  session_.reset();
  const auto found = certificates();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().place, (key_place{test_application, container, key_usage::sign}));
  EXPECT_EQ(found.front().public_key, parse_certificate(der)->public_key);
  EXPECT_EQ(state(), std::uint32_t{KC_CONTAINER_CERTIFIED});
}

TEST_F(SoftHsm, WithoutALoginAndAPublicKeyNobodyKnows) {
  certified(container);
  {
    const raw_session raw(hsm_->raw(), token_);
    for (const auto object : raw.all(CKO_PUBLIC_KEY)) ASSERT_TRUE(raw.module().destroy(raw.get(), object).ok());
  }
  session_.reset();
  ASSERT_EQ(certificates().size(), 1u);
  EXPECT_FALSE(certificates().front().key_known);
  logged_in();
  EXPECT_TRUE(certificates().front().key_known);
  EXPECT_FALSE(certificates().front().public_key.empty());  // An RSA private key knows its public one.
}

TEST_F(SoftHsm, ACertificateWhoseKeyIsGoneHasNone) {
  certified(container);
  {
    const raw_session raw(hsm_->raw(), token_);
    for (const auto object : raw.all(CKO_PRIVATE_KEY)) ASSERT_TRUE(raw.module().destroy(raw.get(), object).ok());
  }
  logged_in();
  ASSERT_EQ(certificates().size(), 1u);
  EXPECT_TRUE(certificates().front().key_known);
  EXPECT_TRUE(certificates().front().public_key.empty());
}

TEST_F(SoftHsm, HalfAPairIsSeenReplacedAndReaped) {
  const container_ref where{test_application, container};
  for (const auto gone : {CKO_PRIVATE_KEY, CKO_PUBLIC_KEY}) {
    auto& card = logged_in();
    const auto first = card.generate(test_application, container, "ec-p256");
    ASSERT_TRUE(first.ok());
    session_.reset();
    {
      const raw_session raw(hsm_->raw(), token_);
      for (const auto object : raw.all(gone)) ASSERT_TRUE(raw.module().destroy(raw.get(), object).ok());
    }
    auto& again = logged_in();
    EXPECT_EQ(state(), std::uint32_t{KC_CONTAINER_HALF});
    const auto second = generate_pair(again, where, "ec-p256");
    ASSERT_TRUE(second.ok()) << second.error().code;
    EXPECT_NE(*second, *first);
    EXPECT_EQ(state(), std::uint32_t{KC_CONTAINER_PAIR});
    ASSERT_TRUE(reap_container(again, where).ok());
    EXPECT_EQ(state(), std::uint32_t{KC_CONTAINER_EMPTY});
  }
}

TEST_F(SoftHsm, DamagedAndEmptyObjectFilesAreNotFatal) {
  certified(container);
  session_.reset();
  std::ofstream(hsm_->objects() / "00000000-0000-0000-0000-000000000001.object");
  std::ofstream(hsm_->objects() / "00000000-0000-0000-0000-000000000002.object") << "rubbish that is no object at all";
  hsm_->restart();
  module_ = hsm_->load();
  EXPECT_EQ(certificates().size(), 1u);
  EXPECT_TRUE(logged_in().sign({test_application, container, key_usage::sign}, "SHA256", octets(32, 1)).ok());
}

TEST_F(SoftHsm, TwoPairsWithOneIdAreToldApartByTheirPublicKeys) {
  for (const char* algorithm : {"rsa-2048", "ec-p256"}) {
    const std::string name = std::string("KC1-") + algorithm;
    auto& card = logged_in();
    const auto first = card.generate(test_application, name, algorithm);
    const auto second = card.generate(test_application, name, algorithm);
    ASSERT_TRUE(first.ok() && second.ok());
    const std::array ders{ca_.issue(*first, "first"), ca_.issue(*second, "second")};
    for (const auto& der : ders)
      ASSERT_TRUE(card.import_certificate({test_application, name, key_usage::sign}, der).ok());
    int seen = 0;
    for (const auto& one : certificates()) {
      if (one.place.container.find(algorithm) == std::string::npos) continue;
      ++seen;
      EXPECT_EQ(*card.certificate(one.place), one.der);
      EXPECT_EQ(one.public_key, parse_certificate(one.der)->public_key);
      const auto cms = make_signed(bytes_of("mine"), one.der, 1'700'000'000,
                                   [&](auto hash, auto digest) { return card.sign(one.place, hash, digest); });
      EXPECT_TRUE(cms.ok()) << algorithm << " " << cms.error().code;
    }
    EXPECT_EQ(seen, 2) << algorithm;
    // The bare name would be a guess.
    EXPECT_FALSE(card.certificate({test_application, name, key_usage::sign}).ok());
  }
}

TEST_F(SoftHsm, AKeyUnderAnotherIdIsFoundByItsPublicKey) {
  auto& card = logged_in();
  const auto key = card.generate(test_application, "KC1-KEY", "rsa-2048");
  ASSERT_TRUE(key.ok());
  const auto der = ca_.issue(*key, "张三");
  const key_place place{test_application, "KC1-CERTIFICATE", key_usage::sign};
  ASSERT_TRUE(card.import_certificate(place, der).ok());
  ASSERT_EQ(certificates().size(), 1u);
  EXPECT_EQ(certificates().front().public_key, *key);
  EXPECT_TRUE(make_signed(bytes_of("x"), der, 1'700'000'000, [&](auto hash, auto digest) {
                return card.sign(place, hash, digest);
              }).ok());
}

TEST_F(SoftHsm, APinIsChangedAndAForgottenOneSetByTheSecurityOfficer) {
  const secret second(std::string_view("Second24"));
  const secret third(std::string_view("Third579"));
  const secret next(std::string_view("Admin9753"));
  auto& card = logged_in();
  EXPECT_EQ(card.change_pin(test_application, pin_kind::user, second, third).error().status, KC_E_PIN_WRONG);
  ASSERT_TRUE(card.change_pin(test_application, pin_kind::user, user_pin(), second).ok());
  EXPECT_TRUE(card.verify_pin(test_application, pin_kind::user, second).ok());
  EXPECT_EQ(card.change_pin(test_application, pin_kind::admin, next, next).error().status, KC_E_PIN_WRONG);
  ASSERT_TRUE(card.change_pin(test_application, pin_kind::admin, admin_pin(), next).ok());
  EXPECT_EQ(card.unblock_pin(test_application, admin_pin(), third).error().status, KC_E_PIN_WRONG);
  EXPECT_EQ((card.pin(test_application, pin_kind::admin)->flags & KC_PIN_COUNT_LOW), KC_PIN_COUNT_LOW);
  ASSERT_TRUE(card.unblock_pin(test_application, next, third).ok());
  EXPECT_TRUE(card.verify_pin(test_application, pin_kind::user, third).ok());
  EXPECT_EQ(card.unblock_pin(test_application, next, secret(std::string_view("1"))).error().status, KC_E_PIN_POLICY);
}

TEST_F(SoftHsm, ListingAThousandCertificatesIsLinear) {
  // SoftHSM itself is quadratic when it stores, so the objects' files are copied.
  const auto der = certified(container, "ec-p256");
  session_.reset();
  std::filesystem::path original;
  for (const auto& entry : std::filesystem::directory_iterator(hsm_->objects())) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(in)), {});
    if (entry.path().extension() == ".object" && content.find(text_of(der)) != std::string::npos)
      original = entry.path();
  }
  ASSERT_FALSE(original.empty());
  const auto fill = [&](int from, int to) {
    for (int i = from; i < to; ++i) {
      auto name = std::to_string(i);
      name.insert(0, 12 - name.size(), '0');
      std::filesystem::copy_file(original, original.parent_path() / ("00000000-0000-0000-0000-" + name + ".object"));
    }
    hsm_->restart();
    module_ = hsm_->load();
  };
  const auto best = [&](std::size_t expected) {
    auto shortest = std::chrono::steady_clock::duration::max();
    for (int i = 0; i < 3; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      EXPECT_EQ(certificates().size(), expected);
      shortest = std::min(shortest, std::chrono::steady_clock::now() - begin);
    }
    return std::chrono::duration<double, std::milli>(shortest).count();
  };
  fill(1, 200);
  const auto few = best(200);
  fill(200, 1000);
  const auto many = best(1000);
  std::printf("200 certificates: %.1f ms, 1000 certificates: %.1f ms\n", few, many);
  // Five times as many: linear is 5, quadratic 25.
  EXPECT_LT(many, 12 * few + 50);
}

TEST_F(SoftHsm, AProcessThatIsKilledLeavesNothingThatStopsTheNextOne) {
  // The child generates and deletes until it is killed; the store is looked at after the last kill. Not before it has
  // logged in: SoftHSM writes the token's own file over then, and a kill in the middle of that loses the whole token.
  hsm_->restart();
  module_.reset();
  for (int round = 0; round < 6; ++round) {
    int logged_in_pipe[2];
    ASSERT_EQ(pipe(logged_in_pipe), 0);
    const pid_t child = fork();
    if (child == 0) {
      const auto module = hsm_->load();
      auto opened = module->open(token_);
      if (!opened || !(*opened)->verify_pin(test_application, pin_kind::user, user_pin())) _exit(2);
      if (write(logged_in_pipe[1], "!", 1) != 1) _exit(2);
      while (true) {
        (void)(*opened)->generate(test_application, container, "ec-p256");
        (void)(*opened)->delete_container(test_application, container);
      }
    }
    close(logged_in_pipe[1]);
    char said = 0;
    EXPECT_EQ(read(logged_in_pipe[0], &said, 1), 1) << "the child ended before it had logged in";
    close(logged_in_pipe[0]);
    std::this_thread::sleep_for(50ms + round * 7ms);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }
  module_ = hsm_->load();
  const container_ref where{test_application, container};
  auto& card = logged_in();
  const auto reaped = reap_container(card, where);
  ASSERT_TRUE(reaped.ok()) << reaped.error().code;
  const auto key = generate_pair(card, where, "ec-p256");
  ASSERT_TRUE(key.ok()) << key.error().code;
  EXPECT_EQ(state(), std::uint32_t{KC_CONTAINER_PAIR});
  EXPECT_TRUE(module_->certificates(token_).ok());
}

TEST_F(SoftHsm, ATokenThatComesIsNoticedAndWaitingCanBeEnded) {
  std::atomic<int> outcome = 0;
  std::thread watcher([&] { outcome = module_->wait_event() ? 1 : 2; });
  std::this_thread::sleep_for(300ms);
  (void)hsm_->make_token("second");
  for (int i = 0; i < 100 && outcome == 0; ++i) std::this_thread::sleep_for(50ms);
  EXPECT_EQ(outcome, 1);
  module_->cancel_wait();
  watcher.join();
  outcome = 0;
  std::thread second([&] { outcome = module_->wait_event() ? 1 : 2; });
  for (int i = 0; i < 100 && outcome == 0; ++i) {
    module_->cancel_wait();
    std::this_thread::sleep_for(20ms);
  }
  second.join();
  EXPECT_EQ(outcome, 2);
}

TEST_F(SoftHsm, FilesAndEnvelopesAreUnsupportedAndSaySo) {
  EXPECT_EQ(module_->files(token_).error().status, KC_E_UNSUPPORTED);
  EXPECT_EQ(session().import_exchange_pair(test_application, container, "gmt0016-rsa", {}).error().code,
            "KC-ENVELOPE-UNSUPPORTED");
}

}  // namespace
}  // namespace keycare::test
