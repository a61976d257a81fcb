// unlock_model_test.cpp - the simulated RA beside the real one, where a locked token is opened: the same scripts, the
// same answers, and the same admin PINs in the same order.
#include "tests/sim/scripts.hpp"
#include "tests/sim/world.hpp"
#include "unlock_kit.hpp"

#include "plugins/common/encoding.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace keycare::sim {
namespace {

/// Somebody with a locked token at an RA: what is said, in the words of the scripts. An unlock is U, V or W.
class unlock_stand {
public:
  virtual ~unlock_stand() = default;
  virtual std::string apply(const std::string& unlock) = 0;
  virtual std::string prove(const std::string& unlock) = 0;
  virtual void approve() = 0;
  virtual std::string redeem(const std::string& unlock) = 0;
  /// The request of the last redemption once more, to the octet.
  virtual std::string redeem_again(const std::string& unlock) = 0;
  virtual std::string report(const std::string& unlock) = 0;
  virtual std::string show(const std::string& unlock) = 0;

  std::string perform(const std::string& line) {
    std::istringstream in(line);
    std::string what, unlock;
    in >> what >> unlock;
    if (what == "apply") return apply(unlock);
    if (what == "prove") return prove(unlock);
    if (what == "redeem") return redeem(unlock);
    if (what == "redeem-again") return redeem_again(unlock);
    if (what == "report") return report(unlock);
    if (what == "show") return show(unlock);
    if (what == "approve") return approve(), "-";
    return "no such word";
  }

protected:
  static std::string told(int status, const json& body) {
    auto out = std::to_string(status);
    if (status >= 300) return out + " " + body.value("code", "");
    const auto& unlock = body.contains("unlock") && body["unlock"].is_object() ? body["unlock"] : body;
    if (unlock.contains("redemptions_left"))
      out += " " + unlock["state"].get<std::string>() + " " + unlock["redemptions_left"].dump();
    return out;
  }
  /// The PINs that were released, by the order in which they were first seen.
  std::string named(const std::string& current, const std::string& next) {
    const auto name = [this](const std::string& pin) {
      return " pin-" + std::to_string(pins_.try_emplace(pin, pins_.size()).first->second);
    };
    const auto first = name(current);
    return first + name(next);
  }

private:
  std::map<std::string, std::size_t> pins_;
};

class real_unlocks final : public unlock_stand {
public:
  std::string apply(const std::string& unlock) override { return told(of(unlock).apply()); }
  std::string prove(const std::string& unlock) override { return told(of(unlock).verify()); }
  void approve() override { ra_.advance(dev_ra::test::ra_kit::review); }
  std::string redeem(const std::string& unlock) override {
    auto made = of(unlock).redeem();
    const auto out = told(made.answer);
    if (made.answer.status != 200) return out;
    const auto pins = named(made.pins["current"], made.pins["next"]);
    last_.insert_or_assign(unlock, std::move(made));
    return out + pins;
  }
  std::string redeem_again(const std::string& unlock) override {
    const auto& last = last_.at(unlock);
    const auto got = ra_.put_json(last.path, last.request, of(unlock).secret());
    return told(got) + (got.body == last.answer.body ? " the same" : " another");
  }
  std::string report(const std::string& unlock) override { return told(of(unlock).report(last_.at(unlock), "next")); }
  std::string show(const std::string& unlock) override { return told(of(unlock).show()); }

private:
  static std::string told(const dev_ra::test::reply& got) { return unlock_stand::told(got.status, got.body); }
  dev_ra::test::unlock_kit& of(const std::string& unlock) {
    auto it = kits_.find(unlock);
    if (it == kits_.end()) it = kits_.try_emplace(unlock, ra_, who_, kits_.empty()).first;
    return it->second;
  }
  dev_ra::test::ra_kit ra_;
  dev_ra::test::person who_ = ra_.enrol("clerk");
  std::map<std::string, dev_ra::test::unlock_kit> kits_;
  std::map<std::string, dev_ra::test::redeemed> last_;
};

class model_unlocks final : public unlock_stand {
public:
  model_unlocks() { ra_.now = 1'795'392'000; }
  std::string apply(const std::string& unlock) override {
    json doc = {{"type", "unlock-apply"},
                {"order", uuid(unlock)},
                {"token", {{"manufacturer", "Maker"}, {"serial", "A1"}}},
                {"certificate_sha256", paper_.hash_hex(old_.der())},
                {"time", ra_.now}};
    const auto sealed = paper_.seal(bytes_of(doc.dump()));
    const auto got = say("PUT", unlock, "", std::string(text_of(sealed)));
    if (got.status == 200) secrets_[unlock] = body_of(got)["unlock_secret"];
    return told(got);
  }
  std::string prove(const std::string& unlock) override {
    say("POST", unlock, "/code", "{}");
    return told(say("PUT", unlock, "/verification", json{{"code", right_code}}.dump()));
  }
  void approve() override { ra_.approve_unlocks(); }
  std::string redeem(const std::string& unlock) override {
    redemption made;
    made.id = "22222222-0000-4000-8000-00000000000" + std::to_string(made_++);
    made.request = json{{"nonce", "nonce-" + made.id}, {"code", right_code}, {"token", {{"serial", "A1"}}}}.dump();
    const auto got = say("PUT", unlock, "/redemptions/" + made.id, made.request);
    if (got.status != 200) return told(got);
    made.answer = got.body;
    const auto cms = common::from_base64(body_of(got)["authorisation"].get<std::string>());
    const auto statement = json::parse(paper_.open(*cms)->text);
    last_[unlock] = made;
    return told(got) + named(statement["current"], statement["next"]);
  }
  std::string redeem_again(const std::string& unlock) override {
    const auto& last = last_.at(unlock);
    const auto got = say("PUT", unlock, "/redemptions/" + last.id, last.request);
    return told(got) + (got.body == last.answer ? " the same" : " another");
  }
  std::string report(const std::string& unlock) override {
    const json doc = {{"type", "unlock-proof"},
                      {"order", uuid(unlock)},
                      {"redemption", last_.at(unlock).id},
                      {"nonce", "nonce-" + last_.at(unlock).id},
                      {"admin_pin", "next"}};
    const auto cms = paper_.sign(old_key, doc.dump());
    return told(say("PUT", unlock, "/report", std::string(text_of(cms))));
  }
  std::string show(const std::string& unlock) override { return told(say("GET", unlock, "", "")); }

private:
  struct redemption {
    std::string id, request;
    octets answer;
  };
  static std::string uuid(const std::string& unlock) {
    return "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a0" + unlock_digit(unlock);
  }
  static std::string unlock_digit(const std::string& unlock) { return std::to_string(unlock.at(0) - 'U'); }
  static json body_of(const http_response& got) { return json::parse(got.body.begin(), got.body.end()); }
  static std::string told(const http_response& got) { return unlock_stand::told(got.status, body_of(got)); }
  http_response say(const char* method, const std::string& unlock, const std::string& rest, const std::string& body) {
    return ra_.answer({"ra", method, "/v1/unlocks/" + uuid(unlock) + rest, "", secrets_[unlock], octets_of(body), 0});
  }
  paper paper_{false};
  certificate old_{"平安供应商", "1001", std::string(old_key), 1'700'000'000, 1'797'552'000, std::string(our_issuer)};
  ra_model ra_{paper_, old_, {"Maker", "A1"}};
  std::map<std::string, std::string> secrets_;
  std::map<std::string, redemption> last_;
  int made_ = 0;
};

class UnlockModel : public testing::TestWithParam<script> {};

TEST_P(UnlockModel, AnswersAsTheRealRaDoes) {
  expect_same_answers<real_unlocks, model_unlocks>(GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(Scripts, UnlockModel,
                         testing::Values(script{"oneUnlock",
                                                {"apply U", "show U", "apply V", "prove U", "show U", "approve",
                                                 "show U", "apply V", "redeem U", "redeem-again U", "show U",
                                                 "report U", "report U", "redeem-again U", "show U"}},
                                         script{"redeemedUntilItsLimit",
                                                {"apply U", "prove U", "approve", "redeem U", "redeem U", "redeem U",
                                                 "redeem U", "show U", "report U", "show U"}},
                                         // A report that comes after another unlock's, and a request that was delayed
                                         // past its report: what the token has is what the RA thinks it has.
                                         script{"aReportOfYesterday",
                                                {"apply U", "prove U", "approve", "redeem U", "apply V", "prove V",
                                                 "approve", "redeem V", "report V", "redeem-again V", "report U",
                                                 "apply W", "prove W", "approve", "redeem W", "report W"}}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace keycare::sim
