// bare_pkcs11.cpp - see bare_tokens.hpp.
#include "bare_tokens.hpp"

#include <dlfcn.h>

#include <array>
#include <cstring>

namespace keycare::bench {

namespace {

void need(ck_rv_t code, const char* call) {
  if (code != CKR_OK) throw cannot_measure(std::string(call) + " failed");
}

class pkcs11_signer final : public bare_signer {
public:
  explicit pkcs11_signer(const token_ref& token) {
    void* library = dlopen(test::softhsm_path().c_str(), RTLD_NOW | RTLD_LOCAL);
    void* entry = library == nullptr ? nullptr : dlsym(library, "C_GetFunctionList");
    ck_rv_t (*list)(ck_function_list**) = nullptr;
    std::memcpy(&list, &entry, sizeof list);
    if (list == nullptr) throw cannot_measure("SoftHSM 2 does not load");
    need(list(&calls_), "C_GetFunctionList");
    std::array<ck_slot_id_t, 16> slots{};
    unsigned long count = slots.size();
    need(calls_->C_GetSlotList(1, slots.data(), &count), "C_GetSlotList");
    for (unsigned long at = 0; at < count; ++at) {
      ck_token_info facts{};
      need(calls_->C_GetTokenInfo(slots[at], &facts), "C_GetTokenInfo");
      const std::string serial(reinterpret_cast<const char*>(facts.serial_number), sizeof facts.serial_number);
      if (serial.starts_with(token.serial))
        need(calls_->C_OpenSession(slots[at], CKF_SERIAL_SESSION, nullptr, nullptr, &session_), "C_OpenSession");
    }
    ck_object_class_t kind = CKO_PRIVATE_KEY;
    ck_attribute which{CKA_CLASS, &kind, sizeof kind};
    unsigned long found = 0;
    need(calls_->C_FindObjectsInit(session_, &which, 1), "C_FindObjectsInit");
    need(calls_->C_FindObjects(session_, &key_, 1, &found), "C_FindObjects");
    need(calls_->C_FindObjectsFinal(session_), "C_FindObjectsFinal");
    if (found != 1) throw cannot_measure("there is no private key to sign with");
  }
  ~pkcs11_signer() override { calls_->C_CloseSession(session_); }
  pkcs11_signer(const pkcs11_signer&) = delete;
  pkcs11_signer& operator=(const pkcs11_signer&) = delete;

  octets sign(octets_view digest_info) override {
    ck_mechanism how{CKM_RSA_PKCS, nullptr, 0};
    octets input(digest_info.begin(), digest_info.end());
    octets out(512);
    unsigned long size = out.size();
    need(calls_->C_SignInit(session_, &how, key_), "C_SignInit");
    need(calls_->C_Sign(session_, input.data(), input.size(), out.data(), &size), "C_Sign");
    out.resize(size);
    return out;
  }

private:
  ck_function_list* calls_ = nullptr;
  ck_session_handle_t session_ = 0;
  ck_object_handle_t key_ = 0;
};

}  // namespace

std::unique_ptr<bare_signer> bare_pkcs11(const token_ref& token) {
  return std::make_unique<pkcs11_signer>(token);
}

}  // namespace keycare::bench
