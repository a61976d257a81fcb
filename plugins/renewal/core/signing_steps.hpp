// signing_steps.hpp - the steps that use the old key: apply, withdraw, correct, another generation, list.
#pragma once

#include "plugins/renewal/core/context.hpp"

namespace keycare::renewal {

/// Creates the empty container (a full token shows before money does), signs the draft, seals it, stores it.
/// Containers that orders which have ended left behind are removed under the same grant. [worker-thread]
[[nodiscard]] result<void> sign_application(context& c, const kc_call& call, held_order& order);

/// Signs and stores the withdrawal; the intent stands in the store. [worker-thread]
[[nodiscard]] result<void> sign_withdrawal(context& c, const kc_call& call, held_order& order);

/// Signs, seals and stores a correction. @param form the fields that change, checked [worker-thread]
[[nodiscard]] result<void> sign_correction(context& c, const kc_call& call, held_order& order, const json& form);

/// Signs and stores the wish for another generation of the key: the last one is lost. [worker-thread]
[[nodiscard]] result<void> sign_generation(context& c, const kc_call& call, held_order& order);

/// The signed statement `list` for another computer's orders: CMS. [worker-thread]
[[nodiscard]] result<octets> sign_list(context& c, const kc_call& call, const certificate_info& certificate,
                                       std::string_view ra);

/// The operations of a grant that follow from having a key: its request, its certificates, its proof.
[[nodiscard]] std::vector<operation> request_operations(std::string_view container);
[[nodiscard]] std::vector<operation> install_operations(std::string_view container);

}  // namespace keycare::renewal
