// core.cpp - the template's two commands.
#include "core.hpp"

#include <array>

namespace keycare::sample {
namespace {

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;

// The host holds every input against its schema before the plugin sees it.
constexpr std::array<command_spec, 2> specs{{
    {"hello", KC_COMMAND_QUERY, "问候", "Greets",
     R"({"type":"object","additionalProperties":false,"properties":{"name":{"type":"string","maxLength":40}}})"},
    {"remind", KC_COMMAND_ACTION, "稍后提醒", "Reminds after some seconds",
     R"({"type":"object","additionalProperties":false,"required":["seconds"],
         "properties":{"seconds":{"type":"integer","minimum":1,"maximum":3600}}})"},
}};

class core final : public plugin_core {
public:
  explicit core(clock_client clock) : clock_(clock) {}

  std::span<const command_spec> commands() const override { return specs; }

  result<json> invoke(const kc_call& call, std::string_view name, const json& input) override {
    if (name == "hello") return hello(call, input);
    if (name == "remind") return remind(call, input);
    return fail(KC_E_NOT_FOUND, "KC-COMMAND-UNKNOWN");
  }

  std::optional<std::string> explain(std::string_view language, const error& what) const override {
    if (what.code != "KC-TEMPLATE-STOPPED") return std::nullopt;  // the host explains its own codes
    return language.starts_with("en") ? "Stopped before the reminder was set." : "已停止，未设置提醒。";
  }

  /// The timer that `remind` set: whoever listens is told.
  void deliver(const kc_call&, std::string_view kind, std::string_view key) override {
    if (kind == "timer") emit("reminder", key);
  }

private:
  static result<json> hello(const kc_call& call, const json& input) {
    const auto name = input.value("name", std::string());
    return json{{"data", {{"name", name}}}, {"text", {greeting(name, wants_english(call))}}};
  }

  result<json> remind(const kc_call& call, const json& input) const {
    if (cancelled(call)) return fail(KC_E_CANCELLED, "KC-TEMPLATE-STOPPED");
    const auto seconds = input.at("seconds").get<std::int64_t>();
    const auto set = clock_.set_timer("reminder", clock_.monotonic() + seconds * nanoseconds_per_second);
    if (!set) return set.error();
    const auto due = clock_.now() + seconds;
    const auto count = std::to_string(seconds);
    const auto line =
        wants_english(call) ? "You will be reminded in " + count + " s." : "将在 " + count + " 秒后提醒。";
    return json{{"data", {{"due", due}}}, {"text", {line}}};
  }

  clock_client clock_;
};

}  // namespace

std::string greeting(std::string_view name, bool english) {
  std::string out = english ? "Hello" : "您好";
  if (!name.empty()) out.append(english ? ", " : "，").append(name);
  return out + (english ? "!" : "！");
}

result<std::unique_ptr<plugin_core>> make_core(host_link host) {
  auto clock = host.get<clock_client>();
  if (!clock) return clock.error();
  return std::unique_ptr<plugin_core>(std::make_unique<core>(*clock));
}

}  // namespace keycare::sample
