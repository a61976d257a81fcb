// shell_service.cpp - cleans what plugins want to show, checks what they want to open, one dialog at a time.
#include "host-stub/services/shell/shell_service.hpp"

#include "host-stub/services/text/plain.hpp"
#include "host-stub/services/threads.hpp"
#include "keycare/abi/shell.h"
#include "keycare/sdk/host_side.hpp"

#include <algorithm>

namespace keycare::services {

namespace {

constexpr std::size_t longest_url = 2048;

class shell_service final : public service {
public:
  shell_service(shell_context& context, const plugin_identity& who) : context_(context), who_(who) {
    table_.table = {sizeof table_, 1, KC_SHELL_MINOR};
    table_.host = this;
    table_.confirm = &confirm;
    table_.notify = &notify;
    table_.open_url = &open_url;
    table_.show_page = &show_page;
    table_.client = &client;
  }
  [[nodiscard]] const kc_table* table() const noexcept override { return &table_.table; }

private:
  static kc_status confirm(const kc_shell_service* self, const kc_call* call, kc_str title, kc_str body,
                           std::int32_t* yes, kc_error* why) noexcept {
    constexpr auto name = "keycare.shell/1 confirm";
    return served<shell_service>(self, name, why, [&](shell_service& me) -> result<void> {
      if (auto right = require_action(); !right) return right;
      if (call == nullptr || yes == nullptr)
        return guilty_plugin(me.who_.id, name, "without a call or a place for the answer");
      const std::unique_lock dialog(me.context_.one_dialog, std::try_to_lock);
      if (!dialog) return fail(KC_E_BUSY, "KC-DIALOG-BUSY");
      const auto answer = me.context_.port.confirm(call, plain_line(text(title), 200), plain_text(text(body)));
      if (!answer) return answer.error();
      *yes = *answer ? 1 : 0;
      return {};
    });
  }

  static kc_status notify(const kc_shell_service* self, kc_str title, kc_str body, kc_error* why) noexcept {
    return served<shell_service>(self, "keycare.shell/1 notify", why, [&](shell_service& me) {
      return me.context_.port.notify(plain_line(text(title), 200), plain_text(text(body)));
    });
  }

  static kc_status open_url(const kc_shell_service* self, kc_str endpoint, kc_str url, kc_error* why) noexcept {
    return served<shell_service>(self, "keycare.shell/1 open_url", why, [&](shell_service& me) -> result<void> {
      const std::string name(text(endpoint).substr(0, 64));
      const auto found = me.context_.settings.endpoints.find(name);
      if (found == me.context_.settings.endpoints.end() || !me.who_.permissions.contains("net:" + name) ||
          !may_open(text(url), found->second))
        return fail(KC_E_NO_PERMISSION, "KC-SHELL-URL");
      return me.context_.port.open_url(std::string(text(url)));
    });
  }

  static kc_status show_page(const kc_shell_service* self, kc_str slot, kc_error* why) noexcept {
    return served<shell_service>(self, "keycare.shell/1 show_page", why, [&](shell_service& me) {
      return me.context_.port.show_page(plain_line(text(slot), 64));
    });
  }

  static kc_status client(const kc_shell_service* self, kc_client_sink sink, void* context, kc_error* why) noexcept {
    constexpr auto name = "keycare.shell/1 client";
    return served<shell_service>(self, name, why, [&](shell_service& me) -> result<void> {
      if (sink == nullptr) return guilty_plugin(me.who_.id, name, "without a sink");
      const auto& known = me.context_.settings.client;
      const bool window = me.context_.port.has_window();
      const auto chosen = me.context_.port.language();
      auto info = sized<kc_client_info>();
      info.has_window = window ? 1 : 0;
      info.name = borrow(known.name);
      info.version = borrow(known.version);
      info.language = borrow(chosen.empty() ? known.language : chosen);
      info.channel = borrow(std::string_view(window ? "window" : "cli"));
      info.hotline = borrow(known.hotline);
      info.qq = borrow(known.qq);
      sink(context, &info);
      return {};
    });
  }

  shell_context& context_;
  plugin_identity who_;
  kc_shell_service table_{};
};

}  // namespace

bool may_open(std::string_view url, const endpoint_config& endpoint) {
  const auto visible = [](char c) { return c > 0x20 && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>'; };
  if (url.size() > longest_url || !std::all_of(url.begin(), url.end(), visible)) return false;
  return std::any_of(endpoint.open_origins.begin(), endpoint.open_origins.end(), [&](const std::string& origin) {
    if (!origin.starts_with("https://") || !url.starts_with(origin)) return false;
    const auto rest = url.substr(origin.size());
    return rest.empty() || rest[0] == '/' || rest[0] == '?' || rest[0] == '#';
  });
}

std::unique_ptr<service> make_shell_service(shell_context& context, const plugin_identity& who) {
  return std::make_unique<shell_service>(context, who);
}

}  // namespace keycare::services
