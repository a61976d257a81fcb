// pkcs11_module_fuzz.cpp - a PKCS#11 module that answers anything: codes, counts, handles, attributes, signatures.
//
// The functions stand in a list, as a real module's do; everything above them is the real back end. The module writes
// within the buffers that it is given and a little behind them (the guard of calls.hpp), because no reader can do
// anything about one that writes anywhere.
#include "host-stub/services/token/pkcs11/calls.hpp"
#include "host-stub/services/token/pkcs11/pkcs11_module.hpp"
#include "promises.hpp"

#include <algorithm>
#include <cstring>

using namespace keycare;
using namespace keycare::services;

namespace {

fuzz::input* script = nullptr;
int asked = 0;
constexpr int most_calls = 3000;  // a script that ended answers "not supported"

ck_rv_t code() {
  if (++asked > most_calls || script->empty()) return CKR_FUNCTION_NOT_SUPPORTED;
  constexpr ck_rv_t codes[] = {CKR_OK,
                               CKR_OK,
                               CKR_OK,
                               CKR_OK,
                               CKR_OK,
                               CKR_OK,
                               CKR_BUFFER_TOO_SMALL,
                               CKR_DEVICE_REMOVED,
                               CKR_ATTRIBUTE_TYPE_INVALID,
                               CKR_ATTRIBUTE_SENSITIVE,
                               CKR_PIN_INCORRECT,
                               CKR_SESSION_HANDLE_INVALID,
                               CKR_USER_ALREADY_LOGGED_IN};
  const auto which = script->octet();
  return which < 0xF0 ? codes[which % std::size(codes)] : 0x80000000U + which;
}

/// A length that is mostly true.
unsigned long said(std::size_t real) {
  const auto how = script->octet();
  if (how < 0xE0) return static_cast<unsigned long>(real);
  return how < 0xF0 ? CK_UNAVAILABLE_INFORMATION : static_cast<unsigned long>(script->number(sizeof(unsigned long)));
}

/// At most @p room octets and the guard's slack.
void fill(void* data, unsigned long* size, std::size_t slack = 8) {
  const auto room = static_cast<std::size_t>(*size);
  const auto octets = script->octets();
  if (data != nullptr) std::memcpy(data, octets.data(), std::min(octets.size(), room + slack));
  *size = said(octets.size());
}
template <class Struct>
void fill(Struct* out) {
  const auto octets = script->octets();
  std::memcpy(out, octets.data(), std::min(octets.size(), sizeof *out));
}
void some_handle(unsigned long* out) {
  *out = script->octet();
}

/// What was asked of each attribute, or something else: a type of the object, a size that lies.
void attributes(ck_attribute* list, unsigned long count) {
  for (unsigned long i = 0; i < count; ++i) {
    if (list[i].value == nullptr) {
      list[i].value_len = said(script->octet());
      continue;
    }
    auto size = list[i].value_len;
    // Numbers, so that objects of the right class are found often enough.
    if (script->flag() && size >= sizeof(unsigned long)) {
      const auto number = static_cast<unsigned long>(script->octet() % 8);
      std::memcpy(list[i].value, &number, sizeof number);
      size = said(sizeof number);
    } else {
      fill(list[i].value, &size, 0);
    }
    list[i].value_len = size;
  }
}

// NOLINTBEGIN: the parameters are the interface's.
ck_rv_t initialize(void*) {
  return script->pick(16) == 15 ? code() : CKR_OK;
}
ck_rv_t get_info(ck_info* out) {
  return fill(out), code();
}
ck_rv_t slots(unsigned char, ck_slot_id_t* list, unsigned long* count) {
  const auto there = script->pick(5);
  if (list != nullptr)
    for (std::size_t i = 0; i < std::min<std::size_t>(there, *count); ++i) list[i] = script->octet();
  *count = said(there);
  return code();
}
ck_rv_t token(ck_slot_id_t, ck_token_info* out) {
  std::memset(out, ' ', sizeof *out);
  fill(out);
  // Otherwise nearly every token is none of anybody's.
  if (script->flag()) out->flags |= CKF_TOKEN_INITIALIZED | CKF_LOGIN_REQUIRED;
  return code();
}
ck_rv_t event(ck_flags_t, ck_slot_id_t* slot, void*) {
  return some_handle(slot), code();
}
ck_rv_t open(ck_slot_id_t, ck_flags_t, void*, ck_notify_t, ck_session_handle_t* out) {
  return some_handle(out), code();
}
ck_rv_t session_info(ck_session_handle_t, ck_session_info* out) {
  return fill(out), code();
}
ck_rv_t one(ck_session_handle_t) {
  return code();
}
ck_rv_t login(ck_session_handle_t, ck_user_type_t, unsigned char*, unsigned long) {
  return code();
}
ck_rv_t set_pin(ck_session_handle_t, unsigned char*, unsigned long, unsigned char*, unsigned long) {
  return code();
}
ck_rv_t init_pin(ck_session_handle_t, unsigned char*, unsigned long) {
  return code();
}
ck_rv_t find_init(ck_session_handle_t, ck_attribute*, unsigned long) {
  return code();
}
ck_rv_t find(ck_session_handle_t, ck_object_handle_t* list, unsigned long most, unsigned long* count) {
  const auto there = std::min<std::size_t>(script->pick(6), most);
  for (std::size_t i = 0; i < there; ++i) list[i] = script->octet();
  *count = said(there);
  return code();
}
ck_rv_t get_attributes(ck_session_handle_t, ck_object_handle_t, ck_attribute* list, unsigned long count) {
  attributes(list, count);
  return code();
}
ck_rv_t create(ck_session_handle_t, ck_attribute*, unsigned long, ck_object_handle_t* out) {
  return some_handle(out), code();
}
ck_rv_t destroy(ck_session_handle_t, ck_object_handle_t) {
  return code();
}
ck_rv_t set_attributes(ck_session_handle_t, ck_object_handle_t, ck_attribute*, unsigned long) {
  return code();
}
ck_rv_t generate(ck_session_handle_t, ck_mechanism*, ck_attribute*, unsigned long, ck_attribute*, unsigned long,
                 ck_object_handle_t* public_key, ck_object_handle_t* private_key) {
  some_handle(public_key);
  some_handle(private_key);
  return code();
}
ck_rv_t with_key(ck_session_handle_t, ck_mechanism*, ck_object_handle_t) {
  return code();
}
ck_rv_t transform(ck_session_handle_t, unsigned char*, unsigned long, unsigned char* out, unsigned long* size) {
  return fill(out, size), code();
}
// NOLINTEND

const ck_function_list& list() {
  static const ck_function_list all = [] {
    ck_function_list out{};
    out.version = {2, 40};
    out.C_Initialize = &initialize;
    out.C_GetInfo = &get_info;
    out.C_GetSlotList = &slots;
    out.C_GetTokenInfo = &token;
    out.C_WaitForSlotEvent = &event;
    out.C_OpenSession = &open;
    out.C_CloseSession = &one;
    out.C_GetSessionInfo = &session_info;
    out.C_Login = &login;
    out.C_Logout = &one;
    out.C_SetPIN = &set_pin;
    out.C_InitPIN = &init_pin;
    out.C_FindObjectsInit = &find_init;
    out.C_FindObjects = &find;
    out.C_FindObjectsFinal = &one;
    out.C_GetAttributeValue = &get_attributes;
    out.C_SetAttributeValue = &set_attributes;
    out.C_CreateObject = &create;
    out.C_DestroyObject = &destroy;
    out.C_GenerateKeyPair = &generate;
    out.C_SignInit = &with_key;
    out.C_Sign = &transform;
    out.C_DecryptInit = &with_key;
    out.C_Decrypt = &transform;
    return out;
  }();
  return all;
}

void use(token_session& session) {
  const std::string application = "PKCS11";
  (void)fuzz::good(session.identity());
  if (const auto pin = session.pin(application, pin_kind::user); fuzz::good(pin))
    fuzz::must(pin->remaining.value_or(0) <= 1 && !pin->max,
               "flags say \"the last one\" and \"none\", and no other count");
  (void)fuzz::good(session.verify_pin(application, pin_kind::user, secret(std::string_view("123456"))));
  const key_place place{application, "KC1-x", key_usage::sign};
  (void)fuzz::good(session.certificate(place));
  (void)fuzz::good(session.inspect(application, "KC1-x"));
  if (const auto made = session.generate(application, "KC1-x", "rsa-2048"); fuzz::good(made))
    fuzz::must(!made->empty(), "a generated pair has a public key");
  (void)fuzz::good(session.generate(application, "KC1-x", "ec-p256"));
  const octets digest(32, 7);
  if (const auto made = session.sign(place, "SHA256", digest); fuzz::good(made))
    fuzz::must(!made->empty() && made->size() <= 512, "a signature is bounded");
}

}  // namespace

FUZZ(pkcs11_module) {
  fuzz::input in(data);
  script = &in;
  asked = 0;
  const auto how = in.octet();
  auto library = std::make_shared<pkcs11::calls>(&list());
  if (fuzz::good(library->initialize())) {
    fuzz::must(fuzz::is_utf8(library->description()), "a module's words are UTF-8");
    const auto module = pkcs11::make_module("module", library);
    token_ref token{"M", "S"};
    if (const auto tokens = module->tokens(); fuzz::good(tokens)) {
      for (const auto& one : tokens->items) {
        for (const auto& text : {one.token.manufacturer, one.token.serial, one.label})
          fuzz::must(fuzz::is_utf8(text), "a token's texts are UTF-8");
        token = one.token;
      }
      for (const auto& why : tokens->left_out) fuzz::check_error(why);
    }
    if ((how & 1U) != 0)
      if (const auto found = module->certificates(token); fuzz::good(found))
        for (const auto& one : found->items) fuzz::must(one.der.size() <= 64 * 1024, "a certificate is bounded");
    if ((how & 2U) != 0) (void)fuzz::good(module->files(token));
    if ((how & 4U) != 0)
      if (auto session = module->open(token); fuzz::good(session)) use(**session);
  }
  script = nullptr;
}
