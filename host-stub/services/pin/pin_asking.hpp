// pin_asking.hpp - asking for PINs that are not for signing: the old and the new one of a change, the new one of an
// unlock.
#pragma once

#include "host-stub/services/signing/pin_dialog.hpp"
#include "host-stub/services/token/registry.hpp"

#include <memory>
#include <string>

namespace keycare::services {

/// Where a PIN lives, and who wants to change it.
struct pin_place {
  token_device device;
  std::string application;
  std::string label;  ///< The token's.
  std::string plugin;
};

/// The view of a question about the PIN at @p where, with what the token reports about it now. [worker-thread]
[[nodiscard]] result<prompt_view> pin_view(token_registry& registry, const kc_call* call, const pin_place& where,
                                           prompt_purpose purpose);
/// Asks for a new PIN until it fits the policy. @p view.problem says why it asks again. [worker-thread]
[[nodiscard]] result<std::shared_ptr<secret>> ask_new_pin(pin_prompt& prompt, const kc_call* call, prompt_view view);

}  // namespace keycare::services
