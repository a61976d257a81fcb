// tls_server.hpp - a TLS server of the tests: its own certificates, one prepared answer a request, and what it saw.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace keycare::services {

/// Certificates of a root and of a server for "127.0.0.1" (or another name), made afresh.
struct tls_identity {
  using key_ptr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
  using certificate_ptr = std::unique_ptr<X509, decltype(&X509_free)>;
  key_ptr key{nullptr, &EVP_PKEY_free};
  certificate_ptr certificate{nullptr, &X509_free};
  certificate_ptr root{nullptr, &X509_free};

  struct options {
    std::string subject_alternative_name = "IP:127.0.0.1";
    std::int64_t not_before = 1'700'000'000;
    std::int64_t not_after = 1'800'000'000;
  };
  static tls_identity make(const options& how);
  /// Writes the root to `<folder>/tls-root.pem`.
  void pin(const std::filesystem::path& folder) const;
};

/// Serves on 127.0.0.1 until it is destroyed; a thread for each connection.
class tls_server {
public:
  /// What to answer: the octets, "" to close without a word. "(hold)" keeps silent until the peer closes. With the
  /// header "Connection: close" the connection ends when they are sent.
  using handler = std::function<std::string(const std::string& request)>;
  tls_server(const tls_identity& identity, handler answer, int newest_tls = TLS1_3_VERSION);
  ~tls_server();
  tls_server(const tls_server&) = delete;
  tls_server& operator=(const tls_server&) = delete;

  [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] int connections() const { return connections_; }
  [[nodiscard]] std::vector<std::string> requests() const;

private:
  void serve();
  void talk(SSL* tls);
  handler answer_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, &SSL_CTX_free};
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_ = 0;
  std::atomic<bool> ending_ = false;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::set<int> open_;
  std::vector<std::thread> talks_;
  std::thread thread_;
};

/// A whole answer with a Content-Length.
std::string answer(int status, const std::string& headers, const std::string& body);

}  // namespace keycare::services
