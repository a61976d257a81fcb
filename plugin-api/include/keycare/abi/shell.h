/* shell.h - keycare.shell/1: the client's own surface: ask, tell, open the browser, which client this is. */
#ifndef KEYCARE_ABI_SHELL_H
#define KEYCARE_ABI_SHELL_H

#include "keycare/abi/base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_SHELL_SERVICE "keycare.shell/1" /**< No permission needed. */
#define KC_SHELL_MINOR 0                   /**< The minor version that this header describes. */

/** Which client this is, lent to a sink for its call. */
typedef struct kc_client_info {
  uint32_t size;       /**< Octets of this structure, as its maker compiled it. */
  uint32_t has_window; /**< 0 for a command line. */
  kc_str name;         /**< For people. */
  kc_str version;      /**< "4.8.2" */
  kc_str language;     /**< BCP 47 */
  kc_str channel;      /**< How consent was given here: "window" or "cli". */
  kc_str hotline;      /**< The telephone number of the service desk, for people. */
  kc_str qq;           /**< The service desk's QQ number, or absent. */
} kc_client_info;

/** Takes it. @p context is what the caller gave beside the sink. */
typedef void (*kc_client_sink)(void* context, const kc_client_info* client);

typedef struct kc_shell_service kc_shell_service;
/** The table of keycare.shell/1. */
struct kc_shell_service {
  kc_table table; /**< Size and version; see kc_table. */
  void* host;     /**< The host's own. */
  /** Asks a question with yes and no; @p yes is 0 or 1. KC_E_CANCELLED. One dialog at a time: KC_E_BUSY.
   * [worker-thread] */
  kc_status (*confirm)(const kc_shell_service* self, const kc_call* call, kc_str title, kc_str text, int32_t* yes,
                       kc_error* error);
  /** Tells something; does not wait. [any-thread] */
  kc_status (*notify)(const kc_shell_service* self, kc_str title, kc_str text, kc_error* error);
  /** Opens @p url in the browser: https, and an origin that the configuration permits for @p endpoint. A command line
   *  prints it instead. KC_E_NO_PERMISSION. [any-thread] */
  kc_status (*open_url)(const kc_shell_service* self, kc_str endpoint, kc_str url, kc_error* error);
  /** Shows the page of @p slot. KC_E_UNSUPPORTED without a window. [any-thread] */
  kc_status (*show_page)(const kc_shell_service* self, kc_str slot, kc_error* error);
  /** Which client this is. [any-thread] */
  kc_status (*client)(const kc_shell_service* self, kc_client_sink sink, void* context, kc_error* error);
};

KC_STATIC_ASSERT(sizeof(kc_client_info) == 104, "kc_client_info");
KC_STATIC_ASSERT(sizeof(kc_shell_service) == 56, "kc_shell_service");

#ifdef __cplusplus
}
#endif
#endif
