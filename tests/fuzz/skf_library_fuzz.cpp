// skf_library_fuzz.cpp - a token maker's SKF library that answers anything: codes, sizes, blobs, lists, handles.
//
// The library's functions are looked up by name, as from a real one; everything above them is the real back end. It
// writes within the buffers that it is given and a little behind them (the port's canary), because no reader can do
// anything about a library that writes anywhere. A back end for another interface gets a file like this one.
#include "gmt0016/skf_constants.h"
#include "gmt0016/skf_functions.h"
#include "host-stub/services/token/skf/port.hpp"
#include "host-stub/services/token/skf/skf_module.hpp"
#include "promises.hpp"

#include <algorithm>
#include <cstring>
#include <map>

// The types of port32.cpp and port64.cpp, under the same names: a call through another type is undefined.
namespace keycare::services::skf {
namespace width32 {
#define SKF_ULONG uint32_t
#include "gmt0016/skf_width.inc"
}  // namespace width32
namespace width64 {
#define SKF_ULONG uint64_t
#include "gmt0016/skf_width.inc"
}  // namespace width64
}  // namespace keycare::services::skf

using namespace keycare;
using namespace keycare::services;

namespace {

fuzz::input* script = nullptr;
int calls = 0;
constexpr int most_calls = 3000;  // a script that ended answers "not supported"

std::uint64_t code() {
  if (++calls > most_calls || script->empty()) return SAR_NOTSUPPORTYETERR;
  constexpr std::uint64_t codes[] = {SAR_OK,
                                     SAR_OK,
                                     SAR_OK,
                                     SAR_OK,
                                     SAR_OK,
                                     SAR_BUFFER_TOO_SMALL,
                                     SAR_FAIL,
                                     SAR_DEVICE_REMOVED,
                                     SAR_CERTNOTFOUNTERR,
                                     SAR_PIN_INCORRECT,
                                     SAR_INVALIDHANDLEERR};
  const auto which = script->octet();
  return which < 0xF0 ? codes[which % std::size(codes)] : 0x0A000000U + which;
}

/// Fills at most @p room octets and the port's slack of what is said to be @p room large.
template <class Ulong>
void fill(void* data, Ulong* size, std::size_t slack = 8) {
  const auto room = static_cast<std::size_t>(*size);
  const auto octets = script->octets();
  if (data != nullptr) std::memcpy(data, octets.data(), std::min(octets.size(), room + slack));
  const auto said = script->octet();
  *size = said < 0xF0 ? static_cast<Ulong>(octets.size()) : static_cast<Ulong>(script->number(sizeof(Ulong)));
}
template <class Struct>
void fill(Struct* out) {
  const auto octets = script->octets();
  std::memcpy(out, octets.data(), std::min(octets.size(), sizeof *out));
}
void open(void** out) {
  *out = script->pick(16) == 15 ? nullptr : reinterpret_cast<void*>(std::uintptr_t{0x1000} + script->octet());
}

// NOLINTBEGIN: the parameters are the interface's.
#define LIBRARY(width)                                                                \
  namespace library_##width {                                                         \
    using namespace skf::width;                                                       \
    ULONG EnumDev(BOOL, LPSTR list, ULONG* size) {                                    \
      return fill(list, size), static_cast<ULONG>(code());                            \
    }                                                                                 \
    ULONG ConnectDev(LPSTR, DEVHANDLE* out) {                                         \
      return open(out), static_cast<ULONG>(code());                                   \
    }                                                                                 \
    ULONG one(HANDLE) {                                                               \
      return static_cast<ULONG>(code());                                              \
    }                                                                                 \
    ULONG GetDevInfo(DEVHANDLE, DEVINFO* out) {                                       \
      return fill(out), static_cast<ULONG>(code());                                   \
    }                                                                                 \
    ULONG LockDev(DEVHANDLE, ULONG) {                                                 \
      return static_cast<ULONG>(code());                                              \
    }                                                                                 \
    ULONG EnumNames(HANDLE, LPSTR list, ULONG* size) {                                \
      return fill(list, size), static_cast<ULONG>(code());                            \
    }                                                                                 \
    ULONG OpenNamed(HANDLE, LPSTR, HANDLE* out) {                                     \
      return open(out), static_cast<ULONG>(code());                                   \
    }                                                                                 \
    ULONG GetPINInfo(HAPPLICATION, ULONG, ULONG* max, ULONG* left, BOOL* first) {     \
      *max = static_cast<ULONG>(script->number(script->flag() ? 1 : sizeof(ULONG)));  \
      *left = static_cast<ULONG>(script->number(script->flag() ? 1 : sizeof(ULONG))); \
      *first = script->octet();                                                       \
      return static_cast<ULONG>(code());                                              \
    }                                                                                 \
    ULONG VerifyPIN(HAPPLICATION, ULONG, LPSTR, ULONG* left) {                        \
      return *left = 3, static_cast<ULONG>(code());                                   \
    }                                                                                 \
    ULONG GetFileInfo(HAPPLICATION, LPSTR, FILEATTRIBUTE* out) {                      \
      return fill(out), static_cast<ULONG>(code());                                   \
    }                                                                                 \
    ULONG ReadFile(HAPPLICATION, LPSTR, ULONG, ULONG, BYTE* data, ULONG* size) {      \
      return fill(data, size), static_cast<ULONG>(code());                            \
    }                                                                                 \
    ULONG DeleteContainer(HAPPLICATION, LPSTR) {                                      \
      return static_cast<ULONG>(code());                                              \
    }                                                                                 \
    ULONG GetContainerType(HCONTAINER, ULONG* out) {                                  \
      return *out = static_cast<ULONG>(script->octet()), static_cast<ULONG>(code());  \
    }                                                                                 \
    ULONG ImportCertificate(HCONTAINER, BOOL, BYTE*, ULONG) {                         \
      return static_cast<ULONG>(code());                                              \
    }                                                                                 \
    ULONG Export(HCONTAINER, BOOL, BYTE* data, ULONG* size) {                         \
      return fill(data, size), static_cast<ULONG>(code());                            \
    }                                                                                 \
    ULONG GenRSAKeyPair(HCONTAINER, ULONG, RSAPUBLICKEYBLOB* out) {                   \
      return fill(out), static_cast<ULONG>(code());                                   \
    }                                                                                 \
    ULONG RSASignData(HCONTAINER, BYTE*, ULONG, BYTE* data, ULONG* size) {            \
      return fill(data, size), static_cast<ULONG>(code());                            \
    }                                                                                 \
    ULONG ImportSessionKey(HCONTAINER, ULONG, BYTE*, ULONG, HANDLE* out) {            \
      return open(out), static_cast<ULONG>(code());                                   \
    }                                                                                 \
    ULONG DecryptInit(HANDLE, BLOCKCIPHERPARAM) {                                     \
      return static_cast<ULONG>(code());                                              \
    }                                                                                 \
    ULONG Decrypt(HANDLE, BYTE*, ULONG, BYTE* data, ULONG* size) {                    \
      return fill(data, size), static_cast<ULONG>(code());                            \
    }                                                                                 \
    void* find(void*, const char* name) {                                             \
      static const std::map<std::string_view, void*> all = {                          \
          {"SKF_EnumDev", reinterpret_cast<void*>(&EnumDev)},                         \
          {"SKF_ConnectDev", reinterpret_cast<void*>(&ConnectDev)},                   \
          {"SKF_DisConnectDev", reinterpret_cast<void*>(&one)},                       \
          {"SKF_UnlockDev", reinterpret_cast<void*>(&one)},                           \
          {"SKF_CloseApplication", reinterpret_cast<void*>(&one)},                    \
          {"SKF_ClearSecureState", reinterpret_cast<void*>(&one)},                    \
          {"SKF_CloseContainer", reinterpret_cast<void*>(&one)},                      \
          {"SKF_CloseHandle", reinterpret_cast<void*>(&one)},                         \
          {"SKF_GetDevInfo", reinterpret_cast<void*>(&GetDevInfo)},                   \
          {"SKF_LockDev", reinterpret_cast<void*>(&LockDev)},                         \
          {"SKF_EnumApplication", reinterpret_cast<void*>(&EnumNames)},               \
          {"SKF_EnumFiles", reinterpret_cast<void*>(&EnumNames)},                     \
          {"SKF_EnumContainer", reinterpret_cast<void*>(&EnumNames)},                 \
          {"SKF_OpenApplication", reinterpret_cast<void*>(&OpenNamed)},               \
          {"SKF_OpenContainer", reinterpret_cast<void*>(&OpenNamed)},                 \
          {"SKF_CreateContainer", reinterpret_cast<void*>(&OpenNamed)},               \
          {"SKF_GetPINInfo", reinterpret_cast<void*>(&GetPINInfo)},                   \
          {"SKF_VerifyPIN", reinterpret_cast<void*>(&VerifyPIN)},                     \
          {"SKF_GetFileInfo", reinterpret_cast<void*>(&GetFileInfo)},                 \
          {"SKF_ReadFile", reinterpret_cast<void*>(&ReadFile)},                       \
          {"SKF_DeleteContainer", reinterpret_cast<void*>(&DeleteContainer)},         \
          {"SKF_GetContainerType", reinterpret_cast<void*>(&GetContainerType)},       \
          {"SKF_ImportCertificate", reinterpret_cast<void*>(&ImportCertificate)},     \
          {"SKF_ExportCertificate", reinterpret_cast<void*>(&Export)},                \
          {"SKF_ExportPublicKey", reinterpret_cast<void*>(&Export)},                  \
          {"SKF_GenRSAKeyPair", reinterpret_cast<void*>(&GenRSAKeyPair)},             \
          {"SKF_RSASignData", reinterpret_cast<void*>(&RSASignData)},                 \
          {"SKF_ImportSessionKey", reinterpret_cast<void*>(&ImportSessionKey)},       \
          {"SKF_DecryptInit", reinterpret_cast<void*>(&DecryptInit)},                 \
          {"SKF_Decrypt", reinterpret_cast<void*>(&Decrypt)}};                        \
      const auto found = all.find(name);                                              \
      return found == all.end() ? nullptr : found->second;                            \
    }                                                                                 \
  }
LIBRARY(width32)
LIBRARY(width64)
// NOLINTEND

void use(token_session& session, fuzz::input& in) {
  (void)fuzz::good(session.lock(std::chrono::milliseconds(10)));
  (void)fuzz::good(session.identity());
  if (const auto pin = session.pin("APP", pin_kind::user); fuzz::good(pin))
    fuzz::must(pin->remaining.value_or(0) <= pin->max.value_or(0), "a PIN has no more tries left than it has");
  (void)fuzz::good(session.verify_pin("APP", pin_kind::user, secret(std::string_view("123456"))));
  const key_place place{"APP", "C1", key_usage::sign};
  (void)fuzz::good(session.certificate(place));
  (void)fuzz::good(session.inspect("APP", "C1"));
  (void)fuzz::good(session.generate("APP", "C1", "rsa-2048"));
  const octets digest(32, 7);
  if (const auto made = session.sign(place, "SHA256", digest); fuzz::good(made))
    fuzz::must(!made->empty() && made->size() <= 256, "a signature is bounded");
  (void)fuzz::good(session.import_exchange_pair("APP", "C1", "gmt0016-rsa", in.octets()));
  if (const auto key = session.inspect("APP", "C2"); key && !key->public_key.empty())
    (void)fuzz::good(session.prove_exchange("APP", "C2", key->public_key));
  session.unlock();
}

}  // namespace

FUZZ(skf_library) {
  fuzz::input in(data);
  script = &in;
  calls = 0;
  const auto how = in.octet();
  const auto module = skf::make_module("library", (how & 1U) != 0 ? skf::make_port64(nullptr, &library_width64::find)
                                                                  : skf::make_port32(nullptr, &library_width32::find));
  const auto tokens = module->tokens();
  token_ref token{"M", "S"};
  if (fuzz::good(tokens)) {
    for (const auto& one : tokens->items) {
      for (const auto& text : {one.token.manufacturer, one.token.serial, one.label})
        fuzz::must(fuzz::is_utf8(text), "a token's texts are UTF-8");
      token = one.token;
    }
    for (const auto& why : tokens->left_out) fuzz::check_error(why);
  }
  if ((how & 2U) != 0) {
    if (const auto found = module->certificates(token); fuzz::good(found))
      for (const auto& one : found->items) fuzz::must(one.der.size() <= 64 * 1024, "a certificate is bounded");
  }
  if ((how & 4U) != 0) {
    if (const auto found = module->files(token); fuzz::good(found))
      for (const auto& one : found->items) fuzz::must(one.octets <= 1024 * 1024, "a file is bounded");
    (void)fuzz::good(module->applications(token));
    (void)fuzz::good(module->read_file(token, "APP", "seal"));
  }
  if ((how & 8U) != 0)
    if (auto session = module->open(token); fuzz::good(session)) use(**session, in);
  script = nullptr;
}
