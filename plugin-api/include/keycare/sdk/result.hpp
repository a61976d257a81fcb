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
  kc_status status = KC_E_FAILED;
  std::string code;
  std::int64_t native = 0;
  std::string args = "{}";

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
  using value_type = T;
  result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  result(keycare::error why) : state_(std::in_place_index<1>, std::move(why)) {}

  [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  [[nodiscard]] keycare::error& error() & { return std::get<1>(state_); }
  [[nodiscard]] const keycare::error& error() const& { return std::get<1>(state_); }
  [[nodiscard]] keycare::error&& error() && { return std::get<1>(std::move(state_)); }

private:
  std::variant<T, keycare::error> state_;
};

/// Success without a value, or an error.
template <>
class [[nodiscard]] result<void> {
public:
  result() = default;
  result(keycare::error why) : why_(std::move(why)), ok_(false) {}

  [[nodiscard]] bool ok() const noexcept { return ok_; }
  explicit operator bool() const noexcept { return ok_; }
  [[nodiscard]] keycare::error& error() & { return why_; }
  [[nodiscard]] const keycare::error& error() const& { return why_; }
  [[nodiscard]] keycare::error&& error() && { return std::move(why_); }

private:
  keycare::error why_;
  bool ok_ = true;
};

}  // namespace keycare
