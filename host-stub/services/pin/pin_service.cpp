// pin_service.cpp - the table of keycare.pin/1: state and change here, the unlock in unlocks.hpp.
#include "host-stub/services/pin/pin_service.hpp"

#include "host-stub/services/pin/pin_asking.hpp"
#include "host-stub/services/pin/unlocks.hpp"
#include "host-stub/services/threads.hpp"
#include "keycare/abi/pin.h"
#include "keycare/sdk/host_side.hpp"
#include "keycare/sdk/statement.hpp"

#include <algorithm>
#include <functional>

namespace keycare::services {

namespace {

class pin_service final : public service {
public:
  pin_service(const pin_parts& parts, const plugin_identity& plugin)
      : parts_(parts), plugin_(plugin), unlocks_(parts, plugin) {
    table_.table = {sizeof table_, 1, KC_PIN_MINOR};
    table_.host = this;
    table_.state = &state;
    table_.change = [](const kc_pin_service* self, const kc_call* call, const kc_token_ref* token, kc_str application,
                       kc_error* why) {
      return serve(self, "keycare.pin/1 change", why, [&](pin_service& me) -> result<void> {
        if (token == nullptr || application.size > 256) return me.guilty("change", "without a token");
        return me.change_pin(call, token_ref::from(*token), std::string(text(application)));
      });
    };
    table_.unlock_begin = &unlock_begin;
    table_.unlock_finish = [](const kc_pin_service* self, const kc_call* call, kc_unlock unlock, kc_bytes authorisation,
                              kc_bytes_sink sink, void* context, kc_error* why) {
      return serve(self, "keycare.pin/1 unlock_finish", why, [&](pin_service& me) -> result<void> {
        if (sink == nullptr) return me.guilty("unlock_finish", "without a sink");
        const auto proof = me.unlocks_.finish(call, unlock, bytes(authorisation));
        if (!proof) return proof.error();
        sink(context, proof->data(), proof->size());
        return {};
      });
    };
    table_.unlock_end = [](const kc_pin_service* self, kc_unlock unlock) {
      if (self != nullptr && self->host != nullptr) static_cast<pin_service*>(self->host)->unlocks_.end(unlock);
    };
  }
  const kc_table* table() const noexcept override { return &table_.table; }

private:
  template <class Body>
  static kc_status serve(const kc_pin_service* self, const char* function, kc_error* why, Body body) noexcept {
    return served<pin_service>(self, function, why, [&](pin_service& me) -> result<void> {
      if (auto ok = require_worker(); !ok) return ok;
      return body(me);
    });
  }
  error guilty(std::string_view function, std::string_view what) const {
    return guilty_plugin(plugin_.id, "keycare.pin/1 " + std::string(function), what);
  }

  static kc_status state(const kc_pin_service* self, const kc_call* call, const kc_token_ref* token, kc_str application,
                         kc_pin_sink sink, void* context, kc_error* why) noexcept {
    return serve(self, "keycare.pin/1 state", why, [&](pin_service& me) -> result<void> {
      if (token == nullptr || sink == nullptr || application.size > 256)
        return me.guilty("state", "without a token or a sink");
      const auto where = me.place(call, token_ref::from(*token), std::string(text(application)));
      if (!where) return where.error();
      const auto pin = me.parts_.registry.act<pin_state>(
          call, where->device, patience::usual, device_effect::reads,
          [name = where->application](token_session& session) { return session.pin(name, pin_kind::user); });
      if (!pin) return pin.error();
      const auto lent = pin->lend();
      sink(context, &lent);
      return {};
    });
  }

  static kc_status unlock_begin(const kc_pin_service* self, const kc_call* call, const kc_token_ref* token,
                                const std::uint8_t* certificate, kc_str unlock_id, kc_unlock* out, kc_bytes_sink sink,
                                void* context, kc_error* why) noexcept {
    return serve(self, "keycare.pin/1 unlock_begin", why, [&](pin_service& me) -> result<void> {
      if (token == nullptr || certificate == nullptr || out == nullptr || sink == nullptr)
        return me.guilty("unlock_begin", "without a token, a certificate, room for the unlock or a sink");
      if (!statement::is_uuid(text(unlock_id))) return me.guilty("unlock_begin", "with an id that is no uuid");
      digest wanted{};
      std::copy_n(certificate, wanted.size(), wanted.begin());
      const auto begun = me.unlocks_.begin(call, token_ref::from(*token), wanted, std::string(text(unlock_id)));
      if (!begun) return begun.error();
      *out = begun->unlock;
      const auto request = bytes_of(begun->request);
      sink(context, request.data(), request.size());
      return {};
    });
  }

  result<pin_place> place(const kc_call* call, const token_ref& token, std::string application) {
    const auto info = parts_.registry.describe(call, token);
    if (!info) return info.error();
    if (application.empty()) {
      auto first = parts_.registry.first_application(call, token);
      if (!first) return first.error();
      application = std::move(*first);
    }
    auto device = parts_.registry.open(call, token);
    if (!device) return device.error();
    return pin_place{std::move(*device), std::move(application), info->label, plugin_.id};
  }

  /// One visit to the token, which leaves no right behind.
  result<void> act(const kc_call* call, const pin_place& where,
                   std::function<result<void>(token_session&, const std::string& application)> what) {
    return parts_.registry.act<void>(call, where.device, patience::usual, device_effect::writes,
                                     [name = where.application, what = std::move(what)](token_session& session) {
                                       auto outcome = what(session, name);
                                       session.logout(name);
                                       return outcome;
                                     });
  }

  /// One press of 确定 is at most one try: of the old PIN in the first dialog, and none in the second as long as the
  /// old one is still the token's.
  result<void> change_pin(const kc_call* call, const token_ref& token, const std::string& application) {
    const auto where = place(call, token, application);
    if (!where) return where.error();
    const auto dialog = parts_.dialog.take();
    if (!dialog) return dialog.error();
    auto& prompt = parts_.dialog.prompt();
    std::string problem;
    for (int attempt = 1; attempt <= most_pin_attempts; ++attempt) {
      auto view = pin_view(parts_.registry, call, *where, prompt_purpose::change);
      if (!view) return view.error();
      view->attempt = attempt;
      view->problem = problem;
      if (view->pin.locked()) return locked(prompt, *view);
      auto typed = prompt.ask(call, *view);
      if (!typed) return typed.error();
      if (!check_typed_pin(*typed)) {
        problem = pin_problem_sentence("KC-PIN-REFUSED", view->language);
        continue;
      }
      const auto old_pin = std::make_shared<secret>(std::move(*typed));
      // Before anybody thinks of a new one. Changing verifies it once more; a right one costs no try.
      auto changed = act(call, *where, [old_pin](token_session& session, const std::string& name) {
        return session.verify_pin(name, pin_kind::user, *old_pin);
      });
      if (changed) {
        auto new_view = *view;
        new_view.purpose = prompt_purpose::new_on_change;
        new_view.problem.clear();
        const auto new_pin = ask_new_pin(prompt, call, new_view);
        if (!new_pin) return new_pin.error();
        changed = act(call, *where, [old_pin, new_pin = *new_pin](token_session& session, const std::string& name) {
          return session.change_pin(name, pin_kind::user, *old_pin, *new_pin);
        });
      }
      parts_.log.audit(plugin_.id, changed ? "pin.changed" : "pin.not-changed",
                       {{"serial", token.serial}, {"code", changed ? "" : changed.error().code}});
      if (changed) return {};
      const auto status = changed.error().status;
      if (status == KC_E_PIN_LOCKED) return locked(prompt, *view);
      if (status != KC_E_PIN_WRONG && status != KC_E_PIN_POLICY) return changed.error();
      problem = pin_problem_sentence(changed.error().code, view->language);
    }
    return fail(KC_E_CANCELLED, "KC-PIN-CANCELLED");
  }

  static result<void> locked(pin_prompt& prompt, prompt_view view) {
    view.problem = pin_problem_sentence("KC-PIN-LOCKED", view.language);
    view.pin.flags |= KC_PIN_LOCKED;
    prompt.tell(view);
    return fail(KC_E_PIN_LOCKED, "KC-PIN-LOCKED");
  }

  pin_parts parts_;
  plugin_identity plugin_;
  unlocks unlocks_;
  kc_pin_service table_{};
};

}  // namespace

std::unique_ptr<service> make_pin_service(const pin_parts& parts, const plugin_identity& plugin) {
  return std::make_unique<pin_service>(parts, plugin);
}

}  // namespace keycare::services
