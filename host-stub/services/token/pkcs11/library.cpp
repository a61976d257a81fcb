// library.cpp - trial (or what is remembered of it), load, initialise.
#include "host-stub/services/token/pkcs11/library.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/token/module_trial.hpp"
#include "host-stub/services/token/pkcs11/calls.hpp"
#include "host-stub/services/token/pkcs11/pkcs11_module.hpp"
#include "keycare/sdk/json.hpp"

#include <dlfcn.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

namespace keycare::services::pkcs11 {

namespace {

/// The module's functions; nullptr when it does not give a list of version 2.
const ck_function_list* functions(void* library) {
  CK_C_GetFunctionList get = nullptr;
  void* found = dlsym(library, "C_GetFunctionList");
  if (found == nullptr) return nullptr;
  std::memcpy(&get, &found, sizeof get);
  ck_function_list* list = nullptr;
  if (get(&list) != CKR_OK || list == nullptr || list->version.major != CRYPTOKI_VERSION_MAJOR) return nullptr;
  return list;
}

/// In the child: everything up to the names of its tokens.
bool first_calls(void* library, const std::string& init, std::string& word) {
  const auto* list = functions(library);
  if (list == nullptr) {
    word = "C_GetFunctionList";
    return false;
  }
  calls module(list);
  word = "p11";
  if (!module.initialize(init)) return true;  // What it says is the client's to tell, each time.
  if (const auto slots = module.slots(true))
    for (const auto slot : *slots) (void)module.token(slot);
  return true;
}

constexpr auto words = std::to_array<std::string_view>({"p11"});
/// Other words for C_Initialize are another trial.
module_trial trial_with(const std::string& init) {
  return {init.empty() ? "pkcs11" : "pkcs11-" + hex(sha256(bytes_of(init))).substr(0, 16), words,
          [init](void* library, std::string& word) { return first_calls(library, init, word); }};
}

/// What no token has said: the module's own configuration or service is not in order.
error not_initialised(const error& why) {
  std::array<char, 24> ckr{};
  std::snprintf(ckr.data(), ckr.size(), "0x%08llX", static_cast<unsigned long long>(why.native));
  return fail_with(KC_E_FAILED, "KC-MODULE-INITIALIZE", {{"ckr", ckr.data()}}, why.native);
}

}  // namespace

result<std::shared_ptr<calls>> load_calls(const std::filesystem::path& path, const std::filesystem::path& remembered,
                                          std::chrono::milliseconds patience, const std::string& init) {
  if (const auto seen = tried_module(path, trial_with(init), remembered, patience); !seen) return seen.error();
  const auto library = load_module(path);
  if (!library) return library.error();
  const auto* list = functions(*library);
  if (list == nullptr) return fail(KC_E_FAILED, "KC-MODULE-INCOMPLETE");
  auto out = std::make_shared<calls>(list);
  if (auto ok = out->initialize(init); !ok) return not_initialised(ok.error());
  return out;
}

result<std::shared_ptr<token_module>> load(const pkcs11_config& which, const std::filesystem::path& remembered,
                                           std::chrono::milliseconds patience) {
  auto module = load_calls(which.path, remembered, patience, which.init);
  if (!module) return module.error();
  return make_module(which.name, std::move(*module));
}

}  // namespace keycare::services::pkcs11
