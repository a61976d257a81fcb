// contract_test.cpp - every path and every status that openapi.json declares is answered by dev-ra, and nothing else
// is.
#include "ra_kit.hpp"
#include "unlock_kit.hpp"

#include "dev-ra/octets.hpp"
#include "dev-ra/order_states.hpp"
#include "dev-ra/routes.hpp"

#include <gtest/gtest.h>

namespace keycare::dev_ra::test {
namespace {

/// A path of openapi.json with ids of nobody in it.
std::string filled(std::string_view path) {
  std::string made;
  while (!path.empty()) {
    const auto open = path.find('{');
    made += path.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = path.find('}', open);
    made += path.substr(open, close - open + 1) == "{sha256}" ? std::string(64, 'a') : random_uuid();
    path.remove_prefix(close + 1);
  }
  return made;
}

/// What no path needs a story for: bodies of the wrong kind, ids of nobody.
void knock_at_every_door(ra_kit& ra, const person& who) {
  for (const auto& to : routes()) {
    const auto path = filled(to.path);
    if (to.takes == media::none) {
      ra.send(to.method, path, {}, {}, "x");
      continue;
    }
    const std::string right = to.takes == media::cms ? "application/cms" : "application/json";
    EXPECT_EQ(ra.send(to.method, path, "{}", "text/plain").status, 415) << to.path;
    EXPECT_EQ(ra.send(to.method, path, std::string(140'000, ' '), right).status, 413) << to.path;
    EXPECT_EQ(ra.send(to.method, path, "{", right).status, 400) << to.path;
  }
  EXPECT_EQ(ra.get("/v1/time?nonce=1").status, 400);
  EXPECT_EQ(ra.get("/v1/time?nonce=" + std::string(32, 'a')).status, 200);
  EXPECT_EQ(ra.get("/v1/agreements/current?language=!!").status, 400);
  EXPECT_EQ(ra.get("/v1/agreements/current?language=fr").body.at("agreement").at("language"), "zh-CN");
  EXPECT_EQ(ra.post_json("/v1/quotes", {{"certificate_sha256", who.sha256}, {"months", 18}}).status, 400);
  EXPECT_EQ(ra.post_json("/v1/quotes", {{"certificate_sha256", std::string(64, '0')}, {"months", 12}}).status, 404);
  EXPECT_EQ(ra.post_json("/v1/quotes", {{"certificate_sha256", ra.enrol("early", 300).sha256}, {"months", 12}}).status,
            409);
  EXPECT_EQ(ra.post_json("/v1/eligibility", {{"certificate_sha256", std::string(64, '0')}}).status, 200);
  // Statements about orders of nobody.
  const auto nobody = random_uuid();
  const auto path = "/v1/renewals/" + nobody;
  applied none{nobody, "x", {}};
  ra.put_cms(path + "/withdrawal", ra.sign(who, ra.statement(who, "withdraw", nobody)));
  ra.put_cms(path + "/generation", ra.sign(who, ra.statement(who, "new-generation", nobody, 2)));
  auto correct = ra.statement(who, "correct", nobody);
  correct["form"] = {{"name", "王五"}};
  ra.put_cms(path + "/correction", ra.seal(ra.sign(who, correct)));
  ra.put_json(path + "/csr", ra.csr_request(who, none, who.key.get()));
  ra.put_cms(path + "/confirmation", ra.sign(who, ra.confirm_statement(who, who, none)));
  ra.open_payment(none, random_uuid());
  const auto token = json{{"manufacturer", "Keycare"}, {"serial", "nobody"}};
  ra.put_json("/v1/unlocks/" + nobody + "/verification", {{"code", "123456"}}, "x");
  ra.put_json("/v1/unlocks/" + nobody + "/redemptions/" + nobody,
              {{"code", "123456"},
               {"nonce", std::string(64, 'a')},
               {"ephemeral_key", base64("key!")},
               {"token", token},
               {"application", ""},
               {"certificate_sha256", std::string(64, 'a')}},
              "x");
}

/// One order through all that an order can be answered with, by somebody who makes every mistake once.
void renew_with_every_mistake(ra_kit& ra, const person& who, const person& other) {
  auto statement = ra.apply_statement(who, random_uuid(), ra.quote(who));
  EXPECT_EQ(
      ra.put_cms("/v1/renewals/" + statement.at("order").get<std::string>(), ra.seal(ra.sign(other, statement))).status,
      403);
  auto odd = statement;
  odd["form"]["phone"] = "1";
  ra_kit::seal_payload(odd);
  EXPECT_EQ(ra.submit(who, odd).status, 422);
  ra.advance(86'401);
  EXPECT_EQ(ra.submit(who, statement).status, 410);
  const auto order = ra.apply(who);
  const auto path = "/v1/renewals/" + order.uuid;
  EXPECT_EQ(ra.submit(who, ra.apply_statement(who, random_uuid(), ra.quote(who))).status, 409);

  // The wrong secret, everywhere.
  ra.get(path, "wrong");
  ra.get(path + "/payment-methods", "wrong");
  ra.get(path + "/payments/" + random_uuid(), "wrong");
  ra.get(path + "/bundle", "wrong");
  ra.open_payment({order.uuid, "wrong", {}}, random_uuid());
  // The wrong key, everywhere.
  ra.put_cms(path + "/withdrawal", ra.sign(other, ra.statement(who, "withdraw", order.uuid)));
  ra.put_cms(path + "/generation", ra.sign(other, ra.statement(who, "new-generation", order.uuid, 2)));
  auto correction = ra.statement(who, "correct", order.uuid);
  correction["form"] = {{"name", "张三丰"}};
  ra.put_cms(path + "/correction", ra.seal(ra.sign(other, correction)));
  EXPECT_EQ(ra.put_cms(path + "/correction", ra.seal(ra.sign(who, correction))).status, 409);
  ra.put_json(path + "/csr", ra.csr_request(other, order, other.key.get()));
  ra.send("POST", "/v1/renewals/list", ra.sign(other, ra.statement(who, "list", random_uuid(), 0)), "application/cms");
  EXPECT_EQ(
      ra.send("POST", "/v1/renewals/list", ra.sign(who, ra.statement(who, "list", random_uuid(), 0)), "application/cms")
          .status,
      200);

  EXPECT_EQ(ra.get(path + "/payment-methods", order.secret).status, 200);
  EXPECT_EQ(ra.open_payment(order, random_uuid(), "cash").status, 422);
  const auto early = new_key();
  EXPECT_EQ(ra.put_json(path + "/csr", ra.csr_request(who, order, early.get())).status, 409);
  const auto paid = ra.pay(order);
  EXPECT_EQ(ra.get(path + "/payments/" + paid, order.secret).status, 200);
  EXPECT_EQ(ra.get(path + "/payments/" + random_uuid(), order.secret).status, 404);
  EXPECT_EQ(ra.open_payment(order, random_uuid()).status, 409);
  EXPECT_EQ(ra.put_cms(path + "/withdrawal", ra.sign(who, ra.statement(who, "withdraw", order.uuid))).status, 409);
  EXPECT_EQ(ra.put_cms(path + "/generation", ra.sign(who, ra.statement(who, "new-generation", order.uuid, 2))).status,
            409);
  ra.advance(ra_kit::step);
  ra.dev("review", {{"uuid", order.uuid},
                    {"decision", "correct"},
                    {"reason", "姓名"},
                    {"fields", {{{"field", "name"}, {"code", "mismatch"}}}}});
  EXPECT_EQ(ra.state(order), "needs-correction");
  auto incomplete = correction;
  incomplete["form"] = {{"phone", "13800138001"}};
  EXPECT_EQ(ra.put_cms(path + "/correction", ra.seal(ra.sign(who, incomplete))).status, 422);
  EXPECT_EQ(ra.put_cms(path + "/correction", ra.seal(ra.sign(who, correction))).status, 200);
  ra.dev("review", {{"uuid", order.uuid}, {"decision", "approve"}});

  EXPECT_EQ(ra.get(path + "/bundle", order.secret).status, 409);
  EXPECT_EQ(ra.put_json(path + "/csr", ra.csr_request(who, order, who.key.get())).status, 422);
  const auto lost = new_key();
  EXPECT_EQ(ra.put_json(path + "/csr", ra.csr_request(who, order, lost.get())).status, 200);
  EXPECT_EQ(ra.put_cms(path + "/generation", ra.sign(who, ra.statement(who, "new-generation", order.uuid, 2))).status,
            200);
  auto fresh = new_key();
  EXPECT_EQ(ra.put_json(path + "/csr", ra.csr_request(who, order, fresh.get(), 2)).status, 200);
  const auto now = ra_kit::renewed(who, std::move(fresh), ra.get(path + "/bundle", order.secret).body);
  EXPECT_EQ(ra.put_cms(path + "/confirmation", ra.sign(who, ra.confirm_statement(who, now, order, 2))).status, 403);
  EXPECT_EQ(ra.put_cms(path + "/confirmation", ra.sign(now, ra.confirm_statement(who, now, order, 1))).status, 409);
  EXPECT_EQ(ra.put_cms(path + "/confirmation", ra.sign(now, ra.confirm_statement(who, now, order, 2))).status, 200);
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(order), "rebinding");
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(order), "complete");
  EXPECT_EQ(ra.get("/v1/certificates/" + who.sha256 + "/status").status, 200);
}

void withdraw_and_refund(ra_kit& ra, const person& who) {
  const auto first = ra.apply(who);
  ra.open_payment(first, random_uuid());
  ra.dev("provider", {{"holds", true}});
  EXPECT_EQ(
      ra.put_cms("/v1/renewals/" + first.uuid + "/withdrawal", ra.sign(who, ra.statement(who, "withdraw", first.uuid)))
          .status,
      200);
  EXPECT_EQ(ra.state(first), "withdrawing");
  ra.dev("provider", {{"holds", false}, {"refuses_refund", true}});
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(first), "withdrawn");
  const auto second = ra.apply(who);
  ra.pay(second);
  EXPECT_EQ(ra.state(second), "paid");
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(second), "under-review");
  ra.dev("review", {{"uuid", second.uuid}, {"decision", "reject"}});
  EXPECT_EQ(ra.state(second), "rejected");
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(second), "refunding");
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(second), "refund-failed");
  ra.dev("provider", {{"refuses_refund", false}});
  ra.dev("refund", {{"uuid", second.uuid}});
  ra.advance(ra_kit::step);
  EXPECT_EQ(ra.state(second), "refunded");
  const auto third = ra.apply(who);
  ra.pay(third);
  ra.advance(ra_kit::step);
  ra.dev("review", {{"uuid", third.uuid}, {"decision", "approve"}});
  EXPECT_EQ(ra.state(third), "approved");
  ra.dev("support", {{"uuid", third.uuid}, {"open", true}});
  EXPECT_EQ(ra.state(third), "support");
  ra.dev("support", {{"uuid", third.uuid}, {"open", false}});
}

void unlock_with_every_mistake(ra_kit& ra, const person& who, const person& other) {
  unlock_kit stranger(ra, other, false);
  EXPECT_EQ(stranger.apply().status, 404);
  EXPECT_EQ(
      ra.put_cms(stranger.path("/report"),
                 ra.sign(other, stranger.proof({random_uuid(), {}, {}, std::string(64, 'a'), {}, {}, {}, {}}, "next")))
          .status,
      404);
  unlock_kit unlock(ra, who);
  unlock.applicant()["phone"] = "1";
  EXPECT_EQ(unlock.apply().status, 422);
  unlock.applicant()["phone"] = "13800138000";
  unlock.apply();
  unlock_kit second(ra, who, false);
  EXPECT_EQ(second.apply().status, 409);
  for (const char* rest : {"", "/code", "/verification", "/redemptions/"}) {
    const std::string part(rest);
    if (part.empty()) ra.get(unlock.path(), "wrong");
    if (part == "/code") ra.send("POST", unlock.path(part), {}, {}, "wrong");
    if (part == "/verification") ra.put_json(unlock.path(part), {{"code", "123456"}}, "wrong");
    if (part == "/redemptions/") ra.put_json(unlock.path(part + random_uuid()), unlock.redemption_request(), "wrong");
  }
  EXPECT_EQ(
      ra.put_json(unlock.path("/redemptions/" + random_uuid()), unlock.redemption_request(), unlock.secret()).status,
      409);
  const auto code = unlock.send_code();
  EXPECT_EQ(
      ra.put_json(unlock.path("/verification"), {{"code", code == "111111" ? "222222" : "111111"}}, unlock.secret())
          .status,
      403);
  EXPECT_EQ(unlock.verify().status, 200);
  EXPECT_EQ(ra.send("POST", unlock.path("/code"), {}, {}, unlock.secret()).status, 409);
  ra.dev("review", {{"uuid", unlock.uuid()}, {"decision", "approve"}});
  EXPECT_EQ(
      ra.put_json(unlock.path("/redemptions/" + random_uuid()), unlock.redemption_request(), unlock.secret()).status,
      403);
  auto made = unlock.redeem();
  EXPECT_EQ(made.answer.status, 200);
  made.request["nonce"] = std::string(64, 'b');
  EXPECT_EQ(ra.put_json(made.path, made.request, unlock.secret()).status, 422);
  EXPECT_EQ(unlock.redeem().answer.status, 200);
  made = unlock.redeem();
  EXPECT_EQ(ra.put_cms(unlock.path("/report"), ra.sign(other, unlock.proof(made, "next"))).status, 403);
  auto proof = unlock.proof(made, "next");
  proof["redemption"] = random_uuid();
  EXPECT_EQ(ra.put_cms(unlock.path("/report"), ra.sign(who, proof)).status, 409);
  EXPECT_EQ(unlock.report(made, "next").status, 200);
  EXPECT_EQ(unlock.state(), "done");
  EXPECT_EQ(ra.put_json(unlock.path("/verification"), {{"code", "111111"}}, unlock.secret()).status, 409);
  EXPECT_EQ(second.apply().status, 200);
  second.verify();
  ra.dev("review", {{"uuid", second.uuid()}, {"decision", "approve"}});
  EXPECT_EQ(second.redeem().answer.status, 429);
  for (int i = 0; i < 10; ++i) {
    ra.advance(61);
    ra.send("POST", second.path("/code"), {}, {}, second.secret());
  }
  EXPECT_TRUE(ra.seen().contains("POST /v1/unlocks/{uuid}/code 429"));
}

TEST(Contract, EveryDeclaredAnswerIsGivenAndNoOther) {
  ra_kit ra([](options& o) { o.review = review_mode::by_hand; });
  const auto who = ra.enrol("alice");
  const auto other = ra.enrol("bob");
  EXPECT_EQ(ra.get("/v1/info").body.at("ra"), "dev-ra.keycare.test");
  knock_at_every_door(ra, who);
  renew_with_every_mistake(ra, who, other);
  withdraw_and_refund(ra, other);
  const auto locked = ra.enrol("carol");
  unlock_with_every_mistake(ra, locked, other);

  std::string missing;
  for (const auto& [path, methods] : ra.schemas().document().at("paths").items())
    for (const auto& [verb, operation] : methods.items())
      for (const auto& [status, answer] : operation.at("responses").items()) {
        std::string what = verb;
        for (auto& c : what) c = static_cast<char>(std::toupper(c));
        what += " " + path + " " + status;
        if (!ra.seen().contains(what)) missing += what + "\n";
      }
  EXPECT_EQ(missing, "");
}

TEST(Contract, HasAHandlerForEveryPathAndAPathForEveryHandler) {
  contract schemas;
  std::size_t declared = 0;
  for (const auto& methods : schemas.document().at("paths")) declared += methods.size();
  EXPECT_EQ(declared, routes().size());
  for (const auto& to : routes()) {
    std::string verb(to.method);
    for (auto& c : verb) c = static_cast<char>(std::tolower(c));
    const auto& path = schemas.document().at("paths").at(std::string(to.path));
    ASSERT_TRUE(path.contains(verb)) << to.path;
    if (to.takes == media::json) {
      const auto& schema = path.at(verb).at("requestBody").at("content").at("application/json").at("schema").at("$ref");
      EXPECT_EQ(schema, "#/components/schemas/" + std::string(to.schema));
    }
  }
}

TEST(Contract, NamesTheStatesOfTheTable) {
  contract schemas;
  const auto& names = schemas.document().at("components").at("schemas").at("OrderState").at("enum");
  ASSERT_EQ(names.size(), all_order_states().size());
  for (const auto state : all_order_states())
    EXPECT_NE(std::find(names.begin(), names.end(), std::string(name(state))), names.end()) << name(state);
}

TEST(Contract, BoundsEveryStringAndArrayAndClosesEveryObject) {
  contract schemas;
  const std::function<void(const std::string&, const json&)> look = [&](const std::string& where, const json& schema) {
    if (!schema.is_object()) return;
    const auto type = schema.value("type", "");
    if (type == "string") {
      EXPECT_TRUE(schema.contains("maxLength") || schema.contains("enum") || schema.contains("pattern")) << where;
    }
    if (type == "array") {
      EXPECT_TRUE(schema.contains("maxItems")) << where;
      look(where + "[]", schema.at("items"));
    }
    if (type == "integer") {
      EXPECT_TRUE(schema.contains("maximum") && schema.contains("minimum")) << where;
    }
    if (type == "object") {
      EXPECT_EQ(schema.value("additionalProperties", true), false) << where;
      for (const auto& [name, member] : schema.at("properties").items()) look(where + "." + name, member);
    }
    EXPECT_NE(type, "number") << where;
  };
  for (const auto& [name, schema] : schemas.document().at("components").at("schemas").items()) look(name, schema);
}

}  // namespace
}  // namespace keycare::dev_ra::test
