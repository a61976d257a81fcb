// ui_side.hpp - what the author of a UI library derives from: pages for slots, and a client of his own core's commands.
//
// No Qt here: a page crosses as an opaque pointer to a QWidget. Everything runs on the main thread.
#pragma once

#include "keycare/abi/commands.h"
#include "keycare/abi/page_qwidget.h"
#include "keycare/sdk/entry.hpp"
#include "keycare/sdk/services.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <memory>
#include <unordered_set>

namespace keycare {

/// How a command ended.
struct command_end {
  result<nlohmann::json> reply;  ///< The whole reply (command.h), an object.
  std::string sentence;          ///< With an error: for people, with what to do next.
};

/// keycare.commands/1: abi/commands.h says what each function does. Copies share what is under way. The library keeps
/// one for as long as its instance lives (a page gets a copy): commands end after the page that began them is gone.
class commands_client {
public:
  using table = kc_commands_service;                       ///< What it calls.
  static constexpr const char* id = KC_COMMANDS_SERVICE;   ///< What the host is asked for.
  using done_function = std::function<void(command_end)>;  ///< Told once how it ended.
  /// Told how far it is; @p total 0: unknown.
  using progress_function = std::function<void(std::uint32_t done, std::uint32_t total, std::string_view phase)>;
  /// Told that something changed; see kc_event_sink.
  using event_function = std::function<void(std::string_view kind, std::string_view key)>;

private:
  struct waiting {
    done_function done;
    progress_function progress;
    std::weak_ptr<std::unordered_set<std::shared_ptr<waiting>>> all;
  };
  using open_set = std::unordered_set<std::shared_ptr<waiting>>;

public:
  /// Borrows a whole table; host_link::get() checks it.
  explicit commands_client(const table* t) : t_(t), open_(std::make_shared<open_set>()) {}

  /// A command under way. Destroying it asks the command to stop and silences it: neither function is called any more,
  /// so that what they refer to may go. [main-thread]
  class running {
  public:
    running() = default;  ///< None.
    /// Takes the command over; @p other is empty then.
    running(running&& other) noexcept
        : t_(std::exchange(other.t_, nullptr)), ticket_(other.ticket_), state_(std::move(other.state_)) {}
    /// Ends its own command first.
    running& operator=(running&& other) noexcept {
      if (this == &other) return *this;
      drop();
      t_ = std::exchange(other.t_, nullptr);
      ticket_ = other.ticket_;
      state_ = std::move(other.state_);
      return *this;
    }
    ~running() { drop(); }

    /// Whether its end was not told yet.
    [[nodiscard]] bool active() const noexcept {
      const auto state = state_.lock();
      return state != nullptr && state->done != nullptr;
    }
    /// Asks it to stop; its end is told all the same.
    void cancel() const {
      if (active()) t_->cancel(t_, ticket_);
    }

  private:
    friend class commands_client;
    running(const table* t, kc_ticket ticket, std::weak_ptr<waiting> state)
        : t_(t), ticket_(ticket), state_(std::move(state)) {}
    void drop() noexcept {
      at_border_void([&] {
        cancel();
        if (const auto state = state_.lock()) {
          state->done = nullptr;
          state->progress = nullptr;
        }
      });
      state_.reset();
    }
    const table* t_ = nullptr;
    kc_ticket ticket_ = 0;
    std::weak_ptr<waiting> state_;
  };

  /// Starts @p command and returns at once. When it returns an error, @p done is not called. [main-thread]
  [[nodiscard]] result<running> invoke(std::string_view command, const nlohmann::json& input, done_function done,
                                       progress_function progress = {}) const {
    auto state = std::make_shared<waiting>(waiting{std::move(done), std::move(progress), open_});
    open_->insert(state);
    const auto text = input.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    kc_ticket ticket = 0;
    const auto outcome = detail::called([&](kc_error* why) {
      return t_->invoke(t_, borrow(command), borrow(bytes_of(text)), &on_done, &on_progress, state.get(), &ticket, why);
    });
    if (!outcome) {
      open_->erase(state);
      return outcome.error();
    }
    return running(t_, ticket, state);
  }

  /// A subscription; its function is not called after its end. [main-thread]
  class subscription {
  public:
    subscription() = default;  ///< None.
    /// Takes it over; @p other is empty then.
    subscription(subscription&& other) noexcept
        : t_(std::exchange(other.t_, nullptr)), number_(other.number_), tell_(std::move(other.tell_)) {}
    /// Ends its own first.
    subscription& operator=(subscription&& other) noexcept {
      if (this == &other) return *this;
      drop();
      t_ = std::exchange(other.t_, nullptr);
      number_ = other.number_;
      tell_ = std::move(other.tell_);
      return *this;
    }
    ~subscription() { drop(); }

  private:
    friend class commands_client;
    void drop() noexcept {
      if (t_ != nullptr) t_->unsubscribe(t_, number_);
      t_ = nullptr;
      tell_.reset();
    }
    const table* t_ = nullptr;
    std::uint64_t number_ = 0;
    std::unique_ptr<event_function> tell_;
  };

  /// The core's events from now on. [main-thread]
  [[nodiscard]] result<subscription> subscribe(event_function tell) const {
    subscription out;
    out.tell_ = std::make_unique<event_function>(std::move(tell));
    const kc_event_sink sink = [](void* context, kc_str kind, kc_str key) {
      at_border_void([&] {
        const auto function = *static_cast<event_function*>(context);  // a copy: it may end the subscription
        function(text(kind), text(key));
      });
    };
    const auto outcome =
        detail::called([&](kc_error* why) { return t_->subscribe(t_, sink, out.tell_.get(), &out.number_, why); });
    if (!outcome) return outcome.error();
    out.t_ = t_;
    return out;
  }

private:
  static void on_done(void* context, kc_ticket, kc_status status, kc_bytes reply, const kc_error* why,
                      kc_str sentence) noexcept {
    at_border_void([&] {
      auto* state = static_cast<waiting*>(context);
      std::shared_ptr<waiting> kept;  // until the end of this function
      if (const auto all = state->all.lock())
        for (auto it = all->begin(); it != all->end(); ++it)
          if (it->get() == state) {
            kept = *it;
            all->erase(it);
            break;
          }
      if (kept == nullptr || kept->done == nullptr) return;
      const auto done = std::exchange(kept->done, nullptr);
      if (status != KC_OK) {
        auto said = why != nullptr ? read_error(status, *why) : error{status, "KC-PLUGIN-REPLY", 0, {}};
        return done({std::move(said), std::string(text(sentence))});
      }
      auto parsed = nlohmann::json::parse(text_of(bytes(reply)), nullptr, false);
      if (!parsed.is_object()) return done({fail(KC_E_DAMAGED, "KC-PLUGIN-REPLY"), std::string(text(sentence))});
      done({std::move(parsed), {}});
    });
  }
  static void on_progress(void* context, kc_ticket, std::uint32_t done, std::uint32_t total, kc_str phase) noexcept {
    at_border_void([&] {
      const auto tell = static_cast<waiting*>(context)->progress;  // a copy: it may end the command
      if (tell) tell(done, total, text(phase));
    });
  }

  const table* t_;
  std::shared_ptr<open_set> open_;
};

/// The UI of a plugin: no thread, no exception out. It is offered keycare.commands/1, shell/1 and log/1 only. One
/// instance of it is one kc_instance. Everything here is [main-thread].
class ui_library {
public:
  /// Every page was destroyed before.
  virtual ~ui_library() = default;
  /// Made by the library's `make`, once for each instance.
  ui_library() = default;
  ui_library(const ui_library&) = delete;
  ui_library& operator=(const ui_library&) = delete;

  /// A new page for @p slot, without a parent: a QWidget*, as void*. KC_E_NOT_FOUND "KC-PAGE-SLOT" for a slot that this
  /// plugin does not fill. [main-thread]
  [[nodiscard]] virtual result<void*> create_page(std::string_view slot) = 0;
  /// Destroys a page of create_page(). [main-thread]
  virtual void destroy_page(void* page) = 0;
  /// The user chose another language (BCP 47): every open page shows it at once. [main-thread]
  virtual void set_language(std::string_view language) = 0;
};

/// The C functions of a UI library that `make` makes: `result<std::unique_ptr<ui_library>> make(host_link)`.
template <auto make>
struct ui_glue : instance_glue<ui_library, make> {
  /// The library behind an opaque instance.
  static ui_library* ui(kc_instance* instance) { return ui_glue::object(instance); }

  /// kc_page_qwidget_extension::create_page
  static kc_status create_page(kc_instance* instance, kc_str slot, void** qwidget, kc_error* why) noexcept {
    return at_border(side::plugin, "create_page", why, [&]() -> result<void> {
      if (instance == nullptr || qwidget == nullptr)
        return broke_contract("the host", "create_page", "without an instance or a place for the page");
      *qwidget = nullptr;
      const auto page = ui(instance)->create_page(text(slot));
      if (!page) return page.error();
      *qwidget = *page;
      return {};
    });
  }
  /// kc_page_qwidget_extension::destroy_page
  static void destroy_page(kc_instance* instance, void* qwidget) noexcept {
    if (instance != nullptr && qwidget != nullptr) at_border_void([&] { ui(instance)->destroy_page(qwidget); });
  }
  /// kc_page_qwidget_extension::set_language
  static void set_language(kc_instance* instance, kc_str language) noexcept {
    if (instance != nullptr) at_border_void([&] { ui(instance)->set_language(text(language)); });
  }
  /// The table of keycare.page.qwidget/1, constant data with the lifetime of the library.
  static constexpr kc_page_qwidget_extension page_extension = {
      {sizeof(kc_page_qwidget_extension), 1, KC_PAGE_QWIDGET_MINOR}, create_page, destroy_page, set_language};
  /// kc_plugin::extension: keycare.page.qwidget/1 and no other.
  static kc_status extension(kc_instance*, const char* id, std::uint16_t minor, std::uint32_t size,
                             const kc_table** out, kc_error* why) noexcept {
    return only_extension(KC_PAGE_QWIDGET_EXTENSION, page_extension.table, id, minor, size, out, why);
  }
};

}  // namespace keycare

/// Makes this library the UI of a plugin. Use it once:  KEYCARE_UI_PLUGIN("example", "1.0.0", make_ui)
#define KEYCARE_UI_PLUGIN(plugin_id, plugin_version, make_function) \
  KEYCARE_ENTRY(plugin_id, plugin_version, keycare::ui_glue<make_function>)
