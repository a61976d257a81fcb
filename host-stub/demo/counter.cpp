// counter.cpp - see counter.hpp.
#include "host-stub/demo/counter.hpp"

#include "host-stub/services/crypto/openssl_ptr.hpp"
#include "host-stub/services/signing/made_by_token.hpp"
#include "host-stub/services/token/skf/library.hpp"
#include "host-stub/soft-skf/softskf_admin.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

namespace keycare::demo {
namespace {

constexpr const char* application = "KEYCARE";
constexpr const char* container = "FIRST";

std::string base64(octets_view data) {
  std::string out(4 * ((data.size() + 2) / 3), '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), data.data(), static_cast<int>(data.size()));
  return out;
}

result<octets> from_base64(const std::string& text) {
  octets out(3 * (text.size() / 4));
  const int size =
      EVP_DecodeBlock(out.data(), reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0 || text.size() % 4 != 0) return fail(KC_E_DAMAGED, "KC-DEMO-DESK");
  const auto padding = text.ends_with("==") ? 2u : text.ends_with("=") ? 1u : 0u;
  out.resize(static_cast<std::size_t>(size) - padding);
  return out;
}

/// C=CN, O and CN, as UTF8String (RFC 5280 4.1.2.4).
result<octets> subject_of(const std::string& organisation) {
  std::unique_ptr<X509_NAME, decltype(&X509_NAME_free)> name(X509_NAME_new(), X509_NAME_free);
  const auto add = [&](const char* field, int type, const std::string& value) {
    return X509_NAME_add_entry_by_txt(name.get(), field, type, reinterpret_cast<const unsigned char*>(value.data()),
                                      static_cast<int>(value.size()), -1, 0) == 1;
  };
  if (!name || !add("C", MBSTRING_ASC, "CN") || !add("O", MBSTRING_UTF8, organisation) ||
      !add("CN", MBSTRING_UTF8, organisation))
    return fail(KC_E_FAILED, "KC-DEMO-SUBJECT");
  unsigned char* der = nullptr;
  const int size = i2d_X509_NAME(name.get(), &der);
  if (size < 0) return fail(KC_E_FAILED, "KC-DEMO-SUBJECT");
  octets out(der, der + size);
  OPENSSL_free(der);
  return out;
}

std::span<const char> characters(const services::secret& pin) {
  return {pin.text().data(), pin.size()};
}

}  // namespace

result<handed_over> hand_over(ra_process& ra, const std::filesystem::path& library, const std::filesystem::path& folder,
                              const std::filesystem::path& remembered, const order_at_counter& order,
                              const services::secret& user_pin, const services::secret& admin_pin) {
  soft_skf::token_spec spec;
  spec.name = order.name;
  spec.serial = order.serial;
  spec.scrypt_log2_n = order.scrypt_log2_n;
  soft_skf::application_spec first;
  first.name = application;
  first.user_pin = characters(user_pin);
  first.admin_pin = characters(admin_pin);
  first.user_tries = order.tries;
  first.admin_tries = order.tries;
  spec.applications.push_back(first);
  const auto made = soft_skf::create_token(folder.string(), spec);
  if (!made) return made.error();

  const auto module = services::skf::load({"soft-skf", library, services::ulong_width::automatic}, remembered);
  if (!module) return module.error();
  const auto tokens = (*module)->tokens();
  if (!tokens) return tokens.error();
  handed_over out;
  for (const auto& token : tokens->items)
    if (token.token.serial == made->serial) out.token = token.token;
  if (out.token.serial.empty()) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
  const auto session = (*module)->open(out.token);
  if (!session) return session.error();
  auto& card = **session;
  if (auto ok = card.verify_pin(application, services::pin_kind::user, user_pin); !ok) return ok.error();
  if (auto ok = card.create_container(application, container); !ok) return ok.error();
  const auto key = card.generate(application, container, "rsa-2048");
  if (!key) return key.error();
  const services::key_place place{application, container, services::key_usage::sign};
  const auto subject = subject_of(order.organisation);
  if (!subject) return subject.error();
  const auto request = services::make_request(
      *key, *subject, [&](std::string_view hash, octets_view digest) { return card.sign(place, hash, digest); });
  if (!request) return request.error();

  const auto issued =
      ra.desk("certificates", {{"account", order.account},
                               {"csr", base64(*request)},
                               {"token", {{"manufacturer", out.token.manufacturer}, {"serial", out.token.serial}}},
                               {"not_before", order.not_before},
                               {"not_after", order.not_after},
                               {"applicant", order.applicant}});
  if (!issued) return issued.error();
  const auto certificate = from_base64(issued->at("certificate").get<std::string>());
  if (!certificate) return certificate.error();
  if (auto ok = card.import_certificate(place, *certificate); !ok) return ok.error();
  out.certificate = *certificate;

  const auto escrow = ra.desk("escrow", {{"manufacturer", out.token.manufacturer},
                                         {"serial", out.token.serial},
                                         {"application", application},
                                         {"admin_pin", std::string(admin_pin.text())}});
  if (!escrow) return escrow.error();
  return out;
}

}  // namespace keycare::demo
