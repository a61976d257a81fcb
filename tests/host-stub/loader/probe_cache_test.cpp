// probe_cache_test.cpp - what is remembered of a library, read from a file that anything may have happened to.
#include "host-stub/loader/probe_cache.hpp"
#include "host-stub/loader/verdict.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace keycare::loader {
namespace {

const std::string key = std::string(64, 'a') + "@1.0";

std::map<std::string, result<probed_plugin>> read(const nlohmann::json& entry) {
  const auto text = nlohmann::json{{"format", 1}, {"entries", {{key, entry}}}}.dump();
  return read_findings({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

TEST(ProbeCache, APluginAndARefusalAreReadBack) {
  const auto plugin = read({{"id", "renewal"}, {"version", "1.0.0"}});
  ASSERT_TRUE(plugin.at(key).ok());
  EXPECT_EQ(plugin.at(key)->id, "renewal");
  const auto refusal = read({{"code", "KC-PLUGIN-CRASHED"}, {"args", {{"signal", "11"}}}});
  ASSERT_FALSE(refusal.at(key).ok());
  EXPECT_EQ(refusal.at(key).error().code, "KC-PLUGIN-CRASHED");
}

TEST(ProbeCache, AnEntryOfAnotherShapeCountsAsNone) {
  for (const nlohmann::json& odd :
       {nlohmann::json(5), nlohmann::json{{"id", 5}}, nlohmann::json{{"id", "x"}, {"version", 1}},
        nlohmann::json{{"code", "KC-UNKNOWN"}, {"args", nlohmann::json::object()}},
        nlohmann::json{{"code", "KC-PLUGIN-CRASHED"}, {"args", "none"}}})
    EXPECT_TRUE(read(odd).empty()) << odd;
}

TEST(ProbeCache, ARefusalWithAStrayIdIsARefusal) {
  const auto read_back = read({{"code", "KC-PLUGIN-CRASHED"}, {"args", nlohmann::json::object()}, {"id", 5}});
  ASSERT_FALSE(read_back.at(key).ok());
  EXPECT_EQ(read_back.at(key).error().code, "KC-PLUGIN-CRASHED");
}

}  // namespace
}  // namespace keycare::loader
