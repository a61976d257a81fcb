// result.hpp - result<T>: a value, or the error that explains why there is none. (std::expected is C++23.)
#pragma once

#include "keycare/abi/base.h"

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace keycare {

/// Why something failed. `code` is the support code that a person quotes; `args` is a JSON object for its sentence.
struct error {
  kc_status status = KC_E_FAILED;  ///< For programs; see status_name().
  std::string code;                ///< For example "KC-TOKEN-REMOVED"; at most 47 octets cross the border.
  std::int64_t native = 0;         ///< The underlying library's own code, or 0.
  std::string args = "{}";         ///< Strings and integers; never a secret.

  /// All four are the same.
  friend bool operator==(const error&, const error&) = default;
};

/// Makes an error without arguments.
[[nodiscard]] inline error fail(kc_status status, std::string code, std::int64_t native = 0) {
  return {status, std::move(code), native, "{}"};
}

/// A T or an error. Dereference only after it was tested.
template <class T>
class [[nodiscard]] result {
public:
  /// What a success holds.
  using value_type = T;
  /// Success; implicit, so that a function simply returns its value.
  result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  /// Failure; implicit, so that a function simply returns its error.
  result(keycare::error why) : state_(std::in_place_index<1>, std::move(why)) {}

  [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }  ///< Whether there is a value.
  explicit operator bool() const noexcept { return ok(); }                ///< As ok().
  T& operator*() & { return std::get<0>(state_); }  ///< The value; std::bad_variant_access when there is none: a bug.
  const T& operator*() const& { return std::get<0>(state_); }    ///< The value.
  T&& operator*() && { return std::get<0>(std::move(state_)); }  ///< The value, moved out.
  T* operator->() { return &std::get<0>(state_); }               ///< The value's members.
  const T* operator->() const { return &std::get<0>(state_); }   ///< The value's members.
  [[nodiscard]] keycare::error& error() & {
    return std::get<1>(state_);
  }  ///< Why there is none; only after ok() said so.
  [[nodiscard]] const keycare::error& error() const& { return std::get<1>(state_); }  ///< Why there is none.
  [[nodiscard]] keycare::error&& error() && {
    return std::get<1>(std::move(state_));
  }  ///< Why there is none, moved out.

private:
  std::variant<T, keycare::error> state_;
};

/// Success without a value, or an error.
template <>
class [[nodiscard]] result<void> {
public:
  result() = default;  ///< Success.
  /// Failure; implicit, so that a function simply returns its error.
  result(keycare::error why) : why_(std::move(why)), ok_(false) {}

  [[nodiscard]] bool ok() const noexcept { return ok_; }                 ///< Whether it succeeded.
  explicit operator bool() const noexcept { return ok_; }                ///< As ok().
  [[nodiscard]] keycare::error& error() & { return why_; }               ///< Why it failed; only after ok() said so.
  [[nodiscard]] const keycare::error& error() const& { return why_; }    ///< Why it failed.
  [[nodiscard]] keycare::error&& error() && { return std::move(why_); }  ///< Why it failed, moved out.

private:
  keycare::error why_;
  bool ok_ = true;
};

}  // namespace keycare
