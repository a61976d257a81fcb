// authority.cpp - making, keeping and using the RA's keys.
#include "authority.hpp"

#include "files.hpp"
#include "octets.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace keycare::dev_ra {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t one_day = 86'400;

struct plan {
  role which;
  std::string_view name;
  const char* common_name;
  role issuer;
  bool rsa;
  const char* constraints;
  const char* usage;
  const char* extended;
};

// The CA is RSA because the tokens of its users are; what only programs meet is P-256, which is made at once.
constexpr std::array plans = std::to_array<plan>({
    {role::root, "root", "Keycare DEVELOPMENT Root CA", role::root, true, "critical,CA:TRUE",
     "critical,keyCertSign,cRLSign", nullptr},
    {role::issuing, "issuing", "Keycare DEVELOPMENT Issuing CA", role::root, true, "critical,CA:TRUE,pathlen:0",
     "critical,keyCertSign,cRLSign", nullptr},
    {role::tls_root, "tls-root", "Keycare DEVELOPMENT TLS Root", role::tls_root, false, "critical,CA:TRUE",
     "critical,keyCertSign,cRLSign", nullptr},
    {role::tls_server, "tls-server", "localhost", role::tls_root, false, "critical,CA:FALSE",
     "critical,digitalSignature", "serverAuth"},
    {role::encryption, "encryption", "Keycare DEVELOPMENT RA Encryption", role::root, true, "critical,CA:FALSE",
     "critical,keyEncipherment", nullptr},
    {role::receipt, "receipt", "Keycare DEVELOPMENT RA Receipts", role::root, false, "critical,CA:FALSE",
     "critical,digitalSignature", nullptr},
    {role::unlock, "unlock", "Keycare DEVELOPMENT RA Unlock", role::root, false, "critical,CA:FALSE",
     "critical,digitalSignature", nullptr},
    {role::time, "time", "Keycare DEVELOPMENT RA Time", role::root, false, "critical,CA:FALSE",
     "critical,digitalSignature", nullptr},
});

error broken() {
  return fail(KC_E_FAILED, "KC-RA-KEYS");
}

void extend(X509* certificate, X509* issuer, int which, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  if (auto* extension = X509V3_EXT_conf_nid(nullptr, &context, which, value)) {
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  }
}

x509_ptr unsigned_certificate(const X509_NAME* subject, EVP_PKEY* key, std::int64_t from, std::int64_t until) {
  x509_ptr certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  auto serial = random_octets(16);
  serial[0] =
      static_cast<char>((static_cast<unsigned char>(serial[0]) & 0x7FU) | 0x40U);  // positive, and always 16 octets
  auto* number =
      BN_bin2bn(reinterpret_cast<const unsigned char*>(serial.data()), static_cast<int>(serial.size()), nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
  BN_free(number);
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), static_cast<time_t>(from));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), static_cast<time_t>(until));
  X509_set_subject_name(certificate.get(), subject);
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

x509_ptr make(const plan& what, EVP_PKEY* key, const credential* issuer, std::int64_t from, std::int64_t until) {
  auto* name = X509_NAME_new();
  const auto add = [&](const char* field, const char* text) {
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
  };
  add("C", "CN");
  add("O", "Keycare development, not for production");
  add("CN", what.common_name);
  auto certificate = unsigned_certificate(name, key, from, until);
  X509_NAME_free(name);
  X509* by = issuer != nullptr ? issuer->certificate.get() : certificate.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(by));
  extend(certificate.get(), by, NID_basic_constraints, what.constraints);
  extend(certificate.get(), by, NID_key_usage, what.usage);
  if (what.extended != nullptr) extend(certificate.get(), by, NID_ext_key_usage, what.extended);
  if (what.which == role::tls_server) extend(certificate.get(), by, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
  extend(certificate.get(), by, NID_subject_key_identifier, "hash");
  if (issuer != nullptr) extend(certificate.get(), by, NID_authority_key_identifier, "keyid:always");
  X509_sign(certificate.get(), issuer != nullptr ? issuer->key.get() : key, EVP_sha256());
  return certificate;
}

result<void> write_key(const fs::path& file, EVP_PKEY* key) {
  const auto out = writing();
  PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return write_file(file, contents(out.get()), file_access::owner);
}

key_ptr read_key(const fs::path& file) {
  const auto text = read_file(file, 65'536);
  if (!text) return nullptr;
  return key_ptr(PEM_read_bio_PrivateKey(reading(*text).get(), nullptr, nullptr, nullptr));
}

result<void> write_certificate(const fs::path& file, X509* certificate) {
  const auto out = writing();
  PEM_write_bio_X509(out.get(), certificate);
  return write_file(file, contents(out.get()), file_access::everyone);
}

result<void> make_all(const fs::path& folder, std::int64_t now) {
  const auto keys = folder / "private";
  const auto pinned = folder / "pinned";
  std::error_code failed;
  fs::create_directories(keys, failed);
  fs::create_directories(pinned, failed);
  fs::permissions(keys, fs::perms::owner_all, failed);
  if (failed) return broken();
  std::array<credential, 8> made;
  for (const auto& what : plans) {
    auto& own = made[static_cast<std::size_t>(what.which)];
    own.key.reset(what.rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256"));
    if (!own.key) return broken();
    const bool server = what.which == role::tls_server;
    const auto* issuer = what.issuer == what.which ? nullptr : &made[static_cast<std::size_t>(what.issuer)];
    // Certificates that ended long ago must have had an issuer, so the CA is older than dev-ra; and tests move the
    // clock ahead.
    own.certificate = make(what, own.key.get(), issuer, now - (server ? 30 * one_day : 10 * 365 * one_day),
                           now + (server ? 800 * one_day : 25 * 365 * one_day));
    const auto name = std::string(what.name);
    if (auto ok = write_key(keys / (name + ".key"), own.key.get()); !ok) return ok;
    if (auto ok = write_certificate(pinned / (name + ".pem"), own.certificate.get()); !ok) return ok;
  }
  const key_ptr provider(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  if (auto ok = write_key(keys / "provider.key", provider.get()); !ok) return ok;
  if (auto ok = write_file(keys / "master", random_octets(32), file_access::owner); !ok) return ok;
  if (auto ok = write_file(folder / "admin-token", random_word(32) + "\n", file_access::owner); !ok) return ok;
  return write_file(keys / "complete", "1\n", file_access::owner);  // last: without it everything is made again
}

}  // namespace

std::string_view name(role which) {
  return plans[static_cast<std::size_t>(which)].name;
}

result<authority> authority::open(const fs::path& folder, std::int64_t now) {
  if (!fs::exists(folder / "private" / "complete"))
    if (auto ok = make_all(folder, now); !ok) return ok.error();
  authority opened;
  for (const auto& what : plans) {
    auto& own = opened.all_[static_cast<std::size_t>(what.which)];
    const auto name = std::string(what.name);
    own.key = read_key(folder / "private" / (name + ".key"));
    const auto pem = read_file(folder / "pinned" / (name + ".pem"), 65'536);
    if (pem) own.certificate.reset(PEM_read_bio_X509(reading(*pem).get(), nullptr, nullptr, nullptr));
    if (!own.key || !own.certificate || X509_check_private_key(own.certificate.get(), own.key.get()) != 1)
      return broken();
  }
  opened.provider_ = read_key(folder / "private" / "provider.key");
  const auto master = read_file(folder / "private" / "master", 32);
  const auto token = read_file(folder / "admin-token", 64);
  if (!opened.provider_ || !master || master->size() != 32 || !token || token->size() != 33) return broken();
  opened.master_ = *master;
  opened.admin_token_ = token->substr(0, 32);
  return opened;
}

x509_ptr authority::issue(const X509_NAME* subject, EVP_PKEY* key, std::int64_t from, std::int64_t until) const {
  const auto& by = (*this)[role::issuing];
  auto certificate = unsigned_certificate(subject, key, from, until);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(by.certificate.get()));
  extend(certificate.get(), by.certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
  extend(certificate.get(), by.certificate.get(), NID_key_usage, "critical,digitalSignature,nonRepudiation");
  extend(certificate.get(), by.certificate.get(), NID_ext_key_usage, "clientAuth,emailProtection");
  extend(certificate.get(), by.certificate.get(), NID_subject_key_identifier, "hash");
  extend(certificate.get(), by.certificate.get(), NID_authority_key_identifier, "keyid:always");
  X509_sign(certificate.get(), by.key.get(), EVP_sha256());
  return certificate;
}

x509_store_ptr authority::store() const {
  x509_store_ptr store(X509_STORE_new());
  X509_STORE_add_cert(store.get(), (*this)[role::root].certificate.get());
  X509_STORE_add_cert(store.get(), (*this)[role::issuing].certificate.get());
  return store;
}

bool authority::has_issued(X509* certificate, std::int64_t at) const {
  const auto trusted = store();
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(trusted.get()), static_cast<time_t>(at));
  auto* context = X509_STORE_CTX_new();
  const bool good =
      X509_STORE_CTX_init(context, trusted.get(), certificate, nullptr) == 1 && X509_verify_cert(context) == 1;
  X509_STORE_CTX_free(context);
  return good;
}

}  // namespace keycare::dev_ra
