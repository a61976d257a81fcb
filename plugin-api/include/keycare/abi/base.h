/* base.h - the types that every table of the contract is made of.
 *
 * The ABI is C11. What crosses it is borrowed for the call or handed to a sink; nobody frees another's memory,
 * no array of structures crosses (one callback an item), and no exception crosses on either side.
 *
 * Thread tags: the comment of every function ends with one of a closed set:
 *   [main-thread]    only on the thread that runs the client's window or console
 *   [worker-thread]  only on the serial queue that the host gave to this plugin; it may block
 *   [any-thread]     on any thread, at any time, without blocking
 */
#ifndef KEYCARE_ABI_BASE_H
#define KEYCARE_ABI_BASE_H

#include <stddef.h>
#include <stdint.h>

/** @def KEYCARE_EXPORT
 *  What makes a symbol visible outside its library: the entry has it, and nothing else. */
#if defined(_WIN32)
#define KEYCARE_EXPORT __declspec(dllexport)
#else
#define KEYCARE_EXPORT __attribute__((visibility("default")))
#endif

/** @def KC_STATIC_ASSERT
 *  Fails to compile where a layout is not the contract's; C11 and C++ spell it differently. */
#ifdef __cplusplus
extern "C" {
#define KC_STATIC_ASSERT(condition, message) static_assert(condition, message)
#else
#define KC_STATIC_ASSERT(condition, message) _Static_assert(condition, message)
#endif

/** The contract's own version. A plugin states the range that it was built for in its manifest and at its entry. */
#define KC_ABI_MAJOR 1
#define KC_ABI_MINOR 0 /**< See KC_ABI_MAJOR. */

/** What a call came to. The set is open: treat an unknown value as KC_E_FAILED. Names are stable and are never reused.
 */
typedef int32_t kc_status;
enum {
  KC_OK = 0,
  KC_E_FAILED = 1,           /**< Failed for the reason in kc_error. */
  KC_E_ARGUMENT = 2,         /**< An argument breaks the function's contract: a bug on the caller's side. */
  KC_E_UNSUPPORTED = 3,      /**< The function is part of the contract, but this host or token cannot do it. */
  KC_E_UNKNOWN_SERVICE = 4,  /**< No table of that name. */
  KC_E_OTHER_MAJOR = 5,      /**< The table exists in another major version only. */
  KC_E_NEWER_MINOR = 6,      /**< A newer minor version of the table was asked for than there is. */
  KC_E_TABLE_TOO_SMALL = 7,  /**< The table is smaller than its version promises. */
  KC_E_NO_PERMISSION = 8,    /**< The plugin's manifest does not ask for this. */
  KC_E_WRONG_THREAD = 9,     /**< Called on a thread that the function's tag forbids. */
  KC_E_CANCELLED = 10,       /**< The call was cancelled before it had any effect. */
  KC_E_TIMEOUT = 11,         /**< The deadline passed before the call had any effect. */
  KC_E_OUTCOME_UNKNOWN = 12, /**< It may or may not have happened: look, then repeat the same bytes. */
  KC_E_NOT_FOUND = 13,       /**< No such token, container, record, command or file. */
  KC_E_CONFLICT = 14,        /**< Somebody else was faster: the version or the lock is not ours. */
  KC_E_TOO_LARGE = 15,       /**< Larger than the bound that the function states. */
  KC_E_DAMAGED = 16,         /**< Data that was read is not what was written. */
  KC_E_TOKEN_REMOVED = 17,   /**< The token is gone, or another one stands in its place. */
  KC_E_TOKEN_BUSY = 18,      /**< The device does not answer, or another process holds it. */
  KC_E_TOKEN_FULL = 19,      /**< No room for another container, certificate or file. */
  KC_E_PIN_WRONG = 20,       /**< One try was spent; kc_pin_state says what is left. */
  KC_E_PIN_LOCKED = 21,      /**< The PIN is locked; only an unlock helps. */
  KC_E_PIN_POLICY = 22,      /**< The new PIN breaks the token's or the host's policy. */
  KC_E_GRANT_ENDED = 23,     /**< The grant is used up, timed out, or was ended by a removal. */
  KC_E_NETWORK = 24,         /**< No connection was made: nothing was sent. */
  KC_E_TLS = 25,             /**< The peer's certificate was refused: nothing was sent. */
  KC_E_TLS_DATE = 26,        /**< Refused for its dates only: this computer's clock may be wrong. Nothing was sent. */
  KC_E_UNTRUSTED = 27,       /**< A signature, chain or hash does not verify. */
  KC_E_BUSY = 28             /**< One at a time: another dialog or action is under way. */
};

/** Borrowed UTF-8 text; not terminated by a zero. An absent string has data NULL and size 0. */
typedef struct kc_str {
  const char* data; /**< Not terminated; NULL when the text is absent. */
  size_t size;      /**< Octets. */
} kc_str;

/** Borrowed octets. */
typedef struct kc_bytes {
  const uint8_t* data; /**< NULL when there are none. */
  size_t size;         /**< How many. */
} kc_bytes;

/** Takes octets that are borrowed for the call. @p context is what the caller gave beside the sink. */
typedef void (*kc_bytes_sink)(void* context, const uint8_t* data, size_t size);

/** Every table and every extension starts with this. Tables only grow at their end. */
typedef struct kc_table {
  uint32_t size;  /**< Size of the whole table in octets, as its maker compiled it. */
  uint16_t major; /**< Another major is another contract. */
  uint16_t minor; /**< A higher minor only adds members at the end. */
} kc_table;

/** What went wrong, in the caller's memory. Set size before the call; the callee fills the rest, and only on failure.
 *  Texts end with a zero. @c args is a JSON object of strings and integers for the sentence that a catalogue makes of
 *  @c code; it never holds a secret, and is "{}" when it does not fit. */
typedef struct kc_error {
  uint32_t size;    /**< Set by the caller: octets of this structure. */
  kc_status status; /**< As the function returned it. */
  int64_t native;   /**< The library's own code (SKF, PKCS#11, curl, HTTP status ...), or 0. */
  char code[48];    /**< The support code, for example "KC-TOKEN-REMOVED": stable, quoted to the service desk. */
  char args[448];   /**< A JSON object, for example {"serial":"A1"}. */
} kc_error;

/** One call that may block: who may cancel it, until when it may last, and whom it tells how far it is.
 *  Made by the host, borrowed for the call, passed on unchanged to every service that is called on its behalf. */
typedef struct kc_call kc_call;
/** See the typedef. */
struct kc_call {
  uint32_t size;       /**< Octets of this structure, as its maker compiled it. */
  uint32_t reserved;   /**< 0 */
  void* host;          /**< The host's own. */
  int64_t deadline_ns; /**< In keycare.clock/1's monotonic time; 0 means none. */
  kc_str language;     /**< BCP 47: "zh-CN" or "en". Texts that the call returns are in it. */
  /** 1 after somebody asked to stop. Cancelling only sets the flag. [any-thread] */
  int32_t (*is_cancelled)(const kc_call* call);
  /** Says how far the call is: @p done of @p total (0: unknown), and a phase's name such as "token.generate".
   * [any-thread] */
  void (*progress)(const kc_call* call, uint32_t done, uint32_t total, kc_str phase);
};

KC_STATIC_ASSERT(sizeof(kc_str) == 16, "64-bit only");
KC_STATIC_ASSERT(sizeof(kc_table) == 8, "table header");
KC_STATIC_ASSERT(sizeof(kc_error) == 512 && offsetof(kc_error, code) == 16 && offsetof(kc_error, args) == 64,
                 "kc_error");
KC_STATIC_ASSERT(sizeof(kc_call) == 56 && offsetof(kc_call, is_cancelled) == 40, "kc_call");

#ifdef __cplusplus
}
#endif
#endif
