/* log.h - keycare.log/1: a structured log. The host redacts identity numbers, telephones and secrets at the sink. */
#ifndef KEYCARE_ABI_LOG_H
#define KEYCARE_ABI_LOG_H

#include "keycare/abi/base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_LOG_SERVICE "keycare.log/1" /**< No permission needed. */
#define KC_LOG_MINOR 0                 /**< The minor version that this header describes. */

/** How much a line matters: for developers, for the record, something odd, something that failed. */
enum kc_log_level { KC_LOG_DEBUG = 0, KC_LOG_INFO = 1, KC_LOG_WARNING = 2, KC_LOG_ERROR = 3 };

typedef struct kc_log_service kc_log_service;
/** The table of keycare.log/1. */
struct kc_log_service {
  kc_table table; /**< Size and version; see kc_table. */
  void* host;     /**< The host's own. */
  /** @param event a short stable name such as "order.stored";  @param fields a JSON object, or absent; what is over 4
   * KiB is cut. Never fails. [any-thread] */
  void (*write)(const kc_log_service* self, uint32_t level, kc_str event, kc_str fields);
};

KC_STATIC_ASSERT(sizeof(kc_log_service) == 24, "kc_log_service");

#ifdef __cplusplus
}
#endif
#endif
