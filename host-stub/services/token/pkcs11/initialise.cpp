// initialise.cpp - C_InitToken, then C_InitPIN by the security officer.
#include "host-stub/services/token/pkcs11/initialise.hpp"

#include "host-stub/services/token/pkcs11/calls.hpp"
#include "host-stub/services/token/pkcs11/pkcs11_session.hpp"

#include <optional>

namespace keycare::services::pkcs11 {

result<token_ref> initialise(const new_token& what, const secret& so_pin, const secret& user_pin) {
  const auto loaded = load_calls(what.module, what.remembered);
  if (!loaded) return loaded.error();
  auto& module = **loaded;
  const auto slots = module.slots(true);
  if (!slots) return slots.error();
  std::optional<ck_slot_id_t> empty;
  for (const auto slot : *slots) {
    const auto facts = module.token(slot);
    if (!empty && facts && (facts->flags & CKF_TOKEN_INITIALIZED) == 0) empty = slot;
  }
  if (!empty) return fail(KC_E_TOKEN_FULL, "KC-TOKEN-FULL");
  if (auto ok = module.init_token(*empty, so_pin, what.label); !ok) return ok.error();
  const auto opened = module.open(*empty, true);
  if (!opened) return opened.error();
  const owned_session session(module, *opened);
  if (auto ok = module.login(session.get(), CKU_SO, so_pin); !ok) return ok.error();
  auto outcome = module.init_pin(session.get(), user_pin);
  module.logout(session.get());
  if (!outcome) return outcome.error();
  const auto facts = module.token(*empty);
  if (!facts) return facts.error();
  return ref_of(*facts);
}

}  // namespace keycare::services::pkcs11
