// manifest_test.cpp - a manifest's error names the key, what was found and what was expected.
#include "host-stub/loader/manifest.hpp"
#include "host-stub/loader/verdict.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace keycare::loader {
namespace {

using nlohmann::json;

json good() {
  return {{"id", "renewal"},
          {"names", {{"zh-CN", "证书续期"}, {"en", "Renewal"}}},
          {"version", "1.0.0"},
          {"abi", {{"min", "1.0"}, {"max", "1.x"}}},
          {"min_client_version", "4.8.2"},
          {"permissions", {"token.read", "net:ra"}},
          {"slots", {"renewal"}},
          {"core", {{"file", "renewal.so"}, {"sha256", std::string(64, 'a')}}}};
}

TEST(manifest, is_read_whole) {
  auto text = good();
  text["ui"] = {{"file", "renewal-ui.so"}, {"sha256", std::string(64, 'b')}, {"qt", "6.4.2-release"}};
  const auto m = parse_manifest(text.dump(), "/somewhere/renewal.json");
  ASSERT_TRUE(m.ok()) << m.error().args;
  EXPECT_EQ(m->id, "renewal");
  EXPECT_EQ(m->name_zh, "证书续期");
  EXPECT_EQ(m->min_client_version, (version{4, 8, 2}));
  EXPECT_TRUE(m->permissions.contains("net:ra"));
  EXPECT_EQ(m->slots, (std::vector<std::string>{"renewal"}));
  EXPECT_EQ(m->core.file, "renewal.so");
  ASSERT_TRUE(m->ui && m->ui_qt);
  EXPECT_EQ(m->ui_qt->number.minor, 4U);
  EXPECT_EQ(m->path, "/somewhere/renewal.json");
}

struct wrong {
  std::string name;
  json patch;  // a JSON merge patch: null takes a key away
  std::string key, found, expected;
};

class wrong_manifests : public ::testing::TestWithParam<wrong> {};

TEST_P(wrong_manifests, are_told_by_key_found_and_expected) {
  auto text = good();
  text.merge_patch(GetParam().patch);
  const auto m = parse_manifest(text.dump(), "renewal.json");
  ASSERT_FALSE(m.ok());
  ASSERT_EQ(m.error().code, "KC-PLUGIN-MANIFEST-INVALID");
  const auto args = json::parse(m.error().args);
  EXPECT_EQ(args["key"], GetParam().key);
  EXPECT_EQ(args["found"], GetParam().found);
  EXPECT_NE(args["expected"].get<std::string>().find(GetParam().expected), std::string::npos) << args;
}

const std::string dots = R"("../renewal.so")";

INSTANTIATE_TEST_SUITE_P(
    manifest, wrong_manifests,
    ::testing::Values(
        wrong{"no_id", {{"id", nullptr}}, "id", "nothing", "lower-case"},
        wrong{"id_in_capitals", {{"id", "Renewal"}}, "id", R"("Renewal")", "lower-case"},
        wrong{"id_a_number", {{"id", 3}}, "id", "3", "lower-case"},
        wrong{"id_endless", {{"id", std::string(65, 'a')}}, "id", '"' + std::string(65, 'a') + '"', "64 long"},
        wrong{"no_chinese_name", {{"names", {{"zh-CN", nullptr}}}}, "names.zh-CN", "nothing", "a name"},
        wrong{"empty_name", {{"names", {{"en", ""}}}}, "names.en", R"("")", "1 to 40"},
        wrong{"third_language", {{"names", {{"fr", "x"}}}}, "names.fr", "an unknown key", "zh-CN"},
        wrong{"version_of_two", {{"version", "1.0"}}, "version", R"("1.0")", "three numbers"},
        wrong{"version_leading_zero", {{"version", "1.00.0"}}, "version", R"("1.00.0")", "three numbers"},
        wrong{"no_abi", {{"abi", nullptr}}, "abi", "nothing", "min and max"},
        wrong{"abi_text", {{"abi", "1.0"}}, "abi", R"("1.0")", "min and max"},
        wrong{"abi_min_open", {{"abi", {{"min", "1.x"}}}}, "abi.min", R"("1.x")", "lowest contract"},
        wrong{
            "abi_upside_down", {{"abi", {{"min", "1.2"}, {"max", "1.1"}}}}, "abi.max", R"("1.1")", "not below abi.min"},
        wrong{
            "client_unknown", {{"min_client_version", "latest"}}, "min_client_version", R"("latest")", "oldest client"},
        wrong{"permissions_text", {{"permissions", "token.read"}}, "permissions", R"("token.read")", "a list"},
        wrong{"permission_shape", {{"permissions", {"token.read", "*"}}}, "permissions[1]", R"("*")", "a permission"},
        wrong{"permission_twice",
              {{"permissions", {"net:ra", "net:ra"}}},
              "permissions",
              R"(["net:ra","net:ra"])",
              "different"},
        wrong{"slot_unknown", {{"slots", {"kitchen"}}}, "slots[0]", R"("kitchen")", "home"},
        wrong{"no_core", {{"core", nullptr}}, "core", "nothing", "file and sha256"},
        wrong{"file_elsewhere", {{"core", {{"file", "../renewal.so"}}}}, "core.file", dots, "without a folder"},
        wrong{"file_hidden", {{"core", {{"file", ".so"}}}}, "core.file", R"(".so")", "without a folder"},
        wrong{"no_hash", {{"core", {{"sha256", nullptr}}}}, "core.sha256", "nothing", "64 lower-case"},
        wrong{"hash_in_capitals",
              {{"core", {{"sha256", std::string(64, 'A')}}}},
              "core.sha256",
              '"' + std::string(64, 'A') + '"',
              "64 lower-case"},
        wrong{
            "ui_without_qt", {{"ui", {{"file", "a.so"}, {"sha256", std::string(64, 'a')}}}}, "ui.qt", "nothing", "Qt"},
        wrong{"unknown_key", {{"autostart", true}}, "autostart", "an unknown key", "no key but"}),
    [](const auto& info) { return info.param.name; });

std::string code_of_text(std::string_view text) {
  const auto m = parse_manifest(text, "renewal.json");
  return m ? "read" : m.error().code;
}

TEST(manifest, is_refused_when_it_is_no_proper_json) {
  EXPECT_EQ(code_of_text(""), "KC-PLUGIN-MANIFEST-SYNTAX");
  EXPECT_EQ(code_of_text("{\"id\": "), "KC-PLUGIN-MANIFEST-SYNTAX");
  EXPECT_EQ(code_of_text(good().dump() + "x"), "KC-PLUGIN-MANIFEST-SYNTAX");
  EXPECT_EQ(code_of_text("[]"), "KC-PLUGIN-MANIFEST-INVALID");
  EXPECT_EQ(code_of_text("null"), "KC-PLUGIN-MANIFEST-INVALID");
}

TEST(manifest, may_say_nothing_twice) {
  auto text = good().dump();
  text.insert(1, R"("id":"other",)");
  ASSERT_EQ(code_of_text(text), "KC-PLUGIN-MANIFEST-SYNTAX");
  EXPECT_NE(parse_manifest(text, "a").error().args.find("twice"), std::string::npos);
}

TEST(manifest, is_bounded_in_every_direction) {
  EXPECT_EQ(code_of_text(std::string(10'000, '[')), "KC-PLUGIN-MANIFEST-SYNTAX");
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "{\"a\":";
  EXPECT_EQ(code_of_text(deep), "KC-PLUGIN-MANIFEST-SYNTAX");
  auto endless = good();
  endless["version"] = std::string(60'000, '1');  // would exhaust the stack of a recursive regular expression
  EXPECT_EQ(code_of_text(endless.dump()), "KC-PLUGIN-MANIFEST-SYNTAX");
  EXPECT_EQ(code_of_text(std::string(65 * 1024, ' ')), "KC-PLUGIN-MANIFEST-UNREADABLE");
}

TEST(manifest, asks_only_for_what_the_host_gives) {
  const auto m = parse_manifest(good().dump(), "renewal.json");
  ASSERT_TRUE(m.ok());
  const host_facts host{{1, 0}, {4, 8, 2}, "4.8.2", {"token.read", "net:ra", "token.sign"}};
  EXPECT_TRUE(check_manifest(*m, host).ok());
  auto older = host;
  older.client = {4, 8, 1};
  older.client_text = "4.8.1";
  const auto refused = check_manifest(*m, older);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "KC-PLUGIN-CLIENT-TOO-OLD");
  EXPECT_NE(sentence(refused.error(), "en").find("4.8.1"), std::string::npos);
}

}  // namespace
}  // namespace keycare::loader
