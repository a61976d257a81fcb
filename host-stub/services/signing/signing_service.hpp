// signing_service.hpp - keycare.signing/1 for one plugin.
#pragma once

#include "host-stub/services/service.hpp"
#include "host-stub/services/signing/grants.hpp"

namespace keycare::services {

/// Whether a key under this grant may sign @p text (canonical JSON): a client's statement of a type that a plugin may
/// have signed, about this token, certificate and order. Gives the type. Pure. KC-STATEMENT-...: see statement.hpp;
/// KC-STATEMENT-OTHER-TOKEN, -OTHER-CERTIFICATE, -OTHER-ORDER; KC-STATEMENT-TYPE. [any-thread]
[[nodiscard]] result<std::string> check_statement(std::string_view text, const grant_request& grant);

/// @param grants, @p time live longer than the service. [any-thread]
[[nodiscard]] std::unique_ptr<service> make_signing_service(grant_table& grants, const time_source& time,
                                                            const plugin_identity& plugin);

}  // namespace keycare::services
