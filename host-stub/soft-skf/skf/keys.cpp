// keys.cpp - key pairs of containers: generate, import, sign, export the public half. ECC comes with SM2.
#include "../crypto.hpp"
#include "../pins.hpp"
#include "api.hpp"
#include "private_key.hpp"

namespace keycare::soft_skf {

result<crypto::pkey> open_private_key(const container_operation& op, byte_view master, bool signing) {
  const auto& pair = op.box->slot(signing).pair;
  if (!pair) return sar(SAR_KEYNOTFOUNTERR);
  const auto der = crypto::open(master, key_association(op.guard.state.serial, op.name, op.box->name, signing, *pair),
                                pair->private_key);
  if (!der) return der.error();
  return crypto::from_pkcs1(*der);
}

}  // namespace keycare::soft_skf

using namespace keycare;
using namespace keycare::soft_skf;

namespace {

RSAPUBLICKEYBLOB blob_of(const key_pair& pair) {
  RSAPUBLICKEYBLOB blob{};
  blob.AlgID = SGD_RSA;
  blob.BitLen = rsa_octets * 8;
  std::memcpy(blob.Modulus, pair.modulus.data(), rsa_octets);
  std::memcpy(blob.PublicExponent, pair.exponent.data(), exponent_octets);
  return blob;
}

/// Seals a pair into a slot of the container, in memory.
result<void> put_pair(container_operation& op, byte_view master, bool signing, EVP_PKEY* key) {
  auto pair = crypto::public_part(key);
  if (!pair) return pair.error();
  const auto der = crypto::to_pkcs1(key);
  if (!der) return der.error();
  auto sealed =
      crypto::seal(master, key_association(op.guard.state.serial, op.name, op.box->name, signing, *pair), *der);
  if (!sealed) return sealed.error();
  pair->private_key = std::move(*sealed);
  op.box->slot(signing).pair = std::move(*pair);
  return {};
}

}  // namespace

ULONG DEVAPI SKF_GenRSAKeyPair(HCONTAINER hContainer, ULONG ulBitsLen, RSAPUBLICKEYBLOB* pBlob) {
  // A container that has a signing pair keeps it: the old key may be all that proves who its owner is.
  return call("SKF_GenRSAKeyPair", [&]() -> result<void> {
    if (pBlob == nullptr) return sar(SAR_INVALIDPARAMERR);
    if (ulBitsLen != rsa_octets * 8) return sar(SAR_RSAMODULUSLENERR);
    const auto ready = [](const container_operation& op) -> result<secret> {
      auto master = op.key_of(role::user);
      if (master && op.box->sign.pair) return sar(SAR_KEYUSAGEERR);
      return master;
    };
    {
      const auto op = begin_container(hContainer, access::use);
      if (!op) return op.error();
      if (auto master = ready(*op); !master) return master.error();
    }
    const auto key = crypto::generate_rsa();  // takes a fraction of a second; not under the token's lock
    if (!key) return key.error();
    auto op = begin_container(hContainer, access::use);
    if (!op) return op.error();
    const auto master = ready(*op);
    if (!master) return master.error();
    if (auto put = put_pair(*op, *master, true, key->get()); !put) return put;
    if (auto done = op->guard.commit(); !done) return done;
    *pBlob = blob_of(*op->box->sign.pair);
    return {};
  });
}

ULONG DEVAPI SKF_ImportRSAKeyPair(HCONTAINER hContainer, ULONG ulSymAlgId, BYTE* pbWrappedKey, ULONG ulWrappedKeyLen,
                                  BYTE* pbEncryptedData, ULONG ulEncryptedDataLen) {
  // The exchange pair: its PKCS#1 private key under a session key, and that one under the container's signing key. The
  // same pair may come again (an installation that is repeated); another one may not replace it, since the old one is
  // still needed to read what was encrypted to it.
  return call("SKF_ImportRSAKeyPair", [&]() -> result<void> {
    const auto wrapped = bytes_argument(pbWrappedKey, ulWrappedKeyLen);
    if (!wrapped) return wrapped.error();
    const auto encrypted = bytes_argument(pbEncryptedData, ulEncryptedDataLen, 4096);
    if (!encrypted) return encrypted.error();
    if (ulSymAlgId != SGD_SMS4_ECB) return sar(SAR_NOTSUPPORTYETERR);
    if (wrapped->size() != rsa_octets || encrypted->empty() || encrypted->size() % 16 != 0) {
      return sar(SAR_INDATALENERR);
    }
    auto op = begin_container(hContainer, access::use);
    if (!op) return op.error();
    const auto master = op->key_of(role::user);
    if (!master) return master.error();
    const auto signing = open_private_key(*op, *master, true);
    if (!signing) return signing.error();
    const auto session = crypto::rsa_decrypt(signing->get(), *wrapped);
    if (!session) return session.error();
    if (session->size() != 16) return sar(SAR_INDATAERR);
    const auto der = crypto::sm4(false, *session, {}, false, *encrypted);
    if (!der) return der.error();
    const auto key = crypto::from_pkcs1(*der);
    if (!key) return key.error();
    const auto incoming = crypto::public_part(key->get());
    if (!incoming) return incoming.error();
    if (const auto& present = op->box->exchange.pair) {
      if (present->modulus == incoming->modulus && present->exponent == incoming->exponent) return {};
      return sar(SAR_KEYUSAGEERR);
    }
    if (!crypto::pair_is_consistent(key->get())) return sar(SAR_INDATAERR);
    if (auto put = put_pair(*op, *master, false, key->get()); !put) return put;
    return op->guard.commit();
  });
}

ULONG DEVAPI SKF_RSASignData(HCONTAINER hContainer, BYTE* pbData, ULONG ulDataLen, BYTE* pbSignature,
                             ULONG* pulSignLen) {
  // PKCS#1 v1.5 type 1 padding around what the caller brings, usually a DigestInfo; at most the modulus less 11 octets.
  return call("SKF_RSASignData", [&]() -> result<void> {
    const auto data = bytes_argument(pbData, ulDataLen);
    if (!data) return data.error();
    if (pulSignLen == nullptr) return sar(SAR_INVALIDPARAMERR);
    if (data->empty() || data->size() > rsa_octets - 11) return sar(SAR_INDATALENERR);
    const auto op = begin_container(hContainer, access::use);
    if (!op) return op.error();
    const auto master = op->key_of(role::user);
    if (!master) return master.error();
    const auto key = open_private_key(*op, *master, true);
    if (!key) return key.error();
    if (pbSignature == nullptr || *pulSignLen < rsa_octets) {
      return answer(bytes(rsa_octets), pbSignature, pulSignLen);  // the size, without a signature
    }
    const auto signature = crypto::rsa_sign(key->get(), *data);
    if (!signature) return signature.error();
    return answer(*signature, pbSignature, pulSignLen);
  });
}

ULONG DEVAPI SKF_RSAVerify(DEVHANDLE hDev, RSAPUBLICKEYBLOB* pRSAPubKeyBlob, BYTE* pbData, ULONG ulDataLen,
                           BYTE* pbSignature, ULONG ulSignLen) {
  return call("SKF_RSAVerify", [&]() -> result<void> {
    const auto data = bytes_argument(pbData, ulDataLen);
    const auto signature = bytes_argument(pbSignature, ulSignLen);
    if (!data) return data.error();
    if (!signature) return signature.error();
    if (pRSAPubKeyBlob == nullptr) return sar(SAR_INVALIDPARAMERR);
    const auto dev = process::get().find<device>(hDev);
    if (!dev || !dev->connected) return sar(SAR_INVALIDHANDLEERR);
    const auto key = crypto::from_public(pRSAPubKeyBlob->Modulus, pRSAPubKeyBlob->PublicExponent);
    if (!key) return key.error();
    if (!crypto::rsa_verify(key->get(), *data, *signature)) return sar(SAR_HASHNOTEQUALERR);
    return {};
  });
}

ULONG DEVAPI SKF_ExportPublicKey(HCONTAINER hContainer, BOOL bSignFlag, BYTE* pbBlob, ULONG* pulBlobLen) {
  return call("SKF_ExportPublicKey", [&]() -> result<void> {
    if (pulBlobLen == nullptr) return sar(SAR_INVALIDPARAMERR);
    const auto op = begin_container(hContainer, access::look);
    if (!op) return op.error();
    const auto& pair = op->box->slot(bSignFlag != FALSE).pair;
    if (!pair) return sar(SAR_KEYNOTFOUNTERR);
    const RSAPUBLICKEYBLOB blob = blob_of(*pair);
    return answer({reinterpret_cast<const std::uint8_t*>(&blob), sizeof blob}, pbBlob, pulBlobLen);
  });
}

namespace {

/// What every ECC function answers until SM2 is there.
ULONG no_ecc(std::string_view function) {
  return call(function, []() -> result<void> { return sar(SAR_NOTSUPPORTYETERR); });
}

}  // namespace

ULONG DEVAPI SKF_GenECCKeyPair(HCONTAINER, ULONG, ECCPUBLICKEYBLOB*) {
  return no_ecc("SKF_GenECCKeyPair");
}
ULONG DEVAPI SKF_ImportECCKeyPair(HCONTAINER, ENVELOPEDKEYBLOB*) {
  return no_ecc("SKF_ImportECCKeyPair");
}
ULONG DEVAPI SKF_ECCSignData(HCONTAINER, BYTE*, ULONG, ECCSIGNATUREBLOB*) {
  return no_ecc("SKF_ECCSignData");
}
ULONG DEVAPI SKF_ECCVerify(DEVHANDLE, ECCPUBLICKEYBLOB*, BYTE*, ULONG, ECCSIGNATUREBLOB*) {
  return no_ecc("SKF_ECCVerify");
}
