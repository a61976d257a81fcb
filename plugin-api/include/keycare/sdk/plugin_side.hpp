// plugin_side.hpp - what a plugin's author derives from: a core with commands, and the macro that makes it a plugin.
#pragma once

#include "keycare/abi/command.h"
#include "keycare/sdk/entry.hpp"
#include "keycare/sdk/json.hpp"
#include "keycare/sdk/services.hpp"

#include <memory>

namespace keycare {

/// What commands take and give.
using json = nlohmann::json;

/// One command, as constant data.
struct command_spec {
  std::string_view name;          ///< Lower case and '-', for example "apply".
  kc_command_kind kind;           ///< A query reads only; it may run beside one action.
  std::string_view summary_zh;    ///< One line for people, in zh-CN.
  std::string_view summary_en;    ///< The same in English.
  std::string_view input_schema;  ///< JSON Schema, draft 7
};

/// Whether texts of this call are to be English; everything else is Chinese.
[[nodiscard]] inline bool wants_english(const kc_call& call) {
  return text(call.language).starts_with("en");
}
/// Whether somebody asked to stop: looked at before each effect. [any-thread]
[[nodiscard]] inline bool cancelled(const kc_call& call) {
  return call.is_cancelled != nullptr && call.is_cancelled(&call) != 0;
}

/// The core of a plugin: no thread, no global, no exception out. One instance of it is one kc_instance.
class plugin_core {
public:
  /// Ends the instance; no call of it is under way. [worker-thread]
  virtual ~plugin_core() = default;
  /// Made by the plugin's `make`, once for each instance.
  plugin_core() = default;
  plugin_core(const plugin_core&) = delete;
  plugin_core& operator=(const plugin_core&) = delete;

  /// Every command. [any-thread]
  [[nodiscard]] virtual std::span<const command_spec> commands() const = 0;
  /// Runs one; the reply has the shape that command.h describes. [worker-thread]
  [[nodiscard]] virtual result<json> invoke(const kc_call& call, std::string_view name, const json& input) = 0;
  /// The sentence for an error of this plugin, or nothing when its code is not ours. [any-thread]
  [[nodiscard]] virtual std::optional<std::string> explain(std::string_view language, const error& what) const = 0;
  /// A timer or a token event. [worker-thread]
  virtual void deliver(const kc_call& /*call*/, std::string_view /*kind*/, std::string_view /*key*/) {}

  /// Where emit() tells. For the glue below. [worker-thread]
  void set_event_sink(kc_event_sink sink, void* context) {
    sink_ = sink;
    sink_context_ = context;
  }

protected:
  /// Tells whoever listens that something changed: an event carries a kind and a key, nothing else. [worker-thread]
  void emit(std::string_view kind, std::string_view key) const {
    if (sink_ != nullptr) sink_(sink_context_, borrow(kind), borrow(key));
  }

private:
  kc_event_sink sink_ = nullptr;
  void* sink_context_ = nullptr;
};

/// Parses JSON of at most KC_COMMAND_MAX_INPUT octets and 16 levels; objects only. KC-INPUT-TOO-LARGE,
/// KC-INPUT-NOT-JSON. [any-thread]
[[nodiscard]] inline result<json> parse_command_input(octets_view input) {
  if (input.size() > KC_COMMAND_MAX_INPUT) return fail(KC_E_TOO_LARGE, "KC-INPUT-TOO-LARGE");
  auto parsed = read_json(input.empty() ? "{}" : text_of(input), {KC_COMMAND_MAX_INPUT, 16});
  if (!parsed || !parsed->is_object()) return fail(KC_E_ARGUMENT, "KC-INPUT-NOT-JSON");
  return parsed;
}

/// The C functions of a plugin whose core `make` makes: `result<std::unique_ptr<plugin_core>> make(host_link)`.
template <auto make>
struct plugin_glue : instance_glue<plugin_core, make> {
  /// The core behind an opaque instance.
  static plugin_core* core(kc_instance* instance) { return plugin_glue::object(instance); }

  /// kc_command_extension::describe
  static kc_status describe(kc_instance* instance, kc_str language, kc_command_sink sink, void* context,
                            kc_error* why) noexcept {
    return at_border(side::plugin, "describe", why, [&]() -> result<void> {
      if (instance == nullptr || sink == nullptr)
        return broke_contract("the host", "describe", "without an instance or a sink");
      const bool english = text(language).starts_with("en");
      for (const auto& spec : core(instance)->commands()) {
        auto info = sized<kc_command_info>();
        info.kind = static_cast<std::uint32_t>(spec.kind);
        info.name = borrow(spec.name);
        info.summary = borrow(english ? spec.summary_en : spec.summary_zh);
        info.input_schema = borrow(spec.input_schema);
        sink(context, &info);
      }
      return {};
    });
  }
  /// kc_command_extension::invoke: parses the input, bounded, and writes the reply.
  static kc_status invoke(kc_instance* instance, const kc_call* call, kc_str name, kc_bytes input, kc_bytes_sink sink,
                          void* context, kc_error* why) noexcept {
    return at_border(side::plugin, "invoke", why, [&]() -> result<void> {
      if (instance == nullptr || call == nullptr || sink == nullptr)
        return broke_contract("the host", "invoke", "without an instance, a call or a sink");
      const auto parsed = parse_command_input(bytes(input));
      if (!parsed) return parsed.error();
      const auto reply = core(instance)->invoke(*call, text(name), *parsed);
      if (!reply) return reply.error();
      const std::string out = reply->dump(-1, ' ', false, json::error_handler_t::replace);
      sink(context, reinterpret_cast<const std::uint8_t*>(out.data()), out.size());
      return {};
    });
  }
  /// kc_command_extension::explain
  static kc_status explain(kc_instance* instance, kc_str language, const kc_error* what, kc_bytes_sink sink,
                           void* context) noexcept {
    return at_border(side::plugin, "explain", nullptr, [&]() -> result<void> {
      if (instance == nullptr || what == nullptr || sink == nullptr)
        return broke_contract("the host", "explain", "without an instance, an error or a sink");
      const auto sentence = core(instance)->explain(text(language), read_error(what->status, *what));
      if (!sentence) return fail(KC_E_NOT_FOUND, "KC-TEXT-NOT-FOUND");
      sink(context, reinterpret_cast<const std::uint8_t*>(sentence->data()), sentence->size());
      return {};
    });
  }
  /// kc_command_extension::set_event_sink
  static void set_event_sink(kc_instance* instance, kc_event_sink sink, void* context) noexcept {
    if (instance != nullptr) core(instance)->set_event_sink(sink, context);
  }
  /// kc_command_extension::deliver
  static void deliver(kc_instance* instance, const kc_call* call, kc_str kind, kc_str key) noexcept {
    if (instance != nullptr && call != nullptr)
      at_border_void([&] { core(instance)->deliver(*call, text(kind), text(key)); });
  }
  /// The table of keycare.command/1, constant data with the lifetime of the library.
  static constexpr kc_command_extension command_extension = {
      {sizeof(kc_command_extension), 1, KC_COMMAND_MINOR}, describe, invoke, explain, set_event_sink, deliver};

  /// kc_plugin::extension: keycare.command/1 and no other.
  static kc_status extension(kc_instance*, const char* id, std::uint16_t minor, std::uint32_t size,
                             const kc_table** out, kc_error* why) noexcept {
    return only_extension(KC_COMMAND_EXTENSION, command_extension.table, id, minor, size, out, why);
  }
};

}  // namespace keycare

/// Makes this library a plugin. Use it once, in plugin.cpp:  KEYCARE_PLUGIN("example", "1.0.0", make_core)
#define KEYCARE_PLUGIN(plugin_id, plugin_version, make_function) \
  KEYCARE_ENTRY(plugin_id, plugin_version, keycare::plugin_glue<make_function>)
