// bench.hpp - a host's token side with one stand in it, used as plugins use it, and what was seen there.
#pragma once

#include "stand.hpp"
#include "tests/host-stub/services/token/soft_host.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace keycare::test {

/// What was done, and what came of it: "works", "not supported by the token", "fails", with what the token showed.
using observations = std::vector<std::pair<std::string, std::string>>;

/// Does everything that plugins do with a token, in an order in which nothing spoils what comes after it.
/// The stand's token is used up: in the end its PIN is locked, where it locks.
[[nodiscard]] observations observe(stand& with, const std::filesystem::path& folder);

}  // namespace keycare::test
