// command_line_test.cpp - keycare-host as a person and a script use it: the whole of a renewal, process by process.
#include "office_kit.hpp"

#include <fstream>

namespace keycare::e2e {
namespace {

class command_line : public office_test {
protected:
  std::string program() const { return office_->files().program.string(); }
  nlohmann::json configuration() const {
    std::ifstream file(office_->config_file());
    return nlohmann::json::parse(file);
  }
  /// The configuration in a file of its own beside the office's.
  std::string written(const char* name, const nlohmann::json& config) const {
    const auto file = folder_ / name;
    std::ofstream(file) << config;
    return file.string();
  }
  /// Of every log file of the client.
  std::vector<std::string> lines_of_logs() const {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(office_->config_file().parent_path())) {
      if (entry.path().extension() != ".log" || entry.path().filename() == "serve.log") continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) out.push_back(line);
    }
    return out;
  }
};
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
  EXPECT_EQ(text.find("请到【证书续期】办理"), std::string::npos)
      << "nobody is told to renew what was renewed: " << text;
}

TEST_F(command_line, OutputThatIsClosedIsAFailureAndGoesIntoNoFileOfOurs) {
  const auto before = lines_of_logs();
  const auto command = program() + " run validity list --config " + office_->config_file().string();
  for (const char* closed : {" >&-", " <&- >&- 2>&-"}) {
    const int status = std::system((command + closed).c_str());
    EXPECT_EQ(WEXITSTATUS(status), 1) << closed;
  }
  const auto after = lines_of_logs();
  EXPECT_GT(after.size(), before.size()) << "a log was written";
  for (const auto& line : after) EXPECT_TRUE(nlohmann::json::accept(line)) << line;
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
  ASSERT_EQ(last_.exit, 5) << "a refused plugin is no success" << last_.err;
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

TEST_F(command_line, ADriverThatWasRefusedIsSaidBesideEveryReplyAndInPlaceOfAnEmptyList) {
  auto config = configuration();
  config["tokens"]["skf"].push_back({{"name", "maker-x"}, {"path", (folder_ / "none.so").string()}});
  const auto file = written("driver.json", config);
  for (const auto& command : std::vector<std::vector<std::string>>{{"validity", "list"}, {"unlock", "state"}}) {
    last_ = run_program({program(), "run", command[0], command[1], "--config", file});
    EXPECT_EQ(last_.exit, 0) << last_.err;
    EXPECT_NE(last_.err.find("maker-x"), std::string::npos) << last_.err;
    last_ = run_program({program(), "run", command[0], command[1], "--json", "--config", file});
    const auto warnings = nlohmann::json::parse(last_.out)["warnings"];
    ASSERT_EQ(warnings.size(), 1u);
    EXPECT_EQ(warnings[0]["code"], "KC-TOKEN-DRIVER");
  }
  EXPECT_EQ(run_program({program(), "token", "list", "--config", file}).exit, 6);

  config["tokens"]["skf"].erase(0);
  const auto only = written("only-driver.json", config);
  last_ = run_program({program(), "run", "validity", "list", "--config", only});
  EXPECT_EQ(last_.exit, 6);
  EXPECT_NE(last_.err.find("KC-TOKEN-NONE-DRIVER"), std::string::npos) << last_.err;
}

TEST_F(command_line, TwoTokensThatCallThemselvesTheSameAreSaidAndNeitherIsUsed) {
  const auto tokens = (folder_ / "tokens").string();
  const auto made = run_program(
      {program(), "token", "create", "twin", "--serial", token_.token.serial, "--folder", tokens, "--pin-fd", "3"}, {},
      {"Another12", "Admin3456"});
  ASSERT_EQ(made.exit, 0) << made.err;
  run({"validity", "list"});
  EXPECT_EQ(last_.exit, 1);
  EXPECT_NE(last_.out.find("KC-TOKEN-AMBIGUOUS"), std::string::npos) << last_.out;
  EXPECT_NE(last_.out.find(token_.token.serial), std::string::npos);
  run({"unlock", "change", "--token", token_.token.serial}, nullptr, {cast::pin, cast::new_pin});
  EXPECT_EQ(last_.exit, 1) << last_.out;
  last_ = run_program({program(), "token", "list", "--config", office_->config_file().string()});
  EXPECT_EQ(last_.exit, 1);
  const auto first = last_.out.find(token_.token.serial);
  EXPECT_NE(last_.out.find(token_.token.serial, first + 1), std::string::npos) << "both are listed: " << last_.out;

  const auto third =
      run_program({program(), "token", "create", "third", "--serial", "ABC333", "--folder", tokens, "--pin-fd", "3"},
                  {}, {"Another12", "Admin3456"});
  ASSERT_EQ(third.exit, 0) << third.err;
  run({"validity", "list", "--token", "ABC333"});
  EXPECT_EQ(last_.exit, 0) << "the twins are not in the way of a third: " << last_.out << last_.err;
}

TEST_F(command_line, TwinsDoNotHideTheOthersAndAreNamed) {
  const auto tokens = (folder_ / "tokens").string();
  for (const char* name : {"castor", "pollux"})
    ASSERT_EQ(run_program({program(), "token", "create", name, "--serial", "7715", "--folder", tokens, "--pin-fd", "3"},
                          {}, {"Another12", "Admin3456"})
                  .exit,
              0);
  for (const auto& command : std::vector<std::vector<std::string>>{{"validity", "list"}, {"renewal", "eligible"}}) {
    const auto reply = run(command).back();
    ASSERT_EQ(last_.exit, 0) << last_.out << last_.err;
    EXPECT_EQ(reply["data"]["certificates"].size(), 1u) << reply;
    EXPECT_NE(reply["text"].dump().find("同一序列号 7715"), std::string::npos) << reply["text"];
  }
}

TEST_F(command_line, ADescriptorThatGivesNoPinIsSaidAndNothingIsTried) {
  const auto tried = [&](const std::string& redirection, const std::string& command) {
    last_ = run_program({"/bin/sh", "-c", program() + " " + command + " --pin-fd 9 --lang en " + redirection});
    return last_.err;
  };
  const auto change = "run unlock change --config " + office_->config_file().string();
  const auto create = "token create new --folder " + (folder_ / "tokens").string();
  for (const auto& command : {change, create}) {
    EXPECT_NE(tried("9>&-", command).find("--pin-fd 9: it is not open"), std::string::npos) << last_.err;
    EXPECT_EQ(last_.exit, 2);
    EXPECT_NE(tried("9>/dev/null", command).find("it is open for writing only"), std::string::npos) << last_.err;
    EXPECT_EQ(last_.exit, 2);
    EXPECT_NE(tried("9</", command).find("it is a folder"), std::string::npos) << last_.err;
    EXPECT_EQ(last_.exit, 2);
    EXPECT_EQ(last_.err.find("PIN: "), std::string::npos) << "nobody was asked: " << last_.err;
    EXPECT_NE(tried("9</dev/zero", command).find("KC-PIN-FD-ENDLESS"), std::string::npos) << last_.err;
    EXPECT_EQ(last_.exit, 2);
  }
  const auto state = run({"unlock", "state"}).back();
  EXPECT_EQ(state["data"]["tokens"][0]["applications"][0]["pin"]["remaining"], 10) << "no PIN was tried";
  last_ = run_program({program(), "frob"});
  EXPECT_NE(last_.err.find("frob"), std::string::npos) << "an unknown command is named: " << last_.err;
  EXPECT_EQ(last_.exit, 2);
}

TEST_F(command_line, AnInputThatIsAmbiguousOrAFolderIsRefused) {
  const auto tried = [&](const std::string& input, const std::string& text = {}) {
    last_ = run_program({program(), "run", "renewal", "quote", "--config", office_->config_file().string(), "--lang",
                         "en", "--input", input},
                        text);
    EXPECT_EQ(last_.exit, 2) << last_.out << last_.err;
    return last_.err;
  };
  EXPECT_NE(tried("-", R"({"months":12,"months":60})").find("\"months\" stands twice"), std::string::npos) << last_.err;
  EXPECT_NE(tried(folder_.string()).find("is a folder"), std::string::npos) << last_.err;
  EXPECT_NE(last_.err.find("KC-CLI-INPUT-FOLDER"), std::string::npos) << last_.err;
  EXPECT_NE(tried((folder_ / "none.json").string()).find("KC-FILE-UNREADABLE"), std::string::npos) << last_.err;
}

TEST_F(command_line, AListWithoutATokenSaysSoInASentence) {
  ASSERT_EQ(run_program({program(), "token", "unplug", "clerk", "--folder", (folder_ / "tokens").string()}).exit, 0);
  last_ = run_program({program(), "token", "list", "--config", office_->config_file().string(), "--lang", "en"});
  EXPECT_EQ(last_.exit, 0) << last_.err;
  EXPECT_NE(last_.out.find("No token is there"), std::string::npos) << last_.out;
  last_ = run_program({program(), "token", "list", "--lang", "en"}, {}, {}, {{"XDG_DATA_HOME", folder_.string()}});
  EXPECT_EQ(last_.exit, 0) << last_.err;
  EXPECT_NE(last_.out.find("No token driver is configured"), std::string::npos) << last_.out;
}

TEST_F(command_line, WhatCannotBeSavedIsRefusedBeforeAnythingIsDone) {
  const auto file = (folder_ / "order.pem").string();
  run({"renewal", "apply", "--save", "pem=" + file}, application(), {cast::pin});
  EXPECT_EQ(last_.exit, 2) << last_.out;
  EXPECT_NE(last_.out.find("KC-CLI-SAVE-MEMBER"), std::string::npos) << last_.out;
  EXPECT_EQ(last_.err.find("剩余密码重试次数"), std::string::npos) << "nobody was asked for a PIN: " << last_.err;
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_TRUE(run({"renewal", "orders"}).back()["data"]["orders"].empty());
  run({"validity", "export", "--save", "pme=" + file});
  EXPECT_EQ(last_.exit, 2);
  EXPECT_NE(last_.out.find("pem, csv"), std::string::npos) << last_.out;
}

TEST_F(command_line, AWrongPinnedFolderIsAMistakeOfTheConfigurationAndNotOfTheNetwork) {
  auto config = configuration();
  config["endpoints"]["ra"]["pinned"] = (folder_ / "roots-of-nobody").string();
  const auto file = written("pinned.json", config);
  last_ = run_program({program(), "run", "renewal", "agreement", "--config", file});
  EXPECT_EQ(last_.exit, 2);
  EXPECT_NE(last_.err.find("endpoints.ra.pinned"), std::string::npos) << last_.err;
  EXPECT_NE(last_.err.find("roots-of-nobody"), std::string::npos) << last_.err;
}

TEST_F(command_line, APluginWhoseManifestCannotBeReadIsSaidWithTheReason) {
  auto config = configuration();
  config["plugins"] = {(folder_ / "validity.json").string(), (folder_ / "renewal.json").string()};
  std::ofstream(folder_ / "renewal.json") << "{ damaged";
  const auto file = written("manifests.json", config);
  last_ = run_program({program(), "run", "validity", "list", "--config", file});
  EXPECT_EQ(last_.exit, 5);
  EXPECT_NE(last_.err.find("KC-PLUGIN-MANIFEST-MISSING"), std::string::npos) << last_.err;
  last_ = run_program({program(), "run", "renewal", "orders", "--config", file});
  EXPECT_EQ(last_.exit, 5);
  EXPECT_NE(last_.err.find("KC-PLUGIN-MANIFEST-SYNTAX"), std::string::npos) << last_.err;
  last_ = run_program({program(), "run", "unlock", "state", "--config", file});
  EXPECT_EQ(last_.exit, 5);
  for (const char* code : {"KC-PLUGIN-NOT-CONFIGURED", "KC-PLUGIN-MANIFEST-MISSING", "KC-PLUGIN-MANIFEST-SYNTAX"})
    EXPECT_NE(last_.err.find(code), std::string::npos) << last_.err;
}

TEST_F(command_line, MistakesWithSoftwareTokensAreSaidInSentencesOfTheirOwn) {
  const auto tokens = (folder_ / "tokens").string();
  const auto tried = [&](std::vector<std::string> arguments, const std::vector<std::string_view>& pins = {}) {
    arguments.insert(arguments.begin(), {program(), "token"});
    last_ = run_program(arguments, {}, pins);
    return last_.err;
  };
  EXPECT_NE(tried({"plug", "nobody", "--folder", tokens}).find("KC-SOFTSKF-NOT-THERE"), std::string::npos);
  EXPECT_NE(tried({"plug", "clerk", "--folder", tokens}).find("KC-SOFTSKF-PLUGGED"), std::string::npos);
  EXPECT_NE(last_.err.find("clerk"), std::string::npos) << "the sentence names the token: " << last_.err;
  EXPECT_NE(tried({"create", "clerk", "--folder", tokens, "--pin-fd", "3"}, {"Abcdef12", "Abcdef12"})
                .find("KC-SOFTSKF-EXISTS"),
            std::string::npos);
  EXPECT_NE(tried({"create", "new", "--folder", tokens, "--pin-fd", "3"}, {"short", "Abcdef12"}).find("KC-SOFTSKF-PIN"),
            std::string::npos);
  EXPECT_EQ(last_.exit, 2);
  EXPECT_NE(tried({"create", "new", "--folder", "/proc/none", "--pin-fd", "3"}, {"Abcdef12", "Abcdef12"})
                .find("KC-SOFTSKF-FOLDER"),
            std::string::npos);
  tried({"create", "new", "--folder", tokens, "--pin-fd", "-3"});
  EXPECT_EQ(last_.exit, 2);
  tried({"create", "new", "--folder", tokens, "--lang", "fr"});
  EXPECT_EQ(last_.exit, 2);
}

TEST_F(command_line, ARegistrationAuthorityThatCannotStartSaysWhy) {
  const auto tried = [&](const std::string& data, const std::string& port) {
    last_ = run_program({program(), "ra", "serve", "--data", data, "--port", port, "--lang", "en"});
    return last_.err;
  };
  const auto url = office_->ra().url();
  const auto port = url.substr(url.rfind(':') + 1);
  EXPECT_NE(tried((folder_ / "other-ra").string(), port).find("Port " + port + " is in use"), std::string::npos)
      << last_.err;
  EXPECT_EQ(last_.exit, 1);
  EXPECT_NE(tried((folder_ / "ra").string(), "0").find("KC-RA-BUSY"), std::string::npos) << last_.err;
  EXPECT_NE(tried("/proc/none", "0").find("KC-RA-FILE"), std::string::npos) << last_.err;
  tried((folder_ / "other-ra").string(), "70000");
  EXPECT_EQ(last_.exit, 2);
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
  const auto lost = run_program({"/bin/sh", "-c", host + " plugins --config " + config + " > /dev/full"});
  EXPECT_EQ(lost.exit, 1) << "lost output is no success";
  EXPECT_NE(lost.err.find("KC-CLI-OUTPUT"), std::string::npos) << lost.err;
  const auto mistaken = run_program({host, "plugins", "--json", "--lang", "fr"});
  const auto object = nlohmann::json::parse(mistaken.out, nullptr, false);
  ASSERT_TRUE(object.is_object()) << mistaken.out << "a program gets JSON, whatever it did wrong";
  EXPECT_EQ(object["error"]["code"], "KC-CLI-ARGUMENTS");
  EXPECT_NE(run_program({host, "plugins", "--lang", "en"}).out.find("No plugin is configured"), std::string::npos);
  const auto listed = run_program({host, "run", "--config", config, "renewal", "--help"});
  EXPECT_EQ(listed.exit, 0);
  EXPECT_NE(listed.out.find("\napply\t"), std::string::npos) << listed.out;
  EXPECT_NE(run_program({host, "ra", "serve", "--help"}).out.find("=0"), std::string::npos) << "what is not said";
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
  EXPECT_EQ(last_.out.find("导出为"), std::string::npos) << "nobody is told that it was exported: " << last_.out;
  run({"validity", "export", "--save", "pem"});
  EXPECT_EQ(last_.exit, 2);
}

TEST_F(command_line, TheHelpOfACommandDescribesItsFormInTheCallersLanguage) {
  const auto help = [&](const char* language) {
    return run_program({program(), "run", "--config", office_->config_file().string(), "--lang", language, "renewal",
                        "apply", "--help"})
        .out;
  };
  EXPECT_NE(help("zh-CN").find("经办人证件号码"), std::string::npos) << help("zh-CN");
  EXPECT_NE(help("en").find("the applicant's document number"), std::string::npos) << help("en");
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
