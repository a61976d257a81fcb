// sentence.hpp - an error as a sentence for people, whichever part of the host it is from.
#pragma once

#include "keycare/sdk/result.hpp"

#include <string>
#include <string_view>

namespace keycare::host {

/// The host's sentence for an error: the loader's for a verdict, the services' for all others. [any-thread]
[[nodiscard]] std::string sentence_of(const error& why, std::string_view language);

}  // namespace keycare::host
