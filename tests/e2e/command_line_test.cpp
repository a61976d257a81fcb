// command_line_test.cpp - keycare-host as a person and a script use it: the whole of a renewal, process by process.
#include "office_kit.hpp"

#include <fstream>

namespace keycare::e2e {
namespace {

using command_line = office_test;
namespace cast = demo::cast;

TEST_F(command_line, ARenewalGoesFromApplicationToTheNewCertificateWithEveryStepInAProcessOfItsOwn) {
  auto replies = run({"renewal", "apply"}, application(), {cast::pin});
  ASSERT_EQ(last_.exit, 0) << last_.out << last_.err;
  const auto order = replies.back()["data"]["order"];
  EXPECT_EQ(order["state"], "awaiting-payment");
  EXPECT_FALSE(order["number"].get<std::string>().empty());
  EXPECT_NE(last_.err.find("正在使用 " + std::string(cast::company) + " 的证书对应的私钥进行签名"), std::string::npos);
  EXPECT_NE(last_.err.find("剩余密码重试次数: 10"), std::string::npos);

  const auto uuid = order["uuid"].get<std::string>();
  replies = run({"renewal", "pay"}, {{"order", uuid}, {"method", "alipay"}, {"invoice", invoice()}});
  ASSERT_EQ(last_.exit, 0) << last_.out << last_.err;
  const auto payment = replies.back()["data"]["order"]["payments"][0];
  ASSERT_TRUE(office_->ra().desk("pay", {{"payment", payment["uuid"]}}).ok());
  until(uuid, "under-review");
  ASSERT_TRUE(office_->ra().desk("review", {{"uuid", uuid}, {"decision", "approve"}}).ok());
  const auto done = until(uuid, "complete", {cast::pin});
  EXPECT_EQ(done["open"], false);

  replies = run({"validity", "list"});
  const auto certificates = replies.back()["data"]["certificates"];
  ASSERT_EQ(certificates.size(), 2u);
  EXPECT_EQ(certificates[0]["state"], "valid");
  EXPECT_EQ(certificates[1]["days_left"], 25) << "the old certificate is still there";
  const auto text = replies.back()["text"].dump();
  EXPECT_NE(text.find("已有新证书"), std::string::npos) << text;
  EXPECT_EQ(text.find("点击【申请续期】"), std::string::npos) << "nobody is told to renew what was renewed: " << text;
}

TEST_F(command_line, AWrongPinSaysWhatIsLeftAndTheEndOfThePinsCancels) {
  run({"renewal", "apply"}, application(), {cast::wrong_pin});
  EXPECT_EQ(last_.exit, 3) << last_.out << last_.err;
  EXPECT_NE(last_.err.find("剩余密码重试次数: 9"), std::string::npos);
  EXPECT_NE(last_.out.find("KC-PIN-CANCELLED"), std::string::npos);
  // Nothing was submitted, and the next try goes on.
  const auto replies = run({"renewal", "apply"}, application(), {cast::pin});
  EXPECT_EQ(replies.back()["data"]["order"]["state"], "awaiting-payment");
}

TEST_F(command_line, AWrongClockIsSaidBeforeAnybodyIsToldThatACertificateHasEnded) {
  std::ifstream file(office_->config_file());
  auto config = nlohmann::json::parse(file);
  config["clock_offset"] = 60 * 86'400;
  const auto late = folder_ / "late.json";
  std::ofstream(late) << config;
  last_ =
      run_program({office_->files().program.string(), "run", "validity", "list", "--json", "--config", late.string()});
  ASSERT_EQ(last_.exit, 0) << last_.out << last_.err;
  const auto reply = nlohmann::json::parse(last_.out);
  const auto first = reply["text"][0].get<std::string>();
  EXPECT_NE(first.find("请注意：本机时间"), std::string::npos) << first;
  EXPECT_EQ(last_.out.find("请重新新申请"), std::string::npos) << "nobody is told that it has ended";
  EXPECT_EQ(reply["data"]["certificates"][0]["state"], "ending-soon") << "by the RA's clock it has not ended";
}

TEST_F(command_line, AClientThatIsTooOldIsSaidInOneSentenceForEachPlugin) {
  std::ifstream file(office_->config_file());
  auto config = nlohmann::json::parse(file);
  config["client"]["version"] = "4.8.1";
  const auto old = folder_ / "old.json";
  std::ofstream(old) << config;
  last_ = run_program({office_->files().program.string(), "plugins", "--json", "--config", old.string()});
  ASSERT_EQ(last_.exit, 0) << last_.err;
  const auto plugins = nlohmann::json::parse(last_.out)["data"]["plugins"];
  ASSERT_EQ(plugins.size(), 3u);
  for (const auto& one : plugins) {
    EXPECT_EQ(one["loaded"], false);
    EXPECT_EQ(one["error"]["code"], "KC-PLUGIN-CLIENT-TOO-OLD");
    EXPECT_NE(one["error"]["sentence"].get<std::string>().find("4.8.2"), std::string::npos);
  }
  last_ = run_program({office_->files().program.string(), "run", "validity", "list", "--config", old.string()});
  EXPECT_EQ(last_.exit, 5);
}

TEST_F(command_line, HelpStandsOnEveryLevelAndMistakesExitWithTwo) {
  const auto host = office_->files().program.string();
  const auto config = office_->config_file().string();
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{host, "--help"},
                                             {host, "demo", "--help"},
                                             {host, "run", "--help"},
                                             {host, "plugins", "--help"},
                                             {host, "token", "create", "--help"},
                                             {host, "ra", "serve", "--help"},
                                             {host, "run", "--config", config, "renewal", "apply", "--help"}}) {
    last_ = run_program(arguments);
    EXPECT_EQ(last_.exit, 0) << arguments.back() << last_.err;
    EXPECT_NE(last_.out.find("--help"), std::string::npos);
  }
  EXPECT_NE(last_.out.find("--form.id-number"), std::string::npos) << last_.out;
  for (const auto& wrong : std::vector<std::vector<std::string>>{{host},
                                                                 {host, "fly"},
                                                                 {host, "token"},
                                                                 {host, "plugins", "--lang", "fr"},
                                                                 {host, "ra", "serve", "--port", "x"}})
    EXPECT_EQ(run_program(wrong).exit, 2) << wrong.back();
  EXPECT_EQ(run_program({host, "--version"}).exit, 0);
  EXPECT_EQ(run_program({host, "run", "--config", config, "renewal", "fly"}).exit, 2);
  EXPECT_EQ(run_program({host, "run", "--config", config, "renewal", "check", "--input", "/dev/zero"}).exit, 2)
      << "input is bounded";
  EXPECT_EQ(run_program({"/bin/sh", "-c", host + " plugins --config " + config + " > /dev/full"}).exit, 1)
      << "lost output is no success";
  EXPECT_EQ(run_program({host, "run", "--config", config, "renewal", "quote", "--months", "many"}).exit, 2);
  EXPECT_EQ(run_program({host, "run", "--config", (folder_ / "no.json").string(), "renewal", "orders"}).exit, 2);
  EXPECT_EQ(run_program({host, "run", "--config", config, "nobody", "orders"}).exit, 5);
}

TEST_F(command_line, AnExportedCertificateIsWrittenOnceAndNeverOver) {
  const auto file = (folder_ / "certificate.pem").string();
  run({"validity", "export", "--save", "pem=" + file});
  ASSERT_EQ(last_.exit, 0) << last_.err;
  std::ifstream in(file);
  std::string first;
  std::getline(in, first);
  EXPECT_EQ(first, "-----BEGIN CERTIFICATE-----");
  run({"validity", "export", "--save", "pem=" + file});
  EXPECT_EQ(last_.exit, 1);
  EXPECT_NE(last_.out.find("KC-CLI-FILE"), std::string::npos);
}

TEST_F(command_line, ATokenThatIsPulledOutIsNamedAndTheOrderGoesOnWhenItIsBack) {
  auto replies = run({"renewal", "apply"}, application(), {cast::pin});
  const auto uuid = replies.back()["data"]["order"]["uuid"].get<std::string>();
  const auto tokens = (folder_ / "tokens").string();
  const auto host = office_->files().program.string();
  ASSERT_EQ(run_program({host, "token", "unplug", "clerk", "--folder", tokens}).exit, 0);
  run({"renewal", "withdraw", "--order", uuid}, nullptr, {cast::pin});
  EXPECT_EQ(last_.exit, 6) << last_.out;
  EXPECT_NE(last_.out.find(token_.token.serial), std::string::npos) << "the sentence names the right token";
  ASSERT_EQ(run_program({host, "token", "plug", "clerk", "--folder", tokens}).exit, 0);
  run({"renewal", "withdraw", "--order", uuid}, nullptr, {cast::pin});
  until(uuid, "withdrawn");
}

}  // namespace
}  // namespace keycare::e2e
