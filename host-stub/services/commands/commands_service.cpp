// commands_service.cpp - every answer comes on the main thread, and none after the window is gone.
#include "host-stub/services/commands/commands_service.hpp"

#include "host-stub/services/threads.hpp"
#include "keycare/abi/commands.h"

#include <map>
#include <set>
#include <utility>

namespace keycare::services {

namespace {

/// What posted functions share with the service. Main thread only, but for its address.
struct shared_part {
  bool alive = true;
  std::set<ticket> open;
  std::map<std::uint64_t, std::pair<kc_event_sink, void*>> subscriptions;
};

class commands_service final : public service {
public:
  commands_service(plugin_session& session, main_executor& main, std::function<std::string()> language)
      : session_(session), main_(main), language_(std::move(language)), shared_(std::make_shared<shared_part>()) {
    table_.table = {sizeof table_, 1, KC_COMMANDS_MINOR};
    table_.host = this;
    table_.describe = &describe;
    table_.invoke = &invoke;
    table_.cancel = &cancel;
    table_.subscribe = &subscribe;
    table_.unsubscribe = &unsubscribe;
  }
  ~commands_service() override {
    for (const auto& [number, sink] : shared_->subscriptions) session_.unsubscribe(number);
    for (const auto number : shared_->open) session_.cancel(number);
    shared_->alive = false;
  }
  commands_service(const commands_service&) = delete;
  commands_service& operator=(const commands_service&) = delete;
  [[nodiscard]] const kc_table* table() const noexcept override { return &table_.table; }

private:
  static kc_status describe(const kc_commands_service* self, kc_command_sink sink, void* context,
                            kc_error* why) noexcept {
    constexpr auto name = "keycare.commands/1 describe";
    return served<commands_service>(self, name, why, [&](commands_service& me) -> result<void> {
      if (auto right = require_main(); !right) return right;
      if (sink == nullptr) return guilty_plugin(me.session_.who().id, name, "without a sink");
      const auto listed = me.session_.commands(me.language_());
      if (!listed) return listed.error();
      for (const auto& item : *listed) {
        auto lent = sized<kc_command_info>();
        lent.kind = static_cast<std::uint32_t>(item.kind);
        lent.name = borrow(item.name);
        lent.summary = borrow(item.summary);
        lent.input_schema = borrow(item.input_schema);
        sink(context, &lent);
      }
      return {};
    });
  }

  static kc_status invoke(const kc_commands_service* self, kc_str command, kc_bytes input, kc_done_sink done,
                          kc_progress_sink progress, void* context, kc_ticket* out, kc_error* why) noexcept {
    constexpr auto name = "keycare.commands/1 invoke";
    return served<commands_service>(self, name, why, [&](commands_service& me) -> result<void> {
      if (auto right = require_main(); !right) return right;
      if (done == nullptr || out == nullptr)
        return guilty_plugin(me.session_.who().id, name, "without a sink or a place for the ticket");
      auto& main = me.main_;
      // The ticket is known after submit(); what is posted runs later, on this thread.
      const auto known = std::make_shared<kc_ticket>(0);
      command_request request;
      request.name = text(command);
      request.input = text_of(bytes(input));
      request.language = me.language_();
      const auto language = request.language;
      if (progress != nullptr)
        request.progress = [&main, shared = me.shared_, known, progress, context](std::uint32_t at, std::uint32_t total,
                                                                                  std::string_view phase) {
          main.post([shared, known, progress, context, at, total, phase = std::string(phase)] {
            if (shared->alive && shared->open.contains(*known)) progress(context, *known, at, total, borrow(phase));
          });
        };
      const auto ticket_of =
          me.session_.submit(std::move(request), [&main, &session = me.session_, language, shared = me.shared_, known,
                                                  done, context](ticket, result<std::string> reply) {
            auto sentence = reply ? std::string{} : session.explain(reply.error(), language);
            main.post([shared, known, done, context, reply = std::move(reply), sentence = std::move(sentence)] {
              if (!shared->alive) return;
              shared->open.erase(*known);
              auto lent = sized<kc_error>();
              if (!reply) write_error(&lent, reply.error());
              done(context, *known, reply ? KC_OK : reply.error().status, reply ? borrow(bytes_of(*reply)) : kc_bytes{},
                   reply ? nullptr : &lent, borrow(sentence));
            });
          });
      if (!ticket_of) return ticket_of.error();
      *known = *ticket_of;
      me.shared_->open.insert(*ticket_of);
      *out = *ticket_of;
      return {};
    });
  }

  static void cancel(const kc_commands_service* self, kc_ticket which) noexcept {
    at_border_void([&] {
      if (self == nullptr || self->host == nullptr || !require_main()) return;
      auto& me = *static_cast<commands_service*>(self->host);
      if (me.shared_->open.contains(which)) me.session_.cancel(which);
    });
  }

  static kc_status subscribe(const kc_commands_service* self, kc_event_sink sink, void* context, std::uint64_t* out,
                             kc_error* why) noexcept {
    constexpr auto name = "keycare.commands/1 subscribe";
    return served<commands_service>(self, name, why, [&](commands_service& me) -> result<void> {
      if (auto right = require_main(); !right) return right;
      if (sink == nullptr || out == nullptr)
        return guilty_plugin(me.session_.who().id, name, "without a sink or a place for the subscription");
      const auto known = std::make_shared<std::uint64_t>(0);
      const auto number = me.session_.subscribe(
          [&main = me.main_, shared = me.shared_, known](std::string_view kind, std::string_view key) {
            main.post([shared, known, kind = std::string(kind), key = std::string(key)] {
              const auto found = shared->subscriptions.find(*known);
              if (!shared->alive || found == shared->subscriptions.end()) return;
              found->second.first(found->second.second, borrow(kind), borrow(key));
            });
          });
      *known = number;
      me.shared_->subscriptions.emplace(number, std::pair{sink, context});
      *out = number;
      return {};
    });
  }

  static void unsubscribe(const kc_commands_service* self, std::uint64_t subscription) noexcept {
    at_border_void([&] {
      if (self == nullptr || self->host == nullptr || !require_main()) return;
      auto& me = *static_cast<commands_service*>(self->host);
      if (me.shared_->subscriptions.erase(subscription) != 0) me.session_.unsubscribe(subscription);
    });
  }

  plugin_session& session_;
  main_executor& main_;
  std::function<std::string()> language_;
  std::shared_ptr<shared_part> shared_;
  kc_commands_service table_{};
};

}  // namespace

std::unique_ptr<service> make_commands_service(plugin_session& session, main_executor& main,
                                               std::function<std::string()> language) {
  return std::make_unique<commands_service>(session, main, std::move(language));
}

}  // namespace keycare::services
