/* command.h - keycare.command/1, an extension of a plugin: everything that it does, as named commands with JSON in and
 * out.
 *
 * The command line, the tests, a web page and the plugin's own window drive a plugin through this and nothing else.
 *
 * A reply is one JSON object:
 *   data   an object for programs
 *   text   an array of lines in the call's language, for people
 *   next   optional: {"command", "input", "after_seconds", "wait": "none"|"ra"|"payment"|"token"|"user", "ask"}: what
 * to invoke next and when. "after_seconds": 0 with "wait": "none" means at once, in the same process, so that a grant
 *          goes on. "ask" is an array of members of the input that only the user knows (a code from a text message):
 * the host asks for them without an echo and adds them. Such a member is "writeOnly": true in the input's schema and is
 * never an argument of a command line.
 *
 * In an input schema a member's "description" is English, and "x-description-zh-CN" beside it is the same in Chinese: a
 * command line shows them as the help of its options. "x-saves" beside the schema's "properties" is an array of the
 * members of "data" that are texts for a file (a certificate as PEM, a table); a command line offers to save these.
 */
#ifndef KEYCARE_ABI_COMMAND_H
#define KEYCARE_ABI_COMMAND_H

#include "keycare/abi/entry.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_COMMAND_EXTENSION "keycare.command/1" /**< What a host asks kc_plugin::extension for. */
#define KC_COMMAND_MINOR 0                       /**< The minor version that this header describes. */
#define KC_COMMAND_MAX_INPUT (256u * 1024u)      /**< Octets of JSON; at most 16 deep. */

/** What a command may do. */
enum kc_command_kind {
  KC_COMMAND_QUERY = 1, /**< Reads the store and snapshots only; may run beside one action. */
  KC_COMMAND_ACTION = 2 /**< Runs in the instance's serial queue. */
};

/** One command, lent to a sink for its call. */
typedef struct kc_command_info {
  uint32_t size;       /**< Octets of this structure, as its maker compiled it. */
  uint32_t kind;       /**< kc_command_kind */
  kc_str name;         /**< For example "apply": lower case and '-'. */
  kc_str summary;      /**< One line, in the language asked for. */
  kc_str input_schema; /**< JSON Schema (draft 7) of the input; an object with properties. */
} kc_command_info;

/** Takes one command. @p context is what the caller gave beside the sink. */
typedef void (*kc_command_sink)(void* context, const kc_command_info* command);
/** An event carries a kind ("order-changed") and a key (the order's uuid) and nothing else. */
typedef void (*kc_event_sink)(void* context, kc_str kind, kc_str key);

/** The table of keycare.command/1. */
typedef struct kc_command_extension {
  kc_table table; /**< Size and version; see kc_table. */
  /** Every command. [any-thread] */
  kc_status (*describe)(kc_instance* instance, kc_str language, kc_command_sink sink, void* context, kc_error* error);
  /** Runs one. The host has held @p input against the schema before. KC_E_NOT_FOUND for an unknown name.
   *  [worker-thread] */
  kc_status (*invoke)(kc_instance* instance, const kc_call* call, kc_str name, kc_bytes input, kc_bytes_sink sink,
                      void* context, kc_error* error);
  /** Puts an error of this plugin into a sentence for people, with what to do next. KC_E_NOT_FOUND for a code that is
   * not in the plugin's catalogue; then the host uses its own. [any-thread] */
  kc_status (*explain)(kc_instance* instance, kc_str language, const kc_error* what, kc_bytes_sink sink, void* context);
  /** Where the plugin's events go from now on; NULL: nowhere. The sink is [any-thread] and does not block.
   *  [worker-thread] */
  void (*set_event_sink)(kc_instance* instance, kc_event_sink sink, void* context);
  /** Something happened that the plugin may want to look at: "timer" with the timer's key, "token-changed" with the
   *  token's serial number. [worker-thread] */
  void (*deliver)(kc_instance* instance, const kc_call* call, kc_str kind, kc_str key);
} kc_command_extension;

KC_STATIC_ASSERT(sizeof(kc_command_info) == 56, "kc_command_info");
KC_STATIC_ASSERT(sizeof(kc_command_extension) == 48, "kc_command_extension");

#ifdef __cplusplus
}
#endif
#endif
