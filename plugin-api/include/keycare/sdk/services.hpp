// services.hpp - the plugin's side of every service: one small client each, results instead of statuses and sinks.
#pragma once

#include "keycare/abi/clock.h"
#include "keycare/abi/crypto.h"
#include "keycare/abi/entry.h"
#include "keycare/abi/http.h"
#include "keycare/abi/log.h"
#include "keycare/abi/pin.h"
#include "keycare/abi/signing.h"
#include "keycare/abi/store.h"
#include "keycare/sdk/barrier.hpp"
#include "keycare/sdk/table.hpp"
#include "keycare/sdk/values.hpp"

namespace keycare {

namespace detail {

/// Runs a table's function with a kc_error of ours.
template <class Function>
[[nodiscard]] result<void> called(Function&& function) {
  auto why = sized<kc_error>();
  const kc_status status = function(&why);
  if (status == KC_OK) return {};
  return read_error(status, why);
}

/// Runs a function that hands items to a sink.
template <class Item, class Take, class Function>
[[nodiscard]] result<void> each(Take take, Function&& function) {
  item_sink<Item, Take> sink(std::move(take));
  auto outcome = called([&](kc_error* why) { return function(&item_sink<Item, Take>::call, sink.context(), why); });
  sink.rethrow();
  return outcome;
}

/// Runs a function that hands octets to a sink, at most @p bound of them.
template <class Function>
[[nodiscard]] result<octets> collected(std::size_t bound, Function&& function) {
  bytes_collector sink(bound);
  const auto outcome = called([&](kc_error* why) { return function(&bytes_collector::call, sink.context(), why); });
  if (!outcome) return outcome.error();
  return sink.take();
}

}  // namespace detail

/// keycare.token/1: abi/token.h says what each function does; here results come instead of statuses and sinks.
class token_client {
public:
  using table = kc_token_service;                      ///< What it calls.
  static constexpr const char* id = KC_TOKEN_SERVICE;  ///< What the host is asked for.
  explicit token_client(const table* t) : t_(t) {}     ///< Borrows a whole table; host_link::get() checks it.

  /// kc_token_service::tokens. [worker-thread]
  [[nodiscard]] result<std::vector<token_info>> tokens(const kc_call& call) const {
    std::vector<token_info> out;
    const auto outcome = detail::each<kc_token_info>(
        [&](const kc_token_info& item) { out.push_back(token_info::from(item)); },
        [&](auto sink, void* context, kc_error* why) { return t_->tokens(t_, &call, sink, context, why); });
    if (!outcome) return outcome.error();
    return out;
  }
  /// kc_token_service::certificates.  @param token absent: every token's. [worker-thread]
  [[nodiscard]] result<std::vector<certificate_info>> certificates(const kc_call& call,
                                                                   const std::optional<token_ref>& token = {}) const {
    std::vector<certificate_info> out;
    const kc_token_ref lent = token ? token->lend() : kc_token_ref{};
    const auto outcome = detail::each<kc_certificate_info>(
        [&](const kc_certificate_info& item) { out.push_back(certificate_info::from(item)); },
        [&](auto sink, void* context, kc_error* why) {
          return t_->certificates(t_, &call, token ? &lent : nullptr, sink, context, why);
        });
    if (!outcome) return outcome.error();
    return out;
  }
  /// kc_token_service::read_file: at most 1 MiB. [worker-thread]
  [[nodiscard]] result<octets> read_file(const kc_call& call, const token_ref& token, std::string_view application,
                                         std::string_view name) const {
    const auto lent = token.lend();
    return detail::collected(1024 * 1024, [&](auto sink, void* context, kc_error* why) {
      return t_->read_file(t_, &call, &lent, borrow(application), borrow(name), sink, context, why);
    });
  }

private:
  const table* t_;
};

/// One operation of a grant; see kc_operation.
struct operation {
  std::string kind;    ///< KC_OP_SIGN ...
  std::string object;  ///< A statement's type, or a container's name.
  octets statement;    ///< The statement itself where it is known already; may be empty.
};

/// keycare.signing/1, see abi/signing.h.
class signing_client {
public:
  using table = kc_signing_service;                      ///< What it calls.
  static constexpr const char* id = KC_SIGNING_SERVICE;  ///< What the host is asked for.
  explicit signing_client(const table* t) : t_(t) {}     ///< Borrows a whole table; host_link::get() checks it.

  /// Prepares and opens a grant in one go: the user is asked here. What failed is closed again.
  /// @param order the order's uuid, or empty. [worker-thread]
  [[nodiscard]] result<kc_grant> open(const kc_call& call, const token_ref& token, const digest& certificate,
                                      std::string_view purpose, std::string_view order,
                                      std::span<const operation> operations) const {
    auto request = sized<kc_grant_request>();
    request.token = token.lend();
    std::copy(certificate.begin(), certificate.end(), request.certificate_sha256);
    request.purpose = borrow(purpose);
    request.order = borrow(order);
    kc_grant grant = 0;
    auto outcome = detail::called([&](kc_error* why) { return t_->prepare(t_, &request, &grant, why); });
    for (const auto& op : operations) {
      if (!outcome) break;
      auto lent = sized<kc_operation>();
      lent.kind = borrow(op.kind);
      lent.object = borrow(op.object);
      lent.statement = borrow(op.statement);
      outcome = detail::called([&](kc_error* why) { return t_->add(t_, grant, &lent, why); });
    }
    if (outcome) outcome = detail::called([&](kc_error* why) { return t_->open(t_, &call, grant, why); });
    if (outcome) return grant;
    if (grant != 0) t_->close(t_, grant);
    return outcome.error();
  }
  /// kc_signing_service::sign.  @param container empty: the granted certificate's key.  @return CMS SignedData.
  /// [worker-thread]
  [[nodiscard]] result<octets> sign(const kc_call& call, kc_grant grant, std::string_view container,
                                    octets_view statement) const {
    return detail::collected(256 * 1024, [&](auto sink, void* context, kc_error* why) {
      return t_->sign(t_, &call, grant, borrow(container), borrow(statement), sink, context, why);
    });
  }
  /// Ends the grant and logs out; twice is fine. [worker-thread]
  void close(kc_grant grant) const { t_->close(t_, grant); }

private:
  const table* t_;
};

/// keycare.keys/1, see abi/keys.h.
class keys_client {
public:
  using table = kc_keys_service;                      ///< What it calls.
  static constexpr const char* id = KC_KEYS_SERVICE;  ///< What the host is asked for.
  explicit keys_client(const table* t) : t_(t) {}     ///< Borrows a whole table; host_link::get() checks it.

  /// kc_keys_service::inspect: what is in @p container, beside @p certificate. [worker-thread]
  [[nodiscard]] result<container_info> inspect(const kc_call& call, const token_ref& token, const digest& certificate,
                                               std::string_view container) const {
    container_info out;
    const auto lent = token.lend();
    const auto outcome = detail::each<kc_container_info>(
        [&](const kc_container_info& item) { out = container_info::from(item); },
        [&](auto sink, void* context, kc_error* why) {
          return t_->inspect(t_, &call, &lent, certificate.data(), borrow(container), sink, context, why);
        });
    if (!outcome) return outcome.error();
    return out;
  }
  /// kc_keys_service::create. [worker-thread]
  [[nodiscard]] result<void> create(const kc_call& call, kc_grant grant, std::string_view container) const {
    return detail::called([&](kc_error* why) { return t_->create(t_, &call, grant, borrow(container), why); });
  }
  /// kc_keys_service::generate.  @return the SubjectPublicKeyInfo, DER. [worker-thread]
  [[nodiscard]] result<octets> generate(const kc_call& call, kc_grant grant, std::string_view container,
                                        std::string_view algorithm) const {
    return detail::collected(16 * 1024, [&](auto sink, void* context, kc_error* why) {
      return t_->generate(t_, &call, grant, borrow(container), borrow(algorithm), sink, context, why);
    });
  }
  /// kc_keys_service::request.  @return the certification request, DER. [worker-thread]
  [[nodiscard]] result<octets> request(const kc_call& call, kc_grant grant, std::string_view container) const {
    return detail::collected(64 * 1024, [&](auto sink, void* context, kc_error* why) {
      return t_->request(t_, &call, grant, borrow(container), sink, context, why);
    });
  }
  /// kc_keys_service::install. [worker-thread]
  [[nodiscard]] result<void> install(const kc_call& call, kc_grant grant, std::string_view container,
                                     const bundle& what) const {
    const auto lent = what.lend();
    return detail::called([&](kc_error* why) { return t_->install(t_, &call, grant, borrow(container), &lent, why); });
  }
  /// kc_keys_service::prove. [worker-thread]
  [[nodiscard]] result<void> prove(const kc_call& call, kc_grant grant, std::string_view container,
                                   const bundle& what) const {
    const auto lent = what.lend();
    return detail::called([&](kc_error* why) { return t_->prove(t_, &call, grant, borrow(container), &lent, why); });
  }
  /// kc_keys_service::reap. [worker-thread]
  [[nodiscard]] result<void> reap(const kc_call& call, kc_grant grant, std::string_view container) const {
    return detail::called([&](kc_error* why) { return t_->reap(t_, &call, grant, borrow(container), why); });
  }

private:
  const table* t_;
};

/// keycare.pin/1, see abi/pin.h.
class pin_client {
public:
  using table = kc_pin_service;                      ///< What it calls.
  static constexpr const char* id = KC_PIN_SERVICE;  ///< What the host is asked for.
  explicit pin_client(const table* t) : t_(t) {}     ///< Borrows a whole table; host_link::get() checks it.

  /// kc_pin_service::state.  @param application empty: the token's first. [worker-thread]
  [[nodiscard]] result<pin_state> state(const kc_call& call, const token_ref& token,
                                        std::string_view application) const {
    pin_state out;
    const auto lent = token.lend();
    const auto outcome =
        detail::each<kc_pin_state>([&](const kc_pin_state& item) { out = pin_state::from(item); },
                                   [&](auto sink, void* context, kc_error* why) {
                                     return t_->state(t_, &call, &lent, borrow(application), sink, context, why);
                                   });
    if (!outcome) return outcome.error();
    return out;
  }
  /// kc_pin_service::change: the host asks for both PINs itself. [worker-thread]
  [[nodiscard]] result<void> change(const kc_call& call, const token_ref& token, std::string_view application) const {
    const auto lent = token.lend();
    return detail::called([&](kc_error* why) { return t_->change(t_, &call, &lent, borrow(application), why); });
  }
  /// An unlock that was begun.
  struct begun {
    kc_unlock unlock = 0;  ///< For unlock_finish() and unlock_end().
    octets request;        ///< JSON for the RA
  };
  /// kc_pin_service::unlock_begin, within the unlock @p unlock_id (a uuid). [worker-thread]
  [[nodiscard]] result<begun> unlock_begin(const kc_call& call, const token_ref& token, const digest& certificate,
                                           std::string_view unlock_id) const {
    const auto lent = token.lend();
    begun out;
    auto request = detail::collected(16 * 1024, [&](auto sink, void* context, kc_error* why) {
      return t_->unlock_begin(t_, &call, &lent, certificate.data(), borrow(unlock_id), &out.unlock, sink, context, why);
    });
    if (!request) return request.error();
    out.request = std::move(*request);
    return out;
  }
  /// kc_pin_service::unlock_finish.  @return the proof, CMS. KC_E_UNTRUSTED spends no try. [worker-thread]
  [[nodiscard]] result<octets> unlock_finish(const kc_call& call, kc_unlock unlock, octets_view authorisation) const {
    return detail::collected(256 * 1024, [&](auto sink, void* context, kc_error* why) {
      return t_->unlock_finish(t_, &call, unlock, borrow(authorisation), sink, context, why);
    });
  }
  /// Ends an unlock and wipes its key; twice is fine. [worker-thread]
  void unlock_end(kc_unlock unlock) const { t_->unlock_end(t_, unlock); }

private:
  const table* t_;
};

/// keycare.crypto/1, see abi/crypto.h.
class crypto_client {
public:
  using table = kc_crypto_service;                      ///< What it calls.
  static constexpr const char* id = KC_CRYPTO_SERVICE;  ///< What the host is asked for.
  explicit crypto_client(const table* t) : t_(t) {}     ///< Borrows a whole table; host_link::get() checks it.

  /// kc_crypto_service::sha256. [any-thread]
  [[nodiscard]] result<digest> sha256(octets_view data) const {
    digest out{};
    const auto outcome = detail::called([&](kc_error* why) { return t_->sha256(t_, borrow(data), out.data(), why); });
    if (!outcome) return outcome.error();
    return out;
  }
  /// @param size octets, at most 1024. [any-thread]
  [[nodiscard]] result<octets> random(std::size_t size) const {
    octets out(size);
    const auto outcome = detail::called([&](kc_error* why) { return t_->random(t_, out.data(), out.size(), why); });
    if (!outcome) return outcome.error();
    return out;
  }
  /// kc_crypto_service::parse_certificate. [any-thread]
  [[nodiscard]] result<certificate_info> parse_certificate(octets_view der) const {
    certificate_info out;
    const auto outcome =
        detail::each<kc_certificate_info>([&](const kc_certificate_info& item) { out = certificate_info::from(item); },
                                          [&](auto sink, void* context, kc_error* why) {
                                            return t_->parse_certificate(t_, borrow(der), sink, context, why);
                                          });
    if (!outcome) return outcome.error();
    return out;
  }
  /// kc_crypto_service::verify_certificate at @p at, Unix seconds. KC_E_UNTRUSTED. [any-thread]
  [[nodiscard]] result<void> verify_certificate(std::string_view endpoint, octets_view der, octets_view intermediates,
                                                std::int64_t at) const {
    return detail::called([&](kc_error* why) {
      return t_->verify_certificate(t_, borrow(endpoint), borrow(der), borrow(intermediates), at, why);
    });
  }
  /// kc_crypto_service::verify_signed.  @return what was signed; KC_E_UNTRUSTED. [any-thread]
  [[nodiscard]] result<octets> verify_signed(std::string_view endpoint, std::string_view role, octets_view cms) const {
    return detail::collected(256 * 1024, [&](auto sink, void* context, kc_error* why) {
      return t_->verify_signed(t_, borrow(endpoint), borrow(role), borrow(cms), sink, context, why);
    });
  }
  /// kc_crypto_service::seal.  @return CMS AuthEnvelopedData. [any-thread]
  [[nodiscard]] result<octets> seal(std::string_view endpoint, octets_view data) const {
    return detail::collected(512 * 1024, [&](auto sink, void* context, kc_error* why) {
      return t_->seal(t_, borrow(endpoint), borrow(data), sink, context, why);
    });
  }

private:
  const table* t_;
};

/// keycare.http/1, see abi/http.h.
class http_client {
public:
  using table = kc_http_service;                      ///< What it calls.
  static constexpr const char* id = KC_HTTP_SERVICE;  ///< What the host is asked for.
  explicit http_client(const table* t) : t_(t) {}     ///< Borrows a whole table; host_link::get() checks it.

  /// kc_http_service::send: an HTTP status is a result; KC_E_OUTCOME_UNKNOWN: repeat the same bytes. [worker-thread]
  [[nodiscard]] result<http_response> send(const kc_call& call, const http_request& request) const {
    auto lent = sized<kc_http_request>();
    lent.timeout_ms = request.timeout_ms;
    lent.endpoint = borrow(request.endpoint);
    lent.method = borrow(request.method);
    lent.path = borrow(request.path);
    lent.content_type = borrow(request.content_type);
    lent.bearer = borrow(request.bearer);
    lent.body = borrow(request.body);
    http_response out;
    const auto outcome = detail::each<kc_http_response>(
        [&](const kc_http_response& item) {
          const auto got = known_part(&item);
          out.status = got.status;
          if (got.retry_after >= 0) out.retry_after = got.retry_after;
          if (got.date >= 0) out.date = got.date;
          out.content_type = text(got.content_type);
          out.body.assign(bytes(got.body).begin(), bytes(got.body).end());
        },
        [&](auto sink, void* context, kc_error* why) { return t_->send(t_, &call, &lent, sink, context, why); });
    if (!outcome) return outcome.error();
    return out;
  }
  /// The RA's signed time, Unix seconds. KC_E_NETWORK and KC_E_UNTRUSTED leave the clocks uncompared. [worker-thread]
  [[nodiscard]] result<std::int64_t> signed_time(const kc_call& call, std::string_view endpoint) const {
    std::int64_t out = 0;
    const auto outcome =
        detail::called([&](kc_error* why) { return t_->signed_time(t_, &call, borrow(endpoint), &out, why); });
    if (!outcome) return outcome.error();
    return out;
  }

private:
  const table* t_;
};

/// A record with the version that a later put_if must name.
struct record {
  std::uint64_t version = 0;  ///< Never 0 in a record that was read.
  octets data;                ///< The value.
};

/// keycare.store/1, see abi/store.h.
class store_client {
public:
  using table = kc_store_service;                      ///< What it calls.
  static constexpr const char* id = KC_STORE_SERVICE;  ///< What the host is asked for.
  explicit store_client(const table* t) : t_(t) {}     ///< Borrows a whole table; host_link::get() checks it.

  /// kc_store_service::get. KC_E_NOT_FOUND, KC_E_DAMAGED. [any-thread]
  [[nodiscard]] result<record> get(std::string_view key) const {
    record out;
    const kc_record_sink take = [](void* context, std::uint64_t version, const std::uint8_t* data, std::size_t size) {
      auto* to = static_cast<record*>(context);
      at_border_void([&] {
        if (size > KC_STORE_MAX_VALUE) return;
        to->data.assign(data, data + size);
        to->version = version;
      });
    };
    const auto outcome = detail::called([&](kc_error* why) { return t_->get(t_, borrow(key), take, &out, why); });
    if (!outcome) return outcome.error();
    if (out.version == 0) return fail(KC_E_DAMAGED, "KC-STORE-DAMAGED");
    return out;
  }
  /// Durable when it has returned. KC_E_CONFLICT when the record's version is another.
  /// @param version 0: the record must not exist.  @return the new version. [worker-thread]
  [[nodiscard]] result<std::uint64_t> put_if(std::string_view key, std::uint64_t version, octets_view data) const {
    std::uint64_t out = 0;
    const auto outcome =
        detail::called([&](kc_error* why) { return t_->put_if(t_, borrow(key), version, borrow(data), &out, why); });
    if (!outcome) return outcome.error();
    return out;
  }
  /// kc_store_service::remove_if. [worker-thread]
  [[nodiscard]] result<void> remove_if(std::string_view key, std::uint64_t version) const {
    return detail::called([&](kc_error* why) { return t_->remove_if(t_, borrow(key), version, why); });
  }
  /// Every key that starts with @p prefix, in order. [any-thread]
  [[nodiscard]] result<std::vector<std::string>> list(std::string_view prefix) const {
    std::vector<std::string> out;
    const kc_key_sink take = [](void* context, kc_str key, std::uint64_t) {
      at_border_void([&] { static_cast<std::vector<std::string>*>(context)->emplace_back(text(key)); });
    };
    const auto outcome = detail::called([&](kc_error* why) { return t_->list(t_, borrow(prefix), take, &out, why); });
    if (!outcome) return outcome.error();
    return out;
  }
  /// Holds a lock until it is destroyed.
  class held {
  public:
    /// Made by lock().
    held(const table* t, kc_lock lock) : t_(t), lock_(lock) {}
    /// Takes the lock over.
    held(held&& other) noexcept : t_(other.t_), lock_(std::exchange(other.lock_, 0)) {}
    held& operator=(held&&) = delete;
    ~held() {
      if (lock_ != 0) t_->unlock(t_, lock_);
    }

  private:
    const table* t_;
    kc_lock lock_;
  };
  /// kc_store_service::lock. KC_E_BUSY when somebody holds it: it never waits. [worker-thread]
  [[nodiscard]] result<held> lock(std::string_view name) const {
    kc_lock out = 0;
    const auto outcome = detail::called([&](kc_error* why) { return t_->lock(t_, borrow(name), &out, why); });
    if (!outcome) return outcome.error();
    return held(t_, out);
  }

private:
  const table* t_;
};

/// keycare.shell/1, see abi/shell.h.
class shell_client {
public:
  using table = kc_shell_service;                      ///< What it calls.
  static constexpr const char* id = KC_SHELL_SERVICE;  ///< What the host is asked for.
  explicit shell_client(const table* t) : t_(t) {}     ///< Borrows a whole table; host_link::get() checks it.

  /// kc_shell_service::confirm. KC_E_CANCELLED, KC_E_BUSY. [worker-thread]
  [[nodiscard]] result<bool> confirm(const kc_call& call, std::string_view title, std::string_view question) const {
    std::int32_t yes = 0;
    const auto outcome = detail::called(
        [&](kc_error* why) { return t_->confirm(t_, &call, borrow(title), borrow(question), &yes, why); });
    if (!outcome) return outcome.error();
    return yes != 0;
  }
  /// kc_shell_service::notify: tells, and does not wait. [any-thread]
  [[nodiscard]] result<void> notify(std::string_view title, std::string_view message) const {
    return detail::called([&](kc_error* why) { return t_->notify(t_, borrow(title), borrow(message), why); });
  }
  /// kc_shell_service::open_url. KC_E_NO_PERMISSION. [any-thread]
  [[nodiscard]] result<void> open_url(std::string_view endpoint, std::string_view url) const {
    return detail::called([&](kc_error* why) { return t_->open_url(t_, borrow(endpoint), borrow(url), why); });
  }
  /// kc_shell_service::show_page. KC_E_UNSUPPORTED without a window. [any-thread]
  [[nodiscard]] result<void> show_page(std::string_view slot) const {
    return detail::called([&](kc_error* why) { return t_->show_page(t_, borrow(slot), why); });
  }
  /// kc_shell_service::client. [any-thread]
  [[nodiscard]] result<client_info> client() const {
    client_info out;
    const auto outcome = detail::each<kc_client_info>(
        [&](const kc_client_info& item) {
          const auto got = known_part(&item);
          out = {got.has_window != 0,
                 std::string(text(got.name)),
                 std::string(text(got.version)),
                 std::string(text(got.language)),
                 std::string(text(got.channel)),
                 std::string(text(got.hotline)),
                 std::string(text(got.qq))};
        },
        [&](auto sink, void* context, kc_error* why) { return t_->client(t_, sink, context, why); });
    if (!outcome) return outcome.error();
    return out;
  }

private:
  const table* t_;
};

/// keycare.clock/1, see abi/clock.h.
class clock_client {
public:
  using table = kc_clock_service;                      ///< What it calls.
  static constexpr const char* id = KC_CLOCK_SERVICE;  ///< What the host is asked for.
  explicit clock_client(const table* t) : t_(t) {}     ///< Borrows a whole table; host_link::get() checks it.

  [[nodiscard]] std::int64_t now() const { return t_->now(t_); }                                   ///< Unix seconds
  [[nodiscard]] std::int64_t monotonic() const { return t_->monotonic(t_); }                       ///< Nanoseconds
  [[nodiscard]] std::int32_t utc_offset(std::int64_t at) const { return t_->utc_offset(t_, at); }  ///< Seconds east
  /// kc_clock_service::set_timer: due at monotonic() time @p due_ns. [any-thread]
  [[nodiscard]] result<void> set_timer(std::string_view key, std::int64_t due_ns) const {
    return detail::called([&](kc_error* why) { return t_->set_timer(t_, borrow(key), due_ns, why); });
  }
  /// Forgets the timer; an absent one is fine. [any-thread]
  void cancel_timer(std::string_view key) const { t_->cancel_timer(t_, borrow(key)); }

private:
  const table* t_;
};

/// keycare.log/1, see abi/log.h.
class log_client {
public:
  using table = kc_log_service;                      ///< What it calls.
  static constexpr const char* id = KC_LOG_SERVICE;  ///< What the host is asked for.
  explicit log_client(const table* t) : t_(t) {}     ///< Borrows a whole table; host_link::get() checks it.

  /// For the record. @p event "order.stored"; @p fields a JSON object. [any-thread]
  void info(std::string_view event, std::string_view fields = {}) const { write(KC_LOG_INFO, event, fields); }
  /// Something odd. [any-thread]
  void warning(std::string_view event, std::string_view fields = {}) const { write(KC_LOG_WARNING, event, fields); }
  /// Something failed. [any-thread]
  void error(std::string_view event, std::string_view fields = {}) const { write(KC_LOG_ERROR, event, fields); }

private:
  void write(std::uint32_t level, std::string_view event, std::string_view fields) const {
    t_->write(t_, level, borrow(event), borrow(fields));
  }
  const table* t_;
};

/// The host as a plugin sees it: asks for services and checks what it gets.
class host_link {
public:
  /// Borrows what create() was given; it lives as long as the instance.
  explicit host_link(const kc_host* host) : host_(host) {}

  /// A client of the service that `Client` stands for, for example get<token_client>().
  /// @param minor the lowest minor version that will do. What kc_host::service says, or KC-HOST-TABLE. [any-thread]
  template <class Client>
  [[nodiscard]] result<Client> get(std::uint16_t minor = 0) const {
    using table = typename Client::table;
    const kc_table* found = nullptr;
    const auto outcome = detail::called(
        [&](kc_error* why) { return host_->service(host_, Client::id, minor, sizeof(table), &found, why); });
    if (!outcome) return outcome.error();
    const auto* whole = reinterpret_cast<const table*>(found);
    if (found == nullptr || check_table(*found, parse_table_id(Client::id).major, minor, sizeof(table)) != KC_OK ||
        !functions_present(*whole, sizeof(kc_table) + sizeof(void*))) {
      misuse(std::string("the host offers ") + Client::id + " with a table that is not whole");
      return fail(KC_E_TABLE_TOO_SMALL, "KC-HOST-TABLE");
    }
    return Client(whole);
  }
  /// Tells the host that somebody broke the contract; it is logged. [any-thread]
  void misuse(std::string_view sentence) const { host_->misuse(host_, borrow(sentence)); }
  /// The table itself.
  [[nodiscard]] const kc_host* raw() const noexcept { return host_; }

private:
  const kc_host* host_;
};

}  // namespace keycare
