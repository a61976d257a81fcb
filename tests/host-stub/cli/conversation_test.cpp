// conversation_test.cpp - what follows from a reply: at once, after waiting, after asking, or nothing.
#include "host-stub/cli/conversation.hpp"
#include "keycare/sdk/plugin_side.hpp"

#include <gtest/gtest.h>

#include <array>

namespace keycare::cli {
namespace {

constexpr std::array specs = std::to_array<command_spec>({
    {"step", KC_COMMAND_ACTION, "", "", R"({"type":"object","properties":{"n":{"type":"integer"}}})"},
    {"forever", KC_COMMAND_ACTION, "", "", R"({"type":"object"})"},
    {"wait", KC_COMMAND_ACTION, "", "", R"({"type":"object","properties":{"n":{"type":"integer"}}})"},
    {"ask", KC_COMMAND_ACTION, "", "", R"({"type":"object","properties":{"code":{"type":"string","writeOnly":true}}})"},
});

/// Replies whose "next" a test wants to see followed.
class talkative final : public plugin_core {
public:
  std::span<const command_spec> commands() const override { return specs; }
  result<json> invoke(const kc_call&, std::string_view name, const json& input) override {
    const auto n = input.value("n", 0);
    json reply{{"data", {{"n", n}}}, {"text", json::array()}};
    const auto next = [&](const char* command, const json& with, const char* wait, int after) {
      reply["next"] = {{"command", command}, {"input", with}, {"wait", wait}, {"after_seconds", after}};
    };
    if (name == "step" && n < 3) next("step", {{"n", n + 1}}, "none", 0);
    if (name == "forever") next("forever", json::object(), "none", 0);
    if (name == "wait" && n < 2) next("wait", {{"n", n + 1}}, "ra", 7);
    if (name == "ask") {
      if (input.contains("code")) return json{{"data", {{"code", input["code"]}}}, {"text", json::array()}};
      next("ask", json::object(), "user", 0);
      reply["next"]["ask"] = {"code"};
    }
    return reply;
  }
  std::optional<std::string> explain(std::string_view, const error&) const override { return {}; }
};

result<std::unique_ptr<plugin_core>> make(host_link) {
  return std::unique_ptr<plugin_core>(new talkative());
}

class conversation : public testing::Test {
protected:
  void SetUp() override {
    using glue = plugin_glue<make>;
    static constexpr kc_plugin plugin = {{sizeof(kc_plugin), KC_ABI_MAJOR, KC_ABI_MINOR},
                                         {"talkative", 9},
                                         {"1.0.0", 5},
                                         glue::create,
                                         glue::destroy,
                                         glue::extension};
    auto started = services::plugin_session::start(&plugin, {"talkative", "1.0.0", {}}, {}, time_, log_);
    ASSERT_TRUE(started.ok()) << started.error().code;
    session_ = *std::move(started);
    hooks_.replied = [this](const std::string&, const nlohmann::json&) { ++replies_; };
  }

  services::manual_time time_;
  services::memory_log log_{time_};
  std::unique_ptr<services::plugin_session> session_;
  conversation_hooks hooks_;
  int replies_ = 0;
};

TEST_F(conversation, WhatIsDueAtOnceIsDoneInTheSameProcess) {
  const auto last = converse(*session_, "step", nlohmann::json::object(), "en", hooks_);
  ASSERT_TRUE(last.ok());
  EXPECT_EQ((*last)["data"]["n"], 3);
  EXPECT_EQ(replies_, 4);
}

TEST_F(conversation, APluginThatNeverEndsIsEnded) {
  EXPECT_TRUE(converse(*session_, "forever", nlohmann::json::object(), "en", hooks_).ok());
  EXPECT_EQ(replies_, 200);
}

TEST_F(conversation, WithoutAWaitItStopsWhereSomebodyElseHasToAct) {
  const auto last = converse(*session_, "wait", nlohmann::json::object(), "en", hooks_);
  EXPECT_EQ((*last)["data"]["n"], 0);
  EXPECT_EQ(replies_, 1);
}

TEST_F(conversation, WithAWaitItWaitsAsLongAsTheReplySays) {
  std::int64_t waited = 0;
  hooks_.wait = [&](std::int64_t seconds) {
    waited += seconds;
    return true;
  };
  const auto last = converse(*session_, "wait", nlohmann::json::object(), "en", hooks_);
  EXPECT_EQ((*last)["data"]["n"], 2);
  EXPECT_EQ(waited, 14);
}

TEST_F(conversation, WhatOnlyTheUserKnowsIsAskedFor) {
  hooks_.ask = [](const std::string& member) -> result<std::string> { return member + "-123456"; };
  const auto last = converse(*session_, "ask", nlohmann::json::object(), "en", hooks_);
  ASSERT_TRUE(last.ok());
  EXPECT_EQ((*last)["data"]["code"], "code-123456");
}

TEST_F(conversation, AUserWhoGivesNoAnswerCancels) {
  hooks_.ask = [](const std::string&) -> result<std::string> { return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED"); };
  const auto last = converse(*session_, "ask", nlohmann::json::object(), "en", hooks_);
  ASSERT_FALSE(last.ok());
  EXPECT_EQ(last.error().status, KC_E_CANCELLED);
}

}  // namespace
}  // namespace keycare::cli
