// host_side.hpp - the host's side of the contract: how a service table is served, and how a plugin's tables are used.
#pragma once

#include "keycare/abi/command.h"
#include "keycare/sdk/services.hpp"

namespace keycare {

/// A service table and the implementation behind it, for one plugin. `Impl` has a member `std::string_view
/// plugin_id()`. Functions of the table are written as
///   static kc_status tokens(const kc_token_service* self, ...) noexcept {
///     return served<impl>(self, "keycare.token/1 tokens", error, [&](impl& me) -> result<void> { ... });
///   }
template <class Impl, class Table, class Body>
[[nodiscard]] kc_status served(const Table* self, const char* function, kc_error* why, Body&& body) noexcept {
  return at_border(side::host, function, why, [&]() -> result<void> {
    if (self == nullptr || self->host == nullptr) return broke_contract("a plugin", function, "without its table");
    return std::forward<Body>(body)(*static_cast<Impl*>(self->host));
  });
}

/// The error for a plugin that broke a function's contract: names the plugin.
[[nodiscard]] inline error guilty_plugin(std::string_view plugin_id, std::string_view function, std::string_view what) {
  return broke_contract("plugin '" + std::string(plugin_id) + "'", function, what);
}

namespace detail {

/// A new instance of a core or a UI library; whoever has it destroys it. KC-PLUGIN-NO-INSTANCE.
[[nodiscard]] inline result<kc_instance*> make_instance(const kc_plugin* plugin, const kc_host* host) {
  kc_instance* made = nullptr;
  const auto outcome = called([&](kc_error* why) { return plugin->create(host, &made, why); });
  if (!outcome) return outcome.error();
  if (made == nullptr) return fail(KC_E_FAILED, "KC-PLUGIN-NO-INSTANCE");
  return made;
}

/// The whole table of the extension @p id, major 1, whose functions are all there. KC-PLUGIN-TABLE.
template <class Table>
[[nodiscard]] result<const Table*> extension_of(const kc_plugin* plugin, kc_instance* instance, const char* id,
                                                std::uint16_t minor) {
  const kc_table* found = nullptr;
  const auto outcome =
      called([&](kc_error* why) { return plugin->extension(instance, id, minor, sizeof(Table), &found, why); });
  if (!outcome) return outcome.error();
  const auto* whole = reinterpret_cast<const Table*>(found);
  if (found == nullptr || check_table(*found, 1, minor, sizeof(Table)) != KC_OK ||
      !functions_present(*whole, sizeof(kc_table)))
    return fail(KC_E_TABLE_TOO_SMALL, "KC-PLUGIN-TABLE");
  return whole;
}

}  // namespace detail

/// An instance of a plugin, as the host uses it: checked tables, owned values. Destroys the instance at its end.
class plugin_instance {
public:
  /// Takes the instance over; @p other is empty then.
  plugin_instance(plugin_instance&& other) noexcept
      : plugin_(other.plugin_), instance_(std::exchange(other.instance_, nullptr)), commands_(other.commands_) {}
  plugin_instance& operator=(plugin_instance&&) = delete;
  ~plugin_instance() {
    if (instance_ != nullptr) plugin_->destroy(instance_);
  }

  /// @param plugin checked by the loader;  @param host lives longer than the instance. [worker-thread]
  [[nodiscard]] static result<plugin_instance> create(const kc_plugin* plugin, const kc_host* host) {
    const auto made = detail::make_instance(plugin, host);
    if (!made) return made.error();
    plugin_instance out(plugin, *made);
    const auto whole =
        detail::extension_of<kc_command_extension>(plugin, *made, KC_COMMAND_EXTENSION, KC_COMMAND_MINOR);
    if (!whole) return whole.error();
    out.commands_ = *whole;
    return out;
  }

  /// One command, as the plugin describes it.
  struct command {
    std::string name;                          ///< For example "apply".
    kc_command_kind kind = KC_COMMAND_ACTION;  ///< An unknown kind counts as an action.
    std::string summary;                       ///< One line for people.
    std::string input_schema;                  ///< JSON Schema, draft 7; not looked at yet.
  };
  /// Its commands in @p language (BCP 47); at most 256 are taken. [any-thread]
  [[nodiscard]] result<std::vector<command>> describe(std::string_view language) const {
    std::vector<command> out;
    const auto outcome = detail::each<kc_command_info>(
        [&](const kc_command_info& item) {
          const auto got = known_part(&item);
          if (out.size() < 256)
            out.push_back({std::string(text(got.name)),
                           got.kind == KC_COMMAND_QUERY ? KC_COMMAND_QUERY : KC_COMMAND_ACTION,
                           std::string(text(got.summary)), std::string(text(got.input_schema))});
        },
        [&](auto sink, void* context, kc_error* why) {
          return commands_->describe(instance_, borrow(language), sink, context, why);
        });
    if (!outcome) return outcome.error();
    return out;
  }
  /// Runs a command; @p input is JSON that was held against the schema.  @return the reply, JSON of at most 4 MiB. What
  /// the plugin refuses is its error; KC-REPLY-TOO-LARGE. [worker-thread]
  [[nodiscard]] result<octets> invoke(const kc_call& call, std::string_view name, octets_view input) const {
    return detail::collected(4u * 1024 * 1024, [&](auto sink, void* context, kc_error* why) {
      return commands_->invoke(instance_, &call, borrow(name), borrow(input), sink, context, why);
    });
  }
  /// The plugin's own sentence for an error, or nothing when the code is not in its catalogue. [any-thread]
  [[nodiscard]] std::optional<std::string> explain(std::string_view language, const error& what) const {
    auto lent = sized<kc_error>();
    write_error(&lent, what);
    bytes_collector sink(16 * 1024);
    if (commands_->explain(instance_, borrow(language), &lent, &bytes_collector::call, sink.context()) != KC_OK)
      return {};
    const auto sentence = sink.take();
    if (!sentence) return {};
    return std::string(text_of(*sentence));
  }
  /// Where its events go from now on; null: nowhere. The sink is called on any thread. [worker-thread]
  void set_event_sink(kc_event_sink sink, void* context) const { commands_->set_event_sink(instance_, sink, context); }
  /// kc_command_extension::deliver. [worker-thread]
  void deliver(const kc_call& call, std::string_view kind, std::string_view key) const {
    commands_->deliver(instance_, &call, borrow(kind), borrow(key));
  }

private:
  plugin_instance(const kc_plugin* plugin, kc_instance* instance) : plugin_(plugin), instance_(instance) {}
  const kc_plugin* plugin_;
  kc_instance* instance_;
  const kc_command_extension* commands_ = nullptr;
};

}  // namespace keycare
