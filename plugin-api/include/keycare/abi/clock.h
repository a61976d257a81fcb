/* clock.h - keycare.clock/1: time, which tests move, and timers. */
#ifndef KEYCARE_ABI_CLOCK_H
#define KEYCARE_ABI_CLOCK_H

#include "keycare/abi/base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_CLOCK_SERVICE "keycare.clock/1" /**< No permission needed. */
#define KC_CLOCK_MINOR 0                   /**< The minor version that this header describes. */

typedef struct kc_clock_service kc_clock_service;
/** The table of keycare.clock/1. */
struct kc_clock_service {
  kc_table table; /**< Size and version; see kc_table. */
  void* host;     /**< The host's own. */
  /** The computer's wall clock: Unix time in seconds. It may be wrong. [any-thread] */
  int64_t (*now)(const kc_clock_service* self);
  /** Nanoseconds that only go forward, in this process. [any-thread] */
  int64_t (*monotonic)(const kc_clock_service* self);
  /** Seconds east of UTC of the user's zone at @p unix_seconds, for dates that people read. [any-thread] */
  int32_t (*utc_offset)(const kc_clock_service* self, int64_t unix_seconds);
  /** At monotonic time @p due_ns the event "timer" with this key arrives through kc_command_extension::deliver. A timer
   * of the same key is replaced; timers end with the process. At most 256. [any-thread] */
  kc_status (*set_timer)(const kc_clock_service* self, kc_str key, int64_t due_ns, kc_error* error);
  /** Forgets a timer; an absent one is fine. [any-thread] */
  void (*cancel_timer)(const kc_clock_service* self, kc_str key);
};

KC_STATIC_ASSERT(sizeof(kc_clock_service) == 56, "kc_clock_service");

#ifdef __cplusplus
}
#endif
#endif
