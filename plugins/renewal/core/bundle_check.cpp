// bundle_check.cpp - the bundle against the order.
#include "plugins/renewal/core/bundle_check.hpp"

#include "plugins/common/encoding.hpp"
#include "plugins/renewal/core/name_match.hpp"

namespace keycare::renewal {

using nlohmann::json;

namespace {

constexpr std::size_t max_item = 16 * 1024;  // octets of base64: openapi.json
constexpr std::size_t max_chain = 8;

std::optional<octets> data(const json& from) {
  if (!from.is_string() || from.get_ref<const std::string&>().size() > max_item) return std::nullopt;
  auto out = common::from_base64(from.get_ref<const std::string&>());
  return out && !out->empty() ? out : std::nullopt;
}

}  // namespace

result<held_bundle> read_bundle(const json& from_ra) {
  const auto broken = fail(KC_E_DAMAGED, "KC-RA-ANSWER");
  const auto generation = from_ra.find("generation");
  const auto chain = from_ra.find("chain");
  if (generation == from_ra.end() || !generation->is_number_integer() || chain == from_ra.end() || !chain->is_array() ||
      chain->size() > max_chain)
    return broken;
  const auto signing = data(from_ra.value("signing_certificate", json()));
  if (!signing) return broken;
  held_bundle out;
  out.generation = *generation;
  out.certificates.signing_certificate = *signing;
  for (const auto& item : *chain) {
    auto der = data(item);
    if (!der) return broken;
    out.chain.push_back(std::move(*der));
  }
  if (from_ra.contains("encryption_certificate")) {
    auto der = data(from_ra["encryption_certificate"]);
    if (!der) return broken;
    out.certificates.encryption_certificate = std::move(*der);
  }
  if (const auto envelope = from_ra.find("key_envelope"); envelope != from_ra.end()) {
    if (!envelope->is_object()) return broken;
    auto bytes = data(envelope->value("data", json()));
    const auto format = envelope->value("format", json());
    if (!bytes || !format.is_string() || format.get_ref<const std::string&>().size() > 64) return broken;
    out.certificates.key_envelope = std::move(*bytes);
    out.certificates.envelope_format = format;
  }
  return out;
}

std::optional<std::string> bundle_problem(const held_bundle& got, const certificate_info& signing,
                                          const std::optional<certificate_info>& encryption,
                                          std::string_view key_sha256_of_signing, const bundle_expectation& wanted) {
  if (got.generation != wanted.generation) return "KC-RENEWAL-BUNDLE-GENERATION";
  if (key_sha256_of_signing != wanted.public_key_sha256) return "KC-RENEWAL-BUNDLE-KEY";
  if (!same_name(signing.subject_der, wanted.old_subject_der)) return "KC-RENEWAL-BUNDLE-SUBJECT";
  if (signing.not_after != wanted.new_not_after || signing.not_before >= signing.not_after)
    return "KC-RENEWAL-BUNDLE-DATES";
  if (signing.serial.empty() || signing.serial == wanted.old_serial) return "KC-RENEWAL-BUNDLE-SERIAL";
  const bool has_envelope = !got.certificates.key_envelope.empty() && !got.certificates.envelope_format.empty();
  if (encryption.has_value() != has_envelope) return "KC-RENEWAL-BUNDLE-ENVELOPE";
  if (!encryption) return std::nullopt;
  if (!same_name(encryption->subject_der, wanted.old_subject_der)) return "KC-RENEWAL-BUNDLE-SUBJECT";
  if (encryption->not_after != wanted.new_not_after) return "KC-RENEWAL-BUNDLE-DATES";
  if (encryption->serial == wanted.old_serial || encryption->serial == signing.serial)
    return "KC-RENEWAL-BUNDLE-SERIAL";
  // The encryption pair is another pair: its private key is known to the RA's key centre.
  if (encryption->public_key == signing.public_key) return "KC-RENEWAL-BUNDLE-KEY";
  return std::nullopt;
}

}  // namespace keycare::renewal
