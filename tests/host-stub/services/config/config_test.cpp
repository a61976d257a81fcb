// config_test.cpp - the configuration file: what it may say, and how it is refused.
#include "host-stub/services/config/config.hpp"
#include "host-stub/services/text/texts.hpp"
#include "keycare/sdk/json.hpp"
#include "tests/host-stub/services/scratch_folder.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <regex>
#include <string>

namespace keycare::services {
namespace {

constexpr const char* whole = R"({
  "client": {"name": "网证通安全客户端", "version": "4.8.2", "language": "en", "hotline": "020", "qq": "1"},
  "plugins": ["plugins/renewal.json"],
  "tokens": {"skf": [{"name": "soft", "path": "lib/libsoft.so", "ulong": "32"}], "pkcs11": [{"name": "p11", "path": "lib/p11.so", "init": "configdir='sql:/p'"}], "p11_kit": true},
  "endpoints": {"ra": {"url": "https://127.0.0.1:8443", "pinned": "pinned", "open_origins": ["https://127.0.0.1:8443"]}},
  "data_dir": "data", "clock_offset": -5})";

nlohmann::json refused(const std::string& text) {
  const auto read = parse_config(text, "/etc/keycare");
  if (read) return "accepted";
  EXPECT_EQ(read.error().code, "KC-CONFIG-INVALID");
  return nlohmann::json::parse(read.error().args);
}

TEST(Config, ReadsEverythingAndPutsRelativePathsBesideTheFile) {
  const auto read = parse_config(whole, "/etc/keycare");
  ASSERT_TRUE(read.ok()) << read.error().args;
  EXPECT_EQ(read->client.name, "网证通安全客户端");
  EXPECT_EQ(read->client.language, "en");
  EXPECT_EQ(read->plugins.at(0), "/etc/keycare/plugins/renewal.json");
  EXPECT_EQ(read->skf.at(0).path, "/etc/keycare/lib/libsoft.so");
  EXPECT_EQ(read->skf.at(0).width, ulong_width::bits32);
  EXPECT_EQ(read->pkcs11.at(0).path, "/etc/keycare/lib/p11.so");
  EXPECT_EQ(read->pkcs11.at(0).init, "configdir='sql:/p'");
  EXPECT_TRUE(read->p11_kit);
  EXPECT_EQ(read->endpoints.at("ra").pinned, "/etc/keycare/pinned");
  EXPECT_EQ(read->data_dir, "/etc/keycare/data");
  EXPECT_EQ(read->clock_offset, -5);
}

TEST(Config, OnlyTheDataFolderIsRequired) {
  const auto read = parse_config(R"({"data_dir": "/var/keycare"})", "/etc");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->client.version, "4.8.2");
  EXPECT_FALSE(read->p11_kit);
  EXPECT_EQ(read->data_dir, "/var/keycare");
}

TEST(Config, AMistakeIsNamedByKeyFoundAndExpected) {
  EXPECT_EQ(refused("{}")["key"], "data_dir");
  const auto version = refused(R"({"data_dir": "d", "client": {"version": "four"}})");
  EXPECT_EQ(version["key"], "client.version");
  EXPECT_EQ(version["found"], "\"four\"");
  EXPECT_EQ(version["expected"]["en"], "a version such as \"4.8.2\"");
  EXPECT_EQ(refused(R"({"data_dir": 5})")["found"]["en"], "a number");
  EXPECT_EQ(refused(R"({"data_dir": "d", "tokens": {"skf": [{"name": "a", "path": "b", "ulong": "16"}]}})")["key"],
            "tokens.skf[0].ulong");
  EXPECT_EQ(refused(R"({"data_dir": "d", "tokens": {"p11_kit": 1}})")["expected"]["en"], "true or false");
  EXPECT_EQ(refused(R"({"data_dir": "d", "colour": 1})")["key"], "colour");
  EXPECT_EQ(refused(R"({"data_dir": "d", "clock_offset": 1.5})")["key"], "clock_offset");
}

TEST(Config, AnEndpointWithoutTlsIsRefused) {
  EXPECT_EQ(refused(R"({"data_dir": "d", "endpoints": {"ra": {"url": "http://x", "pinned": "p"}}})")["key"],
            "endpoints.ra.url");
  EXPECT_EQ(
      refused(
          R"({"data_dir":"d","endpoints":{"ra":{"url":"https://x","pinned":"p","open_origins":["file:///"]}}})")["key"],
      "endpoints.ra.open_origins[0]");
}

bool has_latin_words(const std::string& text) {
  return std::regex_search(text, std::regex("[A-Za-z]+ [A-Za-z]+"));
}

TEST(Config, AMistakeIsSaidInOneLanguageAtATime) {
  for (const char* text :
       {"{}", "[]", "{", R"({"data_dir": 5})", R"({"data_dir": "d", "data_dir": "e"})", R"({"data_dir": "d", "x": 1})",
        R"({"data_dir": "d", "client": {"version": "four"}})", R"({"data_dir": "d", "plugins": {}})",
        R"({"data_dir": "d", "endpoints": {"RA": {}}})", R"({"data_dir": "d", "clock_offset": "x"})"}) {
    const auto read = parse_config(text, "/etc/keycare");
    ASSERT_FALSE(read.ok()) << text;
    const auto zh = sentence_for(read.error(), "zh-CN");
    const auto en = sentence_for(read.error(), "en");
    EXPECT_FALSE(has_latin_words(zh)) << zh;
    EXPECT_EQ(zh.find("。。"), std::string::npos) << zh;
    EXPECT_TRUE(std::all_of(en.begin(), en.end(), [](unsigned char c) { return c < 0x80; })) << en;
    EXPECT_EQ(en.find(".."), std::string::npos) << en;
  }
}

TEST(Config, AFileThatCannotBeReadIsSaidInOneLanguageAtATime) {
  for (const char* file : {"/nowhere/client.json", "/tmp"}) {
    const auto read = read_config(file);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, "KC-CONFIG-UNREADABLE");
    const auto zh = sentence_for(read.error(), "zh-CN");
    EXPECT_FALSE(has_latin_words(zh)) << zh;
    EXPECT_EQ(sentence_for(read.error(), "en").find(".."), std::string::npos);
  }
}

TEST(Config, APinnedFolderThatIsNotThereIsAMistakeOfTheConfiguration) {
  const scratch_folder folder;
  const auto file = folder.path() / "client.json";
  std::ofstream(file) << R"({"data_dir": "d", "endpoints": {"ra": {"url": "https://x", "pinned": "roots"}}})";
  const auto read = read_config(file);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().status, KC_E_ARGUMENT);
  const auto args = nlohmann::json::parse(read.error().args);
  EXPECT_EQ(args["key"], "endpoints.ra.pinned");
  EXPECT_EQ(args["found"], (folder.path() / "roots").string());
  std::filesystem::create_directories(folder.path() / "roots");
  EXPECT_FALSE(read_config(file).ok()) << "an empty folder pins nothing";
  std::ofstream(folder.path() / "roots" / "tls-root.pem") << "a root";
  EXPECT_TRUE(read_config(file).ok());
}

TEST(Config, ATextOfAnyLengthIsRefusedNotRunInto) {
  // std::regex recurses once a character.
  nlohmann::json file = nlohmann::json::parse(whole);
  file["endpoints"]["ra"]["open_origins"] = {"https://" + std::string(200'000, 'a')};
  EXPECT_EQ(refused(file.dump())["key"], "endpoints.ra.open_origins[0]");
}

}  // namespace
}  // namespace keycare::services
