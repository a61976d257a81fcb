// entry.hpp - the one symbol that a library of a plugin exports, and the answer to what it is asked for.
#pragma once

#include "keycare/abi/entry.h"
#include "keycare/sdk/services.hpp"

namespace keycare {

/// kc_plugin::extension of a library that has one extension, @p offered, under the id @p its_id. [any-thread]
inline kc_status only_extension(const char* its_id, const kc_table& offered, const char* id, std::uint16_t minor,
                                std::uint32_t size, const kc_table** out, kc_error* why) noexcept {
  return at_border(side::plugin, "extension", why, [&]() -> result<void> {
    if (id == nullptr || out == nullptr)
      return broke_contract("the host", "extension", "without an id or a place for the table");
    *out = nullptr;
    const auto asked = parse_table_id(id);
    if (asked.name != parse_table_id(its_id).name) return fail(KC_E_UNKNOWN_SERVICE, "KC-PLUGIN-EXTENSION");
    const auto status = check_table(offered, asked.major, minor, size);
    if (status != KC_OK) return fail(status, "KC-PLUGIN-EXTENSION");
    *out = &offered;
    return {};
  });
}

/// kc_plugin::create and kc_plugin::destroy of a library whose instances are objects of `Instance`, made by `make`:
/// `result<std::unique_ptr<Instance>> make(host_link)`.
template <class Instance, auto make>
struct instance_glue {
  /// The object behind an opaque instance.
  static Instance* object(kc_instance* instance) { return reinterpret_cast<Instance*>(instance); }

  /// kc_plugin::create
  static kc_status create(const kc_host* host, kc_instance** out, kc_error* why) noexcept {
    return at_border(side::plugin, "create", why, [&]() -> result<void> {
      if (host == nullptr || out == nullptr)
        return broke_contract("the host", "create", "without a host or a place for the instance");
      auto made = make(host_link(host));
      if (!made) return made.error();
      *out = reinterpret_cast<kc_instance*>((*made).release());
      return {};
    });
  }
  /// kc_plugin::destroy
  static void destroy(kc_instance* instance) noexcept {
    at_border_void([&] { delete object(instance); });
  }
};

}  // namespace keycare

/// The entry of a library whose functions are those of `glue`: create, destroy and extension. plugin_side.hpp and
/// ui_side.hpp have a macro each for what an author writes.
#define KEYCARE_ENTRY(plugin_id, plugin_version, ...)                                                          \
  extern "C" KEYCARE_EXPORT kc_status keycare_plugin_entry(std::uint16_t host_major, std::uint16_t host_minor, \
                                                           const kc_plugin** out);                             \
  extern "C" KEYCARE_EXPORT kc_status keycare_plugin_entry(std::uint16_t host_major, std::uint16_t host_minor, \
                                                           const kc_plugin** out) {                            \
    using glue = __VA_ARGS__;                                                                                  \
    static constexpr kc_plugin plugin = {{sizeof(kc_plugin), KC_ABI_MAJOR, KC_ABI_MINOR},                      \
                                         {plugin_id, sizeof(plugin_id) - 1},                                   \
                                         {plugin_version, sizeof(plugin_version) - 1},                         \
                                         glue::create,                                                         \
                                         glue::destroy,                                                        \
                                         glue::extension};                                                     \
    if (out == nullptr) return KC_E_ARGUMENT;                                                                  \
    *out = nullptr;                                                                                            \
    if (host_major != KC_ABI_MAJOR) return KC_E_OTHER_MAJOR;                                                   \
    if (host_minor < KC_ABI_MINOR) return KC_E_NEWER_MINOR;                                                    \
    *out = &plugin;                                                                                            \
    return KC_OK;                                                                                              \
  }
