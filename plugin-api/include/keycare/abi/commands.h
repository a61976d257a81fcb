/* commands.h - keycare.commands/1: for a plugin's UI library: drive the commands of its own core, on the main thread.
 */
#ifndef KEYCARE_ABI_COMMANDS_H
#define KEYCARE_ABI_COMMANDS_H

#include "keycare/abi/command.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_COMMANDS_SERVICE "keycare.commands/1" /**< Offered to UI libraries only. */
#define KC_COMMANDS_MINOR 0                      /**< The minor version that this header describes. */

/** A command under way; 0 is none. */
typedef uint64_t kc_ticket;

/** The end of a command: its reply, or the error and the sentence for it. Called once for each ticket. [main-thread] */
typedef void (*kc_done_sink)(void* context, kc_ticket ticket, kc_status status, kc_bytes reply, const kc_error* error,
                             kc_str sentence);
/** How far it is. [main-thread] */
typedef void (*kc_progress_sink)(void* context, kc_ticket ticket, uint32_t done, uint32_t total, kc_str phase);

typedef struct kc_commands_service kc_commands_service;
/** The table of keycare.commands/1. */
struct kc_commands_service {
  kc_table table; /**< Size and version; see kc_table. */
  void* host;     /**< The host's own. */
  /** Every command of the core. [main-thread] */
  kc_status (*describe)(const kc_commands_service* self, kc_command_sink sink, void* context, kc_error* error);
  /** Starts a command and returns at once. @p progress may be NULL. [main-thread] */
  kc_status (*invoke)(const kc_commands_service* self, kc_str name, kc_bytes input, kc_done_sink done,
                      kc_progress_sink progress, void* context, kc_ticket* out, kc_error* error);
  /** Asks a command to stop; its done sink is called all the same. [main-thread] */
  void (*cancel)(const kc_commands_service* self, kc_ticket ticket);
  /** The core's events, on the main thread, until unsubscribe returns. [main-thread] */
  kc_status (*subscribe)(const kc_commands_service* self, kc_event_sink sink, void* context, uint64_t* out,
                         kc_error* error);
  /** Ends a subscription: its sink is not called again. [main-thread] */
  void (*unsubscribe)(const kc_commands_service* self, uint64_t subscription);
};

KC_STATIC_ASSERT(sizeof(kc_commands_service) == 56, "kc_commands_service");

#ifdef __cplusplus
}
#endif
#endif
