// signing_service.cpp - the table of keycare.signing/1: what a plugin prepares, and CMS under a grant.
#include "host-stub/services/signing/signing_service.hpp"

#include "host-stub/services/crypto/certificate.hpp"
#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/signing/made_by_token.hpp"
#include "host-stub/services/threads.hpp"
#include "keycare/sdk/host_side.hpp"
#include "keycare/sdk/statement.hpp"

#include <algorithm>
#include <array>

namespace keycare::services {

namespace {

constexpr std::size_t max_statement = 64 * 1024;
constexpr std::size_t max_text = 128;

/// unlock-proof is the host's own (keycare.pin/1); unlock-apply is signed by nobody.
constexpr auto signable =
    std::to_array<std::string_view>({"apply", "bind-csr", "confirm", "withdraw", "correct", "list", "new-generation"});

error other(const char* code) {
  return fail(KC_E_UNTRUSTED, code);
}

bool is_short(kc_str lent) {
  return lent.size <= max_text && statement::is_plain_text(text(lent));
}

class signing_service final : public service {
public:
  signing_service(grant_table& grants, const time_source& time, const plugin_identity& plugin)
      : grants_(grants), time_(time), plugin_(plugin) {
    table_.table = {sizeof table_, 1, KC_SIGNING_MINOR};
    table_.host = this;
    table_.prepare = &prepare;
    table_.add = &add;
    table_.open = [](const kc_signing_service* self, const kc_call* call, kc_grant grant, kc_error* why) {
      return serve(self, "keycare.signing/1 open", why,
                   [&](signing_service& me) { return me.grants_.open(me.plugin_, call, grant); });
    };
    table_.sign = &sign;
    table_.close = [](const kc_signing_service* self, kc_grant grant) {
      if (self == nullptr || self->host == nullptr) return;
      auto& me = *static_cast<signing_service*>(self->host);
      me.grants_.close(me.plugin_, grant);
    };
  }
  signing_service(const signing_service&) = delete;
  signing_service& operator=(const signing_service&) = delete;
  ~signing_service() override { grants_.close_all(plugin_); }
  const kc_table* table() const noexcept override { return &table_.table; }

private:
  template <class Body>
  static kc_status serve(const kc_signing_service* self, const char* function, kc_error* why, Body body) noexcept {
    return served<signing_service>(self, function, why, [&](signing_service& me) -> result<void> {
      if (auto ok = require_worker(); !ok) return ok;
      return body(me);
    });
  }
  error guilty(std::string_view function, std::string_view what) const {
    return guilty_plugin(plugin_.id, "keycare.signing/1 " + std::string(function), what);
  }

  static kc_status prepare(const kc_signing_service* self, const kc_grant_request* lent, kc_grant* out,
                           kc_error* why) noexcept {
    return serve(self, "keycare.signing/1 prepare", why, [&](signing_service& me) -> result<void> {
      if (lent == nullptr || out == nullptr) return me.guilty("prepare", "without a request or room for the grant");
      const auto given = known_part(lent);
      if (text(given.token.serial).empty() || given.token.serial.size > 256 || given.token.manufacturer.size > 256)
        return me.guilty("prepare", "without a token");
      if (!is_short(given.purpose) || text(given.purpose).empty()) return me.guilty("prepare", "without a purpose");
      if (given.order.size != 0 && !statement::is_uuid(text(given.order)))
        return me.guilty("prepare", "with an order that is no uuid");
      grant_request request{
          token_ref::from(given.token), {}, std::string(text(given.purpose)), std::string(text(given.order))};
      std::copy_n(given.certificate_sha256, request.certificate.size(), request.certificate.begin());
      const auto grant = me.grants_.prepare(me.plugin_, std::move(request));
      if (!grant) return grant.error();
      *out = *grant;
      return {};
    });
  }

  static kc_status add(const kc_signing_service* self, kc_grant grant, const kc_operation* lent,
                       kc_error* why) noexcept {
    return serve(self, "keycare.signing/1 add", why, [&](signing_service& me) -> result<void> {
      if (lent == nullptr) return me.guilty("add", "without an operation");
      const auto given = known_part(lent);
      if (!is_short(given.kind) || !is_short(given.object) || text(given.object).empty())
        return me.guilty("add", "without a kind or an object");
      if (given.statement.size > max_statement) return fail(KC_E_TOO_LARGE, "KC-STATEMENT-SIZE");
      const auto shown = bytes(given.statement);
      grant_operation operation{std::string(text(given.kind)), std::string(text(given.object)),
                                octets(shown.begin(), shown.end())};
      if (auto ok = me.check_operation(grant, operation); !ok) return ok;
      return me.grants_.add(me.plugin_, grant, std::move(operation));
    });
  }

  /// Statements are parsed here already: the user must not be asked for what will be refused.
  result<void> check_operation(kc_grant grant, const grant_operation& operation) {
    if (operation.kind != KC_OP_SIGN && operation.kind != KC_OP_SIGN_NEW) return {};
    if (std::find(signable.begin(), signable.end(), operation.object) == signable.end())
      return other("KC-STATEMENT-TYPE");
    if (operation.statement.empty()) return {};
    const auto request = grants_.request_of(plugin_, grant);
    if (!request) return request.error();
    const auto type = check_statement(text_of(operation.statement), *request);
    if (!type) return type.error();
    if (*type != operation.object) return other("KC-STATEMENT-TYPE");
    return {};
  }

  static kc_status sign(const kc_signing_service* self, const kc_call* call, kc_grant grant, kc_str container,
                        kc_bytes lent, kc_bytes_sink sink, void* context, kc_error* why) noexcept {
    return serve(self, "keycare.signing/1 sign", why, [&](signing_service& me) -> result<void> {
      if (sink == nullptr) return me.guilty("sign", "without a sink");
      if (lent.size > max_statement) return fail(KC_E_TOO_LARGE, "KC-STATEMENT-SIZE");
      const octets statement(bytes(lent).begin(), bytes(lent).end());
      const auto made = me.make(call, grant, std::string(text(container)), statement);
      if (!made) return made.error();
      sink(context, made->data(), made->size());
      return {};
    });
  }

  result<octets> make(const kc_call* call, kc_grant grant, const std::string& container, const octets& statement) {
    const auto parsed = statement::read(text_of(statement));
    if (!parsed) return parsed.error();
    const auto& type = parsed->at("type").get_ref<const std::string&>();
    const char* kind = container.empty() ? KC_OP_SIGN : KC_OP_SIGN_NEW;
    const auto facts = grants_.facts(plugin_, grant, kind, type, statement);
    if (!facts) return facts.error();
    if (const auto fits = check_statement(text_of(statement), facts->request); !fits) return fits.error();
    if (!container.empty() && !facts->installed.contains(container))
      return fail(KC_E_NO_PERMISSION, "KC-GRANT-NOT-INSTALLED");
    const auto at = time_.wall_seconds();
    return grants_.act<octets>(
        plugin_, call, grant, kind, type, patience::usual,
        [container, statement, at](token_session& session, const grant_facts& granted) -> result<octets> {
          const key_place place{granted.certificate.application,
                                container.empty() ? granted.certificate.container : container, key_usage::sign};
          const auto der = session.certificate(place);
          if (!der) return der.error();
          return make_signed(statement, *der, at, [&](std::string_view hash, octets_view digest) {
            return session.sign(place, hash, digest);
          });
        });
  }

  grant_table& grants_;
  const time_source& time_;
  plugin_identity plugin_;
  kc_signing_service table_{};
};

}  // namespace

result<std::string> check_statement(std::string_view text, const grant_request& grant) {
  const auto parsed = statement::read(text);
  if (!parsed) return parsed.error();
  const auto type = parsed->at("type").get<std::string>();
  if (std::find(signable.begin(), signable.end(), type) == signable.end()) return other("KC-STATEMENT-TYPE");
  const auto head = statement::head_of(*parsed);
  if (head.manufacturer != grant.token.manufacturer || head.serial != grant.token.serial)
    return other("KC-STATEMENT-OTHER-TOKEN");
  if (head.certificate_sha256 != hex(grant.certificate)) return other("KC-STATEMENT-OTHER-CERTIFICATE");
  if (!grant.order.empty() && head.order != grant.order) return other("KC-STATEMENT-OTHER-ORDER");
  return type;
}

std::unique_ptr<service> make_signing_service(grant_table& grants, const time_source& time,
                                              const plugin_identity& plugin) {
  return std::make_unique<signing_service>(grants, time, plugin);
}

}  // namespace keycare::services
