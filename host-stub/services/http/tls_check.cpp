// tls_check.cpp - OpenSSL's own verification at a time of ours, and a second one to tell a date error from all others.
#include "host-stub/services/http/tls_check.hpp"

#include <arpa/inet.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <ctime>
#include <memory>

namespace keycare::services {

namespace {

bool is_address(const std::string& host) {
  std::array<unsigned char, 16> ignored{};
  return inet_pton(AF_INET, host.c_str(), ignored.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), ignored.data()) == 1;
}

bool expect_host(X509_VERIFY_PARAM* param, const std::string& host) {
  return is_address(host) ? X509_VERIFY_PARAM_set1_ip_asc(param, host.c_str()) == 1
                          : X509_VERIFY_PARAM_set1_host(param, host.data(), host.size()) == 1;
}

/// The same chain once more with the dates left out.
bool good_but_for_dates(X509_STORE_CTX* refused, const tls_check& check) {
  using context = std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)>;
  const context again(X509_STORE_CTX_new(), &X509_STORE_CTX_free);
  if (!again || X509_STORE_CTX_init(again.get(), X509_STORE_CTX_get0_store(refused), X509_STORE_CTX_get0_cert(refused),
                                    X509_STORE_CTX_get0_untrusted(refused)) != 1)
    return false;
  X509_STORE_CTX_set_default(again.get(), "ssl_server");
  auto* param = X509_STORE_CTX_get0_param(again.get());
  X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_NO_CHECK_TIME);
  return expect_host(param, check.host) && X509_verify_cert(again.get()) == 1;
}

bool about_dates(int reason) {
  return reason == X509_V_ERR_CERT_HAS_EXPIRED || reason == X509_V_ERR_CERT_NOT_YET_VALID;
}

int judge(X509_STORE_CTX* chain, void* argument) {
  auto& check = *static_cast<tls_check*>(argument);
  if (X509_verify_cert(chain) == 1) return 1;
  check.reason = X509_STORE_CTX_get_error(chain);
  check.dates_only = about_dates(check.reason) && good_but_for_dates(chain, check);
  if (!check.dates_only || check.dates == date_check::strict) return 0;
  X509_STORE_CTX_set_error(chain, X509_V_OK);  // curl asks for the verdict again
  return 1;
}

}  // namespace

bool install(tls_check& check, SSL_CTX* context) {
  auto* param = SSL_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_time(param, static_cast<std::time_t>(check.now));
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(context, &judge, &check);
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 && expect_host(param, check.host);
}

}  // namespace keycare::services
