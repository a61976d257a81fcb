// skf_session.hpp - one connected SKF device, and what the module's lists share with it.
#pragma once

#include "host-stub/services/token/backend.hpp"
#include "host-stub/services/token/skf/port.hpp"

#include <functional>
#include <memory>
#include <string>

namespace keycare::services::skf {

/// A handle of the library's, closed at the end of a scope.
class owned_handle {
public:
  using closer = void (port::*)(handle) noexcept;
  owned_handle(port& calls, handle value, closer close) : calls_(&calls), value_(value), close_(close) {}
  owned_handle(owned_handle&& other) noexcept
      : calls_(other.calls_), value_(std::exchange(other.value_, nullptr)), close_(other.close_) {}
  owned_handle& operator=(owned_handle&&) = delete;
  ~owned_handle() {
    if (value_ != nullptr) (calls_->*close_)(value_);
  }
  [[nodiscard]] handle get() const noexcept { return value_; }
  [[nodiscard]] handle release() noexcept { return std::exchange(value_, nullptr); }

private:
  port* calls_;
  handle value_;
  closer close_;
};

result<owned_handle> connect(port& calls, const std::string& device);
result<owned_handle> open_application(port& calls, handle device, const std::string& name);
result<owned_handle> open_container(port& calls, handle application, const std::string& name);

/// What SKF_GetPINInfo reports; "none" when it reports nothing that can be true.
pin_state read_pin(port& calls, handle application, bool admin);
/// The token's name for good, from its own information.
token_ref ref_of(const device_info& info);
/// SubjectPublicKeyInfo of a pair in an open container; empty when there is none.
result<octets> read_public(port& calls, handle container, bool sign);

/// @p device is connected already.
std::unique_ptr<token_session> make_session(std::shared_ptr<port> calls, owned_handle device);

}  // namespace keycare::services::skf
