// key_test.cpp - RSA pairs: generated, imported, used; and nothing private at rest or on the way out.
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <array>
#include <cstring>
#include <memory>

#include "vendor.hpp"

namespace soft_skf_test {

using octets = std::vector<BYTE>;
using pkey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

/// The key in a blob, made by OpenSSL without soft-skf's help.
pkey key_of(const skf::RSAPUBLICKEYBLOB& blob) {
  BIGNUM* n = BN_bin2bn(blob.Modulus, 256, nullptr);
  BIGNUM* e = BN_bin2bn(blob.PublicExponent, 4, nullptr);
  OSSL_PARAM_BLD* builder = OSSL_PARAM_BLD_new();
  OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n);
  OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e);
  OSSL_PARAM* params = OSSL_PARAM_BLD_to_param(builder);
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr);
  EVP_PKEY* key = nullptr;
  EVP_PKEY_fromdata_init(context);
  EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, params);
  EVP_PKEY_CTX_free(context);
  OSSL_PARAM_free(params);
  OSSL_PARAM_BLD_free(builder);
  BN_free(n);
  BN_free(e);
  return {key, EVP_PKEY_free};
}

octets encrypt_to(EVP_PKEY* key, const octets& plain) {
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key, nullptr);
  octets out(256);
  std::size_t size = out.size();
  EVP_PKEY_encrypt_init(context);
  EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING);
  EXPECT_EQ(EVP_PKEY_encrypt(context, out.data(), &size, plain.data(), plain.size()), 1);
  EVP_PKEY_CTX_free(context);
  return out;
}

octets sm4(const EVP_CIPHER* mode, const octets& key, const BYTE* iv, bool padding, const octets& plain) {
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  octets out(plain.size() + 16);
  int head = 0;
  int tail = 0;
  EVP_EncryptInit_ex(context, mode, nullptr, key.data(), iv);
  EVP_CIPHER_CTX_set_padding(context, padding ? 1 : 0);
  EVP_EncryptUpdate(context, out.data(), &head, plain.data(), static_cast<int>(plain.size()));
  EVP_EncryptFinal_ex(context, out.data() + head, &tail);
  EVP_CIPHER_CTX_free(context);
  out.resize(static_cast<std::size_t>(head + tail));
  return out;
}

/// SHA-256 of a message as PKCS#1's DigestInfo: what the caller of SKF_RSASignData brings.
octets digest_info(std::string_view message) {
  octets out = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
  std::array<BYTE, 32> hash{};
  EVP_Digest(message.data(), message.size(), hash.data(), nullptr, EVP_sha256(), nullptr);
  out.insert(out.end(), hash.begin(), hash.end());
  return out;
}

/// What an RA sends: an exchange pair, wrapped for the container's signing key.
struct envelope {
  octets wrapped_key;
  octets encrypted;
  pkey key{nullptr, EVP_PKEY_free};
};

envelope make_envelope(const skf::RSAPUBLICKEYBLOB& signing, unsigned bits = 2048) {
  envelope out;
  out.key.reset(EVP_RSA_gen(bits));
  octets der(4096);
  unsigned char* cursor = der.data();
  der.resize(static_cast<std::size_t>(i2d_PrivateKey(out.key.get(), &cursor)));
  const octets session(16, 0x5a);
  out.encrypted = sm4(EVP_sm4_ecb(), session, nullptr, true, der);
  out.wrapped_key = encrypt_to(key_of(signing).get(), session);
  return out;
}

class Key : public Folder {
protected:
  void SetUp() override {
    make_token("token");
    s = std::make_unique<session>();
    ASSERT_EQ(s->log_in(), SAR_OK);
    container = s->container("c");
    ASSERT_NE(container, nullptr);
  }
  void generate() { ASSERT_EQ(lib().GenRSAKeyPair(container, 2048, &blob), SAR_OK); }
  ULONG type() {
    ULONG out = 99;
    lib().GetContainerType(container, &out);
    return out;
  }
  ULONG import(const envelope& e) {
    return lib().ImportRSAKeyPair(container, SGD_SMS4_ECB, const_cast<BYTE*>(e.wrapped_key.data()),
                                  static_cast<ULONG>(e.wrapped_key.size()), const_cast<BYTE*>(e.encrypted.data()),
                                  static_cast<ULONG>(e.encrypted.size()));
  }

  std::unique_ptr<session> s;
  skf::HCONTAINER container = nullptr;
  skf::RSAPUBLICKEYBLOB blob{};
};

TEST_F(Key, ASignatureOfTheContainersKeyVerifiesUnderThePublicKeyItExports) {
  EXPECT_EQ(type(), ULONG{SKF_CONTAINER_NONE});
  generate();
  EXPECT_EQ(type(), ULONG{SKF_CONTAINER_RSA});
  EXPECT_EQ(blob.AlgID, ULONG{SGD_RSA});
  EXPECT_EQ(blob.BitLen, 2048u);

  skf::RSAPUBLICKEYBLOB exported{};
  ULONG size = sizeof exported;
  ASSERT_EQ(lib().ExportPublicKey(container, TRUE, reinterpret_cast<BYTE*>(&exported), &size), SAR_OK);
  EXPECT_EQ(std::memcmp(&exported, &blob, sizeof blob), 0);
  EXPECT_EQ(lib().ExportPublicKey(container, FALSE, nullptr, &size), ULONG{SAR_KEYNOTFOUNTERR});

  octets info = digest_info("message");
  octets signature;
  size = 0;
  ASSERT_EQ(lib().RSASignData(container, info.data(), static_cast<ULONG>(info.size()), nullptr, &size), SAR_OK);
  ASSERT_EQ(size, 256u);
  signature.resize(size);
  ASSERT_EQ(lib().RSASignData(container, info.data(), static_cast<ULONG>(info.size()), signature.data(), &size),
            SAR_OK);
  const pkey key = key_of(exported);
  EVP_MD_CTX* verify = EVP_MD_CTX_new();
  EVP_DigestVerifyInit(verify, nullptr, EVP_sha256(), nullptr, key.get());
  EXPECT_EQ(EVP_DigestVerify(verify, signature.data(), signature.size(), raw("message"), 7), 1);
  EVP_MD_CTX_free(verify);
  EXPECT_EQ(lib().RSAVerify(s->device, &blob, info.data(), static_cast<ULONG>(info.size()), signature.data(), size),
            SAR_OK);
  signature[9] ^= 1;
  EXPECT_EQ(lib().RSAVerify(s->device, &blob, info.data(), static_cast<ULONG>(info.size()), signature.data(), size),
            ULONG{SAR_HASHNOTEQUALERR});
}

TEST_F(Key, SigningTakesAtMostTheModulusLess11Octets) {
  generate();
  octets data(246, 1);
  octets signature(256);
  ULONG size = 256;
  EXPECT_EQ(lib().RSASignData(container, data.data(), 246, signature.data(), &size), ULONG{SAR_INDATALENERR});
  EXPECT_EQ(lib().RSASignData(container, data.data(), 245, signature.data(), &size), SAR_OK);
  size = 255;
  EXPECT_EQ(lib().RSASignData(container, data.data(), 245, signature.data(), &size), ULONG{SAR_BUFFER_TOO_SMALL});
  EXPECT_EQ(size, 256u);
}

TEST_F(Key, WithoutALoginNothingIsSignedOrGenerated) {
  generate();
  lib().ClearSecureState(s->app);
  octets info = digest_info("message");
  octets signature(256);
  ULONG size = 256;
  EXPECT_EQ(lib().RSASignData(container, info.data(), static_cast<ULONG>(info.size()), signature.data(), &size),
            ULONG{SAR_USER_NOT_LOGGED_IN});
  EXPECT_EQ(lib().GenRSAKeyPair(container, 2048, &blob), ULONG{SAR_USER_NOT_LOGGED_IN});
  EXPECT_EQ(s->verify(admin_pin, ADMIN_TYPE), SAR_OK);
  EXPECT_EQ(lib().RSASignData(container, info.data(), static_cast<ULONG>(info.size()), signature.data(), &size),
            ULONG{SAR_USER_NOT_LOGGED_IN})
      << "the admin is not the user";
}

TEST_F(Key, AnExistingPairIsNeverReplaced) {
  generate();
  const skf::RSAPUBLICKEYBLOB first = blob;
  EXPECT_EQ(lib().GenRSAKeyPair(container, 2048, &blob), ULONG{SAR_KEYUSAGEERR});
  EXPECT_EQ(lib().GenRSAKeyPair(container, 1024, &blob), ULONG{SAR_RSAMODULUSLENERR});
  ULONG size = sizeof blob;
  ASSERT_EQ(lib().ExportPublicKey(container, TRUE, reinterpret_cast<BYTE*>(&blob), &size), SAR_OK);
  EXPECT_EQ(std::memcmp(&first, &blob, sizeof blob), 0);
}

TEST_F(Key, AnImportedExchangePairDecryptsWhatIsEncryptedToIt) {
  generate();
  const envelope ra = make_envelope(blob);
  ASSERT_EQ(import(ra), SAR_OK);
  EXPECT_EQ(import(ra), SAR_OK) << "an installation may be repeated";
  EXPECT_EQ(import(make_envelope(blob)), ULONG{SAR_KEYUSAGEERR}) << "another pair must not replace it";

  skf::RSAPUBLICKEYBLOB exchange{};
  ULONG size = sizeof exchange;
  ASSERT_EQ(lib().ExportPublicKey(container, FALSE, reinterpret_cast<BYTE*>(&exchange), &size), SAR_OK);
  EXPECT_EQ(EVP_PKEY_eq(key_of(exchange).get(), ra.key.get()), 1);

  const octets session(16, 0x33);
  octets wrapped = encrypt_to(key_of(exchange).get(), session);
  skf::HANDLE handle = nullptr;
  ASSERT_EQ(lib().ImportSessionKey(container, SGD_SMS4_CBC, wrapped.data(), 256, &handle), SAR_OK);
  skf::BLOCKCIPHERPARAM param{};
  std::memset(param.IV, 7, 16);
  param.IVLen = 16;
  param.PaddingType = SKF_PADDING_PKCS5;
  octets secret_text(21, 'x');
  octets cipher = sm4(EVP_sm4_cbc(), session, param.IV, true, secret_text);
  octets plain(100);
  size = 100;
  EXPECT_EQ(lib().Decrypt(handle, cipher.data(), static_cast<ULONG>(cipher.size()), plain.data(), &size),
            ULONG{SAR_NOTINITIALIZEERR});
  ASSERT_EQ(lib().DecryptInit(handle, param), SAR_OK);
  ASSERT_EQ(lib().Decrypt(handle, cipher.data(), static_cast<ULONG>(cipher.size()), plain.data(), &size), SAR_OK);
  plain.resize(size);
  EXPECT_EQ(plain, secret_text);
  EXPECT_EQ(lib().CloseHandle(handle), SAR_OK);
}

TEST_F(Key, ASessionKeyForAnothersPublicKeyGoesThereAndBack) {
  generate();
  ASSERT_EQ(import(make_envelope(blob)), SAR_OK);
  skf::RSAPUBLICKEYBLOB exchange{};
  ULONG size = sizeof exchange;
  ASSERT_EQ(lib().ExportPublicKey(container, FALSE, reinterpret_cast<BYTE*>(&exchange), &size), SAR_OK);
  octets wrapped(256);
  skf::HANDLE sender = nullptr;
  skf::HANDLE receiver = nullptr;
  size = 256;
  ASSERT_EQ(lib().RSAExportSessionKey(container, SGD_SMS4_ECB, &exchange, wrapped.data(), &size, &sender), SAR_OK);
  ASSERT_EQ(lib().ImportSessionKey(container, SGD_SMS4_ECB, wrapped.data(), 256, &receiver), SAR_OK);
  skf::BLOCKCIPHERPARAM param{};
  octets text(32, 9);
  octets cipher(32);
  octets back(32);
  size = 32;
  ASSERT_EQ(lib().EncryptInit(sender, param), SAR_OK);
  ASSERT_EQ(lib().Encrypt(sender, text.data(), 32, cipher.data(), &size), SAR_OK);
  ASSERT_EQ(lib().DecryptInit(receiver, param), SAR_OK);
  ASSERT_EQ(lib().Decrypt(receiver, cipher.data(), 32, back.data(), &size), SAR_OK);
  EXPECT_EQ(back, text);
  EXPECT_NE(cipher, text);
}

TEST_F(Key, ADamagedOrForeignEnvelopeIsRefusedAndChangesNothing) {
  generate();
  envelope ra = make_envelope(blob);
  ra.encrypted[40] ^= 1;
  EXPECT_NE(import(ra), SAR_OK);
  ra = make_envelope(blob);
  ra.wrapped_key[3] ^= 1;
  EXPECT_NE(import(ra), SAR_OK);
  EXPECT_EQ(import(make_envelope(blob, 1024)), ULONG{SAR_RSAMODULUSLENERR});
  ULONG size = 0;
  EXPECT_EQ(lib().ExportPublicKey(container, FALSE, nullptr, &size), ULONG{SAR_KEYNOTFOUNTERR});
}

TEST_F(Key, BothCertificatesOfAContainerComeBackAsTheyWentIn) {
  generate();
  octets signing(1500, 0x30);
  octets exchange(900, 0x31);
  ULONG size = 0;
  EXPECT_EQ(lib().ExportCertificate(container, TRUE, nullptr, &size), ULONG{SAR_CERTNOTFOUNTERR});
  ASSERT_EQ(lib().ImportCertificate(container, TRUE, signing.data(), 1500), SAR_OK);
  ASSERT_EQ(lib().ImportCertificate(container, FALSE, exchange.data(), 900), SAR_OK);
  lib().ClearSecureState(s->app);
  ASSERT_EQ(lib().ExportCertificate(container, TRUE, nullptr, &size), SAR_OK);
  octets back(size);
  ASSERT_EQ(lib().ExportCertificate(container, TRUE, back.data(), &size), SAR_OK);
  EXPECT_EQ(back, signing);
  ASSERT_EQ(lib().ExportCertificate(container, FALSE, back.data(), &size), SAR_OK);
  back.resize(size);
  EXPECT_EQ(back, exchange);
  EXPECT_EQ(lib().ImportCertificate(container, TRUE, signing.data(), 70000), ULONG{SAR_INDATALENERR});
}

TEST_F(Key, TheKeySurvivesANewPinAndAnUnblock) {
  generate();
  ULONG retries = 0;
  ASSERT_EQ(lib().ChangePIN(s->app, USER_TYPE, str(user_pin), str("second-pin"), &retries), SAR_OK);
  ASSERT_EQ(lib().UnblockPIN(s->app, str(admin_pin), str("third-pin"), &retries), SAR_OK);
  ASSERT_EQ(s->verify("third-pin"), SAR_OK);
  octets info = digest_info("message");
  octets signature(256);
  ULONG size = 256;
  ASSERT_EQ(lib().RSASignData(container, info.data(), static_cast<ULONG>(info.size()), signature.data(), &size),
            SAR_OK);
  EXPECT_EQ(lib().RSAVerify(s->device, &blob, info.data(), static_cast<ULONG>(info.size()), signature.data(), size),
            SAR_OK);
}

TEST_F(Key, NoPrivateKeyStandsInTheTokenFile) {
  generate();
  const envelope ra = make_envelope(blob);
  ASSERT_EQ(import(ra), SAR_OK);
  BIGNUM* d = nullptr;
  ASSERT_EQ(EVP_PKEY_get_bn_param(ra.key.get(), OSSL_PKEY_PARAM_RSA_D, &d), 1);
  std::string exponent(static_cast<std::size_t>(BN_num_bytes(d)), '\0');
  BN_bn2bin(d, raw(exponent));
  BN_free(d);
  EXPECT_EQ(file_content("token").find(exponent.substr(0, 32)), std::string::npos);
}

}  // namespace soft_skf_test
