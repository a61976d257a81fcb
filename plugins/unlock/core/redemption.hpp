// redemption.hpp - a redemption under way: the host's key and nonce for it, and the exact request to the RA.
#pragma once

#include "keycare/sdk/services.hpp"
#include "plugins/unlock/core/record.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keycare::unlock {

/// What the host gives at the beginning of an unlock (keycare.pin/1 unlock_begin).
struct host_request {
  std::string redemption;     ///< uuid
  std::string nonce;          ///< 64 hexadecimal digits
  std::string ephemeral_key;  ///< base64 of a SubjectPublicKeyInfo
};

/// KC-UNLOCK-HOST when it is not what pin.h says. [any-thread]
[[nodiscard]] result<host_request> read_host_request(octets_view text);

/// The body of PUT …/redemptions/{uuid}: made once and repeated octet for octet. [any-thread]
[[nodiscard]] octets redemption_body(const host_request& host, const record& what, std::string_view code);

/// Owns the host's handle: ending wipes the host's key, and the code that is in our request.
class redemption {
public:
  redemption(pin_client pin, kc_unlock handle, std::string unlock_uuid, std::int64_t began_ns)
      : pin_(pin), handle_(handle), unlock_uuid_(std::move(unlock_uuid)), began_ns_(began_ns) {}
  redemption(const redemption&) = delete;
  redemption& operator=(const redemption&) = delete;
  ~redemption();

  [[nodiscard]] kc_unlock handle() const { return handle_; }
  /// Whether it is the one that is stored for @p unlock_uuid (another process may have begun its own since), and its
  /// five minutes on the monotonic clock are not over.
  [[nodiscard]] bool is_live(std::string_view unlock_uuid, std::string_view stored, std::int64_t now_ns) const;

  std::string id;  ///< uuid; the last part of its path
  octets body;
  std::optional<octets> authorisation;

private:
  pin_client pin_;
  kc_unlock handle_;
  std::string unlock_uuid_;
  std::int64_t began_ns_;
};

}  // namespace keycare::unlock
