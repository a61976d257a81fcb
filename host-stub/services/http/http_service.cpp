// http_service.cpp - a plugin's requests, to the endpoints that its manifest asks for.
#include "host-stub/services/http/http_service.hpp"

#include "host-stub/services/threads.hpp"
#include "keycare/abi/http.h"
#include "keycare/sdk/host_side.hpp"

#include <openssl/crypto.h>

namespace keycare::services {

namespace {

class http_service final : public service {
public:
  http_service(http_client& client, signed_content verify, const plugin_identity& who)
      : client_(client), verify_(std::move(verify)), who_(who) {
    table_.table = {sizeof table_, 1, KC_HTTP_MINOR};
    table_.host = this;
    table_.send = &send;
    table_.signed_time = &signed_time;
  }
  [[nodiscard]] const kc_table* table() const noexcept override { return &table_.table; }

private:
  result<void> permit(kc_str endpoint) const {
    const auto name = "net:" + std::string(text(endpoint).substr(0, 64));
    if (!who_.permissions.contains(name)) return fail(KC_E_NO_PERMISSION, "KC-NET-NO-PERMISSION");
    return {};
  }

  static kc_status send(const kc_http_service* self, const kc_call* call, const kc_http_request* request,
                        kc_http_sink sink, void* context, kc_error* why) noexcept {
    constexpr auto name = "keycare.http/1 send";
    return served<http_service>(self, name, why, [&](http_service& me) -> result<void> {
      if (auto right = require_worker(); !right) return right;
      if (call == nullptr || request == nullptr || sink == nullptr)
        return guilty_plugin(me.who_.id, name, "without a call, a request or a sink");
      const auto lent = known_part(request);
      if (lent.body.data == nullptr && lent.body.size != 0)
        return guilty_plugin(me.who_.id, name, "with a size but no body");
      if (auto allowed = me.permit(lent.endpoint); !allowed) return allowed;
      auto response =
          me.client_.send(call, {text(lent.endpoint), text(lent.method), text(lent.path), text(lent.content_type),
                                 text(lent.bearer), bytes(lent.body), lent.timeout_ms});
      if (!response) return response.error();
      auto out = sized<kc_http_response>();
      out.status = response->status;
      out.retry_after = response->retry_after;
      out.date = response->date;
      out.content_type = borrow(response->content_type);
      out.body = borrow(response->body);
      sink(context, &out);
      OPENSSL_cleanse(response->body.data(), response->body.size());  // it may hold an order's secret
      return {};
    });
  }

  static kc_status signed_time(const kc_http_service* self, const kc_call* call, kc_str endpoint,
                               std::int64_t* unix_seconds, kc_error* why) noexcept {
    constexpr auto name = "keycare.http/1 signed_time";
    return served<http_service>(self, name, why, [&](http_service& me) -> result<void> {
      if (auto right = require_worker(); !right) return right;
      if (call == nullptr || unix_seconds == nullptr)
        return guilty_plugin(me.who_.id, name, "without a call or a place for the time");
      if (auto allowed = me.permit(endpoint); !allowed) return allowed;
      if (!me.verify_) return fail(KC_E_UNSUPPORTED, "KC-NET-NO-SIGNED-TIME");
      const auto at = fetch_signed_time(me.client_, call, text(endpoint), me.verify_);
      if (!at) return at.error();
      *unix_seconds = *at;
      return {};
    });
  }

  http_client& client_;
  signed_content verify_;
  plugin_identity who_;
  kc_http_service table_{};
};

}  // namespace

std::unique_ptr<service> make_http_service(http_client& client, signed_content verify, const plugin_identity& who) {
  return std::make_unique<http_service>(client, std::move(verify), who);
}

}  // namespace keycare::services
