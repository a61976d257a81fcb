// key_provider.cpp - the provider: what a key is, and how signatures are made with it (OpenSSL 3.0,
// provider-keymgmt(7), provider-signature(7)).
#include "host-stub/services/signing/key_provider.hpp"

#include "host-stub/services/crypto/public_key.hpp"

#include <openssl/bn.h>
#include <openssl/core.h>
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/provider.h>

#include <new>
#include <string>

namespace keycare::services {

namespace {

constexpr const char* properties = "provider=keycare";
/// Our own parameter: the address of a shared_ptr<token_signer>, valid for the call.
constexpr const char* signer_param = "keycare-signer";

template <class Function>
constexpr OSSL_DISPATCH entry(int id, Function* function) {
  return {id, reinterpret_cast<void (*)()>(function)};
}
constexpr OSSL_DISPATCH last_entry{0, nullptr};

/// Runs a body that may throw behind a C function.
template <class Body>
int safely(Body body) noexcept {
  try {
    return body() ? 1 : 0;
  } catch (...) {
    return 0;
  }
}

// --- keys

struct key_data {
  key_ptr public_key;  ///< Of the default provider.
  std::shared_ptr<token_signer> signer;
};

void* key_new(void*) {
  return new (std::nothrow) key_data;
}
void key_free(void* key) {
  delete static_cast<key_data*>(key);
}

int key_has(const void* key, int selection) {
  const auto& k = *static_cast<const key_data*>(key);
  if ((selection & OSSL_KEYMGMT_SELECT_PRIVATE_KEY) != 0 && !k.signer) return 0;
  return k.public_key ? 1 : 0;
}

int key_match(const void* a, const void* b, int) {
  const auto& left = *static_cast<const key_data*>(a);
  const auto& right = *static_cast<const key_data*>(b);
  return left.public_key && right.public_key && EVP_PKEY_eq(left.public_key.get(), right.public_key.get()) == 1 ? 1 : 0;
}

/// The numbers of a public key, as OpenSSL calls them, and the key type that they make.
struct key_kind {
  const char* name;
  const char* first;
  const char* second;
};
constexpr key_kind rsa{"RSA", OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E};
constexpr key_kind ec{"EC", OSSL_PKEY_PARAM_GROUP_NAME, OSSL_PKEY_PARAM_PUB_KEY};

template <const key_kind& Kind>
int key_import(void* key, int, const OSSL_PARAM params[]) {
  return safely([&] {
    auto& k = *static_cast<key_data*>(key);
    const OSSL_PARAM* first = OSSL_PARAM_locate_const(params, Kind.first);
    const OSSL_PARAM* second = OSSL_PARAM_locate_const(params, Kind.second);
    if (first == nullptr || second == nullptr) return false;
    const key_context_ptr context(EVP_PKEY_CTX_new_from_name(nullptr, Kind.name, nullptr));
    OSSL_PARAM numbers[] = {*first, *second, OSSL_PARAM_END};
    EVP_PKEY* made = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, numbers) != 1)
      return false;
    k.public_key.reset(made);
    const OSSL_PARAM* signer = OSSL_PARAM_locate_const(params, signer_param);
    if (signer != nullptr) {
      const void* lent = nullptr;
      std::size_t size = 0;
      if (OSSL_PARAM_get_octet_string_ptr(signer, &lent, &size) != 1 || size != sizeof(std::shared_ptr<token_signer>))
        return false;
      k.signer = *static_cast<const std::shared_ptr<token_signer>*>(lent);
    }
    return true;
  });
}
const OSSL_PARAM* rsa_import_types(int) {
  static const OSSL_PARAM types[] = {OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_N, nullptr, 0),
                                     OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_E, nullptr, 0),
                                     OSSL_PARAM_octet_string(signer_param, nullptr, 0), OSSL_PARAM_END};
  return types;
}
const OSSL_PARAM* ec_import_types(int) {
  static const OSSL_PARAM types[] = {OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, nullptr, 0),
                                     OSSL_PARAM_octet_string(OSSL_PKEY_PARAM_PUB_KEY, nullptr, 0),
                                     OSSL_PARAM_octet_string(signer_param, nullptr, 0), OSSL_PARAM_END};
  return types;
}

int key_export(void* key, int selection, OSSL_CALLBACK* take, void* context) {
  const auto& k = *static_cast<const key_data*>(key);
  if ((selection & OSSL_KEYMGMT_SELECT_PRIVATE_KEY) != 0 || !k.public_key) return 0;
  OSSL_PARAM* params = nullptr;
  if (EVP_PKEY_todata(k.public_key.get(), EVP_PKEY_PUBLIC_KEY, &params) != 1) return 0;
  const int taken = take(params, context);
  OSSL_PARAM_free(params);
  return taken;
}
template <const OSSL_PARAM* Types(int)>
const OSSL_PARAM* key_export_types(int selection) {
  static const OSSL_PARAM none[] = {OSSL_PARAM_END};
  if ((selection & OSSL_KEYMGMT_SELECT_PRIVATE_KEY) != 0) return none;
  return Types(selection);
}
const OSSL_PARAM* rsa_numbers(int) {
  static const OSSL_PARAM types[] = {OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_N, nullptr, 0),
                                     OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_E, nullptr, 0), OSSL_PARAM_END};
  return types;
}
const OSSL_PARAM* ec_numbers(int) {
  static const OSSL_PARAM types[] = {OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, nullptr, 0),
                                     OSSL_PARAM_octet_string(OSSL_PKEY_PARAM_PUB_KEY, nullptr, 0), OSSL_PARAM_END};
  return types;
}

int key_get_params(void* key, OSSL_PARAM params[]) {
  const auto& k = *static_cast<const key_data*>(key);
  if (!k.public_key || EVP_PKEY_get_params(k.public_key.get(), params) != 1) return 0;
  OSSL_PARAM* digest = OSSL_PARAM_locate(params, OSSL_PKEY_PARAM_DEFAULT_DIGEST);
  return digest == nullptr || OSSL_PARAM_set_utf8_string(digest, "SHA256") == 1 ? 1 : 0;
}
const OSSL_PARAM* rsa_gettable(void*) {
  static const OSSL_PARAM types[] = {OSSL_PARAM_int(OSSL_PKEY_PARAM_BITS, nullptr),
                                     OSSL_PARAM_int(OSSL_PKEY_PARAM_SECURITY_BITS, nullptr),
                                     OSSL_PARAM_int(OSSL_PKEY_PARAM_MAX_SIZE, nullptr),
                                     OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_DEFAULT_DIGEST, nullptr, 0),
                                     OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_N, nullptr, 0),
                                     OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_E, nullptr, 0),
                                     OSSL_PARAM_END};
  return types;
}
const OSSL_PARAM* ec_gettable(void*) {
  static const OSSL_PARAM types[] = {OSSL_PARAM_int(OSSL_PKEY_PARAM_BITS, nullptr),
                                     OSSL_PARAM_int(OSSL_PKEY_PARAM_SECURITY_BITS, nullptr),
                                     OSSL_PARAM_int(OSSL_PKEY_PARAM_MAX_SIZE, nullptr),
                                     OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_DEFAULT_DIGEST, nullptr, 0),
                                     OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, nullptr, 0),
                                     OSSL_PARAM_octet_string(OSSL_PKEY_PARAM_PUB_KEY, nullptr, 0),
                                     OSSL_PARAM_END};
  return types;
}
/// Keys are called "EC" and their signatures "ECDSA".
const char* ec_operation(int operation) {
  return operation == OSSL_OP_SIGNATURE ? "ECDSA" : nullptr;
}

const OSSL_DISPATCH rsa_functions[] = {entry(OSSL_FUNC_KEYMGMT_NEW, key_new),
                                       entry(OSSL_FUNC_KEYMGMT_FREE, key_free),
                                       entry(OSSL_FUNC_KEYMGMT_HAS, key_has),
                                       entry(OSSL_FUNC_KEYMGMT_MATCH, key_match),
                                       entry(OSSL_FUNC_KEYMGMT_IMPORT, key_import<rsa>),
                                       entry(OSSL_FUNC_KEYMGMT_IMPORT_TYPES, rsa_import_types),
                                       entry(OSSL_FUNC_KEYMGMT_EXPORT, key_export),
                                       entry(OSSL_FUNC_KEYMGMT_EXPORT_TYPES, key_export_types<rsa_numbers>),
                                       entry(OSSL_FUNC_KEYMGMT_GET_PARAMS, key_get_params),
                                       entry(OSSL_FUNC_KEYMGMT_GETTABLE_PARAMS, rsa_gettable),
                                       last_entry};
const OSSL_DISPATCH ec_functions[] = {entry(OSSL_FUNC_KEYMGMT_NEW, key_new),
                                      entry(OSSL_FUNC_KEYMGMT_FREE, key_free),
                                      entry(OSSL_FUNC_KEYMGMT_HAS, key_has),
                                      entry(OSSL_FUNC_KEYMGMT_MATCH, key_match),
                                      entry(OSSL_FUNC_KEYMGMT_IMPORT, key_import<ec>),
                                      entry(OSSL_FUNC_KEYMGMT_IMPORT_TYPES, ec_import_types),
                                      entry(OSSL_FUNC_KEYMGMT_EXPORT, key_export),
                                      entry(OSSL_FUNC_KEYMGMT_EXPORT_TYPES, key_export_types<ec_numbers>),
                                      entry(OSSL_FUNC_KEYMGMT_GET_PARAMS, key_get_params),
                                      entry(OSSL_FUNC_KEYMGMT_GETTABLE_PARAMS, ec_gettable),
                                      entry(OSSL_FUNC_KEYMGMT_QUERY_OPERATION_NAME, ec_operation),
                                      last_entry};

// --- signatures

struct signature_data {
  key_data* key = nullptr;  ///< OpenSSL holds a reference on it for as long as the context lives.
  std::string hash;
  digest_context_ptr digest;
};

void* signature_new(void*, const char*) {
  return new (std::nothrow) signature_data;
}
void signature_free(void* context) {
  delete static_cast<signature_data*>(context);
}

void* signature_dup(void* context) {
  const auto& from = *static_cast<const signature_data*>(context);
  try {
    auto to = std::make_unique<signature_data>();
    to->key = from.key;
    to->hash = from.hash;
    if (from.digest) {
      to->digest.reset(EVP_MD_CTX_new());
      if (!to->digest || EVP_MD_CTX_copy_ex(to->digest.get(), from.digest.get()) != 1) return nullptr;
    }
    return to.release();
  } catch (...) {
    return nullptr;
  }
}

int digest_init(void* context, const char* hash, void* key, const OSSL_PARAM[]) {
  return safely([&] {
    auto& c = *static_cast<signature_data*>(context);
    if (key != nullptr) c.key = static_cast<key_data*>(key);
    c.hash = hash == nullptr || *hash == '\0' ? "SHA256" : hash;
    const EVP_MD* md = EVP_get_digestbyname(c.hash.c_str());
    c.digest.reset(EVP_MD_CTX_new());
    if (c.key == nullptr || md == nullptr || !c.digest || EVP_DigestInit_ex(c.digest.get(), md, nullptr) != 1)
      return false;
    c.hash = EVP_MD_get0_name(md);
    if (c.hash == "SHA2-256") c.hash = "SHA256";
    return true;
  });
}

int digest_update(void* context, const unsigned char* data, std::size_t size) {
  const auto& c = *static_cast<const signature_data*>(context);
  return c.digest ? EVP_DigestUpdate(c.digest.get(), data, size) : 0;
}

/// What verifies with the public key and the digest, by the default provider.
bool digest_verifies(const signature_data& c, octets_view digest, octets_view signature) {
  const key_context_ptr check(EVP_PKEY_CTX_new(c.key->public_key.get(), nullptr));
  return check && EVP_PKEY_verify_init(check.get()) == 1 &&
         EVP_PKEY_CTX_set_signature_md(check.get(), EVP_get_digestbyname(c.hash.c_str())) == 1 &&
         EVP_PKEY_verify(check.get(), signature.data(), signature.size(), digest.data(), digest.size()) == 1;
}

octets finished(const signature_data& c) {
  octets digest(EVP_MAX_MD_SIZE);
  unsigned size = 0;
  if (!c.digest || EVP_DigestFinal_ex(c.digest.get(), digest.data(), &size) != 1) return {};
  digest.resize(size);
  return digest;
}

int digest_sign_final(void* context, unsigned char* signature, std::size_t* size, std::size_t room) {
  return safely([&] {
    auto& c = *static_cast<signature_data*>(context);
    if (c.key == nullptr || !c.key->signer) return false;
    const auto most = static_cast<std::size_t>(EVP_PKEY_get_size(c.key->public_key.get()));
    if (signature == nullptr) {
      *size = most;
      return true;
    }
    const auto digest = finished(c);
    if (digest.empty()) return false;
    auto& signer = *c.key->signer;
    const auto made = signer.sign(c.hash, digest);
    if (!made) {
      if (!signer.failed) signer.failed = made.error();
      return false;
    }
    // A token may sign something else than it was given, or with another key: never hand that out.
    if (made->size() > room || !digest_verifies(c, digest, *made)) {
      if (!signer.failed) signer.failed = fail(KC_E_UNTRUSTED, "KC-TOKEN-SIGNATURE-WRONG");
      return false;
    }
    std::copy(made->begin(), made->end(), signature);
    *size = made->size();
    return true;
  });
}

int digest_verify_final(void* context, const unsigned char* signature, std::size_t size) {
  return safely([&] {
    const auto& c = *static_cast<const signature_data*>(context);
    const auto digest = finished(c);
    return !digest.empty() && digest_verifies(c, digest, {signature, size});
  });
}

/// AlgorithmIdentifier of PKCS #1 v1.5 with SHA-256, -384, -512 (RFC 8017 A.2.4): OID 1.2.840.113549.1.1.{11,12,13},
/// NULL; and of ECDSA with them (RFC 5758 3.2): OID 1.2.840.10045.4.3.{2,3,4}, no parameters.
octets algorithm_id(const signature_data& c) {
  const std::uint8_t which = c.hash == "SHA256" ? 1 : c.hash == "SHA384" ? 2 : c.hash == "SHA512" ? 3 : 0;
  if (which == 0 || c.key == nullptr || !c.key->public_key) return {};
  const auto last = [&](int first) { return static_cast<std::uint8_t>(first + which - 1); };
  if (EVP_PKEY_is_a(c.key->public_key.get(), "EC") != 0)
    return {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, last(0x02)};
  return {0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, last(0x0b), 0x05, 0x00};
}
int signature_get_params(void* context, OSSL_PARAM params[]) {
  return safely([&] {
    const auto& c = *static_cast<const signature_data*>(context);
    if (OSSL_PARAM* id = OSSL_PARAM_locate(params, OSSL_SIGNATURE_PARAM_ALGORITHM_ID); id != nullptr) {
      const auto der = algorithm_id(c);
      if (der.empty() || OSSL_PARAM_set_octet_string(id, der.data(), der.size()) != 1) return false;
    }
    OSSL_PARAM* digest = OSSL_PARAM_locate(params, OSSL_SIGNATURE_PARAM_DIGEST);
    return digest == nullptr || OSSL_PARAM_set_utf8_string(digest, c.hash.c_str()) == 1;
  });
}
const OSSL_PARAM* signature_gettable(void*, void*) {
  static const OSSL_PARAM types[] = {OSSL_PARAM_octet_string(OSSL_SIGNATURE_PARAM_ALGORITHM_ID, nullptr, 0),
                                     OSSL_PARAM_utf8_string(OSSL_SIGNATURE_PARAM_DIGEST, nullptr, 0), OSSL_PARAM_END};
  return types;
}

const OSSL_DISPATCH signature_functions[] = {entry(OSSL_FUNC_SIGNATURE_NEWCTX, signature_new),
                                             entry(OSSL_FUNC_SIGNATURE_FREECTX, signature_free),
                                             entry(OSSL_FUNC_SIGNATURE_DUPCTX, signature_dup),
                                             entry(OSSL_FUNC_SIGNATURE_DIGEST_SIGN_INIT, digest_init),
                                             entry(OSSL_FUNC_SIGNATURE_DIGEST_SIGN_UPDATE, digest_update),
                                             entry(OSSL_FUNC_SIGNATURE_DIGEST_SIGN_FINAL, digest_sign_final),
                                             entry(OSSL_FUNC_SIGNATURE_DIGEST_VERIFY_INIT, digest_init),
                                             entry(OSSL_FUNC_SIGNATURE_DIGEST_VERIFY_UPDATE, digest_update),
                                             entry(OSSL_FUNC_SIGNATURE_DIGEST_VERIFY_FINAL, digest_verify_final),
                                             entry(OSSL_FUNC_SIGNATURE_GET_CTX_PARAMS, signature_get_params),
                                             entry(OSSL_FUNC_SIGNATURE_GETTABLE_CTX_PARAMS, signature_gettable),
                                             last_entry};

// --- the provider

const OSSL_ALGORITHM* offers(void*, int operation, int* no_cache) {
  static const OSSL_ALGORITHM keys[] = {
      {"RSA:rsaEncryption", properties, rsa_functions, "keys in a token"},
      {"EC:id-ecPublicKey:1.2.840.10045.2.1", properties, ec_functions, "keys in a token"},
      {nullptr, nullptr, nullptr, nullptr}};
  static const OSSL_ALGORITHM signatures[] = {{"RSA:rsaEncryption", properties, signature_functions, "keys in a token"},
                                              {"ECDSA", properties, signature_functions, "keys in a token"},
                                              {nullptr, nullptr, nullptr, nullptr}};
  *no_cache = 0;
  if (operation == OSSL_OP_KEYMGMT) return keys;
  if (operation == OSSL_OP_SIGNATURE) return signatures;
  return nullptr;
}

const OSSL_DISPATCH provider_functions[] = {entry(OSSL_FUNC_PROVIDER_QUERY_OPERATION, offers), last_entry};

int provider_init(const OSSL_CORE_HANDLE* handle, const OSSL_DISPATCH*, const OSSL_DISPATCH** out, void** context) {
  *out = provider_functions;
  *context = const_cast<OSSL_CORE_HANDLE*>(handle);
  return 1;
}

}  // namespace

OSSL_LIB_CTX* token_key_context() {
  static OSSL_LIB_CTX* const made = [] {
    OSSL_LIB_CTX* context = OSSL_LIB_CTX_new();
    // The default provider first: what is not asked for by property comes from there.
    if (context != nullptr && (OSSL_PROVIDER_load(context, "default") == nullptr ||
                               OSSL_PROVIDER_add_builtin(context, "keycare", provider_init) != 1 ||
                               OSSL_PROVIDER_load(context, "keycare") == nullptr)) {
      OSSL_LIB_CTX_free(context);
      context = nullptr;
    }
    return context;
  }();
  return made;
}

result<key_ptr> make_token_key(octets_view public_key, std::shared_ptr<token_signer> signer) {
  const auto plain = read_public_key(public_key);
  if (!plain) return plain.error();
  const bool is_rsa = EVP_PKEY_is_a(plain->get(), rsa.name) != 0;
  if (!is_rsa && EVP_PKEY_is_a(plain->get(), ec.name) == 0) return fail(KC_E_UNSUPPORTED, "KC-TOKEN-ALGORITHM");
  const auto& kind = is_rsa ? rsa : ec;
  const auto failed = [] {
    ERR_clear_error();
    return fail(KC_E_FAILED, "KC-CRYPTO-FAILED");
  };
  OSSL_PARAM* numbers = nullptr;
  const key_context_ptr context(EVP_PKEY_CTX_new_from_name(token_key_context(), kind.name, properties));
  if (!context || EVP_PKEY_todata(plain->get(), EVP_PKEY_PUBLIC_KEY, &numbers) != 1) return failed();
  const std::unique_ptr<OSSL_PARAM, openssl_free<OSSL_PARAM_free>> owned(numbers);
  const OSSL_PARAM* first = OSSL_PARAM_locate_const(numbers, kind.first);
  const OSSL_PARAM* second = OSSL_PARAM_locate_const(numbers, kind.second);
  if (first == nullptr || second == nullptr) return failed();
  OSSL_PARAM params[] = {*first, *second, OSSL_PARAM_construct_octet_string(signer_param, &signer, sizeof signer),
                         OSSL_PARAM_END};
  EVP_PKEY* made = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEYPAIR, params) != 1)
    return failed();
  return key_ptr(made);
}

}  // namespace keycare::services
