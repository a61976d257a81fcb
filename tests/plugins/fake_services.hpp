// fake_services.hpp - the host's tables in memory, for tests of plugin cores: a disk, tokens, a clock, scripted peers.
//
// Every effect (a durable write, a request, a PIN operation) passes `fate` before and after it, which can end the
// "process" there: the test makes a new core over the same disk and goes on.
#pragma once

#include "keycare/sdk/plugin_side.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace keycare::fakes {

/// Thrown where the process is meant to die.
struct crash {};

struct fate {
  int effects = 0;
  int crash_at = -1;
  void pass() {
    if (effects++ == crash_at) throw crash{};
  }
};

/// A call in zh-CN; set `stop` to cancel it.
struct fake_call : kc_call {
  bool stop = false;
  explicit fake_call(std::string_view in = "zh-CN") : kc_call{} {
    size = sizeof(kc_call);
    host = this;
    language = borrow(in);
    is_cancelled = [](const kc_call* call) { return static_cast<const fake_call*>(call)->stop ? 1 : 0; };
    progress = [](const kc_call*, std::uint32_t, std::uint32_t, kc_str) {};
  }
};

template <class Table>
[[nodiscard]] kc_table header() {
  return {sizeof(Table), 1, 0};
}

[[nodiscard]] inline kc_status answer(kc_error* out, const result<void>& outcome) {
  if (outcome) return KC_OK;
  write_error(out, outcome.error());
  return outcome.error().status;
}

struct fake_clock : kc_clock_service {
  std::int64_t wall = 1'795'392'000;  // 2026-11-23 00:00 UTC
  std::int64_t mono = 1;
  fake_clock() : kc_clock_service{} {
    table = header<kc_clock_service>();
    now = [](const kc_clock_service* self) { return static_cast<const fake_clock*>(self)->wall; };
    monotonic = [](const kc_clock_service* self) { return static_cast<const fake_clock*>(self)->mono; };
    utc_offset = [](const kc_clock_service*, std::int64_t) { return std::int32_t{8 * 3600}; };
    set_timer = [](const kc_clock_service*, kc_str, std::int64_t, kc_error*) { return kc_status{KC_OK}; };
    cancel_timer = [](const kc_clock_service*, kc_str) {};
  }
};

struct fake_log : kc_log_service {
  std::string lines;
  fake_log() : kc_log_service{} {
    table = header<kc_log_service>();
    host = this;
    write = [](const kc_log_service* self, std::uint32_t, kc_str event, kc_str fields) {
      static_cast<fake_log*>(self->host)->lines.append(text(event)).append(text(fields)).append("\n");
    };
  }
};

struct fake_tokens : kc_token_service {
  std::vector<token_info> list;
  std::vector<certificate_info> found;
  fake_tokens() : kc_token_service{} {
    table = header<kc_token_service>();
    tokens = [](const kc_token_service* self, const kc_call*, kc_token_sink sink, void* context, kc_error*) {
      for (const auto& one : static_cast<const fake_tokens*>(self)->list) {
        const auto lent = one.lend();
        sink(context, &lent);
      }
      return kc_status{KC_OK};
    };
    certificates = [](const kc_token_service* self, const kc_call*, const kc_token_ref* token, kc_certificate_sink sink,
                      void* context, kc_error*) {
      const auto& me = *static_cast<const fake_tokens*>(self);
      for (const auto& one : me.found) {
        const bool there =
            std::any_of(me.list.begin(), me.list.end(), [&](const auto& t) { return t.token == one.token; });
        if (!there || (token != nullptr && !(token_ref::from(*token) == one.token))) continue;
        const auto lent = one.lend();
        sink(context, &lent);
      }
      return kc_status{KC_OK};
    };
    files = [](const kc_token_service*, const kc_call*, const kc_token_ref*, kc_file_sink, void*, kc_error*) {
      return kc_status{KC_E_UNSUPPORTED};
    };
    read_file = [](const kc_token_service*, const kc_call*, const kc_token_ref*, kc_str, kc_str, kc_bytes_sink, void*,
                   kc_error*) { return kc_status{KC_E_UNSUPPORTED}; };
  }
};

/// Records that outlive a core.
using disk = std::map<std::string, record>;

/// Somebody else's write.
inline void overwrite(disk& on, const std::string& key, std::string_view data) {
  auto& stored = on[key];
  ++stored.version;
  stored.data = {data.begin(), data.end()};
}
[[nodiscard]] inline std::string text_at(const disk& on, const std::string& key) {
  return std::string(text_of(on.at(key).data));
}

struct fake_store : kc_store_service {
  disk& records;
  keycare::fakes::fate& fate;
  bool held = false;
  fake_store(disk& on, keycare::fakes::fate& by) : kc_store_service{}, records(on), fate(by) {
    table = header<kc_store_service>();
    host = this;
    get = [](const kc_store_service* self, kc_str key, kc_record_sink sink, void* context, kc_error* why) {
      const auto it = me(self).records.find(std::string(text(key)));
      if (it == me(self).records.end()) return answer(why, fail(KC_E_NOT_FOUND, "KC-STORE-NOT-FOUND"));
      sink(context, it->second.version, it->second.data.data(), it->second.data.size());
      return kc_status{KC_OK};
    };
    put_if = [](const kc_store_service* self, kc_str key, std::uint64_t version, kc_bytes data, std::uint64_t* out,
                kc_error* why) {
      me(self).fate.pass();
      auto& all = me(self).records;
      const std::string name(text(key));
      const auto it = all.find(name);
      if ((it == all.end() ? 0 : it->second.version) != version)
        return answer(why, fail(KC_E_CONFLICT, "KC-STORE-CONFLICT"));
      all[name] = {version + 1, octets(bytes(data).begin(), bytes(data).end())};
      *out = version + 1;
      me(self).fate.pass();
      return kc_status{KC_OK};
    };
    remove_if = [](const kc_store_service* self, kc_str key, std::uint64_t, kc_error*) {
      me(self).records.erase(std::string(text(key)));
      return kc_status{KC_OK};
    };
    list = [](const kc_store_service* self, kc_str prefix, kc_key_sink sink, void* context, kc_error*) {
      for (const auto& [key, value] : me(self).records)
        if (key.starts_with(text(prefix))) sink(context, borrow(key), value.version);
      return kc_status{KC_OK};
    };
    lock = [](const kc_store_service* self, kc_str, kc_lock* out, kc_error* why) {
      if (me(self).held) return answer(why, fail(KC_E_BUSY, "KC-STORE-LOCKED"));
      me(self).held = true;
      *out = 1;
      return kc_status{KC_OK};
    };
    unlock = [](const kc_store_service* self, kc_lock) { me(self).held = false; };
  }
  static fake_store& me(const kc_store_service* self) { return *static_cast<fake_store*>(self->host); }
};

/// A peer that a test scripts. Without a network every request ends with KC_E_NETWORK.
struct fake_http : kc_http_service {
  std::function<result<http_response>(const http_request&)> on_send;
  std::function<result<std::int64_t>()> on_time;
  keycare::fakes::fate& fate;
  std::vector<std::string> sent;  ///< "GET /v1/info" ...
  explicit fake_http(keycare::fakes::fate& by) : kc_http_service{}, fate(by) {
    table = header<kc_http_service>();
    host = this;
    send = [](const kc_http_service* self, const kc_call*, const kc_http_request* lent, kc_http_sink sink,
              void* context, kc_error* why) {
      auto& me = *static_cast<fake_http*>(self->host);
      const http_request request{std::string(text(lent->endpoint)),
                                 std::string(text(lent->method)),
                                 std::string(text(lent->path)),
                                 std::string(text(lent->content_type)),
                                 std::string(text(lent->bearer)),
                                 octets(bytes(lent->body).begin(), bytes(lent->body).end()),
                                 lent->timeout_ms};
      me.fate.pass();
      me.sent.push_back(request.method + " " + request.path);
      const auto got = me.on_send ? me.on_send(request) : result<http_response>(fail(KC_E_NETWORK, "KC-NET-CONNECT"));
      me.fate.pass();
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
    signed_time = [](const kc_http_service* self, const kc_call*, kc_str, std::int64_t* out, kc_error* why) {
      auto& me = *static_cast<fake_http*>(self->host);
      const auto got = me.on_time ? me.on_time() : result<std::int64_t>(fail(KC_E_NETWORK, "KC-NET-CONNECT"));
      if (!got) return answer(why, got.error());
      *out = *got;
      return kc_status{KC_OK};
    };
  }
};

/// "Seals" by a prefix, so that a test can open it; random octets are a counter.
struct fake_crypto : kc_crypto_service {
  std::uint8_t next = 1;
  fake_crypto() : kc_crypto_service{} {
    table = header<kc_crypto_service>();
    host = this;
    sha256 = [](const kc_crypto_service*, kc_bytes, std::uint8_t*, kc_error*) { return kc_status{KC_E_UNSUPPORTED}; };
    random = [](const kc_crypto_service* self, std::uint8_t* out, std::size_t size, kc_error*) {
      for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<fake_crypto*>(self->host)->next++;
      return kc_status{KC_OK};
    };
    parse_certificate = [](const kc_crypto_service*, kc_bytes, kc_certificate_sink, void*, kc_error*) {
      return kc_status{KC_E_UNSUPPORTED};
    };
    verify_certificate = [](const kc_crypto_service*, kc_str, kc_bytes, kc_bytes, std::int64_t, kc_error*) {
      return kc_status{KC_E_UNSUPPORTED};
    };
    verify_signed = [](const kc_crypto_service*, kc_str, kc_str, kc_bytes, kc_bytes_sink, void*, kc_error*) {
      return kc_status{KC_E_UNSUPPORTED};
    };
    seal = [](const kc_crypto_service*, kc_str, kc_bytes data, kc_bytes_sink sink, void* context, kc_error*) {
      const auto sealed = "sealed:" + std::string(text_of(bytes(data)));
      sink(context, bytes_of(sealed).data(), sealed.size());
      return kc_status{KC_OK};
    };
  }
};

/// The pin service; unlock_begin and unlock_finish are a test's.
struct fake_pin : kc_pin_service {
  keycare::fakes::fate& fate;
  pin_state now;
  std::function<result<void>()> on_change;
  std::function<result<std::string>(kc_unlock)> on_begin;  ///< Gives the JSON for the RA.
  std::function<result<octets>(kc_unlock, octets_view)> on_finish;
  kc_unlock last = 0;
  std::vector<kc_unlock> ended;
  explicit fake_pin(keycare::fakes::fate& by) : kc_pin_service{}, fate(by) {
    table = header<kc_pin_service>();
    host = this;
    state = [](const kc_pin_service* self, const kc_call*, const kc_token_ref*, kc_str, kc_pin_sink sink, void* context,
               kc_error*) {
      const auto lent = me(self).now.lend();
      sink(context, &lent);
      return kc_status{KC_OK};
    };
    change = [](const kc_pin_service* self, const kc_call*, const kc_token_ref*, kc_str, kc_error* why) {
      return answer(why, me(self).on_change ? me(self).on_change() : result<void>{});
    };
    unlock_begin = [](const kc_pin_service* self, const kc_call*, const kc_token_ref*, const std::uint8_t*, kc_str,
                      kc_unlock* out, kc_bytes_sink sink, void* context, kc_error* why) {
      me(self).fate.pass();
      const auto got = me(self).on_begin(++me(self).last);
      if (!got) return answer(why, got.error());
      *out = me(self).last;
      sink(context, bytes_of(*got).data(), got->size());
      me(self).fate.pass();
      return kc_status{KC_OK};
    };
    unlock_finish = [](const kc_pin_service* self, const kc_call*, kc_unlock handle, kc_bytes authorisation,
                       kc_bytes_sink sink, void* context, kc_error* why) {
      me(self).fate.pass();
      const auto got = me(self).on_finish(handle, bytes(authorisation));
      me(self).fate.pass();
      if (!got) return answer(why, got.error());
      sink(context, got->data(), got->size());
      return kc_status{KC_OK};
    };
    unlock_end = [](const kc_pin_service* self, kc_unlock handle) { me(self).ended.push_back(handle); };
  }
  static fake_pin& me(const kc_pin_service* self) { return *static_cast<fake_pin*>(self->host); }
};

/// The host: every table, found by its id.
struct fake_host : kc_host {
  keycare::fakes::fate fate;
  fake_clock clock;
  fake_log log;
  fake_tokens tokens;
  fake_store store;
  fake_http http{fate};
  fake_crypto crypto;
  fake_pin pin{fate};
  std::vector<std::string> misuses;

  explicit fake_host(disk& on) : kc_host{}, store(on, fate) {
    table = header<kc_host>();
    host = this;
    service = [](const kc_host* self, const char* id, std::uint16_t, std::uint32_t, const kc_table** out,
                 kc_error* why) {
      auto& me = *static_cast<fake_host*>(self->host);
      const std::map<std::string_view, const kc_table*> all = {
          {KC_CLOCK_SERVICE, &me.clock.table}, {KC_LOG_SERVICE, &me.log.table},   {KC_TOKEN_SERVICE, &me.tokens.table},
          {KC_STORE_SERVICE, &me.store.table}, {KC_HTTP_SERVICE, &me.http.table}, {KC_CRYPTO_SERVICE, &me.crypto.table},
          {KC_PIN_SERVICE, &me.pin.table}};
      const auto it = all.find(id);
      if (it == all.end()) return answer(why, fail(KC_E_UNKNOWN_SERVICE, "KC-HOST-SERVICE"));
      *out = it->second;
      return kc_status{KC_OK};
    };
    misuse = [](const kc_host* self, kc_str sentence) {
      static_cast<fake_host*>(self->host)->misuses.emplace_back(text(sentence));
    };
  }
  fake_host(const fake_host&) = delete;
  fake_host& operator=(const fake_host&) = delete;
};

[[nodiscard]] inline http_response reply(int status, const nlohmann::json& body) {
  const auto text = body.dump();
  return {
      status, {}, {}, status < 300 ? "application/json" : "application/problem+json", octets(text.begin(), text.end())};
}

[[nodiscard]] inline std::string joined(const nlohmann::json& reply) {
  std::string out;
  for (const auto& line : reply.at("text")) out += line.get<std::string>() + "\n";
  return out;
}

}  // namespace keycare::fakes
