// barrier.hpp - the border that no exception crosses: every function of a table is a body inside one of these.
#pragma once

#include "keycare/sdk/view.hpp"

#include <exception>
#include <new>
#include <utility>

namespace keycare {

/// Which side a function belongs to: an exception that reaches the border is that side's bug, and its code says so.
enum class side { host, plugin };

/// Runs @p body, which returns result<void>, and turns its outcome into a status and @p out.
/// @param function for the log: "keycare.token/1 tokens"
template <class Body>
[[nodiscard]] kc_status at_border(side whose, const char* function, kc_error* out, Body&& body) noexcept {
  const char* code = whose == side::host ? "KC-HOST-BUG" : "KC-PLUGIN-BUG";
  try {
    try {
      const result<void> outcome = std::forward<Body>(body)();
      if (outcome) return KC_OK;
      write_error(out, outcome.error());
      return outcome.error().status == KC_OK ? KC_E_FAILED : outcome.error().status;
    } catch (const std::bad_alloc&) {
      write_error(out, fail(KC_E_FAILED, "KC-OUT-OF-MEMORY"));
    } catch (const std::exception&) {
      write_error(out, {KC_E_FAILED, code, 0, std::string(R"({"function":")") + function + R"("})"});
    } catch (...) {
      write_error(out, {KC_E_FAILED, code, 0, std::string(R"({"function":")") + function + R"("})"});
    }
  } catch (...) {  // No memory even for the error.
    if (out != nullptr && out->size >= sizeof(kc_error)) out->status = KC_E_FAILED;
  }
  return KC_E_FAILED;
}

/// For functions that return nothing: a body that throws is silent, because there is nobody to tell.
template <class Body>
void at_border_void(Body&& body) noexcept {
  try {
    std::forward<Body>(body)();
  } catch (...) {
  }
}

/// The error for a caller that broke a function's contract. @p what is a sentence fragment without quotes.
[[nodiscard]] inline error broke_contract(std::string_view caller, std::string_view function, std::string_view what) {
  std::string args = R"({"sentence":")";
  args.append(caller).append(" called ").append(function).append(" ").append(what).append(R"("})");
  return {KC_E_ARGUMENT, "KC-CONTRACT", 0, std::move(args)};
}

/// A C callback and its context made from a callable that takes `const Item&`. What it throws is kept for rethrow().
template <class Item, class Callable>
class item_sink {
public:
  /// @param take called once for each item, which is borrowed for that call
  explicit item_sink(Callable take) : take_(std::move(take)) {}
  /// What goes beside call(): valid while this object lives.
  [[nodiscard]] void* context() noexcept { return this; }
  /// The C callback. After a failure further items are dropped. [any-thread]
  static void call(void* context, const Item* item) noexcept {
    auto* self = static_cast<item_sink*>(context);
    if (item == nullptr || self->failure_) return;
    try {
      self->take_(*item);
    } catch (...) {
      self->failure_ = std::current_exception();
    }
  }
  /// Throws what the callable threw, on the caller's own side of the border. Nothing when it did not.
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

private:
  Callable take_;
  std::exception_ptr failure_;
};

/// A kc_bytes_sink that collects into a vector, up to a bound: a peer that gives more has its data dropped.
class bytes_collector {
public:
  /// @param bound octets, in all
  explicit bytes_collector(std::size_t bound) : bound_(bound) {}
  /// What goes beside call(): valid while this object lives.
  [[nodiscard]] void* context() noexcept { return this; }
  /// The C callback; may come in pieces. [any-thread]
  static void call(void* context, const std::uint8_t* data, std::size_t size) noexcept {
    auto* self = static_cast<bytes_collector*>(context);
    if (self->overflow_ || (data == nullptr && size != 0)) return;
    try {
      if (size > self->bound_ - self->data_.size()) {
        self->overflow_ = true;
        return;
      }
      self->data_.insert(self->data_.end(), data, data + size);
    } catch (...) {
      self->overflow_ = true;
    }
  }
  /// What came, once. KC-REPLY-TOO-LARGE when it was more than the bound.
  [[nodiscard]] result<octets> take() {
    if (overflow_) return fail(KC_E_TOO_LARGE, "KC-REPLY-TOO-LARGE");
    return std::move(data_);
  }

private:
  octets data_;
  std::size_t bound_;
  bool overflow_ = false;
};

}  // namespace keycare
