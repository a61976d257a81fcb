// config_test.cpp - the configuration file: what it may say, and how it is refused.
#include "host-stub/services/config/config.hpp"
#include "host-stub/services/config/strict_json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace keycare::services {
namespace {

constexpr const char* whole = R"({
  "client": {"name": "网证通安全客户端", "version": "4.8.2", "language": "en", "hotline": "020", "qq": "1"},
  "plugins": ["plugins/renewal.json"],
  "tokens": {"skf": [{"name": "soft", "path": "lib/libsoft.so", "ulong": "32"}], "pkcs11": []},
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
  EXPECT_EQ(read->endpoints.at("ra").pinned, "/etc/keycare/pinned");
  EXPECT_EQ(read->data_dir, "/etc/keycare/data");
  EXPECT_EQ(read->clock_offset, -5);
}

TEST(Config, OnlyTheDataFolderIsRequired) {
  const auto read = parse_config(R"({"data_dir": "/var/keycare"})", "/etc");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->client.version, "4.8.2");
  EXPECT_EQ(read->data_dir, "/var/keycare");
}

TEST(Config, AMistakeIsNamedByKeyFoundAndExpected) {
  EXPECT_EQ(refused("{}")["key"], "data_dir");
  const auto version = refused(R"({"data_dir": "d", "client": {"version": "four"}})");
  EXPECT_EQ(version["key"], "client.version");
  EXPECT_EQ(version["found"], "\"four\"");
  EXPECT_EQ(version["expected"], "a version such as \"4.8.2\"");
  EXPECT_EQ(refused(R"({"data_dir": 5})")["found"], "number");
  EXPECT_EQ(refused(R"({"data_dir": "d", "tokens": {"skf": [{"name": "a", "path": "b", "ulong": "16"}]}})")["key"],
            "tokens.skf[0].ulong");
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

TEST(StrictJson, RefusesDuplicateKeysDepthSizeAndRubbish) {
  EXPECT_EQ(parse_strict(R"({"a":{"b":1,"b":2}})").error().code, "KC-JSON-DUPLICATE-KEY");
  EXPECT_TRUE(parse_strict(R"([{"a":1},{"a":2},{"b":{"a":1}}])").ok());
  EXPECT_TRUE(parse_strict(std::string(16, '[') + std::string(16, ']')).ok());
  EXPECT_EQ(parse_strict(std::string(17, '[') + std::string(17, ']')).error().code, "KC-JSON-TOO-DEEP");
  EXPECT_EQ(parse_strict(std::string(100'000, '[')).ok(), false);
  EXPECT_EQ(parse_strict("{} x").error().code, "KC-JSON-INVALID");
  EXPECT_EQ(parse_strict("\"\xff\"").error().code, "KC-JSON-INVALID");
  EXPECT_EQ(parse_strict(std::string(300 * 1024, ' ')).error().code, "KC-JSON-TOO-LARGE");
}

}  // namespace
}  // namespace keycare::services
