// test_validity_core.cpp - the commands of the validity plugin, as a person and as a program meet them.
#include "../fake_services.hpp"
#include "../schema_check.hpp"
#include "csv_reader.hpp"
#include "plugins/validity/core/core.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace keycare::validity {
namespace {

using fakes::fake_call;
using fakes::joined;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t one_day = 86'400;

class Validity : public testing::Test {
protected:
  Validity() {
    host.http.on_time = [this] { return result<std::int64_t>(ra_clock); };
    add_token("A1", {0, 10, 6, "SKF_GetPINInfo"});
    core = std::move(*make_core(host_link(&host)));
  }

  void add_token(const char* serial, pin_state pin) {
    token_info token;
    token.token = {"Maker", serial};
    token.label = "网证通";
    token.pin = std::move(pin);
    host.tokens.list.push_back(token);
  }
  certificate_info& add(const char* token, const char* serial, std::int64_t starts, std::int64_t ends) {
    certificate_info one;
    one.usage = KC_USAGE_SIGN;
    one.private_key = KC_KEY_PRESENT;
    one.token = {"Maker", token};
    one.application = "APP";
    one.container = std::string("C-") + serial;
    one.der = octets{0x30, 0x01, 0x00};
    one.common_name = "平安供应商";
    one.subject = "CN=平安供应商,C=CN";
    one.issuer = "CN=CA";
    one.serial = serial;
    one.not_before = starts;
    one.not_after = ends;
    one.sha256.fill(static_cast<std::uint8_t>(host.tokens.found.size() + 1));
    one.pin = host.tokens.list.back().pin;
    host.tokens.found.push_back(one);
    return host.tokens.found.back();
  }
  json run(std::string_view command, const json& input = json::object(), std::string_view language = "zh-CN") {
    auto reply = core->invoke(fake_call(language), command, input);
    EXPECT_TRUE(reply.ok()) << (reply ? "" : reply.error().code);
    return reply ? *reply : json{{"text", json::array()}, {"data", json::object()}};
  }
  std::string refusal(std::string_view command, const json& input = json::object()) {
    auto reply = core->invoke(fake_call(), command, input);
    return reply ? "" : reply.error().code;
  }

  fakes::disk disk;
  fakes::fake_host host{disk};
  std::int64_t now = host.clock.wall;
  std::int64_t ra_clock = now;
  std::unique_ptr<plugin_core> core;
};

TEST_F(Validity, EveryOptionIsDescribedInBothLanguages) {
  fakes::expect_described(*core);
}

TEST_F(Validity, TwoCertificatesOfOneHolderAreToldApartByTheirTokens) {
  add_token("B2", {0, 10, 6, "SKF_GetPINInfo"});
  add("A1", "11", host.clock.wall - one_day, host.clock.wall + 200 * one_day);
  add("B2", "22", host.clock.wall - one_day, host.clock.wall + 200 * one_day);
  const auto lines = joined(run("list"));
  EXPECT_THAT(lines, HasSubstr("介质序列号: A1"));
  EXPECT_THAT(lines, HasSubstr("介质序列号: B2"));
  EXPECT_THAT(joined(run("list", {{"token", "B2"}})), Not(HasSubstr("介质序列号: A1")));
  EXPECT_THAT(joined(run("export", {{"token", "B2"}})), HasSubstr("介质 B2"));
}

TEST_F(Validity, SaysHowManyDaysAreLeftAndWhereToRenew) {
  add("A1", "77", now - 300 * one_day, now + 25 * one_day);
  const auto reply = run("list");
  const auto& one = reply["data"]["certificates"][0];
  EXPECT_EQ(one["state"], "ending-soon");
  EXPECT_EQ(one["days_left"], 25);
  EXPECT_EQ(one["not_after_text"], "2026-12-18 08:00:00 (UTC+08:00)");
  EXPECT_THAT(joined(reply), HasSubstr("即将到期，剩余 25 天，请到【证书续期】办理"));
  EXPECT_THAT(joined(reply), HasSubstr("剩余密码重试次数: 6（共 10 次）"));
  EXPECT_THAT(joined(reply), Not(HasSubstr("本机时间")));
}

TEST_F(Validity, TellsAllFourStatesApart) {
  add("A1", "1", now - one_day, now + 400 * one_day);
  add("A1", "2", now - one_day, now + 90 * one_day);
  add("A1", "3", now - 400 * one_day, now - 1);
  add("A1", "4", now + 1, now + 400 * one_day);
  std::map<std::string, std::string> states;
  const auto reply = run("list");
  for (const auto& one : reply["data"]["certificates"]) states[one["serial"]] = one["state"];
  EXPECT_EQ(states, (std::map<std::string, std::string>{
                        {"1", "valid"}, {"2", "ending-soon"}, {"3", "ended"}, {"4", "not-yet-valid"}}));
}

TEST_F(Validity, SaysThatTheClockIsWrongBeforeItSaysThatACertificateHasEnded) {
  add("A1", "77", now - 300 * one_day, now + 25 * one_day);
  host.clock.wall = now + 100 * one_day;  // the computer thinks that it is long past the end
  const auto reply = run("list");
  EXPECT_TRUE(reply["data"]["clock"]["wrong"].get<bool>());
  EXPECT_EQ(reply["data"]["certificates"][0]["state"], "ending-soon") << "judged by the RA's clock";
  EXPECT_THAT(reply["text"][0].get<std::string>(), HasSubstr("请先校准电脑的日期、时间和时区"));
  EXPECT_THAT(joined(reply), Not(HasSubstr("已过期")));
}

TEST_F(Validity, WithoutNetworkSaysFirstThatTheClockCouldNotBeCompared) {
  add("A1", "77", now - 300 * one_day, now - one_day);
  host.http.on_time = nullptr;
  const auto reply = run("list");
  EXPECT_FALSE(reply["data"]["clock"]["compared"].get<bool>());
  EXPECT_THAT(reply["text"][0].get<std::string>(), HasSubstr("未能连接服务器核对本机时间"));
  EXPECT_THAT(joined(reply), HasSubstr("已过期，请重新新申请"));
}

TEST_F(Validity, ShowsADoubleCertificateAsOneEntryForPeopleAndAsTwoForPrograms) {
  const auto sign = add("A1", "1", now - one_day, now + 400 * one_day);
  auto& exchange = add("A1", "2", now - one_day, now + 400 * one_day);
  exchange.container = sign.container;
  exchange.usage = KC_USAGE_EXCHANGE;
  const auto reply = run("list");
  EXPECT_EQ(reply["data"]["certificates"].size(), 2U);
  EXPECT_THAT(joined(reply), HasSubstr("我的证书（共 1 张）"));
  EXPECT_THAT(joined(reply), HasSubstr("签名、加密"));
  EXPECT_EQ(run("show")["data"]["certificate"]["usage"], "sign") << "nobody has to choose between its halves";
  EXPECT_EQ(run("export", {{"certificate", "2"}})["data"]["serial"], "2");
}

TEST_F(Validity, TellsAWindowWhichHalvesBelongTogetherAndWhatToSayOfEach) {
  const auto sign = add("A1", "1", now - 340 * one_day, now + 25 * one_day);
  auto& exchange = add("A1", "2", now - 340 * one_day, now + 25 * one_day);
  exchange.container = sign.container;
  exchange.usage = KC_USAGE_EXCHANGE;
  const auto both = run("list")["data"]["certificates"];
  EXPECT_FALSE(both[0]["second_half"].get<bool>());
  EXPECT_TRUE(both[1]["second_half"].get<bool>());
  EXPECT_EQ(both[0]["pair"], both[1]["sha256"]);
  EXPECT_EQ(both[0]["name"], "平安供应商");
  EXPECT_EQ(both[0]["sentence"], "即将到期，剩余 25 天，请到【证书续期】办理");
  EXPECT_EQ(both[0]["pin_text"], "剩余密码重试次数: 6（共 10 次）");
  EXPECT_FALSE(both[0]["replaced"].get<bool>());
  add("A1", "3", now - one_day, now + 400 * one_day);
  const auto after = run("list")["data"]["certificates"];
  EXPECT_EQ(after[1]["serial"], "1");
  EXPECT_TRUE(after[1]["replaced"].get<bool>());
  EXPECT_FALSE(after[0].contains("pair"));
}

TEST_F(Validity, NamesTwoTokensThatCallThemselvesTheSameBesideTheOthers) {
  add("A1", "1", now - one_day, now + 400 * one_day);
  add_token("TWIN", {});
  add_token("TWIN", {});
  const auto reply = run("list");
  EXPECT_EQ(reply["data"]["certificates"].size(), 1u);
  ASSERT_EQ(reply["data"]["notices"].size(), 1u) << reply["data"]["notices"] << " and nobody says that they are empty";
  EXPECT_EQ(reply["data"]["notices"][0]["kind"], "token-twins");
  EXPECT_THAT(joined(reply), HasSubstr("有两个数字证书 CA 使用同一序列号 TWIN"));
}

TEST_F(Validity, SaysBesideTheListWhatAWindowMustShow) {
  const auto kinds = [&](const json& input = json::object()) {
    std::vector<std::string> out;
    const auto reply = run("list", input);
    for (const auto& one : reply["data"]["notices"]) out.push_back(one["kind"]);
    return out;
  };
  EXPECT_EQ(kinds(), (std::vector<std::string>{"none", "token-empty"}));
  add("A1", "1", now - one_day, now + 400 * one_day);
  EXPECT_TRUE(kinds().empty());
  host.clock.wall = now + one_day;
  EXPECT_EQ(kinds(), std::vector<std::string>{"clock-wrong"});
  host.http.on_time = nullptr;
  EXPECT_EQ(kinds({{"at_once", true}}), std::vector<std::string>{"clock-wrong"}) << "the last answer counts";
  EXPECT_EQ(kinds(), std::vector<std::string>{"clock-not-compared"});
  EXPECT_EQ(kinds({{"at_once", true}}), std::vector<std::string>{"clock-not-compared"});
}

TEST_F(Validity, ListsWithoutWaitingForTheServerWhenThereIsNoTimeToWait) {
  add("A1", "1", now - one_day, now + 400 * one_day);
  bool asked = false;
  host.http.on_time = [&] {
    asked = true;
    return result<std::int64_t>(ra_clock);
  };
  EXPECT_EQ(run("list", {{"at_once", true}})["data"]["certificates"].size(), 1U);
  EXPECT_FALSE(asked);
}

TEST_F(Validity, TellsTwoTokensApartByTheirSerialNumbers) {
  add("A1", "1", now - one_day, now + 400 * one_day);
  add_token("B2", {KC_PIN_LOCKED, 10, 0, ""});
  add("B2", "2", now - one_day, now + 400 * one_day);
  EXPECT_THAT(joined(run("list")), HasSubstr("介质序列号: B2"));
  EXPECT_THAT(joined(run("list")), HasSubstr("密码已锁定，请在【网证通安全客户端】-【忘记密码】，按照提示操作解锁"));
  EXPECT_EQ(run("list", {{"token", "B2"}})["data"]["certificates"].size(), 1U);
  EXPECT_EQ(refusal("list", {{"token", "C3"}}), "KC-TOKEN-NOT-THERE");
}

TEST_F(Validity, KeepsTheOldCertificateInTheListAfterARenewalLongestFirst) {
  add("A1", "OLD", now - 300 * one_day, now + 25 * one_day);
  add("A1", "NEW", now, now + 390 * one_day);
  const auto list = run("list")["data"]["certificates"];
  EXPECT_EQ(list[0]["serial"], "NEW");
  EXPECT_EQ(list[1]["serial"], "OLD");
}

TEST_F(Validity, SaysWhatToDoWithoutATokenAndWithABusyOrEmptyOne) {
  EXPECT_THAT(joined(run("list")), HasSubstr("序列号为 A1 的数字证书 CA 中没有证书"));
  host.tokens.list[0].flags = KC_TOKEN_BUSY;
  EXPECT_THAT(joined(run("list")), HasSubstr("没有应答"));
  host.tokens.list.clear();
  EXPECT_THAT(joined(run("list")), HasSubstr("请插上数字证书 CA"));
  EXPECT_EQ(refusal("show"), "KC-TOKEN-NONE");
}

TEST_F(Validity, ShowsOneCertificateWithWhatTheServerSaysAboutIt) {
  add("A1", "77", now - one_day, now + 400 * one_day);
  host.http.on_send = [](const http_request&) {
    return fakes::reply(200, {{"status", "superseded"}, {"seal", "awaiting-reissue"}});
  };
  const auto reply = run("show", {{"certificate", "00:77"}});
  EXPECT_EQ(reply["data"]["status"], "superseded");
  EXPECT_EQ(reply["data"]["seal_text"], "印章待更新");
  EXPECT_THAT(reply["data"]["status_text"].get<std::string>(), HasSubstr("由新证书代替"));
  EXPECT_THAT(joined(reply), HasSubstr("印章待更新"));
  EXPECT_THAT(joined(reply), HasSubstr("请保留旧证书"));
  EXPECT_THAT(host.http.sent,
              testing::ElementsAre("GET /v1/certificates/" + reply["data"]["certificate"]["sha256"].get<std::string>() +
                                   "/status"));
}

TEST_F(Validity, ShowsOneCertificateWithoutTheServerToo) {
  add("A1", "77", now - one_day, now + 400 * one_day);
  EXPECT_THAT(joined(run("show")), HasSubstr("未能连接服务器查询"));
  host.http.on_send = [](const http_request&) { return fakes::reply(200, {{"status", "\u202Eevil"}}); };
  EXPECT_EQ(run("show")["data"]["status"], "unknown");
}

TEST_F(Validity, AsksWhichCertificateIsMeant) {
  add("A1", "77", now - one_day, now + 400 * one_day);
  add("A1", "78", now - one_day, now + 400 * one_day);
  EXPECT_EQ(refusal("show"), "KC-CERTIFICATE-CHOOSE");
  EXPECT_EQ(refusal("export", {{"certificate", "99"}}), "KC-CERTIFICATE-NOT-THERE");
  const auto error = core->invoke(fake_call(), "show", json::object()).error();
  EXPECT_THAT(core->explain("zh-CN", error).value(), HasSubstr("77 @ A1, 78 @ A1"));
  EXPECT_THAT(core->explain("en", error).value(), HasSubstr("Choose one"));
}

TEST_F(Validity, ExportsPemWithoutAskingTheNetworkOrForAPin) {
  add("A1", "77", now - one_day, now + 400 * one_day);
  const auto reply = run("export");
  EXPECT_EQ(reply["data"]["pem"], "-----BEGIN CERTIFICATE-----\nMAEA\n-----END CERTIFICATE-----\n");
  EXPECT_EQ(reply["data"]["file_name"], "certificate-77.pem");
  EXPECT_TRUE(host.http.sent.empty());
}

TEST_F(Validity, ExportsATableOfAllCertificatesForASpreadsheet) {
  add("A1", "0077", now - one_day, now + 400 * one_day);
  add("A1", "78", now - 300 * one_day, now + 25 * one_day).common_name = "=HYPERLINK(\"http://evil\")";
  host.tokens.found.back().subject = "O=\"A, B\",CN=x";
  add("A1", "79", now - 300 * one_day, now - 3 * one_day);
  const auto reply = run("export", {{"csv", true}});
  EXPECT_EQ(reply["data"]["file_name"], "certificates.csv");
  auto csv = reply["data"]["csv"].get<std::string>();
  ASSERT_TRUE(csv.starts_with("\xEF\xBB\xBF"));
  const auto rows = read_csv(csv.substr(3));
  ASSERT_EQ(rows.size(), 4U) << csv;
  for (const auto& row : rows) EXPECT_EQ(row.size(), 13U);
  EXPECT_EQ(rows[0][0], "证书名称");
  EXPECT_EQ((std::vector(rows[1].begin(), rows[1].begin() + 3)),
            (std::vector<std::string>{"平安供应商", "有效", "400"}));
  EXPECT_EQ(rows[1][5], "'0077");
  EXPECT_EQ(rows[1][11], "A1");
  EXPECT_EQ(rows[2][0], "'=HYPERLINK(\"http://evil\")");
  EXPECT_EQ(rows[2][1], "已有新证书") << "nobody renews it once more";
  EXPECT_EQ(rows[2][8], "O=\"A, B\",CN=x");
  EXPECT_EQ(rows[3][1], "已有新证书");
  EXPECT_EQ(rows[3][2], "-3");

  const auto one = run("export", {{"csv", true}, {"certificate", "78"}}, "en")["data"]["csv"].get<std::string>();
  EXPECT_EQ(read_csv(one.substr(3)).size(), 2U);
  EXPECT_EQ(read_csv(one.substr(3))[0][0], "Name");
  EXPECT_EQ(read_csv(one.substr(3))[1][1], "replaced");
}

TEST_F(Validity, HasNoTableWithoutCertificates) {
  EXPECT_EQ(refusal("export", {{"csv", true}}), "KC-CERTIFICATE-NONE");
  host.tokens.list.clear();
  EXPECT_EQ(refusal("export", {{"csv", true}}), "KC-TOKEN-NONE");
}

std::size_t count(const json& reply, std::string_view what) {
  const auto text = reply["data"].value("ics", "");
  std::size_t times = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++times;
  return times;
}

TEST_F(Validity, RemindsOfEveryCertificateNinetyThirtyAndSevenDaysBeforeItsEnd) {
  add("A1", "77", now - one_day, now + 400 * one_day);
  add_token("B2", {});
  add("B2", "78", now - 300 * one_day, now + 25 * one_day);
  const auto reply = run("remind");
  EXPECT_EQ(reply["data"]["count"], 2);
  EXPECT_EQ(reply["data"]["file_name"], "certificates.ics");
  EXPECT_EQ(count(reply, "BEGIN:VEVENT\r\n"), 2U);
  EXPECT_EQ(count(reply, "BEGIN:VALARM\r\n"), 4U) << "of the second one, two alarms are over";
  EXPECT_EQ(count(reply, "DTSTART;VALUE=DATE:20261218\r\n"), 1U) << "the last day by the user's calendar";
  EXPECT_EQ(count(reply, "DTSTAMP:20261123T000000Z\r\n"), 2U);
  EXPECT_EQ(count(reply, "SUMMARY:数字证书到期: 平安供应商\r\n"), 2U);
  EXPECT_EQ(count(run("remind", {{"token", "B2"}}, "en"), "SUMMARY:Certificate ends: "), 1U);
}

TEST_F(Validity, RemindsUnderTheSameNameOfTheSameCertificate) {
  add("A1", "77", now - one_day, now + 400 * one_day);
  const auto uid = [](const json& reply) {
    const auto text = reply["data"]["ics"].get<std::string>();
    const auto at = text.find("UID:");
    return text.substr(at, text.find("DTSTAMP") - at);
  };
  const auto first = uid(run("remind"));
  host.clock.wall += one_day;
  ra_clock += one_day;
  EXPECT_EQ(uid(run("remind", json::object(), "en")), first);
  host.tokens.found[0].sha256.fill(9);
  EXPECT_NE(uid(run("remind")), first);
}

TEST_F(Validity, RemindsOfADoubleCertificateOnceAndOfNoneThatEndedOrWasReplaced) {
  const auto sign = add("A1", "1", now - one_day, now + 400 * one_day);
  auto& exchange = add("A1", "2", now - one_day, now + 400 * one_day);
  exchange.container = sign.container;
  exchange.usage = KC_USAGE_EXCHANGE;
  add("A1", "3", now - 300 * one_day, now + 25 * one_day);  // replaced by the first
  add("A1", "4", now - 300 * one_day, now - one_day);
  EXPECT_EQ(run("remind")["data"]["count"], 1);
  host.tokens.found.erase(host.tokens.found.begin(), host.tokens.found.begin() + 3);
  const auto nothing = run("remind");
  EXPECT_FALSE(nothing["data"].contains("ics")) << "an empty calendar is no calendar";
  EXPECT_THAT(joined(nothing), HasSubstr("没有需要提醒的证书"));
}

TEST_F(Validity, SpeaksEnglishWhenAsked) {
  add("A1", "77", now - one_day, now + 400 * one_day);
  EXPECT_THAT(joined(run("list", json::object(), "en")), HasSubstr("valid, 400 days left"));
}

TEST_F(Validity, SaysWhenTheKeyIsMissing) {
  add("A1", "77", now - one_day, now + 400 * one_day).private_key = KC_KEY_ABSENT;
  EXPECT_THAT(joined(run("list")), HasSubstr("没有该证书对应的私钥"));
}

TEST_F(Validity, DescribesEachCommandWithASchemaInJson) {
  for (const auto& spec : core->commands()) {
    EXPECT_EQ(json::parse(spec.input_schema).at("type"), "object") << spec.name;
    EXPECT_FALSE(spec.summary_zh.empty() || spec.summary_en.empty());
  }
  EXPECT_EQ(refusal("no-such-command"), "KC-PLUGIN-COMMAND");
}

TEST_F(Validity, IsNotMadeWithoutAServiceThatItNeeds) {
  fakes::fake_host poor{disk};
  poor.http.table.minor = 0;
  poor.http.table.size = 8;
  const auto made = make_core(host_link(&poor));
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, "KC-HOST-TABLE");
  EXPECT_EQ(poor.misuses.size(), 1U);
}

}  // namespace
}  // namespace keycare::validity
