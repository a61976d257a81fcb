/* http.h - keycare.http/1: a request over TLS to an endpoint that the host's configuration names.
 *
 * A status from the server is a result, whatever it is. KC_E_OUTCOME_UNKNOWN means that something was sent and no whole
 * answer came: repeat the same bytes. Nothing follows a redirect. */
#ifndef KEYCARE_ABI_HTTP_H
#define KEYCARE_ABI_HTTP_H

#include "keycare/abi/base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KC_HTTP_SERVICE "keycare.http/1" /**< Permission: "net:" and the name, for each endpoint. */
#define KC_HTTP_MINOR 0                  /**< The minor version that this header describes. */
#define KC_HTTP_MAX_BODY (1024u * 1024u) /**< Octets, either way. */

/** A request; everything in it is borrowed for the call. */
typedef struct kc_http_request {
  uint32_t size;       /**< Octets of this structure, as its maker compiled it. */
  uint32_t timeout_ms; /**< For the whole request; 0: the host's choice (30 s). Never beyond the call's deadline. */
  kc_str endpoint;     /**< "ra" */
  kc_str method;       /**< GET, PUT or POST. */
  kc_str path;         /**< Starts with one '/'; no scheme, host, fragment or dot segment. May have a query. */
  kc_str content_type; /**< Of the body; absent without one. */
  kc_str bearer;       /**< For the Authorization header (RFC 6750), or absent. Never logged. */
  kc_bytes body;       /**< At most KC_HTTP_MAX_BODY octets; a repetition sends the same ones. */
} kc_http_request;

/** A whole answer, lent to a sink for its call. */
typedef struct kc_http_response {
  uint32_t size;       /**< Octets of this structure, as its maker compiled it. */
  int32_t status;      /**< RFC 9110 section 15. */
  int64_t retry_after; /**< Seconds, or -1. At most one day. */
  int64_t date;        /**< The server's Date header as Unix time, or -1. */
  kc_str content_type; /**< As the server says it; absent when it says nothing. */
  kc_bytes body;       /**< At most KC_HTTP_MAX_BODY octets. */
} kc_http_response;

/** Takes the answer, once. @p context is what the caller gave beside the sink. */
typedef void (*kc_http_sink)(void* context, const kc_http_response* response);

typedef struct kc_http_service kc_http_service;
/** The table of keycare.http/1. */
struct kc_http_service {
  kc_table table; /**< Size and version; see kc_table. */
  void* host;     /**< The host's own. */
  /** Sends one request. KC_E_NETWORK, KC_E_TLS, KC_E_TLS_DATE: nothing was sent. KC_E_OUTCOME_UNKNOWN, KC_E_TOO_LARGE,
   *  KC_E_CANCELLED, KC_E_NO_PERMISSION (endpoint not in the manifest). [worker-thread] */
  kc_status (*send)(const kc_http_service* self, const kc_call* call, const kc_http_request* request, kc_http_sink sink,
                    void* context, kc_error* error);
  /** The endpoint's own time, signed by its pinned time signer over a nonce of the host's, so that it holds although
   * this computer's clock (and with it the dates of TLS certificates) may be wrong. [worker-thread] */
  kc_status (*signed_time)(const kc_http_service* self, const kc_call* call, kc_str endpoint, int64_t* unix_seconds,
                           kc_error* error);
};

KC_STATIC_ASSERT(sizeof(kc_http_request) == 104 && offsetof(kc_http_request, body) == 88, "kc_http_request");
KC_STATIC_ASSERT(sizeof(kc_http_response) == 56, "kc_http_response");
KC_STATIC_ASSERT(sizeof(kc_http_service) == 32, "kc_http_service");

#ifdef __cplusplus
}
#endif
#endif
