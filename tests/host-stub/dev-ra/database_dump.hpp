// database_dump.hpp - all that stands in a database of dev-ra, as text: two are equal when nothing was changed.
#pragma once

#include <filesystem>
#include <string>

namespace keycare::dev_ra::test {

/// Every row of every table of @p file, one a line, in the order in which they were inserted. @p file may be in use.
[[nodiscard]] std::string dump(const std::filesystem::path& file);
/// The rows that stand in one of two dumps only, for people; empty when they are equal.
[[nodiscard]] std::string difference(const std::string& before, const std::string& after);

}  // namespace keycare::dev_ra::test
