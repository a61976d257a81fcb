// sample_plugin.cpp - the plugin of these tests, made with the SDK as any other.
#include "sample_plugin.hpp"

#include "keycare/sdk/plugin_side.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace keycare::services {

namespace {

constexpr std::string_view any = R"({"type":"object"})";
constexpr std::string_view with_name =
    R"({"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","pattern":"^[a-z]+$"}}})";

class sample_core final : public plugin_core {
public:
  explicit sample_core(host_link host) : host_(host) {
    specs_ = {
        {"look", KC_COMMAND_QUERY, "看", "Look", any},          {"hold", KC_COMMAND_ACTION, "等", "Hold", any},
        {"emit", KC_COMMAND_ACTION, "发", "Emit", any},         {"set-timer", KC_COMMAND_ACTION, "定", "Timer", any},
        {"write", KC_COMMAND_ACTION, "写", "Write", with_name}, {"odd-reply", KC_COMMAND_ACTION, "怪", "Odd", any},
        {"throws", KC_COMMAND_ACTION, "抛", "Throws", any},     {"refused", KC_COMMAND_ACTION, "拒", "Refused", any}};
    if (!sample().broken_schema.empty()) specs_[1].input_schema = sample().broken_schema;
  }
  ~sample_core() override { sample().note("destroy"); }

  [[nodiscard]] std::span<const command_spec> commands() const override { return specs_; }

  result<json> invoke(const kc_call& call, std::string_view name, const json& input) override {
    sample().note(std::string(name));
    if (name == "hold" || name == "look") return hold(call);
    if (name == "emit") emit("order-changed", "uuid-1");
    if (name == "set-timer") {
      const auto clock = host_.get<clock_client>();
      if (!clock) return clock.error();
      if (const auto set = clock->set_timer("poll", clock->monotonic() + 10'000'000'000); !set) return set.error();
    }
    if (name == "odd-reply") return json{{"text", "not an array"}};
    if (name == "throws") throw std::runtime_error("a bug");
    if (name == "refused") return fail(KC_E_CONFLICT, "SAMPLE-REFUSED");
    return json{{"data", {{"name", input.value("name", "")}}}, {"text", json::array({"done"})}};
  }

  [[nodiscard]] std::optional<std::string> explain(std::string_view language, const error& what) const override {
    if (what.code != "SAMPLE-REFUSED") return {};
    return language.starts_with("en") ? "It was refused." : "被拒绝。";
  }

  void deliver(const kc_call&, std::string_view kind, std::string_view key) override {
    sample().note(std::string(kind) + ":" + std::string(key));
  }

private:
  result<json> hold(const kc_call& call) {
    call.progress(&call, 1, 2, borrow(std::string_view("sample.hold")));
    auto& control = sample();
    std::unique_lock lock(control.mutex);
    while (!control.let_go) {
      if (!control.deaf && cancelled(call)) return fail(KC_E_CANCELLED, "KC-CALL-CANCELLED");
      control.changed.wait_for(lock, std::chrono::milliseconds(5));
    }
    return json{{"data", json::object()}, {"text", json::array()}};
  }
  host_link host_;
  std::vector<command_spec> specs_;
};

result<std::unique_ptr<plugin_core>> make(host_link host) {
  return std::unique_ptr<plugin_core>(std::make_unique<sample_core>(host));
}

}  // namespace

sample_control& sample() {
  static sample_control control;
  return control;
}

void sample_control::reset() {
  const std::lock_guard lock(mutex);
  seen.clear();
  let_go = deaf = false;
  broken_schema.clear();
}

void sample_control::note(const std::string& what) {
  const std::lock_guard lock(mutex);
  seen.push_back(what);
  changed.notify_all();
}

bool sample_control::wait_for(const std::string& what) {
  std::unique_lock lock(mutex);
  return changed.wait_for(lock, std::chrono::seconds(5),
                          [&] { return std::find(seen.begin(), seen.end(), what) != seen.end(); });
}

void sample_control::release() {
  const std::lock_guard lock(mutex);
  let_go = true;
  changed.notify_all();
}

const kc_plugin* sample_plugin() {
  using glue = plugin_glue<make>;
  static constexpr std::string_view id = "sample";
  static constexpr std::string_view version = "1.0.0";
  static const kc_plugin plugin = {{sizeof(kc_plugin), KC_ABI_MAJOR, KC_ABI_MINOR},
                                   borrow(id),
                                   borrow(version),
                                   glue::create,
                                   glue::destroy,
                                   glue::extension};
  return &plugin;
}

}  // namespace keycare::services
