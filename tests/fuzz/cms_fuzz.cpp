// cms_fuzz.cpp - CMS SignedData of the RA (receipts, times, unlock authorisations) against a pinned signer.
#include "host-stub/services/crypto/certificate.hpp"
#include "host-stub/services/crypto/encoding.hpp"
#include "host-stub/services/crypto/trust.hpp"
#include "promises.hpp"

using namespace keycare;

namespace {

// The signer's certificate. Its key signed `only` once (corpus/cms/signed) and was thrown away: whatever else verifies
// is a forgery.
constexpr std::string_view signer =
#include "cms_signer.inc"
    ;
constexpr std::string_view only = "keycare fuzz: the only text that this key has signed";

}  // namespace

FUZZ(cms) {
  static const auto pinned = *services::read_certificate(*services::from_base64(signer));
  const auto content = services::verify_signed_by(pinned.get(), data);
  if (fuzz::good(content)) fuzz::must(text_of(*content) == only, "nobody else's text verifies");
}
