// manifest_schema.hpp - the text of plugin-api/schema/manifest.schema.json, built into the loader.
#pragma once

#include <string_view>

namespace keycare::loader {
/// [any-thread]
[[nodiscard]] std::string_view manifest_schema();
}  // namespace keycare::loader
