// serve.hpp - dev-ra: a registration authority for development, behind plugin-api/ra/openapi.json.
//
// HTTPS on 127.0.0.1, SQLite, certificates by OpenSSL. The data folder holds:
//   ready.json    {base_url, port, ra, tls_root, pinned, admin_token_file}: written last, atomically
//   pinned/       <role>.pem for root, issuing, tls-root, tls-server, encryption, receipt, unlock, time: what a client
//   pins admin-token   0600: the bearer token of /dev/ and of the page /review private/, ra.sqlite
#pragma once

#include "keycare/sdk/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace keycare::dev_ra {

enum class review_mode { automatic, by_hand };

struct options {
  std::filesystem::path data_dir;
  std::uint16_t port = 0;  // 0: any free one
  std::string ra_id = "dev-ra.keycare.test";
  review_mode review = review_mode::automatic;
  // Seconds from here on.
  std::int64_t review_delay = 2;
  std::int64_t step_delay = 1;  // between states that the RA passes by itself (paid, rejected, confirmed, rebinding)
  std::int64_t provider_delay = 1;  // until the payment provider's word about a closure or a refund
  std::int64_t clock_offset = 0;    // added to the computer's clock; POST /dev/clock moves it
  std::int64_t renewal_opens_before_end = 90 * 86'400;
  std::int64_t quote_lifetime = 86'400;
  std::int64_t unpaid_limit = 7 * 86'400;
};

/// A running dev-ra, on threads of its own until it is stopped or destroyed.
class server {
public:
  /// KC-RA-BUSY when another process serves this folder, KC-RA-FILE when it cannot be made or written (errno),
  /// KC-RA-PORT, KC-RA-KEYS, KC-RA-DATABASE. [any-thread]
  static result<std::unique_ptr<server>> start(const options& what);
  virtual ~server() = default;
  /// "https://127.0.0.1:<port>"
  [[nodiscard]] virtual const std::string& base_url() const = 0;
  [[nodiscard]] virtual const std::string& admin_token() const = 0;
  /// Answers what is under way and ends. [any-thread]
  virtual void stop() = 0;
};

/// Serves until SIGTERM or SIGINT. What start() says when it cannot. [main-thread]
[[nodiscard]] result<void> serve(const options& what);

}  // namespace keycare::dev_ra
