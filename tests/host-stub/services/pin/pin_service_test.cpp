// pin_service_test.cpp - state, change and unlock with the real software token and an RA made from the contract's text.
#include "host-stub/services/pin/pin_service.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "keycare/sdk/statement.hpp"
#include "tests/host-stub/services/pin/test_ra.hpp"
#include "tests/host-stub/services/token/soft_host.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <fstream>

namespace keycare::test {
namespace {

constexpr const char* approval = "11111111-2222-4333-8444-555555555555";

/// No file of this process can grow.
class full_disk {
public:
  full_disk() : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit none{0, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~full_disk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  full_disk(const full_disk&) = delete;
  full_disk& operator=(const full_disk&) = delete;

private:
  void (*handler_)(int);
  rlimit before_{};
};

class Pin : public testing::Test {
protected:
  Pin() : Pin(soft_host::options{}) {}
  explicit Pin(const soft_host::options& how) : host_(how) {}
  const kc_call& call() { return *host_.call.abi(); }

  void lock() {
    for (int i = 0; i < 12; ++i) host_.prompt.answers.emplace_back("Wrong111");
    EXPECT_EQ(host_.grant({{KC_OP_SIGN, "withdraw", {}}}).error().status, KC_E_PIN_LOCKED);
    host_.prompt.answers.clear();
    host_.prompt.asked.clear();
  }
  struct under_way {
    kc_unlock unlock = 0;
    redemption asked;
  };
  under_way begin() {
    const auto begun = pin_.unlock_begin(call(), host_.token, host_.certificate.sha256, approval);
    EXPECT_TRUE(begun.ok()) << begun.error().code;
    if (!begun) return {};
    return {begun->unlock, read_request(approval, begun->request)};
  }
  nlohmann::json authorisation_for(const under_way& one, const std::string& current = "Admin2468",
                                   const std::string& next = "Admin1357") const {
    return authorisation(one.asked, host_.token, host_.certificate.sha256, current, next);
  }
  result<octets> finish(const under_way& one, const nlohmann::json& statement) {
    return pin_.unlock_finish(call(), one.unlock, host_.unlock_signer.sign(statement.dump()));
  }
  /// A whole redemption with this pair of the RA's.
  result<octets> redeem(const std::string& current = "Admin2468", const std::string& next = "Admin1357") {
    host_.prompt.answers.emplace_back("Neu84027");
    const auto one = begin();
    return finish(one, authorisation_for(one, current, next));
  }
  /// The process ends, and another one begins: what was in its memory is gone.
  void restart() {
    host_.pin_service = host_.side->make_pin(host_.plugin);
    pin_ = soft_host::client<pin_client>(*host_.pin_service);
  }
  /// No try was spent, nothing is noted, and the authorisation that was meant still opens the token with the admin PIN
  /// that was there.
  void expect_nothing_spent(const under_way& one) {
    EXPECT_EQ(host_.tries_left(pin_kind::admin), 10);
    EXPECT_EQ(host_.tries_left(pin_kind::user), 0);
    host_.prompt.answers = {"Neu84027"};
    const auto proof = finish(one, authorisation_for(one));
    EXPECT_TRUE(proof.ok()) << proof.error().code;
    EXPECT_EQ(host_.tries_left(pin_kind::admin), 10);
  }
  bool signs_with(const char* pin) {
    host_.prompt.answers = {pin};
    const auto grant = host_.grant({{KC_OP_SIGN, "withdraw", {}}});
    if (grant) soft_host::client<signing_client>(*host_.signing_service).close(*grant);
    return grant.ok();
  }
  soft_host host_;
  pin_client pin_ = soft_host::client<pin_client>(*host_.pin_service);
};

TEST_F(Pin, TheStateIsWhatTheTokenReports) {
  const auto state = pin_.state(call(), host_.token, "");
  ASSERT_TRUE(state.ok());
  EXPECT_EQ(state->remaining, 10);
  EXPECT_FALSE(state->locked());
}

TEST_F(Pin, AChangeAsksForTheOldAndTheNewOne) {
  host_.prompt.answers = {"Test1357", "Neu84027"};
  ASSERT_TRUE(pin_.change(call(), host_.token, "KEYCARE").ok());
  EXPECT_EQ(host_.prompt.asked[0].purpose, prompt_purpose::change);
  EXPECT_EQ(host_.prompt.asked[1].purpose, prompt_purpose::new_on_change);
  EXPECT_TRUE(signs_with("Neu84027"));
}

TEST_F(Pin, AWrongOldPinIsAskedAgainWithWhatIsLeftBeforeANewOneIsAskedFor) {
  host_.prompt.answers = {"Wrong111", "Test1357", "Neu84027"};
  ASSERT_TRUE(pin_.change(call(), host_.token, "").ok());
  ASSERT_EQ(host_.prompt.asked.size(), 3U);
  EXPECT_EQ(host_.prompt.asked[1].purpose, prompt_purpose::change);
  EXPECT_EQ(host_.prompt.asked[1].pin.remaining, 9) << "one press, one try";
  EXPECT_FALSE(host_.prompt.asked[1].problem.empty());
  EXPECT_EQ(host_.prompt.asked[2].purpose, prompt_purpose::new_on_change);
  EXPECT_TRUE(host_.prompt.asked[2].problem.empty());
  EXPECT_TRUE(signs_with("Neu84027"));
  EXPECT_EQ(host_.tries_left(pin_kind::user), 10);
}

TEST_F(Pin, ARightOldPinCostsNoTryAlsoWhenTheNewOneIsNeverTyped) {
  host_.prompt.answers = {"Wrong111"};
  EXPECT_EQ(pin_.change(call(), host_.token, "").error().status, KC_E_CANCELLED);
  EXPECT_EQ(host_.tries_left(pin_kind::user), 9);
  host_.prompt.answers = {"Test1357"};
  EXPECT_EQ(pin_.change(call(), host_.token, "").error().status, KC_E_CANCELLED);
  EXPECT_EQ(host_.prompt.asked.back().purpose, prompt_purpose::new_on_change);
  EXPECT_EQ(host_.tries_left(pin_kind::user), 10);
  EXPECT_TRUE(signs_with("Test1357"));
}

TEST_F(Pin, TheMissThatLocksEndsTheChange) {
  for (int i = 0; i < 10; ++i) host_.prompt.answers.emplace_back("Wrong111");
  EXPECT_EQ(pin_.change(call(), host_.token, "").error().status, KC_E_PIN_LOCKED);
  for (const auto& one : host_.prompt.asked) EXPECT_EQ(one.purpose, prompt_purpose::change);
}

TEST_F(Pin, AWeakNewPinIsRefusedBeforeTheTokenSeesIt) {
  host_.prompt.answers = {"Test1357", "12345678"};
  EXPECT_EQ(pin_.change(call(), host_.token, "").error().status, KC_E_CANCELLED);
  EXPECT_FALSE(host_.prompt.asked.back().problem.empty());
  EXPECT_TRUE(signs_with("Test1357"));
}

TEST_F(Pin, ALockedTokenIsUnlockedAndTheProofIsSignedByItsKey) {
  lock();
  host_.prompt.answers = {"Neu84027"};
  const auto one = begin();
  const auto statement = authorisation_for(one);
  const auto proof = finish(one, statement);
  ASSERT_TRUE(proof.ok()) << proof.error().code << std::hex << proof.error().native;
  const auto content = signed_content(*proof, host_.certificate.der);
  const auto doc = statement::read(content);
  ASSERT_TRUE(doc.ok()) << content;
  EXPECT_EQ(doc->at("type"), "unlock-proof");
  EXPECT_EQ(doc->at("order"), approval);
  EXPECT_EQ(doc->at("redemption"), one.asked.redeem_id);
  EXPECT_EQ(doc->at("nonce"), hex(one.asked.nonce));
  EXPECT_EQ(doc->at("admin_pin"), "next");
  EXPECT_EQ(doc->at("authorisation_sha256"), hex(sha256(bytes_of(statement.dump()))));
  EXPECT_TRUE(signs_with("Neu84027"));
  EXPECT_EQ(host_.tries_left(pin_kind::admin), 10);
}

TEST_F(Pin, NoPinIsInAnyFileOrLog) {
  lock();
  ASSERT_TRUE(redeem().ok());
  for (const auto& line : host_.log.lines())
    for (const auto* pin : {"Neu84027", "Wrong111", "Admin2468", "Admin1357", "Test1357"})
      EXPECT_EQ(line.find(pin), std::string::npos) << line;
  for (const auto& file : std::filesystem::recursive_directory_iterator(host_.folder.path() / "data")) {
    if (!file.is_regular_file()) continue;
    std::ifstream in(file.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    for (const auto* pin : {"Neu84027", "Admin2468", "Admin1357"}) EXPECT_EQ(text.find(pin), std::string::npos);
  }
}

TEST_F(Pin, AnAuthorisationThatSaysAnythingElseIsRefusedAndNothingIsSpent) {
  lock();
  const auto one = begin();
  const std::vector<std::pair<std::string, nlohmann::json>> changes{
      {"unlock", "11111111-2222-4333-8444-555555555556"},
      {"redemption", "11111111-2222-4333-8444-555555555556"},
      {"action", "format"},
      {"method", "pkcs11-init-pin"},
      {"token", {{"manufacturer", "Keycare"}, {"serial", "99"}}},
      {"application", "OTHER"},
      {"certificate_sha256", std::string(64, '0')},
      {"nonce", std::string(64, '0')},
      {"ephemeral_key_sha256", std::string(64, '0')},
      {"rotation", "maybe"}};
  for (const auto& [member, value] : changes) {
    auto statement = authorisation_for(one);
    statement[member] = value;
    host_.prompt.answers = {"Neu84027"};
    const auto proof = finish(one, statement);
    EXPECT_EQ(proof.error().status, KC_E_UNTRUSTED) << member;
    EXPECT_EQ(proof.error().code, "KC-UNLOCK-OTHER") << member;
  }
  EXPECT_TRUE(host_.prompt.asked.empty());
  expect_nothing_spent(one);
}

TEST_F(Pin, AdminPinsThatWereSealedForAnotherRedemptionOrDamagedAreRefusedAndNothingIsSpent) {
  lock();
  const auto other = begin();
  const auto one = begin();
  const auto good = authorisation_for(one);
  const auto others = authorisation_for(other).at("sealed");
  struct row {
    const char* what;
    std::function<void(nlohmann::json&)> change;
  };
  // Each is signed by the RA's own key: it is the seal that does not fit.
  const row changes[] = {
      {"another redemption's", [&](auto& sealed) { sealed = others; }},
      {"another redemption's key", [&](auto& sealed) { sealed["ra_key"] = others.at("ra_key"); }},
      {"another redemption's data", [&](auto& sealed) { sealed["data"] = others.at("data"); }},
      {"no data", [](auto& sealed) { sealed["data"] = ""; }},
      {"data without its end",
       [](auto& sealed) { sealed["data"] = sealed["data"].template get<std::string>().substr(4); }},
      {"no key", [](auto& sealed) { sealed["ra_key"] = "AAAA"; }},
      {"another scheme", [](auto& sealed) { sealed["scheme"] = "none"; }},
      {"one PIN only", [&](auto& sealed) { sealed = seal_pins(one.asked, R"({"current":"Admin2468"})"); }},
      {"a PIN too long", [&](auto& sealed) {
         sealed = seal_pins(one.asked, R"({"current":"Admin2468","next":"Admin135790123456789"})");
       }}};
  for (const auto& [what, change] : changes) {
    auto statement = good;
    change(statement["sealed"]);
    const auto proof = finish(one, statement);
    ASSERT_FALSE(proof.ok()) << what;
    EXPECT_TRUE(proof.error().status == KC_E_UNTRUSTED || proof.error().status == KC_E_DAMAGED) << what;
    EXPECT_TRUE(host_.prompt.asked.empty()) << what;
  }
  expect_nothing_spent(one);
}

TEST_F(Pin, AnAuthorisationBySomebodyElseIsRefused) {
  lock();
  const auto one = begin();
  const auto forged = host_.ca.sign(authorisation_for(one).dump());
  EXPECT_EQ(pin_.unlock_finish(call(), one.unlock, forged).error().status, KC_E_UNTRUSTED);
  expect_nothing_spent(one);
}

TEST_F(Pin, AnAuthorisationCutShortAnywhereIsRefusedAndNothingIsSpent) {
  lock();
  const auto one = begin();
  const auto whole = host_.unlock_signer.sign(authorisation_for(one).dump());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto cut = octets_view(whole).first(size);
    EXPECT_NE(pin_.unlock_finish(call(), one.unlock, cut).error().code, "") << size;
    ASSERT_TRUE(host_.prompt.asked.empty()) << size;
  }
  expect_nothing_spent(one);
}

TEST_F(Pin, AnAuthorisationWithAnyOctetChangedIsRefusedOrSaysTheSameAndNothingIsSpent) {
  lock();
  const auto one = begin();
  const auto text = authorisation_for(one).dump();
  const auto whole = host_.unlock_signer.sign(text);
  const auto inside = std::search(whole.begin(), whole.end(), text.begin(), text.end()) - whole.begin();
  ASSERT_LT(static_cast<std::size_t>(inside), whole.size());
  std::size_t harmless = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto changed = whole;
    changed[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
    host_.prompt.asked.clear();
    const auto proof = pin_.unlock_finish(call(), one.unlock, changed);
    ASSERT_FALSE(proof.ok()) << at;
    if (host_.prompt.asked.empty()) continue;
    // What surrounds the statement is not all signed (the signer's certificate, which is pinned anyway, for one). The
    // user is asked, and presses 取消.
    ASSERT_EQ(proof.error().status, KC_E_CANCELLED) << at;
    const auto offset = static_cast<std::ptrdiff_t>(at);
    EXPECT_TRUE(offset < inside || offset >= inside + static_cast<std::ptrdiff_t>(text.size())) << at;
    ++harmless;
  }
  EXPECT_LT(harmless, whole.size() / 2);
  expect_nothing_spent(one);
}

TEST_F(Pin, AnAuthorisationOfAnEarlierRedemptionIsRefusedAlsoAfterARestartAndAfterItWasUsed) {
  lock();
  const auto first = begin();
  const auto second = begin();
  EXPECT_EQ(finish(second, authorisation_for(first)).error().code, "KC-UNLOCK-OTHER");
  restart();
  EXPECT_EQ(finish(second, authorisation_for(second)).error().code, "KC-UNLOCK-ENDED")
      << "its key died with the process";
  const auto third = begin();
  EXPECT_EQ(finish(third, authorisation_for(second)).error().code, "KC-UNLOCK-OTHER");
  const auto used = host_.unlock_signer.sign(authorisation_for(third).dump());
  host_.prompt.answers = {"Neu84027"};
  ASSERT_TRUE(pin_.unlock_finish(call(), third.unlock, used).ok());
  restart();
  host_.prompt.answers = {"Neu84028"};
  const auto fourth = begin();
  EXPECT_EQ(pin_.unlock_finish(call(), fourth.unlock, used).error().code, "KC-UNLOCK-OTHER");
  EXPECT_EQ(host_.tries_left(pin_kind::admin), 10);
  EXPECT_TRUE(signs_with("Neu84027"));
}

TEST_F(Pin, AfterFiveMinutesTheAuthorisationIsStaleWhateverTheComputersClockSays) {
  lock();
  const auto one = begin();
  host_.time.advance(301);
  host_.time.turn_wall_clock(-301);
  EXPECT_EQ(finish(one, authorisation_for(one)).error().code, "KC-UNLOCK-STALE");
  const auto another = begin();
  host_.time.turn_wall_clock(86'400);
  host_.time.advance(295);
  expect_nothing_spent(another);
}

TEST_F(Pin, WithoutAJournalThatCanBeReadAndWrittenNothingIsSpent) {
  lock();
  const auto note = host_.folder.path() / "data" / "tokens" /
                    ("unlock-" + hex(sha256(bytes_of(host_.token.manufacturer + '\n' + host_.token.serial))) + ".json");
  const auto one = begin();
  const auto is_refused = [&](const char* when) {
    host_.prompt.answers = {"Neu84027"};
    EXPECT_EQ(finish(one, authorisation_for(one)).error().code, "KC-UNLOCK-JOURNAL") << when;
    EXPECT_EQ(host_.tries_left(pin_kind::admin), 10) << when;
  };
  std::filesystem::create_directories(note);
  is_refused("unreadable");
  std::filesystem::remove(note);
  {
    const full_disk full;
    is_refused("full");
  }
  EXPECT_FALSE(std::filesystem::exists(note));
  expect_nothing_spent(one);
  std::ofstream(note) << "{";
  host_.prompt.answers.clear();
  EXPECT_EQ(redeem().error().code, "KC-UNLOCK-JOURNAL") << "which admin PIN is set is not known: people must look";
  EXPECT_EQ(host_.tries_left(pin_kind::admin), 10);
}

TEST_F(Pin, FiveMinutesPassAlsoWhileTheDialogIsOpen) {
  lock();
  const auto one = begin();
  host_.prompt.answers = {"Neu84027"};
  host_.prompt.while_open = [&] { host_.time.advance(301); };
  EXPECT_EQ(finish(one, authorisation_for(one)).error().code, "KC-UNLOCK-STALE");
  EXPECT_EQ(host_.tries_left(pin_kind::admin), 10);
}

TEST_F(Pin, CancellingTheNewPinSpendsNothingAndCanBeTakenUpAgain) {
  lock();
  const auto one = begin();
  EXPECT_EQ(finish(one, authorisation_for(one)).error().status, KC_E_CANCELLED);
  EXPECT_EQ(host_.tries_left(pin_kind::admin), 10);
  host_.prompt.answers = {"Neu84027"};
  EXPECT_TRUE(finish(one, authorisation_for(one)).ok());
}

TEST_F(Pin, AnAuthorisationIsGoodOnce) {
  lock();
  host_.prompt.answers = {"Neu84027", "Neu84028"};
  const auto one = begin();
  const auto statement = authorisation_for(one);
  ASSERT_TRUE(finish(one, statement).ok());
  EXPECT_EQ(finish(one, statement).error().status, KC_E_GRANT_ENDED);
}

TEST_F(Pin, AfterACrashBehindTheChangeNextIsTriedFirstAndNothingIsWrong) {
  lock();
  host_.faults("fail:SKF_UnblockPIN:SAR_FAIL");  // The admin PIN is changed; then the light goes out.
  EXPECT_EQ(redeem().error().status, KC_E_OUTCOME_UNKNOWN);
  host_.faults("");
  host_.prompt.answers.clear();
  ASSERT_TRUE(redeem().ok());
  EXPECT_EQ(host_.tries_left(pin_kind::admin), 10);
  EXPECT_TRUE(signs_with("Neu84027"));
}

TEST_F(Pin, AChangeWhoseAnswerWasLostIsAnUnknownOutcomeAndNextIsTriedFirst) {
  lock();
  host_.faults("lost:SKF_ChangePIN:SAR_FAIL");
  EXPECT_EQ(redeem().error().status, KC_E_OUTCOME_UNKNOWN);
  host_.faults("");
  host_.prompt.answers.clear();
  ASSERT_TRUE(redeem().ok());
  EXPECT_EQ(host_.tries_left(pin_kind::admin), 10);
}

TEST_F(Pin, AfterACrashBeforeTheChangeCurrentIsTriedSecond) {
  lock();
  host_.faults("fail:SKF_ChangePIN:SAR_FAIL");
  EXPECT_FALSE(redeem().ok());
  host_.faults("");
  host_.prompt.answers.clear();
  ASSERT_TRUE(redeem().ok());
  EXPECT_TRUE(signs_with("Neu84027"));
}

TEST_F(Pin, AReportThatTheRaNeverGotIsMadeUpForByTheSameApproval) {
  lock();
  ASSERT_TRUE(redeem().ok());
  ASSERT_TRUE(redeem().ok());  // The RA gives the same pair again.
  EXPECT_EQ(host_.tries_left(pin_kind::admin), 10);
}

TEST_F(Pin, AWrongAdminPinCostsOneTryARedemption) {
  lock();
  const auto proof = redeem("Wrong999", "Admin1357");
  EXPECT_EQ(proof.error().code, "KC-UNLOCK-ADMIN-PIN");
  EXPECT_EQ(host_.tries_left(pin_kind::admin), 9);
}

TEST_F(Pin, ATokenThatCannotChangeItsAdminPinIsUnlockedAndCalledExposed) {
  lock();
  host_.faults("fail:SKF_ChangePIN:SAR_NOTSUPPORTYETERR");
  const auto proof = redeem();
  ASSERT_TRUE(proof.ok()) << proof.error().code;
  EXPECT_EQ(statement::read(signed_content(*proof, host_.certificate.der))->at("admin_pin"), "current");
}

TEST_F(Pin, ATokenWithoutAnAdminPinIsUnsupportedAndNothingIsNoted) {
  lock();
  host_.faults("fail:SKF_ChangePIN:SAR_NOTSUPPORTYETERR;fail:SKF_UnblockPIN:SAR_NOTSUPPORTYETERR");
  const auto proof = redeem();
  EXPECT_EQ(proof.error().status, KC_E_UNSUPPORTED);
  EXPECT_EQ(proof.error().code, "KC-UNLOCK-UNSUPPORTED");
  host_.faults("");
  host_.prompt.answers.clear();
  ASSERT_TRUE(redeem().ok());
  EXPECT_EQ(host_.tries_left(pin_kind::admin), 10);  // `next` was not tried: nothing can have set it.
}

/// The admin PIN is changed and the user PIN set; then the light goes out, before there is a proof.
class CrashBehindTheUnblock : public Pin, public testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(Pin, CrashBehindTheUnblock,
                         testing::Values("lost:SKF_UnblockPIN:SAR_FAIL", "fail:SKF_VerifyPIN:SAR_FAIL",
                                         "lost:SKF_VerifyPIN:SAR_FAIL", "fail:SKF_RSASignData:SAR_FAIL",
                                         "lost:SKF_RSASignData:SAR_FAIL"));
TEST_P(CrashBehindTheUnblock, AnotherRedemptionGivesTheProofAndNoTryIsLost) {
  lock();
  host_.faults(GetParam());
  const auto died = redeem();
  EXPECT_EQ(died.error().status, KC_E_OUTCOME_UNKNOWN) << died.error().code;
  host_.faults("");
  restart();
  host_.prompt.answers.clear();
  const auto proof = redeem();
  ASSERT_TRUE(proof.ok()) << proof.error().code;
  EXPECT_EQ(statement::read(signed_content(*proof, host_.certificate.der))->at("admin_pin"), "next");
  EXPECT_EQ(host_.tries_left(pin_kind::admin), 10);
  EXPECT_TRUE(signs_with("Neu84027"));
}

class FewAdminTries : public Pin {
protected:
  FewAdminTries() : Pin({.admin_tries = 2}) {}
};
TEST_F(FewAdminTries, AnUnlockDoesNotBegin) {
  const auto begun = pin_.unlock_begin(call(), host_.token, host_.certificate.sha256, approval);
  EXPECT_EQ(begun.error().code, "KC-UNLOCK-ADMIN-TRIES");
}

}  // namespace
}  // namespace keycare::test
