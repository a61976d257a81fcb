// counter.cpp - see counter.hpp.
#include "host-stub/demo/counter.hpp"

#include "host-stub/services/crypto/encoding.hpp"
#include "host-stub/services/signing/made_by_token.hpp"
#include "host-stub/services/token/pkcs11/initialise.hpp"
#include "host-stub/services/token/pkcs11/library.hpp"
#include "host-stub/services/token/skf/library.hpp"
#include "host-stub/soft-skf/softskf_admin.hpp"

#include <array>

namespace keycare::demo {
namespace {

constexpr const char* container = "FIRST";

result<octets> subject_of(const std::string& organisation) {
  const std::array fields =
      std::to_array<std::pair<std::string, std::string>>({{"C", "CN"}, {"O", organisation}, {"CN", organisation}});
  return services::distinguished_name(fields);
}

std::span<const char> characters(const services::secret& pin) {
  return {pin.text().data(), pin.size()};
}

/// A token without keys, and how it is spoken to.
struct blank_token {
  std::shared_ptr<services::token_module> module;
  token_ref token;
  std::string application;
  std::string unlock_method;  ///< statements.md, unlock-authorisation
};

result<blank_token> make_skf(const token_maker& maker, const order_at_counter& order, const services::secret& user_pin,
                             const services::secret& admin_pin) {
  blank_token out{nullptr, {}, "KEYCARE", "skf-unblock-pin"};
  soft_skf::token_spec spec;
  spec.name = order.name;
  spec.serial = order.serial;
  spec.scrypt_log2_n = order.scrypt_log2_n;
  soft_skf::application_spec first;
  first.name = out.application;
  first.user_pin = characters(user_pin);
  first.admin_pin = characters(admin_pin);
  first.user_tries = order.tries;
  first.admin_tries = order.tries;
  spec.applications.push_back(first);
  const auto made = soft_skf::create_token(maker.folder.string(), spec);
  if (!made) return made.error();
  auto module = services::skf::load({"soft-skf", maker.library, services::ulong_width::automatic}, maker.remembered);
  if (!module) return module.error();
  out.module = *std::move(module);
  const auto tokens = out.module->tokens();
  if (!tokens) return tokens.error();
  for (const auto& token : tokens->items)
    if (token.token.serial == made->serial) out.token = token.token;
  if (out.token.serial.empty()) return fail(KC_E_NOT_FOUND, "KC-TOKEN-NOT-FOUND");
  return out;
}

result<blank_token> make_pkcs11(const token_maker& maker, const order_at_counter& order,
                                const services::secret& user_pin, const services::secret& admin_pin) {
  const auto made = services::pkcs11::initialise({maker.library, maker.remembered, order.name}, admin_pin, user_pin);
  if (!made) return made.error();
  auto module = services::pkcs11::load({"softhsm", maker.library, {}}, maker.remembered);
  if (!module) return module.error();
  const auto names = (*module)->applications(*made);
  if (!names) return names.error();
  return blank_token{*std::move(module), *made, names->front(), "pkcs11-init-pin"};
}

}  // namespace

result<handed_over> hand_over(ra_process& ra, const token_maker& maker, const order_at_counter& order,
                              const services::secret& user_pin, const services::secret& admin_pin) {
  const auto blank = maker.kind == token_kind::skf ? make_skf(maker, order, user_pin, admin_pin)
                                                   : make_pkcs11(maker, order, user_pin, admin_pin);
  if (!blank) return blank.error();
  const auto& application = blank->application;
  handed_over out;
  out.token = blank->token;
  const auto session = blank->module->open(out.token);
  if (!session) return session.error();
  auto& card = **session;
  // The clerk chooses her PIN at the counter: the maker's would be complained of whenever she is asked for it.
  if (auto ok = card.change_pin(application, services::pin_kind::user, user_pin, user_pin); !ok) return ok.error();
  if (auto ok = card.verify_pin(application, services::pin_kind::user, user_pin); !ok) return ok.error();
  if (auto ok = card.create_container(application, container); !ok) return ok.error();
  const auto key = card.generate(application, container, order.algorithm);
  if (!key) return key.error();
  const services::key_place place{application, container, services::key_usage::sign};
  const auto subject = subject_of(order.organisation);
  if (!subject) return subject.error();
  const auto request = services::make_request(
      *key, *subject, [&](std::string_view hash, octets_view digest) { return card.sign(place, hash, digest); });
  if (!request) return request.error();

  const auto issued =
      ra.desk("certificates", {{"account", order.account},
                               {"csr", services::base64(*request)},
                               {"token", {{"manufacturer", out.token.manufacturer}, {"serial", out.token.serial}}},
                               {"not_before", order.not_before},
                               {"not_after", order.not_after},
                               {"applicant", order.applicant}});
  if (!issued) return issued.error();
  const auto certificate = services::from_base64(issued->at("certificate").get<std::string>());
  if (!certificate) return certificate.error();
  if (auto ok = card.import_certificate(place, *certificate); !ok) return ok.error();
  out.certificate = *certificate;

  const auto escrow = ra.desk("escrow", {{"manufacturer", out.token.manufacturer},
                                         {"serial", out.token.serial},
                                         {"application", application},
                                         {"method", blank->unlock_method},
                                         {"admin_pin", std::string(admin_pin.text())}});
  if (!escrow) return escrow.error();
  return out;
}

}  // namespace keycare::demo
