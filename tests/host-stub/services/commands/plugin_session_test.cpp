// plugin_session_test.cpp - one instance under its host: queues, cancelling, timers, events, and every way to end.
#include "host-stub/services/commands/plugin_session.hpp"
#include "sample_plugin.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <map>
#include <string>
#include <thread>

namespace keycare::services {
namespace {

using reply = result<std::string>;

class PluginSession : public testing::Test {
protected:
  void SetUp() override {
    sample().reset();
    begin();
  }
  void TearDown() override {
    sample().release();
    session.reset();
  }
  void begin(plugin_session::options how = {}) {
    auto started = plugin_session::start(sample_plugin(), {"sample", "1.0.0", {}}, {}, time, log, std::move(how));
    ASSERT_TRUE(started.ok()) << started.error().code;
    session = *std::move(started);
  }
  std::pair<ticket, std::future<reply>> submit(const std::string& name, const std::string& input = "{}") {
    auto done = std::make_shared<std::promise<reply>>();
    auto waiting = done->get_future();
    command_request request;
    request.name = name;
    request.input = input;
    const auto number = session->submit(std::move(request), [done](ticket, reply r) { done->set_value(std::move(r)); });
    if (!number) done->set_value(number.error());
    return {number ? *number : 0, std::move(waiting)};
  }
  reply run(const std::string& name, const std::string& input = "{}") {
    command_request request;
    request.name = name;
    request.input = input;
    return session->run(std::move(request));
  }

  manual_time time;
  memory_log log{time};
  std::unique_ptr<plugin_session> session;
};

TEST_F(PluginSession, RunsACommandWhoseInputFitsItsSchema) {
  EXPECT_EQ(*run("write", R"({"name":"abc"})"), R"({"data":{"name":"abc"},"text":["done"]})");
  EXPECT_EQ(run("write", R"({"name":"ABC"})").error().code, "KC-INPUT-INVALID");
  EXPECT_EQ(run("write", "not json").error().code, "KC-JSON-INVALID");
  EXPECT_EQ(run("nothing").error().code, "KC-PLUGIN-COMMAND");
  EXPECT_EQ(std::count(sample().seen.begin(), sample().seen.end(), "write"), 1) << "bad input never reaches the plugin";
}

TEST_F(PluginSession, AQueryRunsBesideAnActionAndActionsOneAfterAnother) {
  auto action = submit("hold");
  ASSERT_TRUE(sample().wait_for("hold"));
  auto second = submit("emit");
  auto query = submit("look");
  ASSERT_TRUE(sample().wait_for("look"));
  {
    const std::lock_guard lock(sample().mutex);
    EXPECT_EQ(std::count(sample().seen.begin(), sample().seen.end(), "emit"), 0);
  }
  sample().release();
  EXPECT_TRUE(action.second.get().ok());
  EXPECT_TRUE(query.second.get().ok());
  EXPECT_TRUE(second.second.get().ok());
}

TEST_F(PluginSession, CancellingEndsARunningCallAndOneThatWaits) {
  auto running = submit("hold");
  ASSERT_TRUE(sample().wait_for("hold"));
  auto waiting = submit("emit");
  session->cancel(waiting.first);
  session->cancel(running.first);
  EXPECT_EQ(running.second.get().error().status, KC_E_CANCELLED);
  EXPECT_EQ(waiting.second.get().error().status, KC_E_CANCELLED);
  EXPECT_FALSE(sample().seen.end() != std::find(sample().seen.begin(), sample().seen.end(), "emit"));
  session->cancel(4711);  // nobody's
}

TEST_F(PluginSession, ATimerArrivesInTheQueueWhenTheClockReachesIt) {
  ASSERT_TRUE(run("set-timer").ok());
  time.advance(9);
  ASSERT_TRUE(run("emit").ok());
  EXPECT_EQ(std::count(sample().seen.begin(), sample().seen.end(), "timer:poll"), 0);
  time.advance(2);
  EXPECT_TRUE(sample().wait_for("timer:poll"));
}

TEST_F(PluginSession, TokenEventsThatWaitAreOne) {
  auto busy = submit("hold");
  ASSERT_TRUE(sample().wait_for("hold"));
  for (int at = 0; at < 1000; ++at) session->token_changed("SERIAL");
  session->token_changed("OTHER");
  sample().release();
  ASSERT_TRUE(sample().wait_for("token-changed:OTHER"));
  EXPECT_EQ(std::count(sample().seen.begin(), sample().seen.end(), "token-changed:SERIAL"), 1);
}

TEST_F(PluginSession, EventsReachWhoSubscribedUntilHeLeaves) {
  std::vector<std::string> got;
  const auto number = session->subscribe(
      [&](std::string_view kind, std::string_view key) { got.push_back(std::string(kind) + "/" + std::string(key)); });
  ASSERT_TRUE(run("emit").ok());
  session->unsubscribe(number);
  ASSERT_TRUE(run("emit").ok());
  EXPECT_EQ(got, std::vector<std::string>{"order-changed/uuid-1"});
}

TEST_F(PluginSession, ABadReplyAndAnExceptionAreThePluginsFaultAndItGoesOn) {
  EXPECT_EQ(run("odd-reply").error().code, "KC-PLUGIN-REPLY");
  EXPECT_EQ(run("throws").error().code, "KC-PLUGIN-BUG");
  EXPECT_TRUE(run("emit").ok());
  EXPECT_TRUE(log.contains("KC-PLUGIN-BUG"));
}

TEST_F(PluginSession, ExplainsWithThePluginsWordsOrTheHosts) {
  const auto refused = run("refused");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(session->explain(refused.error(), "en"), "It was refused.");
  EXPECT_EQ(session->explain(refused.error(), "zh-CN"), "被拒绝。");
  EXPECT_EQ(session->explain(fail(KC_E_FAILED, "KC-STORE-FULL"), "en").substr(0, 17), "The disk is full;");
}

TEST_F(PluginSession, ProgressIsTold) {
  std::promise<std::string> told;
  command_request request;
  request.name = "hold";
  request.progress = [&](std::uint32_t done, std::uint32_t total, std::string_view phase) {
    told.set_value(std::to_string(done) + "/" + std::to_string(total) + " " + std::string(phase));
  };
  ASSERT_TRUE(session->submit(std::move(request), [](ticket, reply) {}).ok());
  EXPECT_EQ(told.get_future().get(), "1/2 sample.hold");
  sample().release();
}

TEST_F(PluginSession, ADeadlineThatHasPassedKeepsTheCommandFromThePlugin) {
  command_request request;
  request.name = "emit";
  request.deadline_ns = time.monotonic_ns() - 1;
  EXPECT_EQ(session->run(std::move(request)).error().status, KC_E_TIMEOUT);
}

TEST_F(PluginSession, TheEndCancelsWhatRunsAndWhatWaitsAndThenDestroysOnTheWorker) {
  auto running = submit("hold");
  ASSERT_TRUE(sample().wait_for("hold"));
  auto waiting = submit("emit");
  EXPECT_TRUE(session->stop());
  EXPECT_EQ(running.second.get().error().status, KC_E_CANCELLED);
  EXPECT_EQ(waiting.second.get().error().status, KC_E_CANCELLED);
  EXPECT_EQ(sample().seen.back(), "destroy");
  EXPECT_EQ(run("emit").error().code, "KC-PLUGIN-ENDED");
  EXPECT_EQ(session->commands("en").error().code, "KC-PLUGIN-ENDED");
  EXPECT_FALSE(session->explain(fail(KC_E_FAILED, "SAMPLE-REFUSED"), "en").empty());
  session->token_changed("SERIAL");
  EXPECT_TRUE(session->stop());
}

TEST_F(PluginSession, APluginThatDoesNotComeBackIsLeftAlone) {
  session.reset();
  sample().reset();
  plugin_session::options how;
  how.patience = std::chrono::milliseconds(50);
  begin(how);
  sample().deaf = true;
  auto hung = submit("hold");
  ASSERT_TRUE(sample().wait_for("hold"));
  EXPECT_FALSE(session->stop());
  EXPECT_TRUE(log.contains("plugin.hung"));
  sample().release();  // it does come back in the end, to a state that is still there
  EXPECT_TRUE(sample().wait_for("destroy"));
}

TEST_F(PluginSession, TooManyThatWaitAreRefused) {
  auto running = submit("hold");
  ASSERT_TRUE(sample().wait_for("hold"));
  std::vector<std::future<reply>> waiting;
  for (int at = 0; at < 64; ++at) waiting.push_back(submit("emit").second);
  EXPECT_EQ(submit("emit").second.get().error().code, "KC-PLUGIN-BUSY");
  session->cancel_all();
  for (auto& one : waiting) EXPECT_EQ(one.get().error().status, KC_E_CANCELLED);
}

TEST(PluginSessionStart, ABrokenSchemaIsFoundBeforeAnythingRuns) {
  sample().reset();
  sample().broken_schema = "{";
  const manual_time time;
  memory_log log(time);
  const auto refused = plugin_session::start(sample_plugin(), {"sample", "1.0.0", {}}, {}, time, log);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "KC-PLUGIN-SCHEMA");
  EXPECT_EQ(sample().seen.back(), "destroy");
  sample().reset();
}

}  // namespace
}  // namespace keycare::services
