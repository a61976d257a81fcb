// diagnosis.hpp - what the service desk wants to know, as text that may be sent to it: no subject, no PIN, no path of a
// home, only the last digits of a serial number.
#pragma once

#include "host-stub/client/client.hpp"

#include <string>
#include <vector>

namespace keycare::shell {

/// English, because it is read by people and programs of the service desk. Pure but for reading @p client. [any-thread]
[[nodiscard]] std::string diagnosis(host::client& client, const std::vector<token_info>& tokens, std::int64_t now);

/// The last four characters, or all when there are fewer. Pure.
[[nodiscard]] std::string last_digits(const std::string& serial);

}  // namespace keycare::shell
