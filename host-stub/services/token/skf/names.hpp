// names.hpp - names as an SKF library gives them: bounded lists of octets. Pure.
#pragma once

#include "host-stub/services/token/readable.hpp"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/view.hpp"

#include <string>
#include <vector>

namespace keycare::services::skf {

inline constexpr std::size_t max_names = 1024;  ///< In one list; a token holds some dozens.
inline constexpr std::size_t max_name = 256;    ///< Octets; GM/T 0016 has 64 for containers, 32 for files.

/// Reads "name NUL name NUL NUL" (GM/T 0016 7.1.3). A list that does not end, or a name over the bound, is
/// KC-TOKEN-DAMAGED: nothing behind it can be believed. One NUL, or no octets, is an empty list.
[[nodiscard]] result<std::vector<std::string>> name_list(octets_view raw);

using services::field;
using services::original;
using services::readable;

}  // namespace keycare::services::skf
