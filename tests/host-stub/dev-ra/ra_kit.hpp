// ra_kit.hpp - a running dev-ra, a person with a certificate, and everything that such a person sends.
//
// Every answer that passes through the kit is held against openapi.json: its status must be declared for its path, its
// body must fit.
#pragma once

#include "dev-ra/certificate.hpp"
#include "dev-ra/contract.hpp"
#include "dev-ra/openssl.hpp"
#include "dev-ra/serve.hpp"

#include <sys/types.h>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

namespace httplib {
class SSLClient;
}

namespace keycare::dev_ra::test {

using json = nlohmann::json;

struct reply {
  int status = 0;
  json body;
  std::int64_t retry_after = 0;  // 0 without

  [[nodiscard]] std::string code() const { return body.value("code", ""); }
};

/// A request, kept so that it can be sent once more, octet for octet.
struct sent {
  std::string method;
  std::string path;
  std::string body;
  std::string content_type;
  std::string bearer;
  std::string provider_signature = {};  ///< base64; of a notice.
};

/// Somebody with a token: the key, and the certificate that dev-ra bound to the account.
struct person {
  key_ptr key;
  x509_ptr certificate;
  std::string sha256;
  std::string account;
  std::string serial;
};

/// An applied order.
struct applied {
  std::string uuid;
  std::string secret;
  json order;
};

class ra_kit {
public:
  /// Delays in seconds of the RA's clock: so long that only advance() makes them pass, however slow the machine is.
  static constexpr std::int64_t step = 1000;  // also the payment provider's
  static constexpr std::int64_t review = 2000;

  /// Whether dev-ra runs inside this process, or in one of its own that can be killed.
  enum class place { inside, apart };
  explicit ra_kit(const std::function<void(options&)>& configure = {}, place where = place::inside);
  ~ra_kit();
  ra_kit(const ra_kit&) = delete;
  ra_kit& operator=(const ra_kit&) = delete;

  /// Stops dev-ra and starts it again on the same folder.
  void restart();
  /// Kills dev-ra (place::apart) as it stands, from any thread; restart() starts it again.
  void kill() const;
  [[nodiscard]] const std::filesystem::path& folder() const { return config_.data_dir; }
  [[nodiscard]] const std::string& base_url() const { return base_url_; }

  reply send(const sent& request);
  /// The same where no answer may come: then its status is 0.
  reply try_send(const sent& request);
  reply send(std::string_view method, const std::string& path, const std::string& body = {},
             const std::string& content_type = {}, const std::string& bearer = {}) {
    return send({std::string(method), path, body, content_type, bearer});
  }
  reply get(const std::string& path, const std::string& bearer = {}) { return send("GET", path, {}, {}, bearer); }
  reply put_json(const std::string& path, const json& body, const std::string& bearer = {}) {
    return send("PUT", path, body.dump(), "application/json", bearer);
  }
  reply post_json(const std::string& path, const json& body) {
    return send("POST", path, body.dump(), "application/json");
  }
  reply put_cms(const std::string& path, const std::string& der) { return send("PUT", path, der, "application/cms"); }
  /// POST /dev/<name> as the administrator; fails the test unless it was done, when @p must.
  json dev(const std::string& name, const json& body, bool must = true);
  void advance(std::int64_t seconds);
  [[nodiscard]] std::int64_t now() const;

  /// A new person with a certificate that ends in @p days (of the RA's clock), on a token of their own.
  person enrol(const std::string& account, int days = 25, key_ptr key = nullptr);
  json quote(const person& who, int months = 12);
  json apply_statement(const person& who, const std::string& uuid, const json& quote);
  /// Computes payload_sha256 again after a change.
  static void seal_payload(json& apply);
  json statement(const person& who, std::string_view type, const std::string& uuid, std::int64_t generation = 1);
  [[nodiscard]] std::string sign(const person& who, const json& statement) const;
  [[nodiscard]] std::string sign(EVP_PKEY* key, X509* certificate, const std::string& text) const;
  [[nodiscard]] std::string seal(const std::string& octets) const;
  reply submit(const person& who, const json& apply);
  applied apply(const person& who, int months = 12);
  reply order(const applied& of) { return get("/v1/renewals/" + of.uuid, of.secret); }
  [[nodiscard]] std::string state(const applied& of) { return order(of).body.value("state", ""); }
  reply open_payment(const applied& of, const std::string& payment, const std::string& method = "wechat");
  /// Pays and returns the payment's uuid.
  std::string pay(const applied& of);
  /// Pays and lets the automatic review pass.
  void approve(const applied& of);
  /// A key on the token, its CSR and bind-csr: what PUT csr takes.
  json csr_request(const person& who, const applied& of, EVP_PKEY* fresh, std::int64_t generation = 1);
  /// The certificate of a bundle as a person who signs with the new key.
  static person renewed(const person& who, key_ptr fresh, const json& bundle);
  json confirm_statement(const person& who, const person& with, const applied& of, std::int64_t generation = 1);

  /// Told of every answer, also of those to /dev/.
  std::function<void(const sent&, const reply&)> on_answer;
  /// The path of openapi.json that @p request goes to; empty when it goes to none.
  [[nodiscard]] static std::string path_in_contract(const sent& request);

  /// "PUT /v1/renewals/{uuid} 200" for every answer that was seen.
  [[nodiscard]] const std::set<std::string>& seen() const { return seen_; }
  [[nodiscard]] contract& schemas() { return schemas_; }

private:
  void connect();
  void start_inside();
  void start_apart();
  reply exchange(const sent& request, bool must);

  options config_;
  place where_;
  pid_t process_ = -1;  // apart
  std::string base_url_;
  std::string admin_token_;
  std::unique_ptr<server> server_;
  std::unique_ptr<httplib::SSLClient> client_;
  contract schemas_;
  std::set<std::string> seen_;
  x509_ptr encryption_;
  std::int64_t offset_ = 0;
};

/// The folder of an authority that the tests of this build share: making RSA keys costs more than most tests.
[[nodiscard]] std::filesystem::path shared_authority();
/// P-256, which is made at once.
[[nodiscard]] key_ptr new_key();
/// RSA-2048, as on today's tokens.
[[nodiscard]] key_ptr rsa_key();
[[nodiscard]] std::string request_der(EVP_PKEY* key, const X509_NAME* subject);
[[nodiscard]] json invoice();

}  // namespace keycare::dev_ra::test
