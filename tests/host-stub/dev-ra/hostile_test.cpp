// hostile_test.cpp - what dev-ra refuses: other people's signatures, other accounts, changed statements, other RAs,
// rubbish.
#include "ra_kit.hpp"

#include "dev-ra/octets.hpp"

#include <gtest/gtest.h>

namespace keycare::dev_ra::test {
namespace {

TEST(Hostile, AStatementThatSomebodyElseSignedIsRefused) {
  ra_kit ra;
  const auto alice = ra.enrol("alice");
  const auto mallory = ra.enrol("mallory");
  const auto statement = ra.apply_statement(alice, random_uuid(), ra.quote(alice));
  const auto path = "/v1/renewals/" + statement.at("order").get<std::string>();
  EXPECT_EQ(ra.put_cms(path, ra.seal(ra.sign(mallory, statement))).code(), "untrusted-signature");

  // A certificate that Mallory made herself, with Alice's name, does not help although it is inside the CMS.
  const x509_ptr own(X509_dup(alice.certificate.get()));
  X509_set_pubkey(own.get(), mallory.key.get());
  X509_sign(own.get(), mallory.key.get(), EVP_sha256());
  EXPECT_EQ(ra.put_cms(path, ra.seal(ra.sign(mallory.key.get(), own.get(), statement.dump()))).code(),
            "untrusted-signature");

  const auto order = ra.apply(alice);
  const auto withdrawal = ra.statement(alice, "withdraw", order.uuid);
  EXPECT_EQ(ra.put_cms("/v1/renewals/" + order.uuid + "/withdrawal", ra.sign(mallory, withdrawal)).status, 403);
  const auto as_mallory = ra.statement(mallory, "withdraw", order.uuid);
  EXPECT_EQ(ra.put_cms("/v1/renewals/" + order.uuid + "/withdrawal", ra.sign(mallory, as_mallory)).code(),
            "wrong-signer");
  EXPECT_EQ(ra.state(order), "awaiting-payment");
}

TEST(Hostile, AnAccountThatIsNotTheCertificatesIsRefused) {
  ra_kit ra;
  const auto who = ra.enrol("alice");
  auto statement = ra.apply_statement(who, random_uuid(), ra.quote(who));
  statement["account"] = "bob";
  EXPECT_EQ(ra.submit(who, statement).code(), "account-differs");
  statement["account"] = "";
  EXPECT_EQ(ra.submit(who, statement).status, 200);  // nothing was typed: the binding counts
}

TEST(Hostile, AnApplicationWhosePartsDoNotFitTogetherIsRefused) {
  ra_kit ra;
  const auto who = ra.enrol("alice");
  const auto good = ra.apply_statement(who, random_uuid(), ra.quote(who));
  const auto refused = [&](const std::function<void(json&)>& change, bool hash_again = true) {
    auto changed = good;
    change(changed);
    if (hash_again) ra_kit::seal_payload(changed);
    const auto got = ra.put_cms("/v1/renewals/" + good.at("order").get<std::string>(), ra.seal(ra.sign(who, changed)));
    return got.code();
  };
  EXPECT_EQ(refused([](json& s) { s["form"]["name"] = "李四"; }, false), "bad-statement");
  EXPECT_EQ(refused([](json& s) { s["ra"] = "other-ra"; }), "bad-statement");
  EXPECT_EQ(refused([](json& s) { s["order"] = random_uuid(); }), "bad-statement");
  EXPECT_EQ(refused([](json& s) { s["type"] = "withdraw"; }), "bad-statement");
  EXPECT_EQ(refused([](json& s) { s["extra"] = 1; }), "bad-statement");
  EXPECT_EQ(refused([](json& s) { s["quote"]["fee_fen"] = 1; }), "quote-mismatch");
  EXPECT_EQ(refused([](json& s) { s["quote"]["new_not_after"] = 4'000'000'000; }), "quote-mismatch");
  EXPECT_EQ(refused([](json& s) { s["consent"]["agreement"]["sha256"] = std::string(64, 'a'); }), "consent-mismatch");
  EXPECT_EQ(refused([](json& s) { s["consent"]["agreement"]["accepted_at"] = 1; }), "consent-mismatch");
  EXPECT_EQ(refused([](json& s) { s["form"]["id_number"] = "110105194912310021"; }), "bad-fields");
  EXPECT_EQ(refused([](json& s) { s["token"]["serial"] = "another"; }), "wrong-signer");
  EXPECT_EQ(refused([](json& s) { s["certificate_sha256"] = std::string(64, '0'); }), "wrong-signer");
  EXPECT_EQ(ra.submit(who, good).status, 200);
}

TEST(Hostile, AStatementInsideABlankOrUnsortedTextIsRefused) {
  ra_kit ra;
  const auto who = ra.enrol("alice");
  const auto order = ra.apply(who);
  const auto path = "/v1/renewals/" + order.uuid + "/withdrawal";
  const auto text = ra.statement(who, "withdraw", order.uuid).dump();
  const auto sign = [&](const std::string& octets) { return ra.sign(who.key.get(), who.certificate.get(), octets); };
  EXPECT_EQ(ra.put_cms(path, sign(text + " ")).code(), "bad-statement");
  EXPECT_EQ(ra.put_cms(path, sign("{\"type\":\"withdraw\"," + text.substr(1))).code(), "bad-statement");
  EXPECT_EQ(ra.put_cms(path, sign(std::string(40'000, '['))).code(), "bad-statement");
  EXPECT_EQ(ra.put_cms(path, sign("")).code(), "bad-statement");
}

TEST(Hostile, RubbishGetsAProblemDocument) {
  ra_kit ra;
  const auto uuid = random_uuid();
  EXPECT_EQ(ra.put_cms("/v1/renewals/" + uuid, "rubbish").code(), "sealed-unreadable");
  EXPECT_EQ(ra.put_cms("/v1/renewals/" + uuid, ra.seal("rubbish")).code(), "bad-statement");
  EXPECT_EQ(ra.put_cms("/v1/renewals/" + uuid, ra.seal("") + "x").code(), "sealed-unreadable");
  EXPECT_EQ(ra.send("GET", "/v1/renewals/../../etc/passwd").code(), "not-found");
  EXPECT_EQ(ra.send("GET", "/v1/renewals/" + std::string(36, 'A')).code(), "not-found");
  EXPECT_EQ(ra.send("POST", "/dev/clock", R"({"offset":1})", "application/json", "guess").code(), "unauthorised");
  for (const char* body : {"", "{", "[]", "null", R"({"certificate_sha256":1,"months":12})", R"({"months":12})",
                           R"({"certificate_sha256":"x","months":12.5})"})
    EXPECT_EQ(ra.send("POST", "/v1/quotes", body, "application/json").code(), "bad-json") << body;
  const auto twice = R"({"certificate_sha256":")" + std::string(64, 'a') + R"(","months":12,"months":24})";
  EXPECT_EQ(ra.send("POST", "/v1/quotes", twice, "application/json").code(), "bad-json");
  EXPECT_EQ(ra.send("POST", "/v1/quotes", std::string(100'000, '['), "application/json").code(), "bad-json");
}

TEST(Hostile, AnOrderIsShownToItsSecretOnly) {
  ra_kit ra;
  const auto alice = ra.apply(ra.enrol("alice"));
  const auto bob = ra.apply(ra.enrol("bob"));
  EXPECT_EQ(ra.get("/v1/renewals/" + alice.uuid).status, 401);
  EXPECT_EQ(ra.get("/v1/renewals/" + alice.uuid, bob.secret).status, 401);
  EXPECT_EQ(ra.get("/v1/renewals/" + random_uuid(), bob.secret).code(), "unknown-order");
}

TEST(Hostile, ACertificationRequestThatIsNotTheBoundOneIsRefused) {
  ra_kit ra;
  const auto who = ra.enrol("alice");
  const auto order = ra.apply(who);
  ra.approve(order);
  const auto path = "/v1/renewals/" + order.uuid + "/csr";
  const auto ours = new_key();
  const auto other = new_key();
  auto request = ra.csr_request(who, order, ours.get());
  request["csr"] = ra.csr_request(who, order, other.get()).at("csr");
  EXPECT_EQ(ra.put_json(path, request).code(), "bad-fields");
  // The old key again is no renewal.
  EXPECT_EQ(ra.put_json(path, ra.csr_request(who, order, who.key.get())).code(), "bad-fields");
  const key_ptr weak(EVP_RSA_gen(1024));
  EXPECT_EQ(ra.put_json(path, ra.csr_request(who, order, weak.get())).code(), "bad-fields");
  EXPECT_EQ(ra.state(order), "approved");
}

TEST(Hostile, AConfirmationNeedsTheNewKey) {
  ra_kit ra;
  const auto who = ra.enrol("alice");
  const auto order = ra.apply(who);
  ra.approve(order);
  auto fresh = new_key();
  ra.put_json("/v1/renewals/" + order.uuid + "/csr", ra.csr_request(who, order, fresh.get()));
  const auto now =
      ra_kit::renewed(who, std::move(fresh), ra.get("/v1/renewals/" + order.uuid + "/bundle", order.secret).body);
  const auto path = "/v1/renewals/" + order.uuid + "/confirmation";
  EXPECT_EQ(ra.put_cms(path, ra.sign(who, ra.confirm_statement(who, now, order))).code(), "untrusted-signature");
  EXPECT_EQ(ra.put_cms(path, ra.sign(who, ra.confirm_statement(who, who, order))).code(), "confirmation-mismatch");
  EXPECT_EQ(ra.state(order), "issued");
}

TEST(Hostile, TwoServersDoNotShareAFolder) {
  ra_kit ra;
  options same;
  same.data_dir = ra.folder();
  EXPECT_EQ(server::start(same).error().code, "KC-RA-BUSY");
}

}  // namespace
}  // namespace keycare::dev_ra::test
