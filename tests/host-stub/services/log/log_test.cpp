// log_test.cpp - what reaches the log, and what never does.
#include "host-stub/services/log/log.hpp"
#include "host-stub/services/log/log_service.hpp"
#include "host-stub/services/log/redact.hpp"
#include "keycare/abi/log.h"
#include "keycare/sdk/view.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>
#include <string>

namespace keycare::services {
namespace {

TEST(Redaction, TakesOutIdentityNumbersWrittenInAnyWay) {
  for (const char* secret :
       {"11010519491231002X", "11010519491231002x", "440524188001010014", "110105491231002", "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２X", "13800138000", "+86 138-0013-8000", "138 0013 8000", "8613352819801"}) {
    const auto out = redact_text("before " + std::string(secret) + " after");
    EXPECT_EQ(out.find(secret), std::string::npos) << out;
    EXPECT_NE(out.find("[redacted]"), std::string::npos) << out;
    EXPECT_TRUE(out.starts_with("before ") && out.ends_with(" after")) << out;
  }
}

TEST(Redaction, LeavesWhatTheServiceDeskNeeds) {
  for (const char* kept : {"KC-TOKEN-REMOVED", "2026-11-23T03:03:54Z", "1764000000", "20000 fen", "4.8.2",
                           "12345678-1234-1234-1234-123456789012", "020-89524338",
                           "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})
    EXPECT_EQ(redact_text(kept), kept);
}

TEST(Redaction, GoesByTheNameOfAFieldToo) {
  const auto out = redact({{"pin", "secret1"},
                           {"order_secret", "abc"},
                           {"orderSecret", "abc"},
                           {"sms_code", 4711},
                           {"code", "KC-NET-TLS"},
                           {"applicant", {{"name", "张三"}}},
                           {"id_number", "A1234567"},
                           {"email", "a@b.cn"},
                           {"spinning", "kept"},
                           {"deep", {{{"Bearer", "x"}, {"stage", "paid"}}}}});
  EXPECT_EQ(out["pin"], "[redacted]");
  EXPECT_EQ(out["order_secret"], "[redacted]");
  EXPECT_EQ(out["orderSecret"], "[redacted]");
  EXPECT_EQ(out["sms_code"], "[redacted]");
  EXPECT_EQ(out["code"], "KC-NET-TLS");
  EXPECT_EQ(out["applicant"], "[redacted]");
  EXPECT_EQ(out["id_number"], "[redacted]");
  EXPECT_EQ(out["email"], "[redacted]");
  EXPECT_EQ(out["spinning"], "kept");
  EXPECT_EQ(out["deep"][0]["Bearer"], "[redacted]");
  EXPECT_EQ(out["deep"][0]["stage"], "paid");
}

TEST(Redaction, SeesNumbersThatAreNotTexts) {
  EXPECT_EQ(redact({{"n", 13800138000LL}})["n"], "[redacted]");
  EXPECT_EQ(redact({{"n", 440524188001010014LL}})["n"], "[redacted]");
  EXPECT_EQ(redact({{"n", 1764000000}})["n"], 1764000000);
}

TEST(Log, WritesPrivateFilesOfJsonLinesAndKeepsTheAuditApart) {
  const scratch_folder scratch;
  const manual_time time(1'764'000'000);
  {
    auto log = open_log(scratch.path() / "log", time);
    ASSERT_TRUE(log.ok());
    (*log)->write(log_level::info, "renewal", "order.stored", {{"phone", "13800138000"}, {"stage", "signed"}});
    (*log)->write(log_level::debug, "renewal", "not.written");
    (*log)->audit("renewal", "signed", {{"statement", "apply"}});
  }
  std::ifstream client(scratch.path() / "log" / "client.log");
  std::string line;
  ASSERT_TRUE(std::getline(client, line));
  const auto entry = nlohmann::json::parse(line);
  EXPECT_EQ(entry["who"], "renewal");
  EXPECT_EQ(entry["time"], "2025-11-24T16:00:00Z");
  EXPECT_EQ(entry["fields"]["phone"], "[redacted]");
  EXPECT_EQ(entry["fields"]["stage"], "signed");
  EXPECT_FALSE(std::getline(client, line)) << line;
  std::ifstream audit(scratch.path() / "log" / "audit.log");
  ASSERT_TRUE(std::getline(audit, line));
  EXPECT_EQ(nlohmann::json::parse(line)["event"], "signed");
  for (const char* name : {"client.log", "audit.log"}) {
    struct stat info {};
    ASSERT_EQ(::stat((scratch.path() / "log" / name).c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U) << name;
  }
}

TEST(Log, SaysWhenItsFolderCannotBeWritten) {
  const scratch_folder scratch;
  std::ofstream(scratch.path() / "file") << "in the way";
  const manual_time time;
  EXPECT_FALSE(open_log(scratch.path() / "file", time).ok());
}

TEST(LogService, NamesThePluginCutsWhatIsTooLongAndSurvivesRubbish) {
  const manual_time time;
  memory_log sink(time);
  const auto service = make_log_service(sink, {"renewal", "1.0.0", {}});
  const auto& table = *reinterpret_cast<const kc_log_service*>(service->table());
  table.write(&table, KC_LOG_INFO, borrow("order.stored"), borrow(R"({"pin":"123456"})"));
  table.write(&table, 99, borrow("odd"), borrow("not json 13800138000"));
  table.write(&table, KC_LOG_INFO, borrow("long"), borrow("{\"a\":\"" + std::string(20'000, 'x') + "\"}"));
  table.write(&table, KC_LOG_INFO, kc_str{nullptr, 5}, kc_str{nullptr, 7});
  table.write(nullptr, KC_LOG_INFO, {}, {});
  EXPECT_TRUE(sink.contains(R"("who":"renewal")"));
  EXPECT_FALSE(sink.contains("123456"));
  EXPECT_FALSE(sink.contains("13800138000"));
  ASSERT_EQ(sink.lines().size(), 4U);
  for (const auto& line : sink.lines()) EXPECT_LE(line.size(), 4096U);
}

TEST(Redaction, ANumberBesideATelephoneDoesNotHideIt) {
  for (const char* text : {"13800138000 3 tries", "5 13800138000 7", "138-0013-8000 2026", "+86 13800138000-12"})
    EXPECT_EQ(redact_text(text).find("0138"), std::string::npos) << redact_text(text);
}

TEST(Redaction, ALineOfHyphensTakesNoLongerThanAnyOther) {
  // Once quadratic: a token's name of this size held the log up for a minute.
  const std::string hyphens(400'000, '-');
  EXPECT_EQ(redact_text(hyphens), hyphens);
}

}  // namespace
}  // namespace keycare::services
