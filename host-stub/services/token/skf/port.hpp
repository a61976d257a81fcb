// port.hpp - an SKF library made safe to call: one width, bounded answers, results instead of codes.
//
// Makers disagree about the width of ULONG; port_of.hpp implements this interface once for each. Everything above it
// knows neither widths nor buffers. The device may hang in any call: the module's worker only.
#pragma once

#include "host-stub/services/secure/secret.hpp"
#include "keycare/sdk/result.hpp"
#include "keycare/sdk/view.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keycare::services::skf {

using handle = void*;

struct device_info {
  std::string manufacturer;
  std::string label;
  std::string serial;
};

struct pin_figures {
  std::uint64_t max = 0;
  std::uint64_t remaining = 0;
  bool is_default = false;
};

/// Unsigned big-endian numbers without leading zeros.
struct rsa_public {
  octets modulus;
  octets exponent;
};

struct file_info {
  std::uint64_t octets = 0;
};

/// Names are the library's own octets. Errors: sar.hpp; KC-TOKEN-DAMAGED for an answer that cannot be true;
/// KC-TOKEN-UNSUPPORTED for a function that the library lacks.
class port {
public:
  virtual ~port() = default;

  virtual result<std::vector<std::string>> devices() = 0;
  virtual result<handle> connect(const std::string& device) = 0;
  virtual void disconnect(handle device) noexcept = 0;
  virtual result<device_info> info(handle device) = 0;
  virtual result<void> lock(handle device, std::uint32_t milliseconds) = 0;
  virtual void unlock(handle device) noexcept = 0;
  virtual result<void> wait_event() = 0;
  virtual void cancel_wait() noexcept = 0;

  virtual result<std::vector<std::string>> applications(handle device) = 0;
  virtual result<handle> open_application(handle device, const std::string& name) = 0;
  virtual void close_application(handle application) noexcept = 0;
  virtual result<pin_figures> pin_info(handle application, bool admin) = 0;
  virtual result<void> verify_pin(handle application, bool admin, const secret& pin) = 0;
  virtual result<void> change_pin(handle application, bool admin, const secret& old_pin, const secret& new_pin) = 0;
  virtual result<void> unblock_pin(handle application, const secret& admin_pin, const secret& new_pin) = 0;
  virtual void clear_secure_state(handle application) noexcept = 0;

  virtual result<std::vector<std::string>> files(handle application) = 0;
  virtual result<file_info> file(handle application, const std::string& name) = 0;
  virtual result<octets> read_file(handle application, const std::string& name, std::uint64_t size) = 0;

  virtual result<std::vector<std::string>> containers(handle application) = 0;
  virtual result<handle> create_container(handle application, const std::string& name) = 0;
  virtual result<handle> open_container(handle application, const std::string& name) = 0;
  virtual void close_container(handle container) noexcept = 0;
  virtual result<void> delete_container(handle application, const std::string& name) = 0;
  /// SKF_CONTAINER_NONE, _RSA or _ECC.
  virtual result<std::uint64_t> container_type(handle container) = 0;
  virtual result<octets> export_certificate(handle container, bool sign) = 0;
  virtual result<void> import_certificate(handle container, bool sign, octets_view der) = 0;
  virtual result<rsa_public> export_rsa(handle container, bool sign) = 0;
  virtual result<rsa_public> generate_rsa(handle container, std::uint32_t bits) = 0;
  virtual result<octets> sign_rsa(handle container, octets_view data) = 0;
  virtual result<void> import_rsa_pair(handle container, std::uint32_t algorithm, octets_view wrapped_key,
                                       octets_view encrypted) = 0;
  /// Unwraps a session key with the exchange key and decrypts @p cipher with it (CBC, IV of zeros, no padding).
  virtual result<secret> decrypt(handle container, std::uint32_t algorithm, octets_view wrapped_key,
                                 octets_view cipher) = 0;
};

/// The port to the library that @p find looks functions up in (by name, nullptr when it lacks one); the library must
/// stay loaded as long as the port lives.
using symbol_finder = void* (*)(void* library, const char* name);
std::unique_ptr<port> make_port32(void* library, symbol_finder find);
std::unique_ptr<port> make_port64(void* library, symbol_finder find);

}  // namespace keycare::services::skf
