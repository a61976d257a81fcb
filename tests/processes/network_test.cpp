// network_test.cpp - answers that do not come, come in part, or are not true: the client says so, and the order goes
// on.
#include "clerk.hpp"
#include "host-stub/services/crypto/encoding.hpp"
#include "host-stub/services/crypto/openssl_ptr.hpp"
#include "relay.hpp"

#include <openssl/pem.h>

#include <csignal>
#include <fstream>

namespace keycare::e2e {
namespace {

namespace cast = demo::cast;
using nlohmann::json;
using pass = std::function<relayed_answer()>;

/// What a network, a gateway or a bad RA does to one request, and what the client says of it.
struct trouble {
  const char* name;
  bool asks_ra;  ///< The RA has done what it was asked, and the client does not know.
  std::function<std::string(const pass&)> play;
  const char* code;
  int exit;  ///< Of a command that cannot go on without this answer.
};

std::string with_half_a_body(const relayed_answer& whole) {
  const auto octets = octets_of(whole, true);
  return octets.substr(0, octets.size() - whole.body.size() / 2);
}

std::string with_a_member_twice(relayed_answer whole) {
  const auto body = json::parse(whole.body, nullptr, false);
  EXPECT_TRUE(body.is_object() && !body.empty()) << whole.body;
  const auto first = body.begin();
  whole.body.pop_back();
  whole.body += "," + json(first.key()).dump() + ":" + first.value().dump() + "}";
  return octets_of(whole);
}

relayed_answer html(int status) {
  return {status, "text/html", "", "<html><body>Please log in to the network</body></html>"};
}

const std::vector<trouble>& troubles() {
  static const std::vector<trouble> all{
      {"dropped before the RA has it", false, [](const pass&) { return ""; }, "KC-NET-OUTCOME-UNKNOWN", 4},
      {"500 without a word", false,
       [](const pass&) {
         return octets_of({500, "text/plain", "", ""});
       },
       "KC-RA-UNAVAILABLE", 4},
      {"503 from a gateway", false, [](const pass&) { return octets_of(html(503)); }, "KC-RA-UNAVAILABLE", 4},
      {"500 of the RA", false,
       [](const pass&) {
         return octets_of({500, "application/problem+json", "", R"({"code":"internal"})"});
       },
       "KC-RA-INTERNAL", 4},
      {"a page instead of an answer", false, [](const pass&) { return octets_of(html(200)); }, "KC-RA-ANSWER", 1},
      {"a redirection", false,
       [](const pass&) {
         return octets_of({302, "text/html", "Location: https://127.0.0.1:1/\r\n", ""});
       },
       "KC-RA-ANSWER", 1},
      {"a gateway that forbids", false, [](const pass&) { return octets_of(html(403)); }, "KC-RA-REFUSED", 1},
      {"a gateway that finds nothing", false, [](const pass&) { return octets_of(html(404)); }, "KC-RA-REFUSED", 1},
      {"ten megabytes", false,
       [](const pass&) {
         return octets_of({200, "application/json", "", R"({"order":")" + std::string(10 << 20, 'x') + R"("})"});
       },
       "KC-NET-TOO-LARGE", 1},
      {"deep nesting", false,
       [](const pass&) {
         return octets_of({200, "application/json", "",
                           R"({"order":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}"});
       },
       "KC-RA-ANSWER", 1},
      {"half of the answer", true, [](const pass& ask) { return with_half_a_body(ask()); }, "KC-NET-OUTCOME-UNKNOWN",
       4},
      {"a member twice", true, [](const pass& ask) { return with_a_member_twice(ask()); }, "KC-RA-ANSWER", 1},
      {"forbidden after the RA has it", true,
       [](const pass& ask) {
         (void)ask();
         return octets_of(html(403));
       },
       "KC-RA-REFUSED", 1},
      {"dropped after the RA has it", true,
       [](const pass& ask) {
         (void)ask();
         return std::string();
       },
       "KC-NET-OUTCOME-UNKNOWN", 4},
  };
  return all;
}

class network : public order_test {
protected:
  void SetUp() override {
    order_test::SetUp();
    if (HasFatalFailure()) return;
    relay_ = std::make_unique<relay>(ra_folder(), office_->ra().url());
    config_ = client_of(relay_->url(), "relayed.json");
  }
  void TearDown() override {
    relay_.reset();
    order_test::TearDown();
  }
  /// The client's configuration with another address of the RA.
  std::filesystem::path client_of(const std::string& url, const char* name) const {
    std::ifstream in(office_->config_file());
    auto config = json::parse(in);
    config["endpoints"]["ra"]["url"] = url;
    const auto file = folder_ / name;
    std::ofstream(file) << config;
    return file;
  }
  /// Honest turns until the RA has the order in @p wanted.
  void until_state(const std::string& wanted) {
    relay_->be_honest();
    for (int left = 12; left > 0 && state() != wanted && !HasFailure(); --left) turn();
    ASSERT_EQ(state(), wanted) << last_.out << last_.err;
  }
  /// What is said in answer to a trick: an error, or that an answer is awaited.
  void expect_said(const std::string& code, int exit, const std::string& what) {
    EXPECT_EQ(code_of(last_), code) << what << last_.out << last_.err;
    EXPECT_GT(words_of(last_).size(), 20u) << what;
    EXPECT_TRUE(last_.exit == exit || (last_.exit == 0 && last_.out.find("\"delayed\"") != std::string::npos))
        << what << last_.exit << last_.out;
  }
  std::unique_ptr<relay> relay_;
};

TEST_F(network, WhateverHappensToARequestIsSaidAndTheOrderGoesOn) {
  struct row {
    const char* state;  ///< Of the order, when the request is due.
    const char* request;
  };
  int at = 0;
  int played = 0;
  corrections_ = true;
  for (const auto& [due, request] :
       {row{"", "POST /v1/eligibility$"}, row{"", "POST /v1/quotes$"}, row{"", "GET /v1/agreements/"},
        row{"", "PUT /v1/renewals/[^/]*$"}, row{"awaiting-payment", "GET /v1/renewals/[^/]*$"},
        row{"awaiting-payment", "PUT .*/payments/"}, row{"needs-correction", "PUT .*/correction$"},
        row{"approved", "PUT .*/csr$"}, row{"issued", "GET .*/bundle$"}, row{"issued", "PUT .*/confirmation$"}}) {
    if (*due != '\0' && std::string_view(due) != "issued") until_state(due);
    // After the last trick the RA may have had it, and the client not know.
    if (state() == "awaiting-payment") run({"renewal", "continue"}, nullptr, {cast::pin});
    ++at;
    int nth = 0;
    for (const auto& one : troubles()) {
      // All of them with each request when hundreds of processes are to be killed; a third otherwise, in turns.
      const bool wanted = kills_wanted() >= 100 || (at + ++nth) % 3 == 2 || &one == &troubles().back();
      if (!wanted) continue;
      const auto what = std::string(request) + ", " + one.name + ": ";
      const auto before = state();
      relay_->play(request, one.play);
      clerks_turn();
      if (relay_->played() == 0 && state() != due) break;  // the RA had it from an earlier trick, and the client knows
      ASSERT_GT(relay_->played(), 0) << what << before << last_.out << last_.err;
      ++played;
      expect_said(one.code, one.exit, what);
      if (HasFailure()) return;
    }
  }
  EXPECT_GE(played, 30);
  relay_->be_honest();
  finish();
  expect_everything_is_there();
}

/// The RA's answer with something changed in it.
template <class Change>
relay::trick changed(Change change) {
  return [change](const pass& ask) {
    auto answer = ask();
    auto body = json::parse(answer.body, nullptr, false);
    EXPECT_TRUE(body.is_object()) << answer.body;
    change(body);
    answer.body = body.dump();
    return octets_of(answer);
  };
}

TEST_F(network, AFeeThatIsNoneIsRefusedAndAnotherFeeIsShown) {
  struct row {
    const char* name;
    const char* request;
    std::function<void(json&)> change;
    const char* code;
  };
  const auto quote = "POST /v1/quotes$";
  const auto order = "GET /v1/renewals/[^/]*$";
  const std::vector<row> of_quotes{
      {"negative", quote, [](json& q) { q["fee_fen"] = -20'000; }, "KC-RA-ANSWER"},
      {"a fraction", quote, [](json& q) { q["fee_fen"] = 20'000.5; }, "KC-RA-ANSWER"},
      {"a whole number written as a fraction", quote, [](json& q) { q["fee_fen"] = 20'000.0; }, "KC-RA-ANSWER"},
      {"a text", quote, [](json& q) { q["fee_fen"] = "20000"; }, "KC-RA-ANSWER"},
      {"beyond any fee", quote, [](json& q) { q["fee_fen"] = 18'446'744'073'709'551'615ULL; }, "KC-RA-ANSWER"},
      {"not the sum of its items", quote, [](json& q) { q["fee_fen"] = 1; }, "KC-RENEWAL-QUOTE-SUM"},
  };
  for (const auto& one : of_quotes) {
    relay_->play(one.request, changed(one.change));
    clerks_turn();
    EXPECT_GT(relay_->played(), 0);
    expect_said(one.code, 1, one.name);
    EXPECT_EQ(state(), "") << one.name << ": nothing was signed";
  }
  until_state("awaiting-payment");
  const std::vector<row> of_orders{
      {"negative", order, [](json& o) { o["fee_fen"] = -1; }, "KC-RA-ANSWER"},
      {"a fraction", order, [](json& o) { o["fee_fen"] = 0.5; }, "KC-RA-ANSWER"},
      {"another than was agreed to", order, [](json& o) { o["fee_fen"] = 40'000; }, "KC-RENEWAL-ORDER-DIFFERS"},
      {"another order's", order, [](json& o) { o["uuid"] = "00000000-0000-4000-8000-000000000000"; }, "KC-RA-ANSWER"},
  };
  for (const auto& one : of_orders) {
    relay_->play(one.request, changed(one.change));
    clerks_turn();
    EXPECT_GT(relay_->played(), 0);
    expect_said(one.code, 1, one.name);
    EXPECT_TRUE(books::read(ra_folder()).payments.empty()) << one.name << ": nothing is paid for that";
  }
  relay_->be_honest();
  finish();
  expect_everything_is_there();
}

TEST_F(network, ACertificateThatIsNotWhatWasOrderedIsNotInstalled) {
  const services::key_ptr issuing(read_pem(ra_folder() / "private" / "issuing.key", PEM_read_PrivateKey));
  const services::key_ptr another(EVP_EC_gen("P-256"));
  ASSERT_TRUE(issuing && another);
  const auto& old = token_.certificate;
  using change = std::function<void(X509&, json&)>;
  struct row {
    const char* name;
    change make;  ///< To the RA's new certificate; it is signed again by the RA's issuer, but for the last one.
    const char* code;
  };
  const auto keep = [](X509&, json&) {};
  const std::vector<row> rows{
      {"for another key", [&](X509& c, json&) { X509_set_pubkey(&c, another.get()); }, "KC-RENEWAL-BUNDLE-KEY"},
      {"for another subject",
       [](X509& c, json&) {
         X509_NAME_add_entry_by_txt(X509_get_subject_name(&c), "OU", MBSTRING_ASC,
                                    reinterpret_cast<const unsigned char*>("other"), -1, -1, 0);
       },
       "KC-RENEWAL-BUNDLE-SUBJECT"},
      {"for a shorter term", [](X509& c, json&) { X509_gmtime_adj(X509_getm_notAfter(&c), 30L * 86'400); },
       "KC-RENEWAL-BUNDLE-DATES"},
      {"for a longer term", [](X509& c, json&) { X509_gmtime_adj(X509_getm_notAfter(&c), 3'000L * 86'400); },
       "KC-RENEWAL-BUNDLE-DATES"},
      {"with the old serial number",
       [&](X509& c, json&) {
         const unsigned char* data = old.data();
         const services::x509_ptr first(d2i_X509(nullptr, &data, static_cast<long>(old.size())));
         X509_set_serialNumber(&c, X509_get_serialNumber(first.get()));
       },
       "KC-RENEWAL-BUNDLE-SERIAL"},
      {"of another generation", [](X509&, json& b) { b["generation"] = 2; }, "KC-RENEWAL-BUNDLE-GENERATION"},
      {"the old one again", [&](X509&, json& b) { b["signing_certificate"] = services::base64(old); },
       "KC-RENEWAL-BUNDLE-KEY"},
      {"by an issuer of nobody", keep, "KC-RENEWAL-BUNDLE-CHAIN"},
  };
  until_state("approved");
  for (const auto& one : rows) {
    const bool by_nobody = std::string_view(one.code) == "KC-RENEWAL-BUNDLE-CHAIN";
    relay_->play("GET .*/bundle$", changed([&](json& body) {
                   const auto der = services::from_base64(body.at("signing_certificate").get<std::string>());
                   const unsigned char* data = der->data();
                   const services::x509_ptr made(d2i_X509(nullptr, &data, static_cast<long>(der->size())));
                   const auto as_it_was = body["signing_certificate"];
                   one.make(*made, body);
                   if (body["signing_certificate"] != as_it_was) return;
                   X509_sign(made.get(), by_nobody ? another.get() : issuing.get(), EVP_sha256());
                   body["signing_certificate"] = services::base64(services::encoded(i2d_X509, made.get()));
                 }));
    clerks_turn();
    EXPECT_GT(relay_->played(), 0) << one.name << last_.out;
    expect_said(one.code, 1, one.name);
    EXPECT_EQ(run({"validity", "list"}).back()["data"]["certificates"].size(), 1u) << one.name;
  }
  relay_->be_honest();
  finish();
  expect_everything_is_there();
}

TEST_F(network, AnRaThatKeepsSilentIsWaitedForNoLongerThanThePersonOrTheTimeLimitWants) {
  until_state("awaiting-payment");
  const auto silent = [](const pass& ask) {
    (void)ask();
    return std::string("(hold)");
  };
  const auto waited = [&] {
    const auto begun = std::chrono::steady_clock::now();
    run({"renewal", "pay"}, paying(), {cast::pin});
    EXPECT_GT(relay_->played(), 0);
    expect_sensible(last_);
    return std::chrono::steady_clock::now() - begun;
  };
  // Ctrl-C, when the RA has the request: what was sent may have been done, and the same is asked again.
  relay_->play("PUT .*/payments/", silent);
  meanwhile_ = {std::chrono::seconds(1), [&](pid_t client) {
                  // Somebody else may look meanwhile, and is told who is at it.
                  EXPECT_EQ(run_program(command_line({"renewal", "orders"}, nullptr)).exit, 0);
                  const auto other = run_program(command_line({"renewal", "continue"}, nullptr));
                  EXPECT_EQ(other.exit, 4) << other.out;
                  EXPECT_EQ(code_of(other), "KC-RENEWAL-BUSY");
                  kill(client, SIGINT);
                }};
  EXPECT_LT(waited(), std::chrono::seconds(10));
  EXPECT_EQ(code_of(last_), "KC-NET-OUTCOME-UNKNOWN") << last_.out << last_.err;
  meanwhile_ = {};
  if (kills_wanted() >= 100) {  // thirty seconds
    relay_->play("GET /v1/renewals/[^/]*$", silent);
    EXPECT_LT(waited(), std::chrono::seconds(45));
    EXPECT_EQ(code_of(last_), "KC-NET-OUTCOME-UNKNOWN") << last_.out << last_.err;
  }
  relay_->be_honest();
  finish();
  expect_everything_is_there();
}

TEST_F(network, AnRaThatIsNotThereIsSaidAtEveryStepAndTheStoreIsShown) {
  const auto away = client_of("https://127.0.0.1:1", "away.json");  // nobody listens on port 1
  const auto here = config_;
  for (const char* due : {"", "awaiting-payment", "approved"}) {
    until_state(due);
    config_ = away;
    turn();
    expect_said("KC-NET-CONNECT", 4, due);
    run({"renewal", "orders"});
    EXPECT_EQ(last_.exit, 0) << last_.out;
    config_ = here;
  }
  finish();
  expect_everything_is_there();
}

}  // namespace
}  // namespace keycare::e2e
