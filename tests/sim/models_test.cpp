// models_test.cpp - the simulated RA and token beside the real ones: the same scripts, the same answers.
#include "ra_kit.hpp"
#include "tests/host-stub/services/token/soft_host.hpp"
#include "tests/sim/scripts.hpp"
#include "tests/sim/world.hpp"

#include "keycare/sdk/statement.hpp"
#include "plugins/common/encoding.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace keycare::sim {
namespace {

// ---- the RA

constexpr std::array uuids = {"8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a11", "8d4e5b0e-8a30-4b9f-9d0c-2f6b8f1f7a12"};
constexpr std::array payments = {"11111111-0000-4000-8000-000000000001", "11111111-0000-4000-8000-000000000002"};

/// An answer as scripts compare it: the status, and the problem's code or the order's state.
std::string told(int status, const json& body) {
  auto out = std::to_string(status);
  if (status >= 300) return out + " " + body.value("code", "");
  const auto& order = body.contains("order") && body["order"].is_object() ? body["order"] : body;
  if (order.contains("number")) out += " " + order["state"].get<std::string>() + " " + order["generation"].dump();
  if (order.contains("number") && !order["payments"].empty())
    for (const auto& p : order["payments"]) out += " " + p["state"].get<std::string>();
  if (body.contains("method")) out += " payment " + body["state"].get<std::string>();
  if (body.contains("orders"))
    for (const auto& one : body["orders"]) out += " " + one["order"]["state"].get<std::string>();
  return out;
}

/// Somebody at an RA: what is said, in the words of the scripts.
class ra_stand {
public:
  virtual ~ra_stand() = default;
  virtual std::string apply(const std::string& uuid, int months) = 0;
  virtual std::string show(const std::string& uuid, bool with_secret) = 0;
  virtual std::string pay(const std::string& uuid, const std::string& id, const std::string& method) = 0;
  virtual std::string withdraw(const std::string& uuid) = 0;
  virtual std::string correct(const std::string& uuid, const std::string& phone) = 0;
  virtual std::string csr(const std::string& uuid, const std::string& key, std::int64_t generation) = 0;
  virtual std::string bundle(const std::string& uuid) = 0;
  virtual std::string confirm(const std::string& uuid, const std::string& key, std::int64_t generation) = 0;
  virtual std::string generation(const std::string& uuid, std::int64_t wanted) = 0;
  virtual std::string eligibility() = 0;
  virtual void browser(const std::string& payment) = 0;
  virtual void decide(const std::string& uuid, const std::string& word) = 0;
  /// Long enough that whatever was due has happened: once.
  virtual void wait() = 0;

  std::string perform(const std::string& line) {
    std::istringstream in(line);
    std::string what, arg, more, last;
    in >> what >> arg >> more >> last;
    const std::string uuid = arg == "B" ? uuids[1] : uuids[0];
    const auto payment = [](const std::string& name) { return std::string(payments[name == "q" ? 1 : 0]); };
    if (what == "apply") return apply(uuid, more.empty() ? 12 : std::stoi(more));
    if (what == "show") return show(uuid, more != "unknown");
    if (what == "pay") return pay(uuid, payment(more), last.empty() ? "wechat" : last);
    if (what == "withdraw") return withdraw(uuid);
    if (what == "correct") return correct(uuid, more);
    if (what == "csr") return csr(uuid, more, last.empty() ? 1 : std::stoll(last));
    if (what == "bundle") return bundle(uuid);
    if (what == "confirm") return confirm(uuid, more, last.empty() ? 1 : std::stoll(last));
    if (what == "generation") return generation(uuid, std::stoll(more));
    if (what == "eligible") return eligibility();
    if (what == "browser") browser(payment(arg));
    if (what == "decide") decide(uuid, more);
    if (what == "wait") wait();
    return "-";
  }
};

class real_ra final : public ra_stand {
public:
  std::string apply(const std::string& uuid, int months) override {
    // A repetition is the same document, whatever the time is meanwhile.
    auto& said = applications_[uuid + std::to_string(months)];
    if (said.is_null()) {
      const auto quote = kit_.post_json("/v1/quotes", {{"certificate_sha256", who_.sha256}, {"months", months}});
      if (quote.status != 200) return told(quote);
      said = kit_.apply_statement(who_, uuid, quote.body);
    }
    return told(kit_.submit(who_, said), &uuid);
  }
  std::string show(const std::string& uuid, bool with_secret) override {
    return told(kit_.get("/v1/renewals/" + uuid, with_secret ? secrets_[uuid] : std::string(40, 'x')));
  }
  std::string pay(const std::string& uuid, const std::string& id, const std::string& method) override {
    return told(kit_.put_json("/v1/renewals/" + uuid + "/payments/" + id,
                              {{"method", method}, {"invoice", dev_ra::test::invoice()}}, secrets_[uuid]));
  }
  std::string withdraw(const std::string& uuid) override { return say(uuid, "withdrawal", "withdraw", 1); }
  std::string correct(const std::string& uuid, const std::string& phone) override {
    // What is repeated is the same statement, and not one of the next second.
    auto& doc = corrections_[uuid + phone];
    if (doc.is_null()) {
      doc = kit_.statement(who_, "correct", uuid);
      doc["form"] = {{"phone", phone}};
    }
    return told(kit_.put_cms("/v1/renewals/" + uuid + "/correction", kit_.seal(kit_.sign(who_, doc))));
  }
  std::string csr(const std::string& uuid, const std::string& key, std::int64_t generation) override {
    return told(kit_.put_json("/v1/renewals/" + uuid + "/csr",
                              kit_.csr_request(who_, {uuid, secrets_[uuid], {}}, keyed(key).get(), generation)));
  }
  std::string bundle(const std::string& uuid) override {
    const auto got = kit_.get("/v1/renewals/" + uuid + "/bundle", secrets_[uuid]);
    if (got.status == 200) bundle_ = got.body;
    return told(got);
  }
  std::string confirm(const std::string& uuid, const std::string& key, std::int64_t generation) override {
    const auto renewed = dev_ra::test::ra_kit::renewed(who_, copy_of(keyed(key)), bundle_);
    return told(kit_.put_cms(
        "/v1/renewals/" + uuid + "/confirmation",
        kit_.sign(renewed, kit_.confirm_statement(who_, renewed, {uuid, secrets_[uuid], {}}, generation))));
  }
  std::string generation(const std::string& uuid, std::int64_t wanted) override {
    return say(uuid, "generation", "new-generation", wanted);
  }
  std::string eligibility() override {
    const auto got = kit_.post_json("/v1/eligibility", {{"certificate_sha256", who_.sha256}});
    return got.body["reason"].get<std::string>();
  }
  void browser(const std::string& payment) override { kit_.dev("pay", {{"payment", payment}}, false); }
  void decide(const std::string& uuid, const std::string& word) override {
    json asked = {{"uuid", uuid}, {"decision", word}, {"reason", "请更正"}};
    if (word == "correct") asked["fields"] = {{{"field", "phone"}, {"code", "malformed"}}};
    kit_.dev("review", asked);
  }
  void wait() override { kit_.advance(dev_ra::test::ra_kit::step); }

private:
  std::string told(const dev_ra::test::reply& got, const std::string* uuid = nullptr) {
    if (uuid != nullptr && got.body.contains("order_secret")) secrets_[*uuid] = got.body["order_secret"];
    return sim::told(got.status, got.body);
  }
  std::string say(const std::string& uuid, const std::string& path, const char* type, std::int64_t generation) {
    return told(kit_.put_cms("/v1/renewals/" + uuid + "/" + path,
                             kit_.sign(who_, kit_.statement(who_, type, uuid, generation))));
  }
  dev_ra::key_ptr& keyed(const std::string& name) {
    auto& key = keys_[name];
    if (!key) key = dev_ra::test::new_key();
    return key;
  }
  static dev_ra::key_ptr copy_of(const dev_ra::key_ptr& key) {
    EVP_PKEY_up_ref(key.get());
    return dev_ra::key_ptr(key.get());
  }
  std::map<std::string, nlohmann::json> corrections_;  ///< As they were said, by order and telephone.
  dev_ra::test::ra_kit kit_{[](dev_ra::options& o) { o.review = dev_ra::review_mode::by_hand; }};
  dev_ra::test::person who_ = kit_.enrol("clerk");
  std::map<std::string, std::string> secrets_;
  std::map<std::string, dev_ra::key_ptr> keys_;
  std::map<std::string, json> applications_;
  json bundle_;
};

class model_ra final : public ra_stand {
public:
  model_ra() { ra_.now = 1'795'392'000; }
  std::string apply(const std::string& uuid, int months) override {
    const auto quoted = put("POST", "/v1/quotes", json{{"certificate_sha256", hash_}, {"months", months}}.dump());
    if (quoted.status != 200) return told(quoted);
    const auto quote = json::parse(text_of(quoted.body));
    auto doc = statement("apply", uuid, 1);
    doc["payload_sha256"] = paper_.hash_hex(uuid + std::to_string(months));
    for (const char* member : {"id", "months", "fee_fen", "new_not_after", "expires"})
      doc["quote"][member] = quote[member];
    const auto got = put("PUT", "/v1/renewals/" + uuid, sealed(doc));
    if (got.status == 200) secrets_[uuid] = json::parse(text_of(got.body))["order_secret"];
    return told(got);
  }
  std::string show(const std::string& uuid, bool with_secret) override {
    return told(put("GET", "/v1/renewals/" + uuid, "", with_secret ? secrets_[uuid] : std::string(40, 'x')));
  }
  std::string pay(const std::string& uuid, const std::string& id, const std::string& method) override {
    return told(put("PUT", "/v1/renewals/" + uuid + "/payments/" + id,
                    json{{"method", method}, {"invoice", {{"kind", "personal"}, {"title", "张三"}}}}.dump(),
                    secrets_[uuid]));
  }
  std::string withdraw(const std::string& uuid) override {
    return told(put("PUT", "/v1/renewals/" + uuid + "/withdrawal", signed_by(old_key, statement("withdraw", uuid, 1))));
  }
  std::string correct(const std::string& uuid, const std::string& phone) override {
    auto doc = statement("correct", uuid, 1);
    doc["form"] = {{"phone", phone}};
    return told(put("PUT", "/v1/renewals/" + uuid + "/correction", sealed(doc)));
  }
  std::string csr(const std::string& uuid, const std::string& key, std::int64_t generation) override {
    const auto request = "CSR:" + key;
    auto doc = statement("bind-csr", uuid, generation);
    doc["csr_sha256"] = paper_.hash_hex(request);
    const json body = {{"csr", common::to_base64(bytes_of(request))},
                       {"bind_csr", common::to_base64(bytes_of(signed_by(old_key, doc)))}};
    return told(put("PUT", "/v1/renewals/" + uuid + "/csr", body.dump()));
  }
  std::string bundle(const std::string& uuid) override {
    const auto got = put("GET", "/v1/renewals/" + uuid + "/bundle", "", secrets_[uuid]);
    if (got.status == 200) {
      const auto body = json::parse(text_of(got.body));
      certificate_ = text_of(*common::from_base64(body["signing_certificate"].get<std::string>()));
    }
    return told(got);
  }
  std::string confirm(const std::string& uuid, const std::string& key, std::int64_t generation) override {
    auto doc = statement("confirm", uuid, generation);
    doc["signing_certificate_sha256"] = paper_.hash_hex(certificate_);
    return told(put("PUT", "/v1/renewals/" + uuid + "/confirmation", signed_by(key, doc)));
  }
  std::string generation(const std::string& uuid, std::int64_t wanted) override {
    return told(put("PUT", "/v1/renewals/" + uuid + "/generation",
                    signed_by(old_key, statement("new-generation", uuid, wanted))));
  }
  std::string eligibility() override {
    const auto got = put("POST", "/v1/eligibility", json{{"certificate_sha256", hash_}}.dump());
    return json::parse(text_of(got.body))["reason"];
  }
  void browser(const std::string& payment) override {
    if (const auto said = ra_.pay(payment)) ra_.accept(*said);
  }
  void decide(const std::string& uuid, const std::string& word) override {
    ra_.review(ra_.orders().at(uuid), word == "approve"  ? order_event::approval
                                      : word == "reject" ? order_event::rejection
                                                         : order_event::correction_asked);
  }
  void wait() override {
    ra_.now += 1000;
    for (const auto& said : ra_.provider_answers()) ra_.accept(said);
    ra_.go_on();
  }

private:
  static std::string told(const http_response& got) {
    return sim::told(got.status, json::parse(got.body.begin(), got.body.end()));
  }
  http_response put(const char* method, const std::string& path, const std::string& body,
                    const std::string& bearer = {}) {
    return ra_.answer({"ra", method, path, "", bearer, octets_of(body), 0});
  }
  json statement(const char* type, const std::string& uuid, std::int64_t generation) const {
    return {{"type", type},
            {"version", 1},
            {"ra", "sim-ra"},
            {"order", uuid},
            {"generation", generation},
            {"token", {{"manufacturer", "Maker"}, {"serial", "A1"}}},
            {"certificate_sha256", hash_}};
  }
  std::string signed_by(std::string_view key, const json& doc) {
    const auto cms = paper_.sign(key, doc.dump());
    return std::string(text_of(cms));
  }
  std::string sealed(const json& doc) {
    const auto out = paper_.seal(bytes_of(signed_by(old_key, doc)));
    return std::string(text_of(out));
  }
  paper paper_{false};
  certificate old_{"平安供应商", "1001", std::string(old_key), 1'700'000'000, 1'797'552'000, std::string(our_issuer)};
  ra_model ra_{paper_, old_, {"Maker", "A1"}};
  std::string hash_ = paper_.hash_hex(old_.der());
  std::map<std::string, std::string> secrets_;
  std::string certificate_;
};

class RaModel : public testing::TestWithParam<script> {};

TEST_P(RaModel, AnswersAsTheRealOneDoes) {
  expect_same_answers<real_ra, model_ra>(GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    Scripts, RaModel,
    testing::Values(
        script{"renewal",
               {"eligible",    "apply A",     "apply A",    "show A",  "show A unknown", "eligible", "pay A p",
                "pay A p",     "browser p",   "show A",     "pay A q", "wait",           "show A",   "decide A approve",
                "show A",      "bundle A",    "csr A k",    "csr A k", "show A",         "bundle A", "confirm A k",
                "confirm A k", "show A",      "wait",       "show A",  "wait",           "show A",   "wait",
                "show A",      "confirm A k", "withdraw A", "eligible"}},
        script{"uuids",
               {"apply A", "apply A 24", "apply B", "show B", "withdraw A", "withdraw A", "apply B", "apply A",
                "show A", "withdraw B", "apply A 24"}},
        script{"payments",
               {"apply A", "pay A p", "pay A p alipay", "pay A q", "wait", "show A", "pay A q", "browser p", "show A",
                "browser q", "browser q", "show A", "pay A p", "wait", "show A", "withdraw A"}},
        script{"late-money",
               {"apply A", "pay A p", "withdraw A", "show A", "pay A q", "browser p", "show A", "wait", "withdraw A",
                "show A"}},
        script{"withdrawn",
               {"apply A", "pay A p", "withdraw A", "wait", "show A", "browser p", "show A", "wait", "withdraw A",
                "csr A k"}},
        script{"correction",
               {"apply A", "correct A 13900139000", "pay A p", "browser p", "wait", "decide A correct", "show A",
                "correct A 13900139000", "correct A 13900139000", "correct A 13700137000", "show A", "decide A approve",
                "show A"}},
        script{"rejection",
               {"apply A", "pay A p", "browser p", "wait", "decide A reject", "show A", "apply B", "wait", "show A",
                "wait", "show A", "csr A k", "withdraw A"}},
        script{"generations",
               {"apply A",       "generation A 2", "pay A p",        "browser p",      "wait",      "decide A approve",
                "csr A k 2",     "generation A 3", "generation A 2", "generation A 2", "csr A k 1", "csr A k 2",
                "csr A l 2",     "generation A 3", "csr A k 3",      "csr A l 3",      "bundle A",  "confirm A l 2",
                "confirm A l 3", "generation A 4", "generation A 3", "show A"}}),
    [](const auto& info) {
      std::string name = info.param.name;
      std::erase(name, '-');
      return name;
    });

// ---- the token

/// What was done to a container, and the status that came of it.
class token_stand {
public:
  virtual ~token_stand() = default;
  virtual kc_status create(const std::string& container) = 0;
  virtual kc_status generate(const std::string& container) = 0;
  virtual kc_status request(const std::string& container) = 0;
  virtual kc_status install(const std::string& container, const std::string& for_key_of) = 0;
  virtual kc_status prove(const std::string& container) = 0;
  virtual kc_status reap(const std::string& container) = 0;
  virtual std::uint32_t inspect(const std::string& container) = 0;
  virtual void pull() = 0;
  virtual void plug() = 0;

  std::string perform(const std::string& line) {
    std::istringstream in(line);
    std::string what, container, other;
    in >> what >> container >> other;
    if (what == "pull") return pull(), "-";
    if (what == "plug") return plug(), "-";
    if (what == "inspect") return std::to_string(inspect(container));
    return std::to_string(what == "create"     ? create(container)
                          : what == "generate" ? generate(container)
                          : what == "request"  ? request(container)
                          : what == "install"  ? install(container, other.empty() ? container : other)
                          : what == "prove"    ? prove(container)
                                               : reap(container));
  }
};

class real_token final : public token_stand {
public:
  kc_status create(const std::string& c) override {
    return status([&] { return keys_.create(call(), grant({KC_OP_CREATE, c, {}}), c); });
  }
  kc_status generate(const std::string& c) override {
    const auto made = keys_.generate(call(), grant({KC_OP_GENERATE, c, {}}), c, "rsa-2048");
    if (made) made_[c] = *made;
    return made ? kc_status{KC_OK} : made.error().status;
  }
  kc_status request(const std::string& c) override {
    return status([&] { return keys_.request(call(), grant({KC_OP_REQUEST, c, {}}), c); });
  }
  kc_status install(const std::string& c, const std::string& other) override {
    return status([&] { return keys_.install(call(), grant({KC_OP_INSTALL, c, {}}), c, issued(other)); });
  }
  kc_status prove(const std::string& c) override {
    return status([&] { return keys_.prove(call(), grant({KC_OP_PROVE, c, {}}), c, issued(c)); });
  }
  kc_status reap(const std::string& c) override {
    return status([&] { return keys_.reap(call(), grant({KC_OP_REAP, c, {}}), c); });
  }
  std::uint32_t inspect(const std::string& c) override {
    const auto found = keys_.inspect(call(), host_.token, host_.certificate.sha256, c);
    return found ? found->state : static_cast<std::uint32_t>(100 + found.error().status);
  }
  void pull() override { host_.unplug(); }
  void plug() override { host_.plug(); }

private:
  template <class Act>
  kc_status status(Act act) {
    const auto done = act();
    return done ? kc_status{KC_OK} : done.error().status;
  }
  const kc_call& call() { return *host_.call.abi(); }
  kc_grant grant(operation what) {
    if (grant_ != 0) signing_.close(grant_);
    host_.prompt.answers.assign(1, "Test1357");
    const auto made = host_.grant({std::move(what)});
    return grant_ = made ? *made : 0;
  }
  const keycare::bundle& issued(const std::string& of) {
    if (!issued_.contains(of)) issued_[of] = {host_.ca.issue(made_[of], "张三", 365), {}, {}, {}};
    return issued_[of];
  }
  test::soft_host host_;
  keys_client keys_ = test::soft_host::client<keys_client>(*host_.keys_service);
  signing_client signing_ = test::soft_host::client<signing_client>(*host_.signing_service);
  kc_grant grant_ = 0;
  std::map<std::string, octets> made_;
  std::map<std::string, keycare::bundle> issued_;
};

class model_token final : public token_stand {
public:
  model_token() {
    world_.computers.resize(1);
    world_.homes = {0};
    world_.running.resize(1);
    world_.calm = true;
    world_.plug(0);
  }
  kc_status create(const std::string& c) override { return of(me().create(grant(KC_OP_CREATE, c), c)); }
  kc_status generate(const std::string& c) override {
    const auto made = me().generate(grant(KC_OP_GENERATE, c), c);
    if (made) made_[c] = std::string(text_of(*made)).substr(subject_key("").size());
    return of(made);
  }
  kc_status request(const std::string& c) override { return of(me().request(grant(KC_OP_REQUEST, c), c)); }
  kc_status install(const std::string& c, const std::string& other) override {
    return of(me().install(grant(KC_OP_INSTALL, c), c, issued(other)));
  }
  kc_status prove(const std::string& c) override { return of(me().prove(grant(KC_OP_PROVE, c), c, issued(c))); }
  kc_status reap(const std::string& c) override { return of(me().reap(grant(KC_OP_REAP, c), c)); }
  std::uint32_t inspect(const std::string& c) override {
    const auto found = me().inspect(world_.ours, c);
    return found ? found->state : static_cast<std::uint32_t>(100 + found.error().status);
  }
  void pull() override { world_.pull(); }
  void plug() override { world_.plug(0); }

private:
  template <class T>
  static kc_status of(const result<T>& outcome) {
    return outcome ? kc_status{KC_OK} : outcome.error().status;
  }
  process& me() { return world_.start(0); }
  const octets& issued(const std::string& of) {
    if (!issued_.contains(of))
      issued_[of] = octets_of(certificate{"平安供应商", "2", made_[of], 0, 9, std::string(our_issuer)}.der());
    return issued_[of];
  }
  kc_grant grant(const char* kind, const std::string& container) {
    const auto made = me().prepare({world_.ours, {}, uuids[0]});
    (void)me().add(*made, kind, container);
    return me().open(*made) ? *made : 0;
  }
  world world_{1, {}, false, nullptr};
  std::map<std::string, std::string> made_;
  std::map<std::string, octets> issued_;
};

TEST(TokenModel, AnswersAsTheRealOneDoes) {
  expect_same_answers<real_token, model_token>({"inspect KC1-A-1",
                                                "create KC1-A-1",
                                                "inspect KC1-A-1",
                                                "create KC1-A-1",
                                                "request KC1-A-1",
                                                "generate KC1-A-1",
                                                "inspect KC1-A-1",
                                                "generate KC1-A-1",
                                                "request KC1-A-1",
                                                "create KC1-A-1",
                                                "generate KC1-B-1",
                                                "inspect KC1-B-1",
                                                "create KC1-B-1",
                                                "generate KC1-B-1",
                                                "inspect KC1-B-1",
                                                "install KC1-A-1 KC1-B-1",
                                                "inspect KC1-A-1",
                                                "prove KC1-A-1",
                                                "install KC1-A-1",
                                                "install KC1-A-1",
                                                "inspect KC1-A-1",
                                                "prove KC1-A-1",
                                                "reap KC1-A-1",
                                                "reap KC1-B-1",
                                                "inspect KC1-B-1",
                                                "reap KC1-B-1",
                                                "reap KC1-NEVER-1",
                                                "pull",
                                                "inspect KC1-A-1",
                                                "create KC1-C-1",
                                                "plug",
                                                "inspect KC1-A-1",
                                                "prove KC1-A-1"});
}

}  // namespace
}  // namespace keycare::sim
