// stores.cpp - see stores.hpp.
#include "stores.hpp"

#include "host-stub/services/crypto/certificate.hpp"
#include "host-stub/services/crypto/encoding.hpp"

#include "host-stub/demo/office.hpp"

#include <openssl/rsa.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace keycare::bench {

namespace {

using namespace services;

/// SubjectPublicKeyInfo of a key that no one needs again.
octets some_public_key() {
  const key_ptr key(EVP_RSA_gen(2048));
  return test::der_of(i2d_PUBKEY, key.get());
}

void put(test::raw_session& session, octets_view der, int number) {
  const auto read = read_certificate(der);
  if (!read) throw cannot_measure("a certificate of our own cannot be read");
  const X509* x = read->get();
  const auto label = "certificate " + std::to_string(number);
  const std::vector<pkcs11::attribute> of{
      pkcs11::number(CKA_CLASS, CKO_CERTIFICATE),
      pkcs11::number(CKA_CERTIFICATE_TYPE, CKC_X_509),
      pkcs11::flag(CKA_TOKEN, true),
      pkcs11::flag(CKA_PRIVATE, false),
      pkcs11::data(CKA_ID, bytes_of("id " + std::to_string(number))),
      pkcs11::data(CKA_LABEL, bytes_of(label)),
      pkcs11::data(CKA_SUBJECT, test::der_of(i2d_X509_NAME, X509_get_subject_name(x))),
      pkcs11::data(CKA_ISSUER, test::der_of(i2d_X509_NAME, X509_get_issuer_name(x))),
      pkcs11::data(CKA_SERIAL_NUMBER, test::der_of(i2d_ASN1_INTEGER, X509_get0_serialNumber(x))),
      pkcs11::data(CKA_VALUE, der)};
  if (const auto made = session.module().create(session.get(), of); !made)
    throw cannot_measure("C_CreateObject: " + made.error().code);
}

}  // namespace

void need_softhsm() {
  if (test::softhsm_path().empty()) throw cannot_measure("SoftHSM 2 (package softhsm2) is not installed");
}

namespace {

config softhsm_settings(const std::filesystem::path& data) {
  config settings;
  settings.data_dir = data;
  settings.pkcs11.push_back({"softhsm", test::softhsm_path(), {}});
  return settings;
}

}  // namespace

softhsm_host::softhsm_host(const std::filesystem::path& data)
    : settings(softhsm_settings(data)), side(settings, time, log, nobody, one_dialog) {}

certificate_store::certificate_store(int tokens, int certificates) {
  const test::test_ca ca;
  const auto key = some_public_key();
  int number = 0;
  for (int made = 0; made < tokens; ++made) tokens_.push_back(hsm_.make_token("token " + std::to_string(made)));
  hsm_.restart();  // So that all slots are there under their last numbers.
  const auto module = hsm_.raw();
  if (!module) throw cannot_measure("SoftHSM 2 does not start");
  for (const auto& token : tokens_) {
    test::raw_session session(module, token);
    for (int made = 0; made < certificates; ++made, ++number)
      put(session, ca.issue(key, "supplier " + std::to_string(number), 300), number);
  }
  hsm_.restart();  // What is measured finds a module that nobody has started yet.
}

std::filesystem::path configure(const certificate_store& store) {
  const auto built = demo::find_built_files();
  auto manifests = nlohmann::json::array();
  for (const char* name : {"validity", "renewal", "unlock"})
    manifests.push_back((built.plugins / (std::string(name) + ".json")).string());
  const auto pinned = store.folder() / "pinned";
  std::filesystem::create_directory(pinned);
  std::ofstream(pinned / "tls-root.pem") << test::test_ca().pem();
  const nlohmann::json config{
      {"client", {{"name", "bench"}, {"version", "4.8.2"}, {"language", "zh-CN"}}},
      {"plugins", manifests},
      {"tokens", {{"pkcs11", {{{"name", "softhsm"}, {"path", test::softhsm_path().string()}}}}}},
      {"endpoints", {{"ra", {{"url", "https://127.0.0.1:9"}, {"pinned", pinned.string()}}}}},
      {"data_dir", (store.folder() / "client").string()}};
  const auto file = store.folder() / "client.json";
  std::ofstream(file) << config;
  return file;
}

}  // namespace keycare::bench
