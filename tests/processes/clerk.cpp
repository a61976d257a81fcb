// clerk.cpp - see clerk.hpp.
#include "clerk.hpp"

#include "host-stub/services/crypto/openssl_ptr.hpp"
#include "host-stub/services/token/pkcs11/library.hpp"
#include "host-stub/services/token/skf/library.hpp"
#include "token_store.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

namespace keycare::e2e {

namespace cast = demo::cast;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string_view> pins{cast::pin, cast::pin, cast::pin};

/// Whether @p signature over SHA-256 of "proof" verifies with the key in @p certificate.
bool verifies(octets_view certificate, octets_view signature) {
  const unsigned char* data = certificate.data();
  const services::x509_ptr read(d2i_X509(nullptr, &data, static_cast<long>(certificate.size())));
  if (!read) return false;
  const services::digest_context_ptr context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, X509_get0_pubkey(read.get())) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                          reinterpret_cast<const unsigned char*>("proof"), 5) == 1;
}

octets digest_of_proof() {
  octets out(32);
  EVP_Digest("proof", 5, out.data(), nullptr, EVP_sha256(), nullptr);
  return out;
}

}  // namespace

std::string code_of(const outcome& ended) {
  const auto replies = replies_of(ended);
  if (replies.empty()) return {};
  const auto& last = replies.back();
  if (last.contains("error")) return last["error"]["code"];
  return last.value("data", nlohmann::json::object()).value("delayed", "");
}

std::string words_of(const outcome& ended) {
  const auto replies = replies_of(ended);
  if (replies.empty()) return {};
  const auto& last = replies.back();
  if (last.contains("error")) return last["error"]["sentence"];
  std::string out;
  for (const auto& line : last.value("data", nlohmann::json::object()).value("say", nlohmann::json::array()))
    out += line.get<std::string>() + "\n";
  return out;
}

std::mt19937 seeded() {
  const char* given = std::getenv("KEYCARE_SEED");
  const auto day = static_cast<unsigned long>(time(nullptr) / 86'400);
  const auto seed = given != nullptr ? std::strtoul(given, nullptr, 10) : day;
  std::cout << "KEYCARE_SEED=" << seed << std::endl;
  return std::mt19937(static_cast<std::mt19937::result_type>(seed));
}

int kills_wanted() {
  const char* given = std::getenv("KEYCARE_KILLS");
  return given != nullptr ? std::max(1, std::atoi(given)) : 12;
}

void order_test::SetUp() {
  office_test::SetUp();
  if (!HasFatalFailure()) form_ = application();
}

std::string order_test::order() const {
  const auto now = books::read(ra_folder());
  return now.orders.empty() ? std::string{} : now.orders.back().uuid;
}

std::string order_test::state() const {
  const auto now = books::read(ra_folder());
  return now.orders.empty() ? std::string{} : now.orders.back().state;
}

order_test::actor order_test::whose_turn() const {
  const auto now = books::read(ra_folder());
  const auto state = now.orders.empty() ? std::string{} : now.orders.back().state;
  const bool asked_to_pay = !now.payments.empty() && now.payments.back().state == "open";
  if (look_first_) return actor::clerk;
  if (state == "awaiting-payment" && asked_to_pay) return actor::bank;
  return state == "under-review" ? actor::reviewer : actor::clerk;
}

void order_test::turn() {
  const auto now = books::read(ra_folder());
  const auto state = now.orders.empty() ? std::string{} : now.orders.back().state;
  switch (whose_turn()) {
    case actor::bank:
      EXPECT_TRUE(office_->ra().desk("pay", {{"payment", now.payments.back().uuid}}).ok());
      return;
    case actor::reviewer: {
      nlohmann::json decided{{"uuid", now.orders.back().uuid}, {"decision", corrections_ ? "correct" : "approve"}};
      if (corrections_) {
        decided["reason"] = "电话无法接通";
        decided["fields"] = {{{"field", "phone"}, {"code", "mismatch"}}};
      }
      corrections_ = false;
      EXPECT_TRUE(office_->ra().desk("review", decided).ok());
      return;
    }
    case actor::clerk:
      break;
  }
  if (look_first_)
    run({"renewal", "continue"}, nullptr, pins);
  else if (state.empty() || state == "withdrawn")
    run({"renewal", "apply"}, form_, pins);
  else if (state == "awaiting-payment")
    run({"renewal", "pay"}, paying(), pins);
  else if (state == "needs-correction")
    run({"renewal", "correct"}, {{"form", {{"phone", "13800138000"}}}}, pins);
  else
    run({"renewal", "continue"}, nullptr, pins);
  const auto code = code_of(last_);
  look_first_ = code == "KC-RENEWAL-UNDER-WAY" || code == "KC-RENEWAL-NOT-SUBMITTED";
  expect_sensible(last_);
}

void order_test::clerks_turn() {
  turn();
  for (int again = 0; look_first_ && again < 2; ++again) turn();
}

void order_test::expect_sensible(const outcome& ended) {
  if (ended.signal == SIGKILL) return;
  EXPECT_EQ(ended.signal, 0);
  EXPECT_TRUE(ended.exit == 0 || ended.exit == 1 || ended.exit == 4) << ended.exit << ended.out << ended.err;
  const auto code = code_of(ended);
  if (ended.exit != 0) {
    EXPECT_TRUE(code.starts_with("KC-")) << ended.out << ended.err;
    EXPECT_GT(words_of(ended).size(), 20u) << ended.out;
  }
  for (const char* locked : {"KC-RENEWAL-BUSY", "KC-STORE-LOCKED", "KC-STORE-BUSY", "KC-RENEWAL-TOKEN-BUSY"})
    EXPECT_NE(code, locked) << "the dead hold no lock";
}

void order_test::finish() {
  environment_.clear();
  meanwhile_ = {};
  for (int left = 40; left > 0 && !HasFailure(); --left) {
    const auto now = books::read(ra_folder());
    if (!now.orders.empty() && now.orders.back().state == "complete") {
      const auto orders = run({"renewal", "orders"});
      ASSERT_FALSE(orders.empty()) << last_.err;
      const auto& listed = orders.back()["data"]["orders"];
      ASSERT_EQ(listed.size(), now.orders.size()) << listed;
      if (listed[0]["state"] == "complete" && listed[0]["open"] == false) return;
    }
    turn();
    // What the RA passes by itself it passes with the next request of anybody.
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  FAIL() << "the order was never complete: " << last_.out << last_.err;
}

void order_test::expect_everything_is_there(std::size_t containers, std::size_t orders) {
  const auto now = books::read(ra_folder());
  ASSERT_EQ(now.orders.size(), orders) << "one order, and those that were withdrawn";
  for (const auto& one : now.orders) EXPECT_EQ(one.state, &one == &now.orders.back() ? "complete" : "withdrawn");
  EXPECT_EQ(std::count_if(now.payments.begin(), now.payments.end(), [](const auto& one) { return one.kept(); }), 1)
      << "one payment kept";
  for (const auto& one : now.payments)
    EXPECT_TRUE(one.kept() || one.returned()) << one.uuid << ' ' << one.state << ' ' << one.provider;
  EXPECT_EQ(database_health(ra_folder()), "ok");
  expect_both_keys_sign();
  expect_containers(containers);
  expect_no_lock();
}

void order_test::expect_both_keys_sign() {
  const auto& files = office_->files();
  const auto remembered = folder_ / "counter";
  const auto module =
      kind() == demo::token_kind::skf
          ? services::skf::load({"soft-skf", files.soft_skf, services::ulong_width::automatic}, remembered)
          : services::pkcs11::load({"softhsm", files.softhsm, {}}, remembered);
  ASSERT_TRUE(module.ok()) << module.error().code;
  const auto found = (*module)->certificates(token_.token);
  ASSERT_TRUE(found.ok()) << found.error().code;
  ASSERT_EQ(found->items.size(), 2u) << "the old certificate and the new one";
  EXPECT_TRUE(std::any_of(found->items.begin(), found->items.end(), [&](const auto& one) {
    return one.der == token_.certificate;
  })) << "the old one is as it was";
  const auto session = (*module)->open(token_.token);
  ASSERT_TRUE(session.ok()) << session.error().code;
  for (const auto& one : found->items) {
    ASSERT_TRUE((*session)->verify_pin(one.place.application, services::pin_kind::user, services::secret(cast::pin)));
    const auto made = (*session)->sign(one.place, "SHA256", digest_of_proof());
    ASSERT_TRUE(made.ok()) << one.place.container << made.error().code;
    EXPECT_TRUE(verifies(one.der, *made)) << one.place.container;
  }
}

void order_test::expect_containers(std::size_t wanted) {
  if (kind() == demo::token_kind::pkcs11) {
    // The old and the new name, each on a certificate and a public key; a private key's name is encrypted. What SoftHSM
    // leaves when it dies in C_GenerateKeyPair, an empty file or a key that has no name yet, nobody finds or misses.
    int named = 0;
    for (const auto& file : fs::recursive_directory_iterator(folder_ / "tokens")) {
      if (file.path().extension() != ".object") continue;
      std::ifstream in(file.path(), std::ios::binary);
      const std::string content{std::istreambuf_iterator<char>(in), {}};
      if (content.find("FIRST") != std::string::npos || content.find("KC1-") != std::string::npos) ++named;
    }
    EXPECT_EQ(named, 4);
    return;
  }
  const auto token = soft_skf::read_token({(folder_ / "tokens").string(), "clerk"});
  ASSERT_TRUE(token.ok());
  ASSERT_EQ(token->applications.size(), 1u);
  EXPECT_EQ(token->applications[0].containers.size(), wanted) << "the old certificate's and the new one's";
}

void order_test::expect_no_lock() {
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    const auto ending = entry.path().extension();
    if (!entry.is_regular_file() || (ending != ".lock" && ending != ".device")) continue;
    const int fd = open(entry.path().c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_GE(fd, 0);
    EXPECT_EQ(flock(fd, LOCK_EX | LOCK_NB), 0) << entry.path() << " is still locked";
    close(fd);
  }
}

void order_test::kill_ra() {
  const auto pid = office_->ra().pid();
  kill(pid, SIGKILL);
  siginfo_t ended{};
  waitid(P_PID, static_cast<id_t>(pid), &ended, WEXITED | WNOWAIT);  // office::restart_ra() takes its status
}

void order_test::raise_ra() {
  const auto raised = office_->restart_ra();
  ASSERT_TRUE(raised.ok()) << raised.error().code << raised.error().args;
}

}  // namespace keycare::e2e
