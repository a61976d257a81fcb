// certificate_fuzz.cpp - certificates and names in DER, as tokens and the RA give them.
#include "host-stub/services/crypto/certificate.hpp"
#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/token/pkcs11/certificate_parts.hpp"
#include "plugins/renewal/core/name_match.hpp"
#include "promises.hpp"

using namespace keycare;

FUZZ(certificate) {
  (void)renewal::same_name(data, data);
  (void)renewal::same_name(data, data.first(data.size() / 2));
  (void)services::read_public_key(data);
  const auto parts = services::pkcs11::parts_of_certificate(data);
  const auto parsed = services::parse_certificate(data);
  if (!fuzz::good(parsed)) return;
  for (const auto& text : {parsed->subject, parsed->common_name, parsed->issuer, parsed->serial, parsed->algorithm})
    fuzz::must(fuzz::is_utf8(text), "a certificate's texts are UTF-8");
  fuzz::must(parsed->der.size() == data.size(), "the whole certificate was read");
  fuzz::must(!parsed->serial.empty(), "a certificate has a serial number");
  (void)services::read_public_key(parsed->public_key);
  fuzz::must(!parts || parts->public_key.size() >= 2, "a key that was found is an element of DER");
}
