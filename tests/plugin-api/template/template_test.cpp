// template_test.cpp - the template as a host meets it: loaded from its manifest, driven through keycare.command/1.
#include "host-stub/loader/loader.hpp"
#include "host-stub/loader/verdict.hpp"
#include "keycare/sdk/host_side.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <nlohmann/json.hpp>

namespace keycare::loader {
namespace {

using nlohmann::json;

digest sha256(std::span<const std::uint8_t> octets) {
  digest out{};
  EXPECT_EQ(EVP_Digest(octets.data(), octets.size(), out.data(), nullptr, EVP_sha256(), nullptr), 1);
  return out;
}

/// A host with nothing but a clock, whose hands the test moves.
struct clock_host {
  std::int64_t wall = 1'700'000'000;
  std::string timer;
  std::int64_t due = 0;

  kc_clock_service clock{{sizeof(kc_clock_service), 1, KC_CLOCK_MINOR},
                         this,
                         [](const kc_clock_service* self) { return me(self->host).wall; },
                         [](const kc_clock_service*) { return std::int64_t{5'000'000'000}; },
                         [](const kc_clock_service*, std::int64_t) { return std::int32_t{8 * 3600}; },
                         [](const kc_clock_service* self, kc_str key, std::int64_t at, kc_error*) {
                           me(self->host).timer = text(key);
                           me(self->host).due = at;
                           return kc_status{KC_OK};
                         },
                         [](const kc_clock_service*, kc_str) {}};
  kc_host host{{sizeof(kc_host), KC_ABI_MAJOR, KC_ABI_MINOR},
               this,
               [](const kc_host* self, const char* id, std::uint16_t, std::uint32_t, const kc_table** out, kc_error*) {
                 const bool known = std::string_view(id) == KC_CLOCK_SERVICE;
                 *out = known ? &me(self->host).clock.table : nullptr;
                 return kc_status{known ? KC_OK : KC_E_UNKNOWN_SERVICE};
               },
               [](const kc_host*, kc_str sentence) { ADD_FAILURE() << text(sentence); }};

  static clock_host& me(void* self) { return *static_cast<clock_host*>(self); }
};

class the_template : public ::testing::Test {
protected:
  void SetUp() override {
    options with;
    with.host = {{KC_ABI_MAJOR, KC_ABI_MINOR}, {4, 8, 2}, "4.8.2", {}};
    with.sha256 = sha256;
    with.probe = KEYCARE_PROBE;
    auto loaded = load(KEYCARE_TEMPLATE, with);
    ASSERT_TRUE(loaded.ok()) << sentence(loaded.error(), "en");
    auto made = plugin_instance::create(loaded->table, &host_.host);
    ASSERT_TRUE(made.ok()) << made.error().code;
    plugin_.emplace(*std::move(made));
  }

  result<json> invoke(std::string_view name, const json& input, std::string_view language = "en", bool stop = false) {
    auto call = sized<kc_call>();
    call.language = borrow(language);
    call.is_cancelled =
        stop ? [](const kc_call*) { return std::int32_t{1}; } : [](const kc_call*) { return std::int32_t{0}; };
    const auto reply = plugin_->invoke(call, name, bytes_of(input.dump()));
    if (!reply) return reply.error();
    return json::parse(text_of(*reply));
  }

  clock_host host_;
  std::optional<plugin_instance> plugin_;
};

TEST_F(the_template, describes_a_query_and_an_action_in_both_languages) {
  const auto commands = plugin_->describe("zh-CN");
  ASSERT_TRUE(commands.ok());
  ASSERT_EQ(commands->size(), 2U);
  EXPECT_EQ((*commands)[0].name, "hello");
  EXPECT_EQ((*commands)[0].kind, KC_COMMAND_QUERY);
  EXPECT_EQ((*commands)[0].summary, "问候");
  EXPECT_EQ((*commands)[1].kind, KC_COMMAND_ACTION);
  for (const auto& command : *commands) EXPECT_EQ(json::parse(command.input_schema)["type"], "object");
}

TEST_F(the_template, greets_in_the_calls_language) {
  EXPECT_EQ((*invoke("hello", {{"name", "Li"}}))["text"][0], "Hello, Li!");
  EXPECT_EQ((*invoke("hello", {{"name", "小王"}}, "zh-CN"))["text"][0], "您好，小王！");
  EXPECT_EQ((*invoke("hello", json::object()))["text"][0], "Hello!");
}

TEST_F(the_template, sets_a_timer_and_tells_when_it_came) {
  const auto reply = invoke("remind", {{"seconds", 5}});
  ASSERT_TRUE(reply.ok()) << reply.error().code;
  EXPECT_EQ((*reply)["data"]["due"], 1'700'000'005);
  EXPECT_EQ(host_.timer, "reminder");
  EXPECT_EQ(host_.due, 10'000'000'000);

  std::string event;
  plugin_->set_event_sink([](void* to, kc_str kind, kc_str) { *static_cast<std::string*>(to) = text(kind); }, &event);
  plugin_->deliver(sized<kc_call>(), "timer", "reminder");
  EXPECT_EQ(event, "reminder");
}

TEST_F(the_template, explains_its_own_errors_and_no_others) {
  const auto stopped = invoke("remind", {{"seconds", 5}}, "en", true);
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().status, KC_E_CANCELLED);
  EXPECT_TRUE(host_.timer.empty());
  EXPECT_TRUE(plugin_->explain("zh-CN", stopped.error()).has_value());
  EXPECT_FALSE(plugin_->explain("zh-CN", fail(KC_E_FAILED, "KC-TOKEN-REMOVED")).has_value());
  EXPECT_EQ(invoke("dance", json::object()).error().status, KC_E_NOT_FOUND);
}

TEST_F(the_template, survives_input_that_no_host_should_send) {
  EXPECT_FALSE(invoke("remind", {{"seconds", "soon"}}).ok());
  EXPECT_FALSE(invoke("remind", json::array()).ok());
}

}  // namespace
}  // namespace keycare::loader
