/* hostile_pkcs11.c - a PKCS#11 module that lies, crashes and hangs, as KEYCARE_HOSTILE asks. Otherwise it has one token
 * with one certificate object of rubbish in it. */
#define CRYPTOKI_GNU 1
#include <p11-kit/pkcs11.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

static int is(const char* mode) {
  const char* asked = getenv("KEYCARE_HOSTILE");
  return asked != NULL && strcmp(asked, mode) == 0;
}
/* "ckr:<function>:<number>" has one function answer with that number. */
static ck_rv_t answer(const char* function) {
  const char* asked = getenv("KEYCARE_HOSTILE");
  const size_t length = strlen(function);
  if (asked == NULL || strncmp(asked, "ckr:", 4) != 0) return CKR_OK;
  if (strncmp(asked + 4, function, length) != 0 || asked[4 + length] != ':') return CKR_OK;
  return strtoul(asked + 5 + length, NULL, 0);
}

__attribute__((constructor)) static void start(void) {
  if (is("crash-in-start")) abort();
  if (is("exit-in-start")) _exit(0);
}

static int found; /* Objects of the running search that are still to be told. */

static ck_rv_t initialize(void* args) {
  if (is("no-locks") && args != NULL) return CKR_CANT_LOCK;
  if (is("words")) { /* As NSS: the words, and a null pointer behind them. */
    struct {
      struct ck_c_initialize_args args;
      void* behind;
    }* how = args;
    if (how == NULL || how->args.reserved == NULL || how->behind != NULL) return CKR_ARGUMENTS_BAD;
    return strcmp(how->args.reserved, "folder='x'") == 0 ? CKR_OK : CKR_GENERAL_ERROR;
  }
  return answer("initialize");
}
static ck_rv_t finalize(void* reserved) {
  (void)reserved;
  return CKR_OK;
}
static ck_rv_t slot_list(unsigned char present, ck_slot_id_t* list, unsigned long* count) {
  (void)present;
  if (is("crash")) abort();
  if (is("hang")) pause();
  if (is("no-slots")) {
    *count = 0;
    return CKR_OK;
  }
  if (is("slots-huge")) {
    *count = (unsigned long)-1;
    return CKR_OK;
  }
  if (is("slots-grow")) {
    *count += 3;
    return list == NULL ? CKR_OK : CKR_BUFFER_TOO_SMALL;
  }
  if (list != NULL) {
    list[0] = is("moved") ? 7 : 1;
    if (is("slots-too-far")) memset(list, 0x11, 5 * sizeof *list);
  }
  *count = is("slots-lie") && list != NULL ? 4000 : 1;
  return answer("slots");
}
static ck_rv_t token_info(ck_slot_id_t slot, struct ck_token_info* info) {
  if (slot != (is("moved") ? 7ul : 1ul)) return CKR_SLOT_ID_INVALID;
  memset(info, 'M', sizeof *info); /* No text ends. */
  info->flags = CKF_TOKEN_INITIALIZED | CKF_LOGIN_REQUIRED;
  if (is("store")) info->flags = CKF_TOKEN_INITIALIZED | CKF_WRITE_PROTECTED;
  if (is("low")) info->flags |= CKF_USER_PIN_COUNT_LOW;
  if (is("final")) info->flags |= CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY;
  if (is("locked")) info->flags |= CKF_USER_PIN_LOCKED;
  if (is("another")) memset(info->serial_number, 'N', sizeof info->serial_number);
  if (is("token-too-far")) memset(info, 'M', sizeof *info + 16);
  return answer("token");
}
static ck_rv_t open_session(ck_slot_id_t slot, ck_flags_t flags, void* application, ck_notify_t notify,
                            ck_session_handle_t* session) {
  (void)slot;
  (void)flags;
  (void)application;
  (void)notify;
  *session = is("null-session") ? CK_INVALID_HANDLE : 5;
  return answer("open");
}
static ck_rv_t close_session(ck_session_handle_t session) {
  (void)session;
  return CKR_OK;
}
static ck_rv_t session_info(ck_session_handle_t session, struct ck_session_info* info) {
  (void)session;
  if (is("removed")) return CKR_DEVICE_REMOVED;
  if (is("moved")) return CKR_SESSION_HANDLE_INVALID;
  memset(info, 0, sizeof *info);
  info->slot_id = 1;
  info->state = CKS_RW_PUBLIC_SESSION;
  return answer("session");
}
static int logged_in;
static ck_rv_t login(ck_session_handle_t session, ck_user_type_t who, unsigned char* pin, unsigned long size) {
  (void)session;
  (void)who;
  (void)pin;
  (void)size;
  const ck_rv_t code = answer("login");
  logged_in = code == CKR_OK;
  return code;
}
static ck_rv_t logout(ck_session_handle_t session) {
  (void)session;
  logged_in = 0;
  return CKR_OK;
}
static ck_rv_t set_pin(ck_session_handle_t session, unsigned char* old_pin, unsigned long old_size,
                       unsigned char* new_pin, unsigned long new_size) {
  (void)session;
  (void)old_pin;
  (void)old_size;
  (void)new_pin;
  (void)new_size;
  return logged_in ? CKR_OK : CKR_USER_NOT_LOGGED_IN;
}
static ck_rv_t find_init(ck_session_handle_t session, struct ck_attribute* which, unsigned long count) {
  (void)session;
  unsigned long kind = 99;
  for (unsigned long i = 0; i < count; ++i)
    if (which[i].type == CKA_CLASS) memcpy(&kind, which[i].value, sizeof kind);
  found = kind == CKO_CERTIFICATE || kind == CKO_PRIVATE_KEY ? 1 : 0;
  return answer("find");
}
static ck_rv_t find(ck_session_handle_t session, ck_object_handle_t* objects, unsigned long most,
                    unsigned long* count) {
  (void)session;
  if (is("find-hang")) pause();
  if (is("find-lies")) {
    *count = (unsigned long)-1;
    return CKR_OK;
  }
  if (is("find-endless")) {
    for (unsigned long i = 0; i < most; ++i) objects[i] = i;
    *count = most;
    return CKR_OK;
  }
  if (is("find-too-far")) {
    memset(objects, 0x22, (most + 4) * sizeof *objects);
    *count = 1;
    return CKR_OK;
  }
  *count = (unsigned long)found;
  if (found > 0) objects[0] = 9;
  found = 0;
  return CKR_OK;
}
static ck_rv_t find_final(ck_session_handle_t session) {
  (void)session;
  return CKR_OK;
}
static ck_rv_t get_attributes(ck_session_handle_t session, ck_object_handle_t object, struct ck_attribute* which,
                              unsigned long count) {
  (void)session;
  (void)object;
  static unsigned char elsewhere[16];
  const ck_rv_t zoo = answer("read");
  if (zoo != CKR_OK) return zoo;
  for (unsigned long i = 0; i < count; ++i) {
    const unsigned long room = which[i].value_len;
    unsigned long size = 16;
    if (is("size-max")) size = (unsigned long)-2;
    if (is("size-long")) size = room + 1;
    if (is("too-far")) memset(which[i].value, 0x33, room + 8);
    if (which[i].value != NULL && room >= 16) memset(which[i].value, 0x30, 16);
    if (which[i].type == CKA_KEY_TYPE) size = is("key-type-long") ? 16 : sizeof(unsigned long);
    if (is("pointer")) which[i].value = elsewhere;
    which[i].value_len = size;
  }
  return CKR_OK;
}
static ck_rv_t sign_init(ck_session_handle_t session, struct ck_mechanism* how, ck_object_handle_t key) {
  (void)session;
  (void)how;
  (void)key;
  return CKR_OK;
}
static ck_rv_t sign(ck_session_handle_t session, unsigned char* data, unsigned long size, unsigned char* signature,
                    unsigned long* room) {
  (void)session;
  (void)data;
  (void)size;
  (void)signature;
  *room = (unsigned long)-1;
  return CKR_OK;
}

EXPORT ck_rv_t C_GetFunctionList(struct ck_function_list** list) {
  static struct ck_function_list functions; /* What is not here is NULL. */
  functions.version.major = is("version-3") ? 3 : 2;
  functions.version.minor = 40;
  functions.C_Initialize = initialize;
  functions.C_Finalize = finalize;
  functions.C_GetSlotList = slot_list;
  functions.C_GetTokenInfo = token_info;
  functions.C_OpenSession = open_session;
  functions.C_CloseSession = close_session;
  functions.C_GetSessionInfo = session_info;
  functions.C_Login = login;
  functions.C_Logout = logout;
  functions.C_SetPIN = is("set-pin-after-login") ? set_pin : NULL;
  functions.C_FindObjectsInit = find_init;
  functions.C_FindObjects = find;
  functions.C_FindObjectsFinal = find_final;
  functions.C_GetAttributeValue = get_attributes;
  functions.C_SignInit = sign_init;
  functions.C_Sign = sign;
  *list = is("no-list") ? NULL : &functions;
  return answer("list");
}
