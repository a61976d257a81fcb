// promises.hpp - what holds for every error and every text that leaves a reader, whatever went in.
#pragma once

#include "fuzz.hpp"
#include "keycare/sdk/result.hpp"

#include <nlohmann/json.hpp>

namespace keycare::fuzz {

inline bool is_utf8(std::string_view text) {
  return !nlohmann::json::parse(
              nlohmann::json(std::string(text)).dump(-1, ' ', false, nlohmann::json::error_handler_t::ignore), nullptr,
              false)
              .is_discarded() &&
         nlohmann::json(std::string(text)).dump(-1, ' ', false, nlohmann::json::error_handler_t::ignore) ==
             nlohmann::json(std::string(text)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// An error names itself, and its arguments are a JSON object.
inline void check_error(const keycare::error& why) {
  must(why.status != KC_OK, "an error has a status");
  must(why.code.starts_with("KC-"), "an error has a support code");
  must(nlohmann::json::parse(why.args, nullptr, false).is_object(), "an error's arguments are a JSON object");
}

/// Gives whether @p got is a value; checks the error otherwise.
template <class T>
bool good(const result<T>& got) {
  if (!got) check_error(got.error());
  return got.ok();
}

}  // namespace keycare::fuzz
