// json.hpp - JSON from and to text: bounded reading of what anybody may have written, one line of writing, and errors
// whose sentence needs arguments.
#pragma once

#include "keycare/sdk/result.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keycare {

/// @p value as one line of JSON (RFC 8259). Octets that are no UTF-8, as a token's label or a file's name may hold,
/// become U+FFFD; the library's own dump() would throw. Pure. [any-thread]
[[nodiscard]] inline std::string json_text(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// An error with what its sentence names: fail_with(KC_E_NOT_FOUND, "KC-…", {{"serial", serial}}). @p args is an object
/// of strings and integers and holds no secret. Pure. [any-thread]
[[nodiscard]] inline error fail_with(kc_status status, std::string code, const nlohmann::json& args,
                                     std::int64_t native = 0) {
  return {status, std::move(code), native, json_text(args)};
}

/// How much of a text is believed.
struct json_bounds {
  std::size_t octets = 256 * 1024;  ///< Of the whole text.
  int depth = 16;                   ///< Objects and arrays within each other.
};

namespace detail {

/// Builds the value that nlohmann's parser reports, and stops it at the first duplicate member or too deep a level.
class json_builder {
  using json = nlohmann::json;

public:
  explicit json_builder(int depth) : depth_(static_cast<std::size_t>(depth)) {}

  // What nlohmann::json_sax asks for; false stops.
  bool null() { return put(nullptr); }
  bool boolean(bool value) { return put(value); }
  bool number_integer(json::number_integer_t value) { return put(value); }
  bool number_unsigned(json::number_unsigned_t value) { return put(value); }
  bool number_float(json::number_float_t value, const json::string_t&) { return put(value); }
  bool string(json::string_t& value) { return put(std::move(value)); }
  bool binary(json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(json::object()); }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(json::array()); }
  bool end_array() { return close(); }
  bool key(json::string_t& name) {
    const auto [member, fresh] = open_.back()->get_ref<json::object_t&>().try_emplace(name);
    if (!fresh) why_ = fail_with(KC_E_ARGUMENT, "KC-JSON-DUPLICATE-KEY", {{"key", name.substr(0, 64)}});
    member_ = &member->second;
    return fresh;
  }
  bool parse_error(std::size_t octets, const std::string&, const json::exception&) {
    octets_ = octets;
    return false;
  }

  /// After sax_parse() said that it is @p whole.
  result<json> take(std::string_view text, bool whole) {
    if (whole) return std::move(root_);
    if (!why_.code.empty()) return std::move(why_);
    const auto read = text.substr(0, octets_);
    return fail_with(KC_E_ARGUMENT, "KC-JSON-INVALID", {{"line", 1 + std::count(read.begin(), read.end(), '\n')}});
  }

private:
  json* place(json value) {
    if (open_.empty()) return &(root_ = std::move(value));
    if (open_.back()->is_object()) return &(*member_ = std::move(value));
    return &open_.back()->emplace_back(std::move(value));
  }
  bool put(json value) {
    place(std::move(value));
    return true;
  }
  bool open(json empty) {
    if (open_.size() == depth_) {
      why_ = fail(KC_E_ARGUMENT, "KC-JSON-TOO-DEEP");
      return false;
    }
    open_.push_back(place(std::move(empty)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::size_t depth_;
  json root_;
  std::vector<json*> open_;  // from the outermost to the one that is being filled
  json* member_ = nullptr;   // whose value comes next
  std::size_t octets_ = 0;   // until the fault
  error why_;
};

}  // namespace detail

/// Reads JSON from outside (RFC 8259): bounded, no member twice in an object, valid UTF-8. KC-JSON-TOO-LARGE;
/// KC-JSON-TOO-DEEP; KC-JSON-DUPLICATE-KEY, argument "key"; KC-JSON-INVALID, argument "line", from 1. Pure.
/// [any-thread]
[[nodiscard]] inline result<nlohmann::json> read_json(std::string_view text, json_bounds bounds = {}) {
  if (text.size() > bounds.octets) return fail(KC_E_TOO_LARGE, "KC-JSON-TOO-LARGE");
  detail::json_builder builder(bounds.depth);
  const bool whole = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return builder.take(text, whole);
}

}  // namespace keycare
