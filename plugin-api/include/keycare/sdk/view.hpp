// view.hpp - between the ABI's borrowed views and C++: strings, spans, structures of another size, errors.
#pragma once

#include "keycare/abi/base.h"
#include "keycare/sdk/result.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace keycare {

/// Octets that are owned.
using octets = std::vector<std::uint8_t>;
/// Octets that are borrowed.
using octets_view = std::span<const std::uint8_t>;

/// Borrows @p text for a call.
[[nodiscard]] inline kc_str borrow(std::string_view text) noexcept {
  return {text.data(), text.size()};
}
/// Borrows @p data for a call.
[[nodiscard]] inline kc_bytes borrow(octets_view data) noexcept {
  return {data.data(), data.size()};
}

/// What a peer lent us. A size without data is a broken promise and reads as empty.
[[nodiscard]] inline std::string_view text(kc_str lent) noexcept {
  return lent.data == nullptr ? std::string_view{} : std::string_view{lent.data, lent.size};
}
/// As text(), for octets.
[[nodiscard]] inline octets_view bytes(kc_bytes lent) noexcept {
  return lent.data == nullptr ? octets_view{} : octets_view{lent.data, lent.size};
}
/// The octets of @p text, borrowed from it.
[[nodiscard]] inline octets_view bytes_of(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
/// @p data as text, borrowed from it; not checked to be UTF-8.
[[nodiscard]] inline std::string_view text_of(octets_view data) noexcept {
  return {reinterpret_cast<const char*>(data.data()), data.size()};
}

/// A structure whose `size` says how much of it there is.
template <class T>
concept sized_struct = std::is_trivially_copyable_v<T> && requires(T t) {
  { t.size } -> std::convertible_to<std::uint32_t>;
};

/// An empty structure with its size set.
template <sized_struct T>
[[nodiscard]] T sized() noexcept {
  T value;
  std::memset(&value, 0, sizeof value);
  value.size = sizeof(T);
  return value;
}

/// Our version of a structure that a peer made, perhaps with fewer or more members: what it has not is zero.
template <sized_struct T>
[[nodiscard]] T known_part(const T* lent) noexcept {
  T value = sized<T>();
  if (lent != nullptr) std::memcpy(&value, lent, std::min<std::size_t>(lent->size, sizeof(T)));
  return value;
}

/// Fills the caller's kc_error; what does not fit is dropped, never cut in the middle of a JSON text.
inline void write_error(kc_error* out, const error& why) noexcept {
  if (out == nullptr || out->size < sizeof(kc_error)) return;
  out->status = why.status;
  out->native = why.native;
  const auto put = [](char* to, std::size_t room, std::string_view from, std::string_view otherwise) {
    if (from.size() >= room) from = otherwise;
    std::memcpy(to, from.data(), from.size());
    to[from.size()] = '\0';
  };
  put(out->code, sizeof out->code, why.code, "KC-CODE-TOO-LONG");
  put(out->args, sizeof out->args, why.args, "{}");
}

/// The error of a call that returned @p status. A peer that named none, or left a text open, gets a code of ours.
[[nodiscard]] inline error read_error(kc_status status, const kc_error& from) {
  const auto bounded = [](const char* text, std::size_t room) {
    const void* end = std::memchr(text, '\0', room);
    return end == nullptr ? std::string{} : std::string{text, static_cast<const char*>(end)};
  };
  error why{status, bounded(from.code, sizeof from.code), from.native, bounded(from.args, sizeof from.args)};
  if (why.code.empty()) why.code = "KC-STATUS-" + std::to_string(status);
  if (why.args.empty()) why.args = "{}";
  return why;
}

/// The stable name of a status, for logs and programs.
[[nodiscard]] constexpr std::string_view status_name(kc_status status) noexcept {
  constexpr std::string_view names[] = {
      "ok",          "failed",      "argument",        "unsupported",   "unknown-service",
      "other-major", "newer-minor", "table-too-small", "no-permission", "wrong-thread",
      "cancelled",   "timeout",     "outcome-unknown", "not-found",     "conflict",
      "too-large",   "damaged",     "token-removed",   "token-busy",    "token-full",
      "pin-wrong",   "pin-locked",  "pin-policy",      "grant-ended",   "network",
      "tls",         "tls-date",    "untrusted",       "busy"};
  return status >= 0 && static_cast<std::size_t>(status) < std::size(names) ? names[status] : "unknown";
}

}  // namespace keycare
