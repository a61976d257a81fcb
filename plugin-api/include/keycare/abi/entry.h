/* entry.h - the one exported symbol, the table of a plugin, and the table with which a plugin asks its host for
 * services. */
#ifndef KEYCARE_ABI_ENTRY_H
#define KEYCARE_ABI_ENTRY_H

#include "keycare/abi/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a host gives to an instance of a plugin. It lives as long as the instance, and it knows which plugin holds it.
 */
typedef struct kc_host kc_host;
/** See the typedef. */
struct kc_host {
  kc_table table; /**< Size and version; see kc_table. */
  void* host;     /**< The host's own. */
  /** Finds the service @p id, for example "keycare.signing/1".
   *  @param minor the lowest minor version that will do;  @param size the smallest table that will do, in octets.
   *  @return KC_OK and the table, which lives as long as the instance; KC_E_UNKNOWN_SERVICE, KC_E_OTHER_MAJOR,
   *  KC_E_NEWER_MINOR, KC_E_TABLE_TOO_SMALL or KC_E_NO_PERMISSION and NULL. [any-thread] */
  kc_status (*service)(const kc_host* self, const char* id, uint16_t minor, uint32_t size, const kc_table** out,
                       kc_error* error);
  /** Tells the host that somebody broke the contract, in a sentence that names the guilty side; it is logged.
   * [any-thread] */
  void (*misuse)(const kc_host* self, kc_str sentence);
};

/** An instance of a plugin: opaque to the host. Many may live in one process; it owns no thread and no global. */
typedef struct kc_instance kc_instance;

/** What a plugin is: constant data with the lifetime of its library. */
typedef struct kc_plugin {
  kc_table table; /**< major and minor: the contract that the plugin was built for. */
  kc_str id;      /**< As in the manifest. */
  kc_str version; /**< As in the manifest. */
  /** Makes an instance. Must not block. [worker-thread] */
  kc_status (*create)(const kc_host* host, kc_instance** out, kc_error* error);
  /** Ends an instance; no call of it is under way. Releases whatever the instance holds. [worker-thread] */
  void (*destroy)(kc_instance* instance);
  /** Finds the extension @p id, for example "keycare.command/1", with the same statuses as kc_host::service.
   *  The table lives as long as the library. [any-thread] */
  kc_status (*extension)(kc_instance* instance, const char* id, uint16_t minor, uint32_t size, const kc_table** out,
                         kc_error* error);
} kc_plugin;

/** The only symbol that a plugin exports. The host says which contract it speaks; the plugin answers with its table, or
 *  with KC_E_OTHER_MAJOR or KC_E_NEWER_MINOR when it needs another one. It does nothing else: no thread, no file, no
 *  environment, because it is called for a mere look at the plugin too. [any-thread] */
typedef kc_status (*kc_plugin_entry)(uint16_t host_major, uint16_t host_minor, const kc_plugin** out);
#define KC_PLUGIN_ENTRY_SYMBOL "keycare_plugin_entry" /**< The symbol's name, for who looks it up. */

KC_STATIC_ASSERT(sizeof(kc_host) == 32 && offsetof(kc_host, service) == 16, "kc_host");
KC_STATIC_ASSERT(sizeof(kc_plugin) == 64 && offsetof(kc_plugin, create) == 40, "kc_plugin");

#ifdef __cplusplus
}
#endif
#endif
