// texts.hpp - the host's own catalogue: every support code as a sentence that says what happened and what to do next.
#pragma once

#include "keycare/sdk/result.hpp"

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
/// its status. Arguments are cleaned of control characters. [any-thread]
std::string sentence_for(const error& why, std::string_view language);

}  // namespace keycare::services
