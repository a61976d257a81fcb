// tls_server.cpp - OpenSSL on a loopback socket.
#include "tls_server.hpp"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>

namespace keycare::services {

namespace {

using key_ptr = tls_identity::key_ptr;
using certificate_ptr = tls_identity::certificate_ptr;

key_ptr make_key() {
  return {EVP_EC_gen("P-256"), &EVP_PKEY_free};
}

void extend(X509* certificate, int what, const std::string& value) {
  std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str()), &X509_EXTENSION_free);
  X509_add_ext(certificate, extension.get(), -1);
}

certificate_ptr make_certificate(EVP_PKEY* key, const char* name, const tls_identity::options& how) {
  certificate_ptr out(X509_new(), &X509_free);
  X509_set_version(out.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(out.get()), 7);
  ASN1_TIME_set(X509_getm_notBefore(out.get()), static_cast<time_t>(how.not_before));
  ASN1_TIME_set(X509_getm_notAfter(out.get()), static_cast<time_t>(how.not_after));
  X509_NAME_add_entry_by_txt(X509_get_subject_name(out.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  X509_set_pubkey(out.get(), key);
  return out;
}

}  // namespace

tls_identity tls_identity::make(const options& how) {
  tls_identity out;
  const auto root_key = make_key();
  options long_lived;
  long_lived.not_before = 0;
  long_lived.not_after = 4'000'000'000;
  out.root = make_certificate(root_key.get(), "Test TLS Root", long_lived);
  X509_set_issuer_name(out.root.get(), X509_get_subject_name(out.root.get()));
  extend(out.root.get(), NID_basic_constraints, "critical,CA:TRUE");
  extend(out.root.get(), NID_key_usage, "critical,keyCertSign");
  X509_sign(out.root.get(), root_key.get(), EVP_sha256());
  out.key = make_key();
  out.certificate = make_certificate(out.key.get(), "Test RA", how);
  X509_set_issuer_name(out.certificate.get(), X509_get_subject_name(out.root.get()));
  extend(out.certificate.get(), NID_subject_alt_name, how.subject_alternative_name);
  extend(out.certificate.get(), NID_ext_key_usage, "serverAuth");
  X509_sign(out.certificate.get(), root_key.get(), EVP_sha256());
  return out;
}

void tls_identity::pin(const std::filesystem::path& folder) const {
  std::filesystem::create_directories(folder);
  std::FILE* file = std::fopen((folder / "tls-root.pem").c_str(), "w");
  if (file == nullptr) return;
  PEM_write_X509(file, root.get());
  std::fclose(file);
}

tls_server::tls_server(const tls_identity& identity, handler answer, int newest_tls)
    : answer_(std::move(answer)), context_(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free) {
  SSL_CTX_set_security_level(context_.get(), 0);  // so that an old protocol can be offered
  SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context_.get(), newest_tls);
  SSL_CTX_use_certificate(context_.get(), identity.certificate.get());
  SSL_CTX_use_PrivateKey(context_.get(), identity.key.get());
  std::signal(SIGPIPE, SIG_IGN);  // a client that hangs up is part of the tests
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
  ::listen(listener_, 8);
  socklen_t size = sizeof address;
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

tls_server::~tls_server() {
  ending_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
  }
  for (auto& talk : talks_) talk.join();
  ::close(listener_);
}

std::vector<std::string> tls_server::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void tls_server::serve() {
  while (!ending_) {
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    {
      const std::lock_guard lock(mutex_);
      open_.insert(fd);
    }
    talks_.emplace_back([this, fd] {
      std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context_.get()), &SSL_free);
      SSL_set_fd(tls.get(), fd);
      if (SSL_accept(tls.get()) == 1) {
        ++connections_;
        talk(tls.get());
        SSL_shutdown(tls.get());
      }
      const std::lock_guard lock(mutex_);
      open_.erase(fd);
      ::close(fd);
    });
  }
}

void tls_server::talk(SSL* tls) {
  std::string in;
  const auto more = [&] {
    char buffer[4096];
    const int got = SSL_read(tls, buffer, sizeof buffer);
    if (got > 0) in.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
  };
  while (true) {
    std::size_t head = 0;
    while ((head = in.find("\r\n\r\n")) == std::string::npos)
      if (!more()) return;
    const auto at = in.find("Content-Length: ");
    const auto body = at < head ? std::stoul(in.substr(at + 16)) : 0UL;
    while (in.size() < head + 4 + body)
      if (!more()) return;
    const auto request = in.substr(0, head + 4 + body);
    in.erase(0, request.size());
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    const auto out = answer_(request);
    if (out.empty()) return;
    if (out == "(hold)") {
      more();
      return;
    }
    if (SSL_write(tls, out.data(), static_cast<int>(out.size())) <= 0) return;
    if (out.find("\r\nConnection: close\r\n") < out.find("\r\n\r\n")) return;
  }
}

std::string answer(int status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) + " Said\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace keycare::services
