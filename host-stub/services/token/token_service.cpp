// token_service.cpp - the table of keycare.token/1: snapshots from the registry.
#include "host-stub/services/token/token_service.hpp"

#include "host-stub/services/threads.hpp"
#include "keycare/sdk/host_side.hpp"

namespace keycare::services {

namespace {

class token_service final : public service {
public:
  token_service(token_registry& registry, const plugin_identity& plugin) : registry_(registry), plugin_(plugin.id) {
    table_.table = {sizeof table_, 1, KC_TOKEN_MINOR};
    table_.host = this;
    table_.tokens = [](const kc_token_service* self, const kc_call* call, kc_token_sink sink, void* context,
                       kc_error* why) {
      return serve(self, "keycare.token/1 tokens", why, [&](token_service& me) -> result<void> {
        if (sink == nullptr) return me.guilty("tokens", "without a sink");
        const auto found = me.registry_.tokens(call);
        if (!found) return found.error();
        for (const auto& token : *found) {
          const auto lent = token.lend();
          sink(context, &lent);
        }
        return {};
      });
    };
    table_.certificates = [](const kc_token_service* self, const kc_call* call, const kc_token_ref* token,
                             kc_certificate_sink sink, void* context, kc_error* why) {
      return serve(self, "keycare.token/1 certificates", why, [&](token_service& me) -> result<void> {
        if (sink == nullptr) return me.guilty("certificates", "without a sink");
        std::optional<token_ref> one;
        if (token != nullptr) one = token_ref::from(*token);
        const auto found = me.registry_.certificates(call, one);
        if (!found) return found.error();
        for (const auto& certificate : *found) {
          const auto lent = certificate.lend();
          sink(context, &lent);
        }
        return {};
      });
    };
    table_.files = [](const kc_token_service* self, const kc_call* call, const kc_token_ref* token, kc_file_sink sink,
                      void* context, kc_error* why) {
      return serve(self, "keycare.token/1 files", why, [&](token_service& me) -> result<void> {
        if (sink == nullptr || token == nullptr) return me.guilty("files", "without a token or a sink");
        const auto found = me.registry_.files(call, token_ref::from(*token));
        if (!found) return found.error();
        for (const auto& file : *found) {
          auto lent = sized<kc_file_info>();
          lent.octets = file.octets;
          lent.application = borrow(file.application);
          lent.name = borrow(file.name);
          sink(context, &lent);
        }
        return {};
      });
    };
    table_.read_file = [](const kc_token_service* self, const kc_call* call, const kc_token_ref* token,
                          kc_str application, kc_str name, kc_bytes_sink sink, void* context, kc_error* why) {
      return serve(self, "keycare.token/1 read_file", why, [&](token_service& me) -> result<void> {
        if (sink == nullptr || token == nullptr) return me.guilty("read_file", "without a token or a sink");
        if (application.size > 256 || name.size > 256) return me.guilty("read_file", "with a name that no file has");
        const auto data = me.registry_.read_file(call, token_ref::from(*token), std::string(text(application)),
                                                 std::string(text(name)));
        if (!data) return data.error();
        sink(context, data->data(), data->size());
        return {};
      });
    };
  }
  const kc_table* table() const noexcept override { return &table_.table; }

private:
  template <class Body>
  static kc_status serve(const kc_token_service* self, const char* function, kc_error* why, Body body) noexcept {
    return served<token_service>(self, function, why, [&](token_service& me) -> result<void> {
      if (auto ok = require_worker(); !ok) return ok;
      return body(me);
    });
  }
  error guilty(std::string_view function, std::string_view what) const {
    return guilty_plugin(plugin_, "keycare.token/1 " + std::string(function), what);
  }

  token_registry& registry_;
  std::string plugin_;
  kc_token_service table_{};
};

}  // namespace

std::unique_ptr<service> make_token_service(token_registry& registry, const plugin_identity& plugin) {
  return std::make_unique<token_service>(registry, plugin);
}

}  // namespace keycare::services
