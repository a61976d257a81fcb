// tables.cpp - the C tables over services.hpp.
#include "tests/sim/services.hpp"

#include <array>

namespace keycare::sim {

namespace {

kc_status answer(kc_error* why, const error& what) {
  write_error(why, what);
  return what.status;
}

template <class T>
kc_status answer(kc_error* why, const result<T>& outcome) {
  return outcome ? kc_status{KC_OK} : answer(why, outcome.error());
}

template <class Table>
Table table(services& by) {
  Table out{};
  out.table = {sizeof(Table), 1, 0};
  out.host = &by;
  return out;
}

template <class Table>
services& of(const Table* self) {
  return *static_cast<services*>(self->host);
}

std::string copy(kc_str lent) {
  return std::string(text(lent));
}

octets copy(kc_bytes lent) {
  return {bytes(lent).begin(), bytes(lent).end()};
}

void give(kc_bytes_sink sink, void* context, octets_view data) {
  sink(context, data.data(), data.size());
}

/// The outcome of a function that gives octets.
kc_status give(const result<octets>& outcome, kc_bytes_sink sink, void* context, kc_error* why) {
  if (!outcome) return answer(why, outcome.error());
  give(sink, context, *outcome);
  return KC_OK;
}

kc_clock_service clock_of(services& by) {
  auto t = table<kc_clock_service>(by);
  t.now = [](const kc_clock_service* self) { return of(self).now(); };
  t.monotonic = [](const kc_clock_service* self) { return of(self).monotonic(); };
  t.utc_offset = [](const kc_clock_service*, std::int64_t) { return std::int32_t{8 * 3600}; };
  t.set_timer = [](const kc_clock_service*, kc_str, std::int64_t, kc_error*) { return kc_status{KC_OK}; };
  t.cancel_timer = [](const kc_clock_service*, kc_str) {};
  return t;
}

kc_log_service log_of(services& by) {
  auto t = table<kc_log_service>(by);
  t.write = [](const kc_log_service*, std::uint32_t, kc_str, kc_str) {};
  return t;
}

kc_token_service token_of(services& by) {
  auto t = table<kc_token_service>(by);
  t.tokens = [](const kc_token_service* self, const kc_call*, kc_token_sink sink, void* context, kc_error* why) {
    const auto all = of(self).tokens();
    if (!all) return answer(why, all.error());
    for (const auto& one : *all) {
      const auto lent = one.lend();
      sink(context, &lent);
    }
    return kc_status{KC_OK};
  };
  t.certificates = [](const kc_token_service* self, const kc_call*, const kc_token_ref* token, kc_certificate_sink sink,
                      void* context, kc_error* why) {
    const auto wanted = token != nullptr ? token_ref::from(*token) : token_ref{};
    const auto all = of(self).certificates(token != nullptr ? &wanted : nullptr);
    if (!all) return answer(why, all.error());
    for (const auto& one : *all) {
      const auto lent = one.lend();
      sink(context, &lent);
    }
    return kc_status{KC_OK};
  };
  t.files = [](const kc_token_service*, const kc_call*, const kc_token_ref*, kc_file_sink, void*, kc_error*) {
    return kc_status{KC_E_UNSUPPORTED};
  };
  t.read_file = [](const kc_token_service*, const kc_call*, const kc_token_ref*, kc_str, kc_str, kc_bytes_sink, void*,
                   kc_error*) { return kc_status{KC_E_UNSUPPORTED}; };
  return t;
}

kc_store_service store_of(services& by) {
  auto t = table<kc_store_service>(by);
  t.get = [](const kc_store_service* self, kc_str key, kc_record_sink sink, void* context, kc_error* why) {
    const auto got = of(self).get(copy(key));
    if (!got) return answer(why, got.error());
    sink(context, got->version, got->data.data(), got->data.size());
    return kc_status{KC_OK};
  };
  t.put_if = [](const kc_store_service* self, kc_str key, std::uint64_t version, kc_bytes data, std::uint64_t* out,
                kc_error* why) {
    const auto done = of(self).put_if(copy(key), version, copy(data));
    if (done) *out = *done;
    return answer(why, done);
  };
  t.remove_if = [](const kc_store_service* self, kc_str key, std::uint64_t version, kc_error* why) {
    return answer(why, of(self).remove_if(copy(key), version));
  };
  t.list = [](const kc_store_service* self, kc_str prefix, kc_key_sink sink, void* context, kc_error* why) {
    const auto all = of(self).list(copy(prefix));
    if (!all) return answer(why, all.error());
    for (const auto& [key, version] : *all) sink(context, borrow(key), version);
    return kc_status{KC_OK};
  };
  t.lock = [](const kc_store_service* self, kc_str name, kc_lock* out, kc_error* why) {
    const auto done = of(self).lock(copy(name));
    if (done) *out = *done;
    return answer(why, done);
  };
  t.unlock = [](const kc_store_service* self, kc_lock lock) { of(self).unlock(lock); };
  return t;
}

kc_http_service http_of(services& by) {
  auto t = table<kc_http_service>(by);
  t.send = [](const kc_http_service* self, const kc_call*, const kc_http_request* lent, kc_http_sink sink,
              void* context, kc_error* why) {
    const auto got = of(self).send({copy(lent->endpoint), copy(lent->method), copy(lent->path),
                                    copy(lent->content_type), copy(lent->bearer), copy(lent->body), lent->timeout_ms});
    if (!got) return answer(why, got.error());
    auto out = sized<kc_http_response>();
    out.status = got->status;
    out.retry_after = got->retry_after.value_or(-1);
    out.date = got->date.value_or(-1);
    out.content_type = borrow(got->content_type);
    out.body = borrow(got->body);
    sink(context, &out);
    return kc_status{KC_OK};
  };
  t.signed_time = [](const kc_http_service* self, const kc_call*, kc_str, std::int64_t* out, kc_error* why) {
    const auto got = of(self).signed_time();
    if (got) *out = *got;
    return answer(why, got);
  };
  return t;
}

kc_crypto_service crypto_of(services& by) {
  auto t = table<kc_crypto_service>(by);
  t.sha256 = [](const kc_crypto_service* self, kc_bytes data, std::uint8_t* out, kc_error*) {
    const auto hash = of(self).sha256(bytes(data));
    std::copy(hash.begin(), hash.end(), out);
    return kc_status{KC_OK};
  };
  t.random = [](const kc_crypto_service* self, std::uint8_t* out, std::size_t size, kc_error*) {
    for (std::size_t i = 0; i < size; ++i) out[i] = of(self).random();
    return kc_status{KC_OK};
  };
  t.parse_certificate = [](const kc_crypto_service* self, kc_bytes der, kc_certificate_sink sink, void* context,
                           kc_error* why) {
    const auto parsed = of(self).parse_certificate(bytes(der));
    if (!parsed) return answer(why, parsed.error());
    const auto lent = parsed->lend();
    sink(context, &lent);
    return kc_status{KC_OK};
  };
  t.verify_certificate = [](const kc_crypto_service* self, kc_str, kc_bytes der, kc_bytes, std::int64_t,
                            kc_error* why) { return answer(why, of(self).verify_certificate(bytes(der))); };
  t.verify_signed = [](const kc_crypto_service* self, kc_str, kc_str role, kc_bytes cms, kc_bytes_sink sink,
                       void* context, kc_error* why) {
    return give(of(self).verify_signed(copy(role), bytes(cms)), sink, context, why);
  };
  t.seal = [](const kc_crypto_service* self, kc_str, kc_bytes data, kc_bytes_sink sink, void* context, kc_error*) {
    give(sink, context, of(self).seal(bytes(data)));
    return kc_status{KC_OK};
  };
  return t;
}

kc_signing_service signing_of(services& by) {
  auto t = table<kc_signing_service>(by);
  t.prepare = [](const kc_signing_service* self, const kc_grant_request* request, kc_grant* out, kc_error* why) {
    grant_ask ask{token_ref::from(request->token), {}, copy(request->order)};
    std::copy(std::begin(request->certificate_sha256), std::end(request->certificate_sha256), ask.certificate.begin());
    const auto done = of(self).prepare(ask);
    if (done) *out = *done;
    return answer(why, done);
  };
  t.add = [](const kc_signing_service* self, kc_grant grant, const kc_operation* operation, kc_error* why) {
    return answer(why, of(self).add(grant, copy(operation->kind), copy(operation->object)));
  };
  t.open = [](const kc_signing_service* self, const kc_call*, kc_grant grant, kc_error* why) {
    return answer(why, of(self).open(grant));
  };
  t.sign = [](const kc_signing_service* self, const kc_call*, kc_grant grant, kc_str container, kc_bytes statement,
              kc_bytes_sink sink, void* context, kc_error* why) {
    return give(of(self).sign(grant, copy(container), bytes(statement)), sink, context, why);
  };
  t.close = [](const kc_signing_service* self, kc_grant grant) { of(self).close(grant); };
  return t;
}

kc_keys_service keys_of(services& by) {
  auto t = table<kc_keys_service>(by);
  t.inspect = [](const kc_keys_service* self, const kc_call*, const kc_token_ref* token, const std::uint8_t*,
                 kc_str container, kc_container_sink sink, void* context, kc_error* why) {
    const auto found = of(self).inspect(token_ref::from(*token), copy(container));
    if (!found) return answer(why, found.error());
    auto out = sized<kc_container_info>();
    out.state = found->state;
    out.public_key = borrow(found->public_key);
    std::copy(found->certificate.begin(), found->certificate.end(), out.certificate_sha256);
    sink(context, &out);
    return kc_status{KC_OK};
  };
  t.create = [](const kc_keys_service* self, const kc_call*, kc_grant grant, kc_str container, kc_error* why) {
    return answer(why, of(self).create(grant, copy(container)));
  };
  t.generate = [](const kc_keys_service* self, const kc_call*, kc_grant grant, kc_str container, kc_str,
                  kc_bytes_sink sink, void* context,
                  kc_error* why) { return give(of(self).generate(grant, copy(container)), sink, context, why); };
  t.request = [](const kc_keys_service* self, const kc_call*, kc_grant grant, kc_str container, kc_bytes_sink sink,
                 void* context,
                 kc_error* why) { return give(of(self).request(grant, copy(container)), sink, context, why); };
  t.install = [](const kc_keys_service* self, const kc_call*, kc_grant grant, kc_str container, const kc_bundle* bundle,
                 kc_error* why) {
    return answer(why, of(self).install(grant, copy(container), copy(bundle->signing_certificate)));
  };
  t.prove = [](const kc_keys_service* self, const kc_call*, kc_grant grant, kc_str container, const kc_bundle* bundle,
               kc_error* why) {
    return answer(why, of(self).prove(grant, copy(container), copy(bundle->signing_certificate)));
  };
  t.reap = [](const kc_keys_service* self, const kc_call*, kc_grant grant, kc_str container, kc_error* why) {
    return answer(why, of(self).reap(grant, copy(container)));
  };
  return t;
}

kc_pin_service pin_of(services& by) {
  auto t = table<kc_pin_service>(by);
  t.state = [](const kc_pin_service* self, const kc_call*, const kc_token_ref* token, kc_str, kc_pin_sink sink,
               void* context, kc_error* why) {
    const auto now = of(self).pin(token_ref::from(*token));
    if (!now) return answer(why, now.error());
    const auto lent = now->lend();
    sink(context, &lent);
    return kc_status{KC_OK};
  };
  t.change = [](const kc_pin_service*, const kc_call*, const kc_token_ref*, kc_str, kc_error*) {
    return kc_status{KC_E_UNSUPPORTED};
  };
  t.unlock_begin = [](const kc_pin_service* self, const kc_call*, const kc_token_ref* token, const std::uint8_t* sha256,
                      kc_str, kc_unlock* out, kc_bytes_sink sink, void* context, kc_error* why) {
    digest certificate{};
    std::copy_n(sha256, certificate.size(), certificate.begin());
    const auto begun = of(self).unlock_begin(token_ref::from(*token), certificate);
    if (!begun) return answer(why, begun.error());
    *out = begun->first;
    give(sink, context, bytes_of(begun->second));
    return kc_status{KC_OK};
  };
  t.unlock_finish = [](const kc_pin_service* self, const kc_call*, kc_unlock handle, kc_bytes authorisation,
                       kc_bytes_sink sink, void* context, kc_error* why) {
    return give(of(self).unlock_finish(handle, bytes(authorisation)), sink, context, why);
  };
  t.unlock_end = [](const kc_pin_service* self, kc_unlock handle) { of(self).unlock_end(handle); };
  return t;
}

kc_shell_service shell_of(services& by) {
  auto t = table<kc_shell_service>(by);
  t.confirm = [](const kc_shell_service*, const kc_call*, kc_str, kc_str, std::int32_t* yes, kc_error*) {
    *yes = 1;
    return kc_status{KC_OK};
  };
  t.notify = [](const kc_shell_service*, kc_str, kc_str, kc_error*) { return kc_status{KC_OK}; };
  t.open_url = [](const kc_shell_service* self, kc_str, kc_str url, kc_error*) {
    of(self).open_url(copy(url));
    return kc_status{KC_OK};
  };
  t.show_page = [](const kc_shell_service*, kc_str, kc_error*) { return kc_status{KC_E_UNSUPPORTED}; };
  t.client = [](const kc_shell_service*, kc_client_sink sink, void* context, kc_error*) {
    auto out = sized<kc_client_info>();
    out.name = borrow("keycare-sim");
    out.version = borrow("4.8.2");
    out.channel = borrow("cli");
    sink(context, &out);
    return kc_status{KC_OK};
  };
  return t;
}

}  // namespace

struct host_tables::all : kc_host {
  kc_clock_service clock;
  kc_log_service log;
  kc_token_service token;
  kc_store_service store;
  kc_http_service http;
  kc_crypto_service crypto;
  kc_signing_service signing;
  kc_keys_service keys;
  kc_pin_service pin;
  kc_shell_service shell;

  explicit all(services& by)
      : kc_host{},
        clock(clock_of(by)),
        log(log_of(by)),
        token(token_of(by)),
        store(store_of(by)),
        http(http_of(by)),
        crypto(crypto_of(by)),
        signing(signing_of(by)),
        keys(keys_of(by)),
        pin(pin_of(by)),
        shell(shell_of(by)) {
    table = {sizeof(kc_host), 1, 0};
    host = this;
    service = [](const kc_host* self, const char* id, std::uint16_t, std::uint32_t, const kc_table** out,
                 kc_error* why) {
      const auto& me = *static_cast<const all*>(self->host);
      const std::array<std::pair<std::string_view, const kc_table*>, 10> every = {
          {{KC_CLOCK_SERVICE, &me.clock.table},
           {KC_LOG_SERVICE, &me.log.table},
           {KC_TOKEN_SERVICE, &me.token.table},
           {KC_STORE_SERVICE, &me.store.table},
           {KC_HTTP_SERVICE, &me.http.table},
           {KC_CRYPTO_SERVICE, &me.crypto.table},
           {KC_SIGNING_SERVICE, &me.signing.table},
           {KC_KEYS_SERVICE, &me.keys.table},
           {KC_PIN_SERVICE, &me.pin.table},
           {KC_SHELL_SERVICE, &me.shell.table}}};
      for (const auto& [name, found] : every) {
        if (name != id) continue;
        *out = found;
        return kc_status{KC_OK};
      }
      return answer(why, fail(KC_E_UNKNOWN_SERVICE, "KC-HOST-SERVICE"));
    };
    misuse = [](const kc_host*, kc_str) {};
  }
};

host_tables::host_tables(services& by) : all_(std::make_unique<all>(by)) {}
host_tables::~host_tables() = default;

const kc_host* host_tables::abi() const {
  return all_.get();
}

}  // namespace keycare::sim
