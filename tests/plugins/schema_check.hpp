// schema_check.hpp - what every input schema of a plugin has to have.
#pragma once

#include "keycare/sdk/plugin_side.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace keycare::fakes {

/// Every member that a person may give is described in both languages: that is the command line's help.
inline void expect_described(const nlohmann::json& schema, const std::string& where) {
  ASSERT_TRUE(schema.is_object()) << where;
  const auto members = schema.value("properties", nlohmann::json::object());
  for (const auto& [name, member] : members.items()) {
    const auto here = where + "." + name;
    if (member.contains("properties")) {
      expect_described(member, here);
      continue;
    }
    const auto zh = member.value("x-description-zh-CN", "");
    EXPECT_FALSE(member.value("description", "").empty()) << here;
    EXPECT_TRUE(std::any_of(zh.begin(), zh.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7F; })) << here;
  }
}

inline void expect_described(const plugin_core& core) {
  ASSERT_FALSE(core.commands().empty());
  for (const auto& spec : core.commands()) {
    const auto schema = nlohmann::json::parse(spec.input_schema, nullptr, false);
    ASSERT_FALSE(schema.is_discarded()) << spec.name;
    expect_described(schema, std::string(spec.name));
  }
}

}  // namespace keycare::fakes
