// cmp_peer.cpp - see cmp_peer.hpp.
#include "cmp_peer.hpp"

#include "host-stub/services/crypto/openssl_ptr.hpp"

#include <openssl/cmp.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace keycare::bench {

namespace {

using services::key_ptr;
using services::x509_ptr;

std::string openssl_words() {
  std::string out(256, '\0');
  ERR_error_string_n(ERR_get_error(), out.data(), out.size());
  ERR_clear_error();
  return out.c_str();
}

void need(bool done, const char* what) {
  if (!done) throw cannot_measure(std::string("CMP: ") + what + ": " + openssl_words());
}

x509_ptr certify(const char* subject, EVP_PKEY* key, const X509* issuer, EVP_PKEY* by, long serial) {
  x509_ptr out(X509_new());
  X509_set_version(out.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(out.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(out.get()), -86400);
  X509_gmtime_adj(X509_getm_notAfter(out.get()), 86400L * 365);
  X509_NAME* name = X509_get_subject_name(out.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(subject), -1, -1, 0);
  X509_set_issuer_name(out.get(), issuer == nullptr ? name : X509_get_subject_name(issuer));
  X509_set_pubkey(out.get(), key);
  X509V3_CTX context;
  X509V3_set_ctx(&context, out.get(), out.get(), nullptr, nullptr, 0);
  for (const auto& [id, value] : {std::pair(NID_basic_constraints, issuer == nullptr ? "critical,CA:TRUE" : "CA:FALSE"),
                                  std::pair(NID_subject_key_identifier, "hash")}) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, id, value);
    X509_add_ext(out.get(), extension, -1);
    X509_EXTENSION_free(extension);
  }
  need(X509_sign(out.get(), by, EVP_sha256()) > 0, "certificate");
  return out;
}

X509_STORE* trusting(X509* root) {
  X509_STORE* out = X509_STORE_new();
  X509_STORE_add_cert(out, root);
  return out;
}

}  // namespace

struct cmp_peer::parts {
  key_ptr ca_key{EVP_RSA_gen(2048)};
  x509_ptr ca = certify("bench CA", ca_key.get(), nullptr, ca_key.get(), 1);
  key_ptr own_key{EVP_RSA_gen(2048)};
  x509_ptr own = certify("bench client", own_key.get(), ca.get(), ca_key.get(), 2);
  long serial = 2;
  OSSL_CMP_SRV_CTX* server = nullptr;
  EVP_PKEY* asked_for = nullptr;  ///< OpenSSL 3.0 has no reader for the key in a request; the client leaves it here.
  double server_time = 0;

  parts() {
    server = OSSL_CMP_SRV_CTX_new(nullptr, nullptr);
    need(server != nullptr &&
             OSSL_CMP_SRV_CTX_init(server, this, &issue, nullptr, nullptr, nullptr, &confirmed, nullptr) == 1,
         "server");
    OSSL_CMP_CTX* how = OSSL_CMP_SRV_CTX_get0_cmp_ctx(server);
    need(OSSL_CMP_CTX_set1_cert(how, ca.get()) == 1 && OSSL_CMP_CTX_set1_pkey(how, ca_key.get()) == 1 &&
             OSSL_CMP_CTX_set0_trustedStore(how, trusting(ca.get())) == 1,
         "server's key");
  }
  ~parts() { OSSL_CMP_SRV_CTX_free(server); }
  parts(const parts&) = delete;
  parts& operator=(const parts&) = delete;

  static OSSL_CMP_PKISI* issue(OSSL_CMP_SRV_CTX* server, const OSSL_CMP_MSG*, int, const OSSL_CRMF_MSG*,
                               const X509_REQ*, X509** certificate, STACK_OF(X509) * *chain, STACK_OF(X509) * *more) {
    auto& me = *static_cast<parts*>(OSSL_CMP_SRV_CTX_get0_custom_ctx(server));
    *certificate = certify("bench client", me.asked_for, me.ca.get(), me.ca_key.get(), ++me.serial).release();
    *chain = nullptr;
    *more = nullptr;
    return OSSL_CMP_STATUSINFO_new(OSSL_CMP_PKISTATUS_accepted, 0, nullptr);
  }
  static int confirmed(OSSL_CMP_SRV_CTX*, const OSSL_CMP_MSG*, int, const ASN1_OCTET_STRING*, const OSSL_CMP_PKISI*) {
    return 1;
  }
  /// The network: none. Only the server's time is taken.
  static OSSL_CMP_MSG* transfer(OSSL_CMP_CTX* client, const OSSL_CMP_MSG* request) {
    auto& me = *static_cast<parts*>(OSSL_CMP_CTX_get_transfer_cb_arg(client));
    OSSL_CMP_MSG* answer = nullptr;
    me.server_time += seconds_of([&] { answer = OSSL_CMP_SRV_process_request(me.server, request); });
    return answer;
  }
};

cmp_peer::cmp_peer() : parts_(std::make_unique<parts>()) {}
cmp_peer::~cmp_peer() = default;

client_time cmp_peer::renew() {
  auto& all = *parts_;
  all.server_time = 0;
  client_time out;
  const double whole = seconds_of([&] {
    EVP_PKEY* fresh = nullptr;
    out.key = seconds_of([&] { fresh = EVP_RSA_gen(2048); });
    all.asked_for = fresh;
    OSSL_CMP_CTX* client = OSSL_CMP_CTX_new(nullptr, nullptr);
    need(OSSL_CMP_CTX_set1_cert(client, all.own.get()) == 1 && OSSL_CMP_CTX_set1_pkey(client, all.own_key.get()) == 1 &&
             OSSL_CMP_CTX_set1_oldCert(client, all.own.get()) == 1 &&
             OSSL_CMP_CTX_set0_newPkey(client, 1, fresh) == 1 &&
             OSSL_CMP_CTX_set0_trustedStore(client, trusting(all.ca.get())) == 1 &&
             OSSL_CMP_CTX_set_transfer_cb(client, &parts::transfer) == 1 &&
             OSSL_CMP_CTX_set_transfer_cb_arg(client, &all) == 1,
         "client");
    const X509* issued = OSSL_CMP_exec_KUR_ses(client);
    const bool done = issued != nullptr && X509_check_private_key(issued, fresh) == 1;
    OSSL_CMP_CTX_free(client);
    need(done, "key update");
  });
  out.whole = whole - all.server_time;
  return out;
}

}  // namespace keycare::bench
