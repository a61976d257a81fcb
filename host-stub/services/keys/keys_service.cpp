// keys_service.cpp - the table of keycare.keys/1: names and bundles are checked here, the grant by grants.hpp.
#include "host-stub/services/keys/keys_service.hpp"

#include "host-stub/services/crypto/public_key.hpp"
#include "host-stub/services/keys/container_work.hpp"
#include "host-stub/services/threads.hpp"
#include "keycare/abi/keys.h"
#include "keycare/sdk/host_side.hpp"

#include <algorithm>

namespace keycare::services {

namespace {

constexpr std::size_t max_certificate = 64 * 1024;
constexpr std::size_t max_envelope = 16 * 1024;

void tell(const kc_call* call, std::string_view phase) {
  if (call != nullptr && call->progress != nullptr) call->progress(call, 0, 0, borrow(phase));
}

class keys_service final : public service {
public:
  keys_service(token_registry& registry, grant_table& grants, const plugin_identity& plugin)
      : registry_(registry), grants_(grants), plugin_(plugin) {
    table_.table = {sizeof table_, 1, KC_KEYS_MINOR};
    table_.host = this;
    table_.inspect = &inspect;
    table_.create = [](const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                       kc_error* why) {
      return serve(self, "keycare.keys/1 create", why, [&](keys_service& me) {
        return me.under<void>(call, grant, KC_OP_CREATE, container, patience::usual,
                              [](token_session& session, const grant_facts&, const container_ref& where) {
                                return create_container(session, where);
                              });
      });
    };
    table_.generate = &generate;
    table_.request = &request;
    table_.install = &install;
    table_.prove = &prove;
    table_.reap = [](const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                     kc_error* why) {
      return serve(self, "keycare.keys/1 reap", why, [&](keys_service& me) {
        return me.under<void>(call, grant, KC_OP_REAP, container, patience::usual,
                              [](token_session& session, const grant_facts&, const container_ref& where) {
                                return reap_container(session, where);
                              });
      });
    };
  }
  const kc_table* table() const noexcept override { return &table_.table; }

private:
  template <class Body>
  static kc_status serve(const kc_keys_service* self, const char* function, kc_error* why, Body body) noexcept {
    return served<keys_service>(self, function, why, [&](keys_service& me) -> result<void> {
      if (auto ok = require_worker(); !ok) return ok;
      return body(me);
    });
  }
  error guilty(std::string_view function, std::string_view what) const {
    return guilty_plugin(plugin_.id, "keycare.keys/1 " + std::string(function), what);
  }

  /// Runs one step in one of the plugin's own containers, in the granted certificate's application.
  template <class T, class Step>
  result<T> under(const kc_call* call, kc_grant grant, const char* kind, kc_str container,
                  std::chrono::nanoseconds most, Step step) {
    const std::string name(text(container));
    if (!is_own_container(name)) return guilty(kind, "with a container that is not of a plugin's making");
    tell(call, std::string("token.") + kind);
    return grants_.act<T>(plugin_, call, grant, kind, name, most,
                          [name, step](token_session& session, const grant_facts& facts) -> result<T> {
                            return step(session, facts, container_ref{facts.certificate.application, name});
                          });
  }

  /// A copy of the bundle within its bounds.
  result<bundle> copy_of(const kc_bundle* lent, const char* function) const {
    if (lent == nullptr) return guilty(function, "without a bundle");
    const auto given = known_part(lent);
    if (given.signing_certificate.size > max_certificate || given.encryption_certificate.size > max_certificate ||
        given.key_envelope.size > max_envelope || given.envelope_format.size > 64)
      return fail(KC_E_TOO_LARGE, "KC-BUNDLE-TOO-LARGE");
    const auto copy = [](kc_bytes view) { return octets(bytes(view).begin(), bytes(view).end()); };
    return bundle{copy(given.signing_certificate), copy(given.encryption_certificate), copy(given.key_envelope),
                  std::string(text(given.envelope_format))};
  }

  static kc_status inspect(const kc_keys_service* self, const kc_call* call, const kc_token_ref* token,
                           const std::uint8_t* certificate, kc_str container, kc_container_sink sink, void* context,
                           kc_error* why) noexcept {
    return serve(self, "keycare.keys/1 inspect", why, [&](keys_service& me) -> result<void> {
      if (token == nullptr || certificate == nullptr || sink == nullptr)
        return me.guilty("inspect", "without a token, a certificate or a sink");
      if (text(container).empty() || container.size > 4 * KC_CONTAINER_MAX)
        return me.guilty("inspect", "with a name that no container has");
      digest wanted{};
      std::copy_n(certificate, wanted.size(), wanted.begin());
      const auto found = me.read(call, token_ref::from(*token), wanted, std::string(text(container)));
      if (!found) return found.error();
      auto lent = sized<kc_container_info>();
      lent.state = found->state;
      lent.algorithm = borrow(found->algorithm);
      lent.public_key = borrow(found->public_key);
      const auto hash = [](const octets& der, std::uint8_t* to) {
        if (der.empty()) return;
        const auto value = sha256(der);
        std::copy(value.begin(), value.end(), to);
      };
      hash(found->certificate, lent.certificate_sha256);
      hash(found->exchange_certificate, lent.exchange_sha256);
      sink(context, &lent);
      return {};
    });
  }

  result<container_contents> read(const kc_call* call, const token_ref& token, const digest& certificate,
                                  const std::string& container) {
    const auto found = registry_.find(call, token, certificate);
    if (!found) return found.error();
    const auto device = registry_.open(call, token);
    if (!device) return device.error();
    return registry_.act<container_contents>(call, *device, patience::usual, device_effect::reads,
                                             [application = found->application, container](token_session& session) {
                                               return session.inspect(application, container);
                                             });
  }

  static kc_status generate(const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                            kc_str algorithm, kc_bytes_sink sink, void* context, kc_error* why) noexcept {
    return serve(self, "keycare.keys/1 generate", why, [&](keys_service& me) -> result<void> {
      if (sink == nullptr || algorithm.size > 32) return me.guilty("generate", "without a sink or an algorithm");
      const auto made = me.under<octets>(call, grant, KC_OP_GENERATE, container, patience::generate,
                                         [wanted = std::string(text(algorithm))](
                                             token_session& session, const grant_facts&, const container_ref& where) {
                                           return generate_pair(session, where, wanted);
                                         });
      if (!made) return made.error();
      sink(context, made->data(), made->size());
      return {};
    });
  }

  static kc_status request(const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                           kc_bytes_sink sink, void* context, kc_error* why) noexcept {
    return serve(self, "keycare.keys/1 request", why, [&](keys_service& me) -> result<void> {
      if (sink == nullptr) return me.guilty("request", "without a sink");
      const auto made =
          me.under<octets>(call, grant, KC_OP_REQUEST, container, patience::usual,
                           [](token_session& session, const grant_facts& facts, const container_ref& where) {
                             return request_certificate(session, where, facts.certificate.subject_der);
                           });
      if (!made) return made.error();
      sink(context, made->data(), made->size());
      return {};
    });
  }

  static kc_status install(const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                           const kc_bundle* lent, kc_error* why) noexcept {
    return serve(self, "keycare.keys/1 install", why, [&](keys_service& me) -> result<void> {
      const auto what = me.copy_of(lent, "install");
      if (!what) return what.error();
      return me.under<void>(call, grant, KC_OP_INSTALL, container, patience::usual,
                            [what = *what](token_session& session, const grant_facts&, const container_ref& where) {
                              return install_bundle(session, where, what);
                            });
    });
  }

  static kc_status prove(const kc_keys_service* self, const kc_call* call, kc_grant grant, kc_str container,
                         const kc_bundle* lent, kc_error* why) noexcept {
    return serve(self, "keycare.keys/1 prove", why, [&](keys_service& me) -> result<void> {
      const auto what = me.copy_of(lent, "prove");
      if (!what) return what.error();
      const auto request = me.grants_.request_of(me.plugin_, grant);
      if (!request) return request.error();
      // Another connection, so that nothing is read from what the writing one remembers.
      const auto fresh = me.registry_.open(call, request->token);
      if (!fresh) return fresh.error();
      return me.under<void>(
          call, grant, KC_OP_PROVE, container, patience::usual,
          [what = *what, fresh = fresh->session, token = request->token](token_session& session, const grant_facts&,
                                                                         const container_ref& where) -> result<void> {
            const auto who = fresh->identity();
            if (!who) return who.error();
            if (*who != token) return fail(KC_E_TOKEN_REMOVED, "KC-TOKEN-REMOVED");
            return prove_bundle(session, *fresh, where, what);
          });
    });
  }

  token_registry& registry_;
  grant_table& grants_;
  plugin_identity plugin_;
  kc_keys_service table_{};
};

}  // namespace

bool is_own_container(std::string_view name) noexcept {
  constexpr std::string_view prefix = KC_CONTAINER_PREFIX;
  if (name.size() <= prefix.size() || name.size() > KC_CONTAINER_MAX || !name.starts_with(prefix)) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  });
}

std::unique_ptr<service> make_keys_service(token_registry& registry, grant_table& grants,
                                           const plugin_identity& plugin) {
  return std::make_unique<keys_service>(registry, grants, plugin);
}

}  // namespace keycare::services
