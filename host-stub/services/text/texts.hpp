// texts.hpp - the host's own catalogue: every support code as a sentence that says what happened and what to do next.
#pragma once

#include "keycare/sdk/result.hpp"

#include <nlohmann/json.hpp>

#include <span>
#include <string>
#include <string_view>

namespace keycare::services {

/// One support code in both languages. "{name}" stands for an argument of the error.
struct text_entry {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};

/// The whole catalogue, sorted by code. [any-thread]
std::span<const text_entry> all_texts();

/// The sentence for @p why in @p language ("zh-CN" or "en"); a code that is not in the catalogue gets the sentence of
/// its status. Arguments are cleaned of control characters; one that is an object {"zh", "en"} (in_words) is said in
/// the sentence's language. "{reason}" without such an argument is the system's reason: the native code is an errno.
/// [any-thread]
std::string sentence_for(const error& why, std::string_view language);

/// An argument that is words and not a name or a figure: a Chinese sentence must not have English in its middle. Only
/// for errors that stay in the host: a kc_error holds strings and integers, and not much of them. [any-thread]
[[nodiscard]] nlohmann::json in_words(std::string_view zh, std::string_view en);

}  // namespace keycare::services
