// api.hpp - what every SKF function does the same way: the border to C, arguments, answers, and finding its token.
#pragma once

#include <openssl/err.h>

#include <cstring>
#include <initializer_list>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../fault.hpp"
#include "../status.hpp"
#include "process.hpp"

#pragma GCC visibility push(default)
#include "gmt0016/skf.h"
#pragma GCC visibility pop

namespace keycare::soft_skf {

/// No octet string that comes in or goes out is longer.
inline constexpr std::size_t max_buffer = std::size_t{1} << 20;

/// The border: nothing is thrown across it, OpenSSL's error queue is left as it was, and the faults of fault.hpp act.
template <class F>
ULONG call(std::string_view function, F&& body) noexcept {
  try {
    if (const auto planned = fault::before(function)) return *planned;
    ERR_set_mark();
    const result<void> done = body();
    ERR_pop_to_mark();
    if (const auto lost = fault::after(function)) return *lost;
    return done ? ULONG{SAR_OK} : static_cast<ULONG>(done.error().native);
  } catch (const std::bad_alloc&) {
    return SAR_MEMORYERR;
  } catch (...) {
    return SAR_UNKNOWNERR;
  }
}

/// A name of 1 to @p most octets from the caller; @p otherwise if it is longer or empty, SAR_INVALIDPARAMERR if NULL.
inline result<std::string> name_argument(const char* text, std::size_t most, std::uint32_t otherwise = SAR_NAMELENERR) {
  if (text == nullptr) return sar(SAR_INVALIDPARAMERR);
  const std::size_t size = strnlen(text, most + 1);
  if (size == 0 || size > most) return sar(otherwise);
  return std::string(text, size);
}

/// A PIN stays where the caller has it: no copy of it is made. Longer than any PIN is cut to one octet too many.
inline result<std::string_view> pin_argument(const char* text) {
  if (text == nullptr) return sar(SAR_INVALIDPARAMERR);
  return std::string_view(text, strnlen(text, max_pin + 1));
}

inline result<byte_view> bytes_argument(const BYTE* data, ULONG size, std::size_t most = max_buffer) {
  if (data == nullptr) return sar(SAR_INVALIDPARAMERR);
  if (size > most) return sar(SAR_INDATALENERR);
  return byte_view(data, static_cast<std::size_t>(size));
}

/// The answer to a size in and out: NULL asks for the size, a small buffer gets SAR_BUFFER_TOO_SMALL and the size.
inline result<void> answer(byte_view data, void* out, ULONG* size) {
  if (size == nullptr) return sar(SAR_INVALIDPARAMERR);
  const ULONG room = *size;
  *size = static_cast<ULONG>(data.size());
  if (out == nullptr) return {};
  if (room < data.size()) return sar(SAR_BUFFER_TOO_SMALL);
  if (!data.empty()) std::memcpy(out, data.data(), data.size());
  return {};
}

/// A list of names: NUL after each, and one more at the end.
inline result<void> answer_names(const std::vector<std::string>& names, char* out, ULONG* size) {
  std::string list;
  for (const std::string& name : names) list.append(name).push_back('\0');
  list.push_back('\0');
  return answer(view_of(list), out, size);
}

template <class List>
std::vector<std::string> names_of(const List& list) {
  std::vector<std::string> out;
  for (const auto& item : list) out.push_back(item.name);
  return out;
}

/// One operation on the token of a device: exclusive, on what the token is now.
struct operation {
  std::shared_ptr<device> dev;
  token_guard guard;
};

inline result<operation> begin(std::shared_ptr<device> dev, access how) {
  if (!dev || !dev->connected) return sar(SAR_INVALIDHANDLEERR);
  auto guard = token_guard::open(dev->ref, how, process::get().holds(dev->ref));
  if (!guard) return guard.error();
  if (guard->epoch() != dev->epoch) return sar(SAR_DEVICE_REMOVED);
  return operation{std::move(dev), std::move(*guard)};
}

inline result<operation> begin_device(DEVHANDLE handle, access how) {
  return begin(process::get().find<device>(handle), how);
}

struct application_operation : operation {
  std::string name;
  application* app = nullptr;

  /// The application's master key if that role is logged in here, and its PIN is not locked. SAR_USER_NOT_LOGGED_IN.
  [[nodiscard]] result<secret> key_of(role who) const {
    if (pin_of(*app, who).remaining == 0) return sar(SAR_PIN_LOCKED);
    auto master = process::get().master_key(dev->ref, dev->epoch, name, who);
    if (!master) return sar(SAR_USER_NOT_LOGGED_IN);
    return std::move(*master);
  }
};

inline result<application_operation> begin_named(std::shared_ptr<device> dev, const std::string& name, access how) {
  auto plain = begin(std::move(dev), how);
  if (!plain) return plain.error();
  application_operation out{std::move(*plain), name, nullptr};
  out.app = find_named(out.guard.state.applications, name);
  if (out.app == nullptr) return sar(SAR_APPLICATION_NOT_EXISTS);
  return out;
}

inline result<application_operation> begin_application(HAPPLICATION handle, access how) {
  const auto found = process::get().find<application_handle>(handle);
  if (!found) return sar(SAR_INVALIDHANDLEERR);
  return begin_named(found->dev, found->name, how);
}

struct container_operation : application_operation {
  container* box = nullptr;
};

inline result<container_operation> begin_container(HCONTAINER handle, access how) {
  const auto found = process::get().find<container_handle>(handle);
  if (!found) return sar(SAR_INVALIDHANDLEERR);
  auto plain = begin_named(found->dev, found->application, how);
  if (!plain) return plain.error();
  container_operation out{std::move(*plain), nullptr};
  out.box = find_named(out.app->containers, found->name);
  if (out.box == nullptr) return sar(SAR_OBJERR);
  return out;
}

/// Hands a new handle out. SAR_MEMORYERR when this process holds too many.
template <class T>
result<void> hand_out(std::shared_ptr<T> value, HANDLE* out) {
  *out = process::get().add(std::move(value));
  if (*out == nullptr) return sar(SAR_MEMORYERR);
  return {};
}

}  // namespace keycare::soft_skf
