// documents.hpp - the service agreement and the personal-data consent that are in force, in each language.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

namespace keycare::dev_ra {

/// {agreement, personal_data}, each {id, version, language, sha256, text}; zh-CN for a language that there is not.
[[nodiscard]] nlohmann::json documents(std::string_view language);
/// True when @p consent (of an `apply` statement) is to documents in force, accepted after they were shown and not
/// after @p now by more than ten minutes.
[[nodiscard]] bool consents(const nlohmann::json& consent, std::int64_t now);

}  // namespace keycare::dev_ra
